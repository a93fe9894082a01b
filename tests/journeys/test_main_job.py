"""The main job as one scenario in a real browser (#3): a guide is edited, read, a request is filed, worked, closed,
answered, and the queue comes out as a workbook."""

import re
from datetime import timedelta

import openpyxl
import pytest
from django.core import mail
from django.utils import timezone

from intake import jobs
from intake.models import Case
from services_pages.models import GuidePage
from tests.chromium import follow

pytestmark = pytest.mark.browser

SENTENCE = "Dites-nous où est le trou : une équipe passe dans les jours qui suivent."
FACTS = "Un grand trou devant le 1234, rue des Exemples; une auto y a perdu un enjoliveur ce matin."
ANSWER = "Le trou est réparé. Merci de nous avoir prévenus!"


def edit_the_guide(at_desk, live_server) -> None:
    guide = GuidePage.objects.live().filter(title__startswith="Signaler un problème").get()
    with at_desk("communications") as page:
        page.goto(f"{live_server.url}/admin/pages/{guide.pk}/edit/")
        page.fill("[name=summary]", SENTENCE)
        choose(page, "Soumettre à l'approbation du service")
        page.goto(f"{live_server.url}/admin/demandes/2026-0001/")
        assert "Page introuvable" in page.title()  # art. 4.5: no case for communications

    with at_desk("responsable.tp") as page:
        page.goto(f"{live_server.url}/admin/")
        follow(page.get_by_role("link", name=guide.title))  # what waits for her is on her first page (2.3)
        assert page.locator("[name=summary]").input_value() == SENTENCE
        choose(page, "Approuver et Publier")


def choose(page, label: str) -> None:
    """Press a button of the editor's menu, opening it when the button is not the first."""
    button = page.locator(f'footer button:has-text("{label}")').first
    button.wait_for(state="attached")
    if not button.is_visible():
        page.locator("footer [data-drop-down-target=toggle], footer .w-dropdown__toggle").first.click()
    follow(button)


def file_a_request(browser, live_server) -> tuple[str, str]:
    context = browser.new_context(java_script_enabled=False, locale="fr-CA", viewport={"width": 320, "height": 700})
    page = context.new_page()
    page.goto(f"{live_server.url}/recherche/?q=nids+de+poule")
    follow(page.get_by_role("link", name="Nid-de-poule").first)
    page.get_by_label("Où est-ce?").fill("1234, rue des Exemples")
    page.get_by_label("Décrivez la situation").fill(FACTS)
    for group in page.locator("fieldset:has(input[type=radio])").all():
        group.locator("input[type=radio]").first.check()
    follow(page.get_by_role("button", name="Continuer"))
    page.get_by_label("Prénom").fill("Marie")
    page.get_by_label("Nom", exact=True).fill("Tremblay")
    follow(page.get_by_role("button", name="Continuer"))
    assert page.title().startswith("Erreur")  # address and telephone are required (4.3), and nothing typed is lost
    assert page.get_by_label("Prénom").input_value() == "Marie"
    page.get_by_label("Adresse", exact=True).fill("12, rue des Lilas")
    page.get_by_label("Municipalité").fill("Val-des-Érables")
    page.get_by_label("Code postal").fill("j0r1t0")
    page.get_by_label("Téléphone").fill("4505550123")
    page.get_by_label("Courriel").fill("marie@exemple.example")
    follow(page.get_by_role("button", name="Continuer"))
    body = page.inner_text("main")
    assert FACTS in body
    assert "Signaler un problème dans la rue" in body  # the guide, before « Envoyer » (2.3)
    follow(page.get_by_role("button", name="Envoyer"))
    reference = page.locator("[data-reference]").first.get_attribute("data-reference")
    code = page.locator("[data-tracking-code]").first.get_attribute("data-tracking-code")
    page.reload()
    assert page.locator("[data-reference]").first.get_attribute("data-reference") == reference
    context.close()
    return reference, code


def confirm_the_proposal(at_desk, live_server, reference) -> None:
    with at_desk("technicien") as page:
        page.goto(f"{live_server.url}/admin/demandes/{reference}/")
        assert "Travaux publics" in page.inner_text("main")
        follow(page.get_by_role("button", name=re.compile("Confier")).first)
        assert "Confiée au service" in page.inner_text("main")


def complete_the_work(at_desk, live_server, reference) -> None:
    with at_desk("responsable.tp") as page:
        page.goto(f"{live_server.url}/admin/demandes/{reference}/")
        page.locator("summary", has_text="Compléter").first.click()
        page.locator("#complete-done_on").fill(timezone.localdate().isoformat())
        page.locator("#complete-internal_note").fill("Rapiécé, équipe B.")
        page.locator("#complete-public_message").fill(ANSWER)
        follow(page.get_by_role("button", name="Voir ce que le citoyen lira"))
        assert ANSWER in page.inner_text("main")
        follow(page.get_by_role("button", name="Valider").first)
        assert "Complétée" in page.inner_text("main")


def close_and_export(at_desk, live_server, reference, folder) -> None:
    with at_desk("technicien") as page:
        page.goto(f"{live_server.url}/admin/demandes/{reference}/")
        follow(page.get_by_role("button", name=re.compile("Fermer")).first)
        assert "Fermée" in page.inner_text("main")
        page.goto(f"{live_server.url}/admin/")
        follow(page.get_by_role("link", name="Demandes").first)
        follow(page.get_by_role("link", name="Fermées").first)
        shown = [text.strip() for text in page.locator("table a[href*='/admin/demandes/']").all_inner_texts()]
        follow(page.get_by_role("link", name="Exporter").first)
        with page.expect_download() as download:
            page.get_by_role("button", name=re.compile("Exporter|Télécharger")).first.click()
        path = folder / "queue.xlsx"
        download.value.save_as(path)
    sheet = openpyxl.load_workbook(path).active
    references = [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)]
    shown_references = [text for text in shown if re.fullmatch(r"\d{4}-\d+", text)]
    assert references[: len(shown_references)] == shown_references
    assert reference in references


def read_the_answer(browser, live_server, reference, code) -> None:
    context = browser.new_context(java_script_enabled=False, locale="fr-CA")
    page = context.new_page()
    page.goto(f"{live_server.url}/suivi/")
    page.get_by_label(re.compile("Numéro")).fill(reference)
    page.get_by_label(re.compile("Code")).fill(code)
    follow(page.locator("main").get_by_role("button").first)
    body = page.inner_text("main")
    assert ANSWER in body
    assert "équipe B" not in body  # the internal note
    context.close()


def test_from_a_published_guide_to_a_closed_request_and_a_workbook(town, browser, at_desk, live_server, tmp_path):
    edit_the_guide(at_desk, live_server)
    page = browser.new_page()
    page.goto(f"{live_server.url}/guides/")
    follow(page.get_by_role("link", name="Signaler un problème dans la rue").first)
    assert SENTENCE in page.inner_text("main")

    reference, code = file_a_request(browser, live_server)
    case = Case.objects.get(reference=reference)
    assert (case.status, case.nature_name) == ("received", "Nid-de-poule")
    jobs.sweep_outbox()
    (acknowledgement,) = [message for message in mail.outbox if message.to == ["marie@exemple.example"]]
    assert reference in acknowledgement.subject
    assert code in acknowledgement.body

    confirm_the_proposal(at_desk, live_server, reference)
    complete_the_work(at_desk, live_server, reference)
    close_and_export(at_desk, live_server, reference, tmp_path)
    read_the_answer(browser, live_server, reference, code)

    jobs.sweep_outbox()
    subjects = [message.subject for message in mail.outbox if message.to == ["marie@exemple.example"]]
    assert len(subjects) == len(set(subjects)) == 3  # received, entrusted, completed: one message a step
    assert Case.objects.get(reference=reference).last_event_at > timezone.now() - timedelta(minutes=10)
