"""What a page lists of the pages under it."""

from dataclasses import dataclass
from typing import TypeVar

from django.http import HttpRequest
from wagtail.models import Page
from wagtail.query import PageQuerySet

AnyPage = TypeVar("AnyPage", bound=Page)


@dataclass(frozen=True)
class Card:
    """A page as a list shows it."""

    title: str
    url: str
    summary: str = ""


def shown_children(parent: Page, model: type[AnyPage] = Page) -> PageQuerySet:
    """Live pages right under `parent`, in the order of the tree, without those kept for some readers."""
    return model.objects.child_of(parent).live().filter(view_restrictions__isnull=True).order_by("path")


def card(page: Page, request: HttpRequest) -> Card:
    """The card of a page of any type: its summary, else its search description."""
    return Card(page.title, page.get_url(request) or "", getattr(page, "summary", "") or page.search_description)
