"""The list of guides."""

from django.utils.translation import gettext_lazy as _

from .guide import GuidePage
from .index_page import IndexPage


class GuideIndexPage(IndexPage):
    """All guides, in the order of the tree."""

    listed = GuidePage
    subpage_types = ["services_pages.GuidePage"]

    class Meta:
        verbose_name = _("liste des guides")
        verbose_name_plural = _("listes des guides")
