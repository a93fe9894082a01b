"""Each step in a real browser: no accessibility fault, nothing wider than the screen, no script needed, keys only."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from intake.models import Case
from intake.policy.vocabulary import Kind
from tests.chromium import follow, launch, wait_for_focus
from tests.factories import QuestionFactory

from .citizen import GOOD, SLUGS
from .pictures import a_photo

pytestmark = pytest.mark.browser


@pytest.fixture
def browser():
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


def looks_right(page, width):
    faults = Axe().run(page).response["violations"]
    assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in faults] == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url


def fill(page, answers):
    for name, value in answers.items():
        control = page.locator(f'main [name="{name}"]')
        if control.first.get_attribute("type") in ("radio", "checkbox"):
            page.locator(f'main [name="{name}"]' + (f'[value="{value}"]' if value != "on" else "")).check()
        else:
            control.fill(value)


@pytest.mark.parametrize(("kind", "width"), [*((kind, 320) for kind in Kind), (Kind.REQUEST, 1280)])
def test_every_step_is_accessible_and_fits_with_and_without_errors(
    live_server, browser, pages, nature, town_words, kind, width, tmp_path
):
    nature.priority = "p1"
    nature.save()
    QuestionFactory(nature=nature, label="Quelle taille?", question_type="several_choices", choices="A\nB")
    photo = tmp_path / "Une photo au nom plutôt long, prise devant la maison le lundi.jpg"
    photo.write_bytes(a_photo())
    page = browser.new_page(viewport={"width": width, "height": 800}, locale="fr-CA")
    page.goto(f"{live_server.url}/demandes/{SLUGS[kind]}/")
    for step, answers in GOOD[kind].items():
        looks_right(page, width)
        last = step == "verification"
        # Nothing is required on the last step: a complaint may be sent unsigned, and signed later.
        if not last:
            follow(page.get_by_role("button", name="Continuer"))
            assert page.title().startswith("Erreur :")
            wait_for_focus(page, "className", "govuk-error-summary")
            looks_right(page, width)
        if step == "demande":
            page.set_input_files("input[type=file]", photo)
            follow(page.get_by_role("button", name="Ajouter ces fichiers"))
            looks_right(page, width)
        fill(page, answers)
        follow(page.get_by_role("button", name="Envoyer" if last else "Continuer"))
    assert page.url.endswith("/confirmation/")
    looks_right(page, width)
    reference = page.locator("[data-reference]").get_attribute("data-reference")
    code = page.locator("[data-tracking-code]").get_attribute("data-tracking-code")
    follow(page.get_by_role("main").get_by_role("link", name="Suivre ma demande"))
    looks_right(page, width)
    assert page.get_by_label("Numéro de référence").input_value() == reference
    page.get_by_label("Code de suivi").fill(code)
    follow(page.get_by_role("button", name="Voir ma demande"))
    assert page.title().startswith(f"Demande {reference}")
    looks_right(page, width)


def test_art_2_3_given_scripts_are_off_when_a_request_is_sent_with_keys_only_then_a_reference_is_shown(
    live_server, browser, pages, nature
):
    page = browser.new_context(java_script_enabled=False, locale="fr-CA").new_page()
    page.goto(f"{live_server.url}/demandes/requete/?nature=TP-01")

    def type_in(label, text):
        """Press Tab until the field has the focus, then type."""
        field = page.get_by_role("main").get_by_role("textbox", name=label, exact=True)
        for _ in range(60):
            if field.evaluate("element => element === document.activeElement"):
                break
            page.keyboard.press("Tab")
        page.keyboard.type(text)

    type_in("Où est-ce?", "1234, rue des Exemples")
    type_in("Décrivez la situation", "Un grand trou devant la maison, depuis lundi.")
    page.get_by_label("Où est-ce?").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/coordonnees/")
    for label, text in (
        ("Prénom", "Marie"),
        ("Nom", "Tremblay"),
        ("Adresse", "1234, rue des Exemples"),
        ("Municipalité", "Val-des-Érables"),
        ("Code postal", "j0r1t0"),
        ("Téléphone", "450 555-0123"),
    ):
        type_in(label, text)
    page.keyboard.press("Enter")
    page.wait_for_url("**/verification/")
    page.get_by_role("button", name="Envoyer").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/confirmation/")
    assert page.locator("[data-reference]").inner_text() == Case.objects.get().reference


def test_a_double_click_on_send_files_one_case(live_server, browser, pages, nature):
    page = browser.new_context(java_script_enabled=False, locale="fr-CA").new_page()
    page.goto(f"{live_server.url}/demandes/commentaire/")
    for step in ("demande", "coordonnees"):
        fill(page, GOOD[Kind.INQUIRY][step])
        follow(page.get_by_role("button", name="Continuer"))
    page.get_by_role("button", name="Envoyer").dblclick()
    page.wait_for_url("**/confirmation/")
    assert Case.objects.count() == 1


def test_the_enter_key_goes_on_and_removes_no_file(live_server, browser, pages, nature, tmp_path):
    photo = tmp_path / "trou.jpg"
    photo.write_bytes(a_photo())
    page = browser.new_page(locale="fr-CA")
    page.goto(f"{live_server.url}/demandes/requete/?nature=TP-01")
    page.set_input_files("input[type=file]", photo)
    follow(page.get_by_role("button", name="Ajouter ces fichiers"))
    fill(page, GOOD[Kind.REQUEST]["demande"])
    page.get_by_label("Où est-ce?").press("Enter")
    page.wait_for_url("**/coordonnees/")
    page.go_back()
    assert page.get_by_role("button", name="Retirer trou.jpg").count() == 1
