"""The plan of the site: home, lists, guides, services, information; the forms are in forms.py."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from services_pages.models import (
    GuideIndexPage,
    GuidePage,
    GuidePartPage,
    HomePage,
    InfoPage,
    ServiceIndexPage,
    ServicePage,
)
from snippets.models import RequestNature, TownSettings

from .body import Writer
from .files import read, read_guides
from .ledger import Ledger
from .tree import Planned, fill_home, seed_home, seed_pages

ESSENTIALS = ("for_whom", "when", "documents", "cost", "delay")  # art. 2.3
# The first guides are to be read again in half a year, then one every two weeks: nobody gets fourteen on one day.
FIRST_REVIEW, NEXT_REVIEW = timedelta(days=182), timedelta(days=14)

Fields = Callable[[Writer], dict[str, Any]]


def seed_site(ledger: Ledger, forms: list[Planned], *, today: date) -> None:
    """Create the whole site, forms included, then tie the grid and the settings to it."""
    texts, guides = read("pages"), read_guides()
    home = Planned("/", HomePage, texts["home"]["title"], _home(texts["home"]))
    seed_home(ledger, home)
    created = seed_pages(
        ledger,
        [
            Planned(
                "/services/", ServiceIndexPage, texts["services"]["title"], _intro(texts["services"]), in_menu=True
            ),
            Planned("/guides/", GuideIndexPage, texts["guides"]["title"], _intro(texts["guides"]), in_menu=True),
            *(_information(row) for row in texts["info"]),
            *forms,
            *_guides(guides, today),
            *(_service(row) for row in read("services")["service"]),
        ],
    )
    fill_home(ledger, home)
    _tie_guides(guides, created)
    if "/confidentialite/" in created:
        TownSettings.objects.filter(privacy_page__isnull=True).update(privacy_page=created["/confidentialite/"])


def _home(row: dict[str, Any]) -> Fields:
    return lambda writer: {"intro": writer.plain(row["intro"]), "body": writer.body(row["body"])}


def _intro(row: dict[str, Any]) -> Fields:
    return lambda writer: {"intro": writer.plain(row["intro"])}


def _information(row: dict[str, Any]) -> Planned:
    return Planned(
        address=f"/{row['slug']}/",
        model=InfoPage,
        title=row["title"],
        fields=lambda writer: {"summary": writer.plain(row["summary"]), "body": writer.body(row["body"])},
        in_menu=row.get("menu", False),
    )


def _guides(guides: list[dict[str, Any]], today: date) -> list[Planned]:
    planned = []
    for position, guide in enumerate(guides):
        address = f"/guides/{guide['slug']}/"
        review = today + FIRST_REVIEW + position * NEXT_REVIEW
        planned.append(Planned(address, GuidePage, guide["title"], _guide(guide, review)))
        planned += [
            Planned(f"{address}{part['slug']}/", GuidePartPage, part["title"], _part(part)) for part in guide["parts"]
        ]
    return planned


def _guide(guide: dict[str, Any], review: date) -> Fields:
    def fields(writer: Writer) -> dict[str, Any]:
        return {
            "summary": writer.plain(guide["summary"]),
            **{name: writer.rich(guide[name]) for name in ESSENTIALS},
            "body": writer.body(guide["body"]),
            "department_id": writer.departments.get(guide["department"]),
            "review_due_on": review,
        }

    return fields


def _part(part: dict[str, Any]) -> Fields:
    return lambda writer: {"body": writer.body(part["body"])}


def _service(row: dict[str, Any]) -> Planned:
    def fields(writer: Writer) -> dict[str, Any]:
        return {
            "summary": writer.plain(row["summary"]),
            "department_id": writer.departments.get(row["department"]),
            "natures": list(RequestNature.objects.filter(code__in=row["natures"])),
            "body": writer.body(row["body"]),
            "how_to_ask": writer.body(row["how_to_ask"]),
            "form_page_id": writer.pages.get(f"/demandes/{row['form']}/") if "form" in row else None,
        }

    return Planned(f"/services/{row['slug']}/", ServicePage, row["title"], fields)


@transaction.atomic
def _tie_guides(guides: list[dict[str, Any]], created: dict[str, Any]) -> None:
    """Offer each new guide with the natures that name it (art. 2.3), where nobody chose another."""
    codes = {row["code"]: row.get("guide") for row in read("natures")["nature"]}
    for guide in guides:
        page = created.get(f"/guides/{guide['slug']}/")
        if page is not None:
            natures = [code for code, wanted in codes.items() if wanted == guide["code"]]
            RequestNature.objects.filter(code__in=natures, guide_page__isnull=True).update(guide_page=page.pk)
