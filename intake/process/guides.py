"""Guides to send with an answer (art. 3: « informer, accompagner »): published pages, found by the name of their type.

The pages are another room's: nothing of it is imported, only Wagtail's page and the words of the grid are read.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.query import PageQuerySet

from intake.mail.values import absolute
from snippets.folding import folded
from snippets.models import RequestNature

# The type of page that holds a guide, as Wagtail names it.
GUIDE_TYPE = {"content_type__app_label": "services_pages", "content_type__model": "guidepage"}
MAX_FOUND = 8
# « poules » finds « poule »; shorter words are kept as they are.
SHORTEST_PLURAL = 4


@dataclass(frozen=True)
class Guide:
    """A published guide: what the citizen reads of it in an answer."""

    pk: int
    title: str
    url: str

    @property
    def sentence(self) -> str:
        """The line of an answer that leads to it."""
        return _("Pour en savoir plus, lisez le guide « %(title)s » : %(url)s") % {"title": self.title, "url": self.url}

    def as_kept(self) -> dict[str, str | int]:
        """What the history keeps, whatever the page becomes."""
        return {"page": self.pk, "title": self.title, "url": self.url}


def published_guide(pk: int | None) -> Guide | None:
    """Return the guide of this page if everyone may read it today."""
    page = _published().filter(pk=pk).first() if pk else None
    return _guide(page) if page else None


def guides_about(words: str) -> list[Guide]:
    """Return the published guides that all these words name: title, summary, or natures that they explain; three queries."""
    wanted = [_stem(word) for word in folded(words).split()]
    if not wanted:
        return []
    pages = list(_published().order_by("title").specific())
    natures = _nature_words(pages)
    found = [page for page in pages if _answers(page, natures.get(page.pk, ""), wanted)]
    return [_guide(page) for page in found[:MAX_FOUND]]


def _published() -> PageQuerySet:
    return Page.objects.live().public().filter(**GUIDE_TYPE)


def _guide(page: Page) -> Guide | None:
    """A page outside any site has no address and is no guide to send."""
    parts = page.get_url_parts()
    return Guide(page.pk, page.title, absolute(parts[2])) if parts and parts[2] else None


def _nature_words(pages: list[Page]) -> dict[int, str]:
    """The citizens' words for what each guide explains, as the grid ties them (art. 2.3)."""
    found: dict[int, str] = {}
    rows = RequestNature.objects.offered().filter(guide_page__in=[page.pk for page in pages])
    for pk, name, synonyms in rows.values_list("guide_page_id", "name", "synonyms"):
        found[pk] = f"{found.get(pk, '')} {name} {synonyms}"
    return found


def _answers(page: Page, nature_words: str, wanted: list[str]) -> bool:
    text = folded(f"{page.title} {getattr(page, 'summary', '')} {page.search_description} {nature_words}")
    return all(word in text for word in wanted)


def _stem(word: str) -> str:
    return word[:-1] if len(word) > SHORTEST_PLURAL and word.endswith(("s", "x")) else word
