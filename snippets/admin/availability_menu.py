"""Annexe B in the admin's menu, and the two files its header needs on every page."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from snippets.availability.own import own_employee
from snippets.availability.screens import SEES_BOARD

from .telephone_keys import KEEPS_KEYS


class OwnStatusItem(MenuItem):
    """For every employee who has an account."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Say whether the account has a status to say."""
        return own_employee(request.user) is not None


class PermittedItem(MenuItem):
    """For who holds a permission."""

    def __init__(self, *args: object, permission: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.permission = permission

    def is_shown(self, request: HttpRequest) -> bool:
        """Say whether the account holds it."""
        return request.user.has_perm(self.permission)


def own_item() -> MenuItem:
    """« Mon statut »."""
    return OwnStatusItem(_("Mon statut"), reverse("own_status"), name="own-status", icon_name="user", order=10)


def board_item() -> MenuItem:
    """« Disponibilités »."""
    url = reverse("availability_board")
    return PermittedItem(
        _("Disponibilités"), url, name="availability", icon_name="group", order=11, permission=SEES_BOARD
    )


def keys_item() -> MenuItem:
    """« Clés du système téléphonique », among the settings."""
    url = reverse("telephone_keys")
    return PermittedItem(
        _("Clés du système téléphonique"), url, name="telephone-keys", icon_name="key", permission=KEEPS_KEYS
    )


def styles() -> SafeString:
    """The style of the header and of the status beside a name."""
    return format_html('<link rel="stylesheet" href="{}">', static("snippets/availability.css"))


def scripts() -> SafeString:
    """The header's buttons without leaving the page."""
    return format_html('<script src="{}" defer></script>', static("snippets/availability.js"))
