"""One part of a long guide."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from snippets.blocks.field import BodyField


class GuidePartPage(Page):
    """A part of a guide; its place in the tree is its place in the guide."""

    body = BodyField(verbose_name=_("contenu"))

    parent_page_types = ["services_pages.GuidePage"]
    subpage_types: list[str] = []
    content_panels = [*Page.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("partie de guide")
        verbose_name_plural = _("parties de guide")
