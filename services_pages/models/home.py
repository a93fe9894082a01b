"""The front door."""

from itertools import groupby
from typing import Any

from django.db import models
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.models import Page
from wagtail.search import index
from wagtail.url_routing import RouteResult

from snippets.blocks.field import BodyField

from .tree import Card, card, shown_children

LINKS_PER_SECTION = 8
MAX_LEVELS = 12  # no page of a town is deeper; a longer address asks for no more


class HomePage(Page):
    """The first page: a word of welcome, the search, and the way to each part of the site."""

    intro = models.TextField(
        _("mot d'accueil"), blank=True, help_text=_("Une ou deux phrases : ce que l'on peut faire ici.")
    )
    body = BodyField(verbose_name=_("contenu"), blank=True)

    # Sub-pages stay open: the citizens' form pages live in another room, which this one does not know.
    parent_page_types = ["wagtailcore.Page"]
    content_panels = [*Page.content_panels, FieldPanel("intro"), FieldPanel("body")]

    search_fields = [*Page.search_fields, index.SearchField("intro"), index.SearchField("body")]
    api_fields = [APIField("intro"), APIField("body")]

    class Meta:
        verbose_name = _("page d'accueil")
        verbose_name_plural = _("pages d'accueil")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find the page of an address in two SQL queries, where Wagtail asks two a level.

        The deepest page whose address begins the one asked for answers for the rest of it, as in Wagtail.
        Raises Http404 when there is none.
        """
        if not path_components:
            return super().route(request, path_components)
        slugs = path_components[:MAX_LEVELS]
        addresses = [f"{self.url_path}{'/'.join(slugs[: n + 1])}/" for n in range(len(slugs))]
        below = Page.objects.filter(path__startswith=self.path, url_path__in=addresses)
        page = below.order_by("-depth").first()
        if page is None:
            raise Http404
        return page.specific.route(request, path_components[page.depth - self.depth :])

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the sections of the site that hold something: two SQL queries, whatever their number."""
        return {**super().get_context(request, *args, **kwargs), "sections": self._sections(request)}

    def _sections(self, request: HttpRequest) -> list[dict[str, Any]]:
        below = Page.objects.live().filter(
            path__startswith=self.path, depth=self.depth + 2, view_restrictions__isnull=True
        )
        links: dict[str, list[Card]] = {
            path: [card(page, request) for page in pages]
            for path, pages in groupby(below.order_by("path"), key=lambda page: page.path[: -Page.steplen])
        }
        return [
            {
                "card": card(child, request),
                "links": links[child.path][:LINKS_PER_SECTION],
                "has_more": len(links[child.path]) > LINKS_PER_SECTION,
            }
            for child in shown_children(self)
            if child.path in links
        ]
