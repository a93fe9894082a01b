"""The lists in the admin's menu, for whoever has some."""

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from intake.models import actor_for

from .seen import has_lists


class ListsMenuItem(MenuItem):
    """« Listes du mois »."""

    def __init__(self) -> None:
        super().__init__(
            _("Listes du mois"), reverse_lazy("intake_lists:today"), name="lists", icon_name="calendar-alt", order=120
        )

    def is_shown(self, request: HttpRequest) -> bool:
        """Only for those who manage, answer or read lists."""
        return has_lists(actor_for(request.user))
