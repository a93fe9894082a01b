"""The counter, the field and the rights in a real browser: by keyboard, in under a minute, narrow, without script, accessible."""

import time

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from intake.models import Case
from intake.policy.roles import Role
from tests.chromium import follow, wait_for_focus
from tests.factories import EmployeeFactory, a_case, a_contact, user_with
from tests.intake.forms.pictures import a_photo

from .forms import FIELD, REGISTER

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OURS = {"include": [[".guichet-header"], [".guichet-room"]]}
# Four strokes a second is slow typing: forty words a minute are five.
STROKES_A_SECOND = 4
FACTS = "Grand trou devant le 77, depuis lundi, une roue y tombe."


@pytest.fixture
def browse(browse):
    """The same, more patient: whole calls are played."""

    def open_as(user, **options) -> Page:
        page = browse(user, **options)
        page.set_default_timeout(60_000)
        return page

    return open_as


class Keys:
    """A keyboard that counts."""

    def __init__(self, page: Page) -> None:
        self.page, self.strokes = page, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.strokes += 1

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.strokes += len(text)

    def tab_to(self, name: str) -> None:
        """Press Tab until this field has the focus."""
        for _ in range(30):
            self.press("Tab")
            if self.page.evaluate("document.activeElement.name") == name:
                return
        raise AssertionError(f"Tab never reaches {name}")


def faults(page: Page) -> list:
    found = Axe().run(page, context=OURS).response["violations"]
    return [(fault["id"], [node["html"][:200] for node in fault["nodes"]]) for fault in found]


def fits(page: Page, width: int) -> bool:
    return page.evaluate("document.documentElement.scrollWidth") <= width


def test_issue_4_a_known_caller_is_filed_by_keyboard_in_under_a_minute(browse, technician, nature, record_property):
    a_case(
        nature,
        contact=a_contact(first_name="Zoé", last_name="Beauséjour", phone="450 555-0177", address="77, rue du Pic"),
    )
    page = browse(technician, viewport={"width": 1280, "height": 900})
    page.goto(REGISTER)
    wait_for_focus(page, "name", "q")  # a key struck before it is lost
    keys, started = Keys(page), time.monotonic()

    keys.type("5550177")
    keys.press("Enter")
    page.get_by_role("link", name="Zoé Beauséjour").wait_for()
    keys.press("Tab", "Tab", "Enter")
    page.get_by_text("Coordonnées reprises").wait_for()
    wait_for_focus(page, "name", "nature")
    keys.type("TP-01")
    page.locator("[name=questions_de]").wait_for(state="attached")
    keys.press("Tab")
    keys.type("Un pneu")
    keys.press("Tab", "Tab")
    keys.type(FACTS)
    keys.press("Tab", "Tab", "Enter")
    page.locator("[data-tracking-code]").wait_for()

    case = Case.objects.order_by("pk").last()
    assert (case.nature, case.facts, case.requester.address) == (nature, FACTS, "77, rue du Pic")
    assert case.answers.get().display == "Un pneu"
    assert keys.strokes / STROKES_A_SECOND + (time.monotonic() - started) < 60
    assert keys.strokes <= 90
    record_property("strokes", keys.strokes)


def test_issue_4_an_unknown_caller_is_filed_by_keyboard_in_under_a_minute(browse, technician, nature):
    page = browse(technician, viewport={"width": 1280, "height": 900})
    page.goto(REGISTER)
    wait_for_focus(page, "name", "q")  # a key struck before it is lost
    keys = Keys(page)

    keys.type("Zoé Roy")
    keys.press("Enter")
    page.get_by_text("Personne de connu").wait_for()
    wait_for_focus(page, "name", "last_name")
    keys.press("Tab")
    keys.type("4505550177")
    keys.press("Tab", "Tab")
    keys.type("77, rue du Pic")
    keys.tab_to("nature")
    keys.type("crevasse")
    page.locator("[name=questions_de]").wait_for(state="attached")
    keys.tab_to("facts")
    keys.type(FACTS)
    keys.press("Tab", "Tab", "Enter")
    page.locator("[data-tracking-code]").wait_for()

    assert Case.objects.get().requester.phone == "450 555-0177"
    assert keys.strokes / STROKES_A_SECOND < 45


def test_a_letter_without_script_shows_the_questions_after_the_first_try(browse, technician, nature):
    page = browse(technician, java_script_enabled=False)
    page.goto(REGISTER)
    page.get_by_label("Nom", exact=True).fill("Roy")
    page.get_by_role("textbox", name="Téléphone").fill("450 555-0177")
    page.get_by_label("Adresse (numéro et rue)").fill("77, rue du Pic")
    page.get_by_label("Nature").fill("TP-01")
    page.get_by_label("Exposé des faits").fill(FACTS)

    follow(page.get_by_role("button", name="Inscrire", exact=True))
    page.get_by_label("Taille approximative?").fill("Un pneu")
    follow(page.get_by_role("button", name="Inscrire", exact=True))

    assert page.locator("[data-reference]").inner_text() == Case.objects.get().reference


@pytest.mark.parametrize("width", [320, 1280])
def test_the_screens_of_the_counter_when_seen_are_accessible_and_fit(browse, technician, nature, width):
    a_case(nature, contact=a_contact(last_name="Zorglub"))
    page = browse(technician, viewport={"width": width, "height": 900})
    for path in (f"{REGISTER}?q=zorglub", f"{REGISTER}?q=personne"):
        page.goto(path)
        assert faults(page) == [], path
        assert fits(page, width), path
    for kind, words in (("complaint", "La plainte"), ("claim", "Le dommage"), ("inquiry", "Le message")):
        page.goto(f"{REGISTER}?sorte={kind}")
        assert page.get_by_text(words, exact=True).is_visible()
        assert not page.get_by_text("La nature", exact=True).is_visible()
        assert faults(page) == [], kind
        assert fits(page, width), kind
    page.goto(REGISTER)
    page.get_by_label("Nature").fill("TP-01")
    page.locator("[name=questions_de]").wait_for(state="attached")
    follow(page.get_by_role("button", name="Inscrire", exact=True))
    page.locator(".guichet-errors").wait_for()
    assert faults(page) == []
    assert fits(page, width)
    page.get_by_label("Nom", exact=True).fill("Roy")
    page.get_by_role("textbox", name="Téléphone").fill("450 555-0177")
    page.get_by_label("Adresse (numéro et rue)").fill("77, rue du Pic")
    page.get_by_label("Exposé des faits").fill(FACTS)
    follow(page.get_by_role("button", name="Inscrire", exact=True))
    page.locator("[data-reference]").wait_for()
    assert faults(page) == []
    assert fits(page, width)


def test_the_receipt_when_printed_holds_the_number_and_the_code_and_no_menu(browse, technician, nature):
    page = browse(technician)
    page.goto(REGISTER)
    page.get_by_label("Danger").check()
    page.get_by_label("Où est-ce?").fill("Angle Gare et Moulin")
    page.get_by_label("Exposé des faits").fill(FACTS)
    follow(page.get_by_role("button", name="Inscrire", exact=True))
    page.locator("[data-reference]").wait_for()

    page.emulate_media(media="print")

    assert page.locator("[data-tracking-code]").is_visible()
    assert not page.locator(".guichet-receipt__desk").is_visible()
    assert not page.get_by_role("link", name="Demandes").first.is_visible()


def test_art_4_3_a_note_is_sent_from_a_telephone_without_script(browse, nature):
    user = user_with(Role.EMPLOYEE, username="cantonnier")
    EmployeeFactory(user=user)
    page = browse(user, viewport={"width": 320, "height": 640}, java_script_enabled=False)
    page.goto(FIELD)
    assert fits_without_script(page)
    page.get_by_label("Nom", exact=True).fill("Roy")
    page.get_by_role("textbox", name="Téléphone").fill("450 555-0177")
    page.get_by_label("Adresse (numéro et rue)").fill("77, rue du Pic")
    page.get_by_label("Exposé des faits").fill(FACTS)
    page.get_by_label("Photos").set_input_files({"name": "trou.jpg", "mimeType": "image/jpeg", "buffer": a_photo()})

    follow(page.get_by_role("button", name="Envoyer la note"), "Enter")

    case = Case.objects.get()
    assert f"no {case.reference}" in page.locator(".guichet-room").inner_text()
    assert case.attachments.count() == 1


def fits_without_script(page: Page) -> bool:
    box = page.locator(".guichet-room").bounding_box()
    return box["x"] >= 0 and box["x"] + box["width"] <= page.viewport_size["width"]


@pytest.mark.parametrize("width", [320, 1280])
def test_the_field_and_the_rights_when_seen_are_accessible_and_fit(browse, technician, nature, width):
    director = user_with(Role.DIRECTOR, username="directrice")
    employee = EmployeeFactory(user=user_with(Role.EMPLOYEE, username="eric"))
    page = browse(technician, viewport={"width": width, "height": 900})
    page.goto(FIELD)
    follow(page.get_by_role("button", name="Envoyer la note"), "Enter")
    page.locator(".guichet-errors").wait_for()
    assert faults(page) == []
    assert fits(page, width)
    page.goto(f"/admin/droits/employe/{employee.pk}/")
    follow(page.get_by_role("button", name="Donner Responsables de l'exécution"))
    page.get_by_role("button", name="Retirer Responsables de l'exécution").wait_for()
    assert faults(page) == []
    assert fits(page, width)
    log = browse(director, viewport={"width": width, "height": 900})
    for path in ("/admin/droits/", "/admin/droits/journal/"):
        log.goto(path)
        assert faults(log) == [], path
        assert fits(log, width), path
