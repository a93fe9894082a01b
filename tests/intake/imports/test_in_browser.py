"""The import in a real browser: without script, by keyboard, at 320 px, no accessibility fault at any step."""

from functools import partial

import pytest

from intake.models import Case
from tests.chromium import follow
from tests.intake.imports.conftest import CLOSED, book, row
from tests.intake.queue.conftest import roles, technician  # noqa: F401 - fixtures
from tests.intake.queue.test_room_in_browser import faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.mark.parametrize(("width", "script"), [(320, True), (1280, True), (320, False)])
def test_a_workbook_is_brought_mapped_looked_at_and_imported(browse, technician, tmp_path, width, script):  # noqa: F811
    path = tmp_path / "requetes.xlsx"
    rows = [row(), row(No_requête="R-2", **CLOSED), row(No_requête="R-3", Date_de_réception="31/02/2026")]
    path.write_bytes(book(*rows).getvalue())
    page = browse(technician, java_script_enabled=script, viewport={"width": width, "height": 900})

    def seen(title):
        assert page.locator("h1").inner_text().strip() == title
        if script:  # axe is one
            assert page.evaluate("document.documentElement.scrollWidth") <= width, title
            assert faults(page) == [], title

    # By keyboard: Wagtail's menu, empty without script, covers what lies under it.
    press = partial(follow, key="Enter")

    page.goto("/admin/importer/")
    press(page.get_by_role("button", name="Lire ce classeur"))
    assert "Choisissez le classeur" in page.locator(".guichet-field__error").inner_text()
    seen("Importer les demandes d'un autre système")
    page.get_by_label("Classeur Excel").set_input_files(path)
    press(page.get_by_role("button", name="Lire ce classeur"))

    press(page.get_by_role("button", name="Continuer"))
    seen("Que contient chaque colonne?")
    assert page.locator("#id_location").input_value() == "Lieu"
    page.locator("#id_system").fill("Prioris")
    page.locator("#id_saved_as").fill("Prioris 2026")
    press(page.get_by_role("button", name="Continuer"))

    seen("Que veulent dire les mots de l'ancien système?")
    page.get_by_label("« Trou »").select_option("TP-01")
    press(page.get_by_role("button", name="Vérifier"))

    seen("Ce qui sera importé")
    assert "B4" in page.locator(".guichet-imports__problems").inner_text()
    press(page.get_by_role("link", name="Mots"))
    assert page.locator("#nature-0").input_value() == "TP-01"
    press(page.get_by_role("link", name="Vérification"))
    press(page.get_by_role("button", name="Importer 2 demandes"))

    seen("requetes.xlsx")
    assert "2 demandes importées" in page.inner_text(".guichet-imports")
    page.goto("/admin/demandes/?q=R-2")
    assert Case.objects.get(old_references__reference="R-2").reference in page.inner_text("main")
    page.goto("/admin/importer/")
    seen("Importer les demandes d'un autre système")


@pytest.fixture(autouse=True)
def _town(town):
    """The services and natures, before anyone enters."""
