"""The register in the admin's menu: the list for who keeps it, the form for who may report."""

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from intake.models import actor_for
from intake.policy.incidents import keeps_incidents, reports_incidents


class RegisterMenuItem(MenuItem):
    """« Incidents »."""

    def __init__(self) -> None:
        address = reverse_lazy("intake_incidents:register")
        super().__init__(_("Incidents de confidentialité"), address, name="incidents", icon_name="warning", order=850)

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to who keeps the register."""
        return keeps_incidents(actor_for(request.user))


class ReportMenuItem(MenuItem):
    """« Signaler un incident »."""

    def __init__(self) -> None:
        address = reverse_lazy("intake_incidents:report")
        super().__init__(_("Signaler un incident"), address, name="report-incident", icon_name="warning", order=851)

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to who reports and does not keep the register, where the same form is one click away."""
        actor = actor_for(request.user)
        return reports_incidents(actor) and not keeps_incidents(actor)
