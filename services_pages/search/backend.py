"""How Wagtail keeps our index of pages: a search backend that only stores.

Wagtail calls it after every save of a page, whoever saves (admin, schedule, script), and `manage.py rebuild_modelsearch_index` fills
it again; so no signal of ours is needed. Reading is `find.py`: it is SQL that both engines answer alike.
"""

from typing import Any

from django.utils.html import strip_tags
from modelsearch.backends.base import BaseIndex, BaseSearchBackend
from modelsearch.index import SearchField
from wagtail.models import Page

from services_pages.models import SearchEntry

from .words import spaced


class PageIndex(BaseIndex):
    """Rows of SearchEntry, one a page, of any page type; nothing else is ever stored (art. 4.5: no case, no person)."""

    def get_key(self) -> str:
        """Return one index for every model."""
        return "citizens"

    def add_items(self, model: type[Any], items: list[Any]) -> None:
        """Write or rewrite the rows of these pages; other objects are not for citizens' search."""
        for page in items:
            if isinstance(page, Page):
                self._write(page.specific)

    def _write(self, page: Page) -> None:
        text = " · ".join(_texts(page))
        SearchEntry.objects.update_or_create(
            page_id=page.pk,
            defaults={"heading_stems": spaced(page.title), "stems": spaced(text), "text": text},
        )

    def reset(self) -> None:
        """Forget everything."""
        SearchEntry.objects.all().delete()


class Rebuilder:
    """`rebuild_modelsearch_index` rewrites rows in place: the search keeps answering meanwhile, deleted pages took theirs along."""

    def __init__(self, index: PageIndex) -> None:
        self.index = index

    def start(self) -> PageIndex:
        """Begin."""
        return self.index

    def finish(self) -> None:
        """End; nothing is held open."""


class SearchBackend(BaseSearchBackend):
    """The backend named in WAGTAILSEARCH_BACKENDS."""

    index_class = PageIndex
    rebuilder_class = Rebuilder


def _texts(page: Page) -> list[str]:
    """What a citizen may read of the page beside its title: its search description and its search fields."""
    texts = [page.search_description]
    for field in page.get_search_fields():
        if isinstance(field, SearchField) and field.field_name != "title":
            value = field.get_value(page)
            texts += value if isinstance(value, list) else [value]
    # Blocks give their texts already without tags; plain fields may hold a stray one.
    return [" ".join(strip_tags(str(text)).split()) for text in texts if text]
