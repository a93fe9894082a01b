"""What the lists of guides and of services share."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.models import Page
from wagtail.search import index

from .tree import Card, card, shown_children


class IndexPage(Page):
    """A page that says a few words and lists the pages under it."""

    intro = models.TextField(_("introduction"), blank=True, help_text=_("Une phrase ou deux, sous le titre."))

    listed: ClassVar[type[Page]] = Page

    parent_page_types = ["services_pages.HomePage"]
    content_panels = [*Page.content_panels, FieldPanel("intro")]

    search_fields = [*Page.search_fields, index.SearchField("intro")]
    api_fields = [APIField("intro")]

    class Meta:
        abstract = True

    def cards(self, request: HttpRequest) -> list[Card]:
        """List the pages under it, in the order of the tree."""
        return [card(page, request) for page in shown_children(self, self.listed)]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the cards."""
        return {**super().get_context(request, *args, **kwargs), "cards": self.cards(request)}
