"""The export and its layouts in a real browser: no accessibility fault, a telephone's width, the keyboard, no script."""

import csv
from functools import partial
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from openpyxl import load_workbook
from playwright.sync_api import Page

from intake.models import ExportLayout
from tests.chromium import follow
from tests.intake.queue.steps import received, taken

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CHOOSE = "/admin/exportations/nouvelle/?vue=toutes"
OURS = {"include": [[".guichet-header"], [".guichet-export"]]}


@pytest.fixture
def browse(browse):
    """The same, without script unless a test asks for it."""

    def open_as(user, *, width=1280, script=False) -> Page:
        return browse(user, java_script_enabled=script, viewport={"width": width, "height": 900})

    return open_as


# By keyboard: without script, Wagtail's menu hides some controls from a pointer.
press = partial(follow, key="Enter")


def keep(page: Page, name: str) -> None:
    press(page.get_by_role("button", name="Enregistrer comme présentation"))
    page.get_by_label("Nom de la présentation").fill(name)
    page.get_by_label("La partager avec").press("Space")
    press(page.get_by_role("button", name="Enregistrer", exact=True))


def taken_out(page: Page, path: Path) -> Path:
    with page.expect_download() as download:
        page.get_by_role("button", name="Télécharger le fichier").press("Enter")
    download.value.save_as(path)
    return path


def test_without_script_columns_are_put_in_order_kept_shared_and_taken_out(
    browse, technician, recipient, nature, tmp_path
):
    first, second = received(nature), taken(nature)
    page = browse(technician, width=320)
    page.goto(f"{CHOOSE}&c=reference&c=status&c=facts&tri=numero")
    # The Enter key in a field puts the columns in order; it takes nothing out.
    page.get_by_label("Rang – Exposé des faits").fill("1")
    press(page.get_by_label("Rang – Exposé des faits"))
    assert "c=facts&c=reference&c=status" in page.url
    page.get_by_label("Une seule feuille").press("ArrowDown")
    page.get_by_label("Une feuille pour les demandes ouvertes").press("ArrowDown")
    keep(page, "Suivi du lundi")
    assert "en cours" in page.locator(".guichet-export__layouts").inner_text()
    book = load_workbook(taken_out(page, tmp_path / "demandes.xlsx"))
    assert book.sheetnames[0] == "Sommaire"
    rows = [row for sheet in book.worksheets[1:] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert [row[1] for row in rows] == [first.reference, second.reference]

    theirs = browse(recipient, width=320)
    theirs.goto("/admin/exportations/nouvelle/")
    press(theirs.get_by_role("link", name="Utiliser Suivi du lundi"))
    theirs.get_by_label("Classeur Excel (.xlsx)").press("ArrowDown")
    text = taken_out(theirs, tmp_path / "demandes.csv").read_text(encoding="utf-8-sig")
    heading, *rows = csv.reader(text.splitlines(), delimiter=";")
    assert heading == ["Feuille", "Exposé des faits", "Numéro", "État"]
    assert [row[2] for row in rows] == [first.reference, second.reference]

    press(page.get_by_role("link", name="Renommer ou supprimer Suivi du lundi"))
    press(page.get_by_role("button", name="Supprimer", exact=True))
    assert "est supprimée" in page.inner_text("body")
    assert not ExportLayout.objects.exists()


@pytest.mark.parametrize("width", [320, 1280])
def test_every_screen_of_exports_when_seen_is_accessible_and_fits(browse, technician, nature, width):
    received(nature)
    page = browse(technician, width=width, script=True)
    page.goto(f"{CHOOSE}&service=ZZZ&c=perdue&c=status")
    keep(page, "Une présentation dont le nom est vraiment très long, au bout")
    looked_at = [page.url, "/admin/exportations/", "/admin/exportations/presentations/nouvelle/"]
    looked_at.append(f"/admin/exportations/presentations/{ExportLayout.objects.get().pk}/")
    looked_at.append(f"{CHOOSE}&service=ZZZ&c=perdue&presentation=99")
    for address in looked_at:
        page.goto(address)
        looks_right(page, width)
    page.goto(CHOOSE)
    page.get_by_label("Rang – État").fill("dix")
    follow(page.get_by_role("button", name="Ranger les colonnes"))
    assert "Écrivez un nombre" in page.inner_text("body")
    looks_right(page, width)
    page.goto(looked_at[2])
    follow(page.get_by_role("button", name="Enregistrer", exact=True))
    assert "Donnez un nom" in page.inner_text("body")
    looks_right(page, width)


def looks_right(page: Page, width: int) -> None:
    found = Axe().run(page, context=OURS).response["violations"]
    assert [(fault["id"], [node["html"][:200] for node in fault["nodes"]]) for fault in found] == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
