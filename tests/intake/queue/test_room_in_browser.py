"""The technician's room in a real browser: no accessibility fault of ours, narrow screens, keyboard, no script."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from intake.models import Case
from intake.policy.roles import Role
from intake.policy.vocabulary import Kind
from tests.chromium import follow
from tests.factories import DepartmentFactory, NatureFactory, a_contact, user_with
from tests.intake.queue.steps import completed, received, taken, waiting
from tests.intake.queue.test_attachments import attach

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OURS = {"include": [[".guichet-header"], [".guichet-room"]]}


@pytest.fixture
def files(technician, recipient, nature):
    DepartmentFactory(code="EXP", is_front_line=True)
    danger = NatureFactory(department=nature.department, priority="p1")
    cases = [received(danger), received(nature), taken(nature, days=60), waiting(nature), received()]
    done = completed(nature, public_message="Le trou est bouché.")
    attach(done)
    by_post = received(nature, contact=a_contact(email=""))
    return [*cases, done, received(kind=Kind.INQUIRY), received(kind=Kind.COMPLAINT), by_post]


def faults(page: Page) -> list:
    found = Axe().run(page, context=OURS).response["violations"]
    return [(fault["id"], [node["html"][:200] for node in fault["nodes"]]) for fault in found]


@pytest.mark.parametrize("width", [320, 1280])
def test_every_screen_when_seen_is_accessible_and_fits(browse, files, technician, width):
    page = browse(technician, viewport={"width": width, "height": 900})
    done, at_work = files[5], files[2]

    for path in (
        "/admin/demandes/",
        "/admin/demandes/?vue=toutes&etat=received&tri=-echeance",
        "/admin/demandes/?q=zorglub",
        "/admin/demandes/lettres/",
        *(f"/admin/demandes/{case.reference}/" for case in files),
        f"/admin/demandes/{at_work.reference}/?geste=complete",
    ):
        page.goto(path)
        assert faults(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    page.goto(f"/admin/demandes/{done.reference}/")
    assert page.locator("h1").inner_text().strip() == done.reference


def test_home_panel_when_seen_is_accessible(browse, files, technician):
    page = browse(technician, viewport={"width": 1280, "height": 900})
    page.goto("/admin/")

    found = Axe().run(page, context={"include": [[".guichet-home"]]}).response["violations"]

    assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found] == []


def test_recipient_when_he_works_by_keyboard_completes_his_request(browse, files, recipient):
    case = files[2]
    page = browse(recipient, viewport={"width": 1280, "height": 900})
    page.goto(f"/admin/demandes/{case.reference}/")

    page.locator("#wait > summary").focus()
    page.keyboard.press("Enter")
    assert page.locator("#wait").get_attribute("open") is not None
    page.locator("#complete-internal_note").focus()
    page.keyboard.type("Trou bouché.")
    page.locator("#complete-public_message").focus()
    page.keyboard.type("Le trou est bouché.")
    page.locator("#complete-done_on").fill(
        page.evaluate("new Date().toLocaleDateString('sv', {timeZone: 'America/Toronto'})")
    )
    follow(page.get_by_role("button", name="Voir ce que le citoyen lira"), "Enter")
    assert "Le trou est bouché." in page.locator(".guichet-letter").inner_text()
    assert faults(page) == []
    follow(page.get_by_role("button", name="Valider"), "Enter")

    page.wait_for_url(f"**/{case.reference}/")
    assert Case.objects.get(pk=case.pk).status == "completed"


def test_refused_form_when_shown_again_is_accessible(browse, files, recipient):
    page = browse(recipient, viewport={"width": 320, "height": 900})
    page.goto(f"/admin/demandes/{files[2].reference}/?geste=complete")

    follow(page.get_by_role("button", name="Voir ce que le citoyen lira"))

    assert "Écrivez une note interne" in page.locator(".guichet-errors").inner_text()
    assert faults(page) == []


def test_several_files_when_there_is_no_script_are_given_in_two_clicks(browse, files, technician):
    page = browse(technician, java_script_enabled=False)
    page.goto("/admin/demandes/")
    for case in files[:2]:
        page.get_by_label(f"Choisir la demande {case.reference}").check()

    follow(page.get_by_role("button", name="Confier au service proposé"))
    follow(page.get_by_role("button", name="Confier 2 demandes"))

    assert "2 demandes : c'est fait" in page.inner_text(".guichet-room")
    assert [Case.objects.get(pk=case.pk).status for case in files[:2]] == ["routed", "routed"]


def test_box_of_the_head_when_ticked_ticks_every_row(browse, files, technician):
    page = browse(technician)
    page.goto("/admin/demandes/")

    page.get_by_label("Tout cocher").check()

    boxes = page.locator("input[name=demande]")
    assert boxes.count() > 1
    assert all(boxes.nth(index).is_checked() for index in range(boxes.count()))
    follow(page.get_by_role("button", name="Confier au service proposé"))
    assert faults(page) == []


def test_photo_when_opened_in_a_browser_is_seen(browse, files, technician):
    page = browse(technician)
    page.goto(f"/admin/demandes/{files[5].reference}/")

    with page.expect_navigation():
        page.get_by_role("link", name="photo.jpg").click()

    assert page.evaluate("document.images[0].naturalWidth") == 4


def test_director_when_he_opens_a_complaint_is_told_that_it_is_written(browse, files):
    page = browse(user_with(Role.DIRECTOR), viewport={"width": 320, "height": 900})
    page.goto(f"/admin/demandes/{files[7].reference}/")

    assert "votre consultation est inscrite" in page.inner_text(".guichet-summary")
    assert faults(page) == []
