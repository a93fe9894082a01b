"""Growing the page tree: each planned page is created once, then filled once its neighbours have addresses."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from wagtail.models import Page, Site

from services_pages.models import HomePage

from .body import Writer, department_ids
from .ledger import Ledger
from .rich_text import PageIds
from .town import town_words


@dataclass(frozen=True)
class Planned:
    """A page to be: where it goes, what it is, and its fields once the addresses of the site are known."""

    address: str  # "/guides/deneigement/"
    model: type[Page]
    title: str
    fields: Callable[[Writer], dict[str, Any]]
    in_menu: bool = False

    @property
    def parent(self) -> str:
        """The address of the page above."""
        return self.address.rstrip("/").rpartition("/")[0] + "/"

    @property
    def slug(self) -> str:
        """The last part of the address."""
        return self.address.rstrip("/").rpartition("/")[2]


@transaction.atomic
def seed_pages(ledger: Ledger, planned: Iterable[Planned]) -> dict[str, Page]:
    """Create what was never created, then publish it; returns the new pages by address.

    A page whose parent is gone, or whose place is taken, is left out.
    """
    home = _root()
    if home is None:
        return {}
    new = [page for page in planned if ledger.first_time(f"page{page.address}")]
    created: dict[str, Page] = {}
    for plan in new:
        page = _create(plan, home, created)
        if page is not None:
            created[plan.address] = page
    _fill(new, created, home)
    return created


def _create(plan: Planned, home: Page, created: dict[str, Page]) -> Page | None:
    parent = created.get(plan.parent) or _at(home, plan.parent)
    if parent is None or parent.get_children().filter(slug=plan.slug).exists():
        return None
    page = plan.model(title=plan.title, slug=plan.slug, show_in_menus=plan.in_menu, **plan.fields(_writer(PageIds())))
    return parent.add_child(instance=page)


def _fill(new: list[Planned], created: dict[str, Page], home: Page) -> None:
    """Give the new pages their links and a first revision, to which an editor can come back."""
    if not created:
        return
    writer = _writer(page_ids(home))
    for plan in new:
        page = created.get(plan.address)
        if page is not None:
            for name, value in plan.fields(writer).items():
                setattr(page, name, value)
            page.save_revision().publish()


def _writer(pages: PageIds) -> Writer:
    return Writer(pages=pages, departments=department_ids(), words=town_words())


def page_ids(home: Page) -> PageIds:
    """The id of each page by its address on the site."""
    start = len(home.url_path) - 1
    return {path[start:]: pk for pk, path in home.get_descendants(inclusive=True).values_list("pk", "url_path")}


def _root() -> Page | None:
    """The first page of the site; None when someone deleted it."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    return site.root_page.specific if site else None


def _at(home: Page, address: str) -> Page | None:
    return Page.objects.filter(url_path=home.url_path + address.removeprefix("/")).first()


@transaction.atomic
def seed_home(ledger: Ledger, plan: Planned) -> None:
    """Give the site its home page once, in place of Wagtail's sample page, and its name and address."""
    if not ledger.first_time("home"):
        return
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    if site.pk and isinstance(site.root_page.specific, HomePage):
        return
    sample = site.root_page if site.pk else None
    root = Page.get_first_root_node()
    home = plan.model(title=plan.title, slug="accueil", **plan.fields(_writer(PageIds())))
    root.add_child(instance=home)
    address = urlsplit(settings.BASE_URL)
    site.root_page, site.site_name = home, plan.title
    site.hostname, site.port = address.hostname, address.port or (443 if address.scheme == "https" else 80)
    site.save()
    if sample is not None and sample.depth > 1 and sample.specific_class is Page and not sample.get_children().exists():
        sample.delete()


@transaction.atomic
def fill_home(ledger: Ledger, plan: Planned) -> None:
    """Write the home page's links once the pages they lead to exist."""
    if not ledger.first_time("home/links"):
        return
    home = _root()
    if isinstance(home, HomePage) and not home.latest_revision_id:
        for name, value in plan.fields(_writer(page_ids(home))).items():
            setattr(home, name, value)
        home.save_revision().publish()
