"""From what a person typed to natures and pages, best first; the same rows in the same order on every database."""

from dataclasses import dataclass, field
from math import ceil

from django.db.models import Case, IntegerField, Q, Value, When
from django.http import HttpRequest
from django.utils.safestring import SafeString
from wagtail.models import Page, Site
from wagtail.query import PageQuerySet

from services_pages.models import SearchEntry, ServicePage
from services_pages.models.tree import Card, card
from services_pages.request_form import form_address, request_form
from snippets.models import RequestNature

from .highlight import excerpt, marked
from .words import needle, query_stems, spaced

MAX_PAGES = 20
MAX_NATURES = 10
# A word in a title counts more than in a text; a whole word more than the beginning of a longer one.
TITLE, TITLE_PREFIX, SYNONYM, SYNONYM_PREFIX, TEXT, TEXT_PREFIX = 12, 8, 10, 6, 2, 1
# More than all the words of a query are worth: a page with more of the words always comes first.
MATCH = 1000


@dataclass(frozen=True)
class FoundPage:
    """A page, its words marked."""

    title: SafeString
    url: str
    excerpt: SafeString
    inside: str  # title of the page above


@dataclass(frozen=True)
class FoundNature:
    """A nature of request and where to file it; `url` is empty when the town has no form for it."""

    name: SafeString
    url: str
    synonyms: SafeString
    department: str
    target_working_days: int
    guide: Card | None  # what to read before asking (art. 2.3)


@dataclass(frozen=True)
class Found:
    """What answers a search. `is_partial`: no answer holds all the words that matter."""

    natures: list[FoundNature] = field(default_factory=list)
    pages: list[FoundPage] = field(default_factory=list)
    is_partial: bool = False

    def __bool__(self) -> bool:
        return bool(self.natures or self.pages)


def find(query: str, request: HttpRequest) -> Found:
    """Answer a search with live pages that everyone may read and natures that are offered; about eight SQL queries."""
    wanted, site = query_stems(query), Site.find_for_request(request)
    if not wanted or site is None:
        return Found()
    # One queryset for all: `public()` asks the database for the restrictions each time it is called. Without the home
    # page, which names a little of everything and answers nothing.
    pages = Page.objects.live().public().descendant_of(site.root_page)
    natures, entries = _natures(wanted), _entries(wanted, pages)
    best = max([matched for matched, _score, _nature in natures] + [entry.matched for entry in entries], default=0)
    needed = min(_needed(len(wanted)), best)
    return Found(
        natures=_show_natures(
            [n for matched, _score, n in natures if matched >= needed][:MAX_NATURES], wanted, pages, request
        ),
        pages=_show_pages([entry for entry in entries if entry.matched >= needed], wanted, request),
        is_partial=0 < best < _needed(len(wanted)),
    )


def _needed(words: int) -> int:
    """Of one or two words all must be there; of a sentence, two thirds."""
    return words if words <= 2 else ceil(words * 2 / 3)  # noqa: PLR2004


def _entries(wanted: list[str], pages: PageQuerySet) -> list[SearchEntry]:
    """Rows that hold at least one stem, with `matched` (how many stems), best first."""
    rank, any_word = Value(0), Q()
    for query_stem in wanted:
        begins, whole = needle(query_stem), f" {query_stem} "
        here = Q(heading_stems__contains=begins) | Q(stems__contains=begins)
        any_word |= here
        # One number a stem, so that the database looks for it once: a match, and what the match is worth.
        rank += Case(
            When(~here, then=0),
            When(heading_stems__contains=whole, then=MATCH + TITLE),
            When(heading_stems__contains=begins, then=MATCH + TITLE_PREFIX),
            When(stems__contains=whole, then=MATCH + TEXT),
            default=MATCH + TEXT_PREFIX,
            output_field=IntegerField(),
        )
    rows = SearchEntry.objects.filter(any_word, page__in=pages).annotate(rank=rank)
    entries = list(rows.select_related("page").order_by("-rank", "page__path")[:MAX_PAGES])
    for entry in entries:
        entry.matched = entry.rank // MATCH
    return entries


def _natures(wanted: list[str]) -> list[tuple[int, int, RequestNature]]:
    """Offered natures that hold at least one stem in name, code or synonyms: (matched, score, nature), best first."""
    found = []
    for nature in RequestNature.objects.offered().select_related("department").order_by("code"):
        name, synonyms = spaced(f"{nature.name} {nature.code}"), spaced(nature.synonyms)
        scores = [_nature_score(query_stem, name, synonyms) for query_stem in wanted]
        if any(scores):
            found.append((sum(map(bool, scores)), sum(scores), nature))
    return sorted(found, key=lambda row: (-row[0], -row[1]))


def _nature_score(query_stem: str, name: str, synonyms: str) -> int:
    begins, whole = needle(query_stem), f" {query_stem} "
    for text, sought, score in (
        (name, whole, TITLE),
        (synonyms, whole, SYNONYM),
        (name, begins, TITLE_PREFIX),
        (synonyms, begins, SYNONYM_PREFIX),
    ):
        if sought in text:
            return score
    return 0


def _show_pages(entries: list[SearchEntry], wanted: list[str], request: HttpRequest) -> list[FoundPage]:
    above = {entry.page.path[: -Page.steplen] for entry in entries}
    titles = dict(Page.objects.filter(path__in=above, depth__gt=1).values_list("path", "title")) if above else {}
    return [
        FoundPage(
            title=marked(entry.page.title, wanted),
            url=entry.page.get_url(request) or "",
            excerpt=excerpt(entry.text, wanted),
            inside=titles.get(entry.page.path[: -Page.steplen], ""),
        )
        for entry in entries
    ]


def _show_natures(
    natures: list[RequestNature], wanted: list[str], pages: PageQuerySet, request: HttpRequest
) -> list[FoundNature]:
    if not natures:
        return []
    form = request_form(pages)
    addresses = {} if form else _service_addresses(natures, pages, request)
    guides = {page.pk: card(page, request) for page in pages.filter(pk__in={n.guide_page_id for n in natures} - {None})}
    return [
        FoundNature(
            name=marked(nature.name, wanted),
            url=form_address(form, request, nature) if form else addresses.get(nature.pk, ""),
            synonyms=marked(nature.synonyms, wanted),
            department=nature.department.name,
            target_working_days=nature.target_working_days,
            guide=guides.get(nature.guide_page_id),
        )
        for nature in natures
    ]


def _service_addresses(natures: list[RequestNature], pages: PageQuerySet, request: HttpRequest) -> dict[int, str]:
    """Without a request form, a nature leads to the service page that chose it."""
    chosen = ServicePage.natures.through.objects.filter(requestnature__in=natures, servicepage__in=pages)
    return {
        row.requestnature_id: row.servicepage.get_url(request) or ""
        for row in chosen.select_related("servicepage").order_by("-servicepage__title")
    }
