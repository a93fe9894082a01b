"""Tells Wagtail to use our limits on accounts (no model is imported here: this is read before they exist)."""

from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(WagtailUsersAppConfig):
    """Named in INSTALLED_APPS in the place of wagtail.users."""

    user_viewset = "cms.accounts.AccountViewSet"
