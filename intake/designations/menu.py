"""The designations in the admin's menu, for who keeps them or signs one."""

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from intake.models import actor_for

from .seen import SEEING_ALL, visible_designations


class DesignationsMenuItem(MenuItem):
    """« Désignations »."""

    def __init__(self) -> None:
        super().__init__(
            _("Désignations"), reverse_lazy("intake_designations:all"), name="designations", icon_name="user", order=215
        )

    def is_shown(self, request: HttpRequest) -> bool:
        """Only for those who have some."""
        actor = actor_for(request.user)
        return actor.has_any(SEEING_ALL) or visible_designations(actor).exists()
