"""The list of guides."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.models import Page
from wagtail.search import index

from .guide import GuidePage
from .tree import card, shown_children


class GuideIndexPage(Page):
    """All guides, in the order of the tree."""

    intro = models.TextField(_("introduction"), blank=True, help_text=_("Une phrase ou deux, sous le titre."))

    parent_page_types = ["services_pages.HomePage"]
    subpage_types = ["services_pages.GuidePage"]
    content_panels = [*Page.content_panels, FieldPanel("intro")]

    search_fields = [*Page.search_fields, index.SearchField("intro")]
    api_fields = [APIField("intro")]

    class Meta:
        verbose_name = _("liste des guides")
        verbose_name_plural = _("listes des guides")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the cards of all guides, in the order of the tree."""
        cards = [card(page, request) for page in shown_children(self, GuidePage)]
        return {**super().get_context(request, *args, **kwargs), "cards": cards}
