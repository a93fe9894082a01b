"""Whatever is neither a service nor a guide."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.models import Page
from wagtail.search import index

from snippets.blocks.field import BodyField

from .tree import card, shown_children


class InfoPage(Page):
    """A page of information; when it has pages under it, it also leads to them."""

    summary = models.TextField(
        _("résumé"), blank=True, max_length=300, help_text=_("Une phrase, affichée sous le titre et dans les listes.")
    )
    body = BodyField(verbose_name=_("contenu"), blank=True)

    # Sub-pages stay open, for the citizens' form pages (see HomePage).
    parent_page_types = ["services_pages.HomePage", "services_pages.InfoPage"]
    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("body")]

    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("body")]
    api_fields = [APIField("summary"), APIField("body")]

    class Meta:
        verbose_name = _("page d'information")
        verbose_name_plural = _("pages d'information")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the cards of the pages under this one: one SQL query, and one for each page type among them."""
        cards = [card(page, request) for page in shown_children(self).specific()]
        return {**super().get_context(request, *args, **kwargs), "cards": cards}
