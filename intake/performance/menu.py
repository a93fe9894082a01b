"""The figures in the admin's menu."""

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from intake.models import actor_for
from intake.policy.performance import Reading, reading_of


class PerformanceMenuItem(MenuItem):
    """« Suivi de performance »."""

    def __init__(self) -> None:
        super().__init__(
            _("Suivi de performance"),
            reverse_lazy("intake_performance:figures"),
            name="performance",
            icon_name="history",
            order=125,
        )

    def is_shown(self, request: HttpRequest) -> bool:
        """Only for those who read figures (§3)."""
        return reading_of(actor_for(request.user)) is not Reading.NONE
