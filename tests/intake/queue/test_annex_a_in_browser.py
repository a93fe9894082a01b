"""Annexe A in a real browser: by keyboard, without script, at 320 px, no accessibility fault; read over, then sent."""

import pytest
from playwright.sync_api import Page

from intake.models import Case
from snippets.models import InterventionCode, ReplyText
from tests.chromium import follow
from tests.factories import DepartmentFactory
from tests.intake.queue.steps import taken
from tests.intake.queue.test_room_in_browser import faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TODAY = "new Date().toLocaleDateString('sv', {timeZone: 'America/Toronto'})"


@pytest.fixture
def case(technician, recipient, nature):
    DepartmentFactory(code="EXP", is_front_line=True)
    InterventionCode.objects.get_or_create(code="238", defaults={"label": "Demande complétée"})
    InterventionCode.objects.create(code="120", label="Inspection sur place")
    ReplyText.objects.create(title="Travail fait", body="Nos équipes ont fait le nécessaire.")
    return taken(nature)


def fill(page: Page) -> None:
    page.locator("#complete-done_on").fill(page.evaluate(TODAY))
    page.locator("#complete-internal_note").fill("Trou bouché par l'équipe 2.")


@pytest.mark.parametrize("width", [320, 1280])
def test_annexe_a_every_gesture_of_the_work_is_accessible_and_fits(browse, case, recipient, width):
    page = browse(recipient, viewport={"width": width, "height": 900})

    for verb in ("complete", "assign", "plan", "flag", "note"):
        page.goto(f"/admin/demandes/{case.reference}/?geste={verb}")
        assert page.locator(f"#{verb}").get_attribute("open") is not None, verb
        assert faults(page) == [], verb
        assert page.evaluate("document.documentElement.scrollWidth") <= width, verb


def test_annexe_a_by_keyboard_without_script_a_text_is_inserted_read_over_and_sent(
    browse,
    case,
    recipient,
    technician,
):
    page = browse(recipient, java_script_enabled=False, viewport={"width": 320, "height": 900})
    page.goto(f"/admin/demandes/{case.reference}/?geste=complete")
    page.locator("#complete-done_on").fill(str(case.received_at.date()))
    page.locator("#complete-internal_note").fill("Trou bouché.")
    page.locator("#complete-reply_text").select_option(label="Travail fait")
    follow(page.get_by_role("button", name="Insérer"), "Enter")

    assert page.locator("#complete-public_message").input_value() == "Nos équipes ont fait le nécessaire."
    assert page.locator("#complete-internal_note").input_value() == "Trou bouché."
    page.get_by_label("Demander une relecture").press("Space")
    # Enter in a field previews, it does not insert.
    follow(page.locator("#complete-phone_extension"), "Enter")
    assert "Ce courriel partira après la relecture" in page.inner_text(".guichet-preview")
    assert "aucun nom de tiers" in page.inner_text(".guichet-preview")
    follow(page.get_by_role("button", name="Valider"), "Enter")
    assert Case.objects.get(pk=case.pk).awaits_proofreading

    reader = browse(technician, viewport={"width": 1280, "height": 900})
    reader.goto("/admin/demandes/")
    assert "À relire" in reader.locator("tbody tr").first.inner_text()
    reader.goto(f"/admin/demandes/{case.reference}/")
    assert faults(reader) == []
    reader.locator("#proofread-public_message").fill("Le trou est bouché.")
    follow(reader.get_by_role("button", name="Voir ce que le citoyen lira"), "Enter")
    assert "Le trou est bouché." in reader.inner_text(".guichet-letter")
    assert faults(reader) == []
    follow(reader.get_by_role("button", name="Valider"), "Enter")
    reader.wait_for_url(f"**/{case.reference}/")
    assert "Le trou est bouché." in Case.objects.get(pk=case.pk).messages.get(code="T5").mail.message


def test_annexe_a_another_code_is_written_and_the_request_stays_open(browse, case, recipient):
    page = browse(recipient, viewport={"width": 1280, "height": 900})
    page.goto(f"/admin/demandes/{case.reference}/?geste=complete")
    page.locator("#complete-code").select_option("120")
    fill(page)

    follow(page.get_by_role("button", name="Voir ce que le citoyen lira"))
    assert "la requête reste ouverte" in page.inner_text(".guichet-preview")
    follow(page.get_by_role("button", name="Valider"))

    page.wait_for_url(f"**/{case.reference}/")
    assert "Intervention 120" in page.inner_text(".guichet-history")
    assert Case.objects.get(pk=case.pk).status == "in_progress"
