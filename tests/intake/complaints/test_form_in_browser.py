"""The complaint form in a real browser, signed with the code of the real mail file (art. 4.1); no script is needed."""

import email
import email.policy
import re

import pytest
from django.utils import timezone
from playwright.sync_api import sync_playwright

from intake.jobs import sweep_outbox
from intake.models import Case
from tests.chromium import follow, launch
from tests.intake.forms.test_steps_in_browser import fill, looks_right

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STEPS = (
    {"wish": "complain", "target": "employee", "endangers": "no"},
    {"concerned": "Le comptoir", "facts": "Une personne m'a parlé sèchement au comptoir."},
    {
        "first_name": "Marie",
        "last_name": "Tremblay",
        "address": "1234, rue des Exemples",
        "city": "Val-des-Érables",
        "postal_code": "J0R 1T0",
        "phone": "450 555-0123",
        "email": "marie@exemple.example",
    },
)


@pytest.fixture
def mail_files(settings, tmp_path):
    """Mail leaves as .eml files, as in development."""
    settings.EMAIL_FILE_PATH = tmp_path
    settings.POST_OFFICE = {**settings.POST_OFFICE, "BACKENDS": {"default": "cms.mail_files.EmailBackend"}}
    return tmp_path


def code_in(folder) -> str:
    for path in sorted(folder.glob("*.eml"), reverse=True):
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        if message["subject"] == "Votre code pour signer":
            return re.search(r"\b(\d{3} \d{3})\b", message.get_content())[1]
    raise AssertionError("no code was sent")


def test_art_4_1_a_complaint_is_signed_with_the_code_of_the_mail_file(live_server, pages, town_words, mail_files):
    with sync_playwright() as playwright:
        browser = launch(playwright)
        context = browser.new_context(java_script_enabled=False, locale="fr-CA", viewport={"width": 320, "height": 900})
        page = context.new_page()
        page.goto(f"{live_server.url}/demandes/plainte/")
        for answers in STEPS:
            fill(page, answers)
            if "facts" in answers:
                page.fill("main [name=facts_on]", timezone.localdate().isoformat())
            follow(page.get_by_role("button", name="Continuer").last)
        fill(page, {"signature_declared": "on", "signature_name": "Marie Tremblay"})
        follow(page.get_by_role("button", name="Recevoir mon code"))
        sweep_outbox()
        page.fill("main [name=code]", code_in(mail_files))
        follow(page.get_by_role("button", name="Signer et envoyer"))

        assert page.url.endswith("/confirmation/")
        assert "Votre plainte est signée" in page.inner_text("main")
        browser.close()
    file = Case.objects.get().complaint
    assert (file.signature, file.is_intact()) == ("email", True)


@pytest.mark.parametrize("width", [320, 1280])
def test_the_first_step_of_a_complaint_is_accessible_and_fits(live_server, pages, town_words, width):
    with sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_page(viewport={"width": width, "height": 800}, locale="fr-CA")
        page.goto(f"{live_server.url}/demandes/plainte/")
        looks_right(page, width)
        fill(page, {"wish": "complain", "target": "elected"})
        follow(page.get_by_role("button", name="Continuer").last)
        looks_right(page, width)
        browser.close()
