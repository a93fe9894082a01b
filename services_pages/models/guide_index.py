"""The list of guides."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from wagtail.models import PagePermissionTester

from services_pages.approval import GuideListTester

from .guide import GuidePage
from .index_page import IndexPage

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


class GuideIndexPage(IndexPage):
    """All guides, in the order of the tree."""

    listed = GuidePage
    subpage_types = ["services_pages.GuidePage"]

    class Meta:
        verbose_name = _("liste des guides")
        verbose_name_plural = _("listes des guides")

    def permissions_for_user(self, user: "AbstractBaseUser") -> PagePermissionTester:
        """Wagtail's own question: its guides begin as drafts."""
        return GuideListTester(user, self)
