"""The door to the imports in the admin's menu."""

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from intake.models import actor_for
from intake.process.importing import IMPORTING_ROLES


class ImportsMenuItem(MenuItem):
    """« Importer »."""

    def __init__(self) -> None:
        super().__init__(
            _("Importer"), reverse_lazy("intake_imports:all"), name="importer", icon_name="upload", order=210
        )

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to the technician (art. 4.1)."""
        return actor_for(request.user).has_any(IMPORTING_ROLES)
