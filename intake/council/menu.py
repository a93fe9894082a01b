"""The officials' lists in the admin's menu."""

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from intake.models import actor_for

from .pages import reads_lists


class CouncilMenuItem(MenuItem):
    """« Listes aux élus »."""

    def __init__(self) -> None:
        super().__init__(
            _("Listes aux élus"), reverse_lazy("intake_council:months"), name="council", icon_name="group", order=130
        )

    def is_shown(self, request: HttpRequest) -> bool:
        """Only for those who may read them."""
        return reads_lists(actor_for(request.user))
