"""The list of what the town offers."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.models import Page
from wagtail.search import index

from services_pages.search.words import plain

from .service import ServicePage
from .tree import card, shown_children


class ServiceIndexPage(Page):
    """All services, from A to Z."""

    intro = models.TextField(_("introduction"), blank=True, help_text=_("Une phrase ou deux, sous le titre."))

    parent_page_types = ["services_pages.HomePage"]
    subpage_types = ["services_pages.ServicePage"]
    content_panels = [*Page.content_panels, FieldPanel("intro")]

    search_fields = [*Page.search_fields, index.SearchField("intro")]
    api_fields = [APIField("intro")]

    class Meta:
        verbose_name = _("liste des services")
        verbose_name_plural = _("listes des services")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the cards of all services, from A to Z whatever their accents."""
        cards = sorted(
            (card(page, request) for page in shown_children(self, ServicePage)), key=lambda c: plain(c.title)
        )
        return {**super().get_context(request, *args, **kwargs), "cards": cards}
