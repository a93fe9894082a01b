"""The door to the management of rights in the admin's menu."""

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from intake.models import actor_for
from intake.policy.rights import manages_rights


class RightsMenuItem(MenuItem):
    """« Droits »."""

    def __init__(self) -> None:
        super().__init__(_("Droits"), reverse_lazy("intake_rights:index"), name="droits", icon_name="key", order=220)

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to who gives some role (art. 4.1)."""
        return manages_rights(actor_for(request.user))
