"""The year in the admin's menu, for the staff."""

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from intake.models import actor_for

from .pages import reads_year


class YearMenuItem(MenuItem):
    """« Calendrier »."""

    def __init__(self) -> None:
        super().__init__(
            _("Calendrier"), reverse_lazy("intake_year:year"), name="year", icon_name="calendar-alt", order=125
        )

    def is_shown(self, request: HttpRequest) -> bool:
        """Only for the staff."""
        return reads_year(actor_for(request.user))
