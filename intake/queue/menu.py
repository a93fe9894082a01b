"""The door to « Où en est ce dossier? » in the admin's menu."""

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from intake.models import actor_for
from intake.policy.roles import Role


class WhereIsItMenuItem(MenuItem):
    """For whoever answers the telephone about a file that he no longer reads (§3, metadata)."""

    def __init__(self) -> None:
        super().__init__(
            _("Où en est ce dossier?"),
            reverse_lazy("intake_queue:where_is_it"),
            name="ou-en-est",
            icon_name="help",
            order=4,
        )

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to the technician."""
        return actor_for(request.user).has_any({Role.TECHNICIAN})
