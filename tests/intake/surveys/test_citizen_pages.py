"""Art. 4.1: the link of the mail, in the hands of the citizen, of a mail scanner, and of whoever made it up."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.utils import timezone
from playwright.sync_api import sync_playwright

from intake.forms import survey
from intake.models import Case, SurveyAnswer, SurveyInvitation
from intake.policy.surveys import token_hash
from tests.chromium import follow, launch, wait_for_focus
from tests.factories import town_time
from tests.intake.forms.citizen import Citizen, text_of
from tests.intake.forms.conftest import root

from .conftest import ASKED

pytestmark = pytest.mark.django_db
GOOD = {"is_clear": "yes", "is_timely": "partly", "is_satisfied": "no"}
MADE_UP = "/sondage/" + "x" * 32 + "/"

__all__ = ["root"]


@pytest.fixture
def today(monkeypatch):
    """The moment at which the pages are asked for."""

    def at(text: str) -> None:
        monkeypatch.setattr(survey.timezone, "now", lambda: town_time(text))

    at("2026-06-04 20:00")
    return at


@pytest.fixture
def citizen(root):
    return Citizen(Client(enforce_csrf_checks=True))


@pytest.fixture
def link(invited, today):
    return f"/sondage/{invited()}/"


def test_art_4_1_three_answers_are_sent_and_thanked_for(citizen, link):
    page = citizen.get(link)
    assert page.status_code == 200
    assert len(re.findall(r"<fieldset", page.content.decode())) == 3
    assert not re.search(r"<textarea|type=\"text\"", page.content.decode().split("<main")[1].split("</main")[0])
    thanks = citizen.post(link, GOOD)
    assert thanks.url == "/sondage/merci/"
    assert "Merci de votre avis" in text_of(citizen.follow(thanks))
    assert SurveyAnswer.objects.values(*GOOD).get() == GOOD


def test_what_is_missing_is_said_beside_its_question_and_nothing_given_is_lost(citizen, link):
    citizen.get(link)
    page = citizen.post(link, {"is_clear": "no", "is_timely": "peut-être"})
    assert page.status_code == 422
    body = page.content.decode()
    assert "Erreur :" in text_of(page)
    assert "Dites si vous êtes satisfait du résultat." in text_of(page)
    assert len(re.findall(r'class="govuk-error-message"', body)) == 2
    assert re.search(r'name="is_clear"[^>]*value="no"[^>]*checked', body)
    assert not SurveyAnswer.objects.exists()


@pytest.mark.parametrize("change", ["GET", "HEAD"])
def test_what_opens_the_links_of_a_mail_by_itself_answers_and_withdraws_for_nobody(citizen, link, change):
    for address in (link, f"{link}retrait/"):
        assert citizen.client.generic(change, address).status_code == 200
    assert not SurveyAnswer.objects.exists()
    assert not SurveyInvitation.objects.get().answered
    assert Case.objects.get().wants_survey


def test_a_form_without_its_seal_is_refused(link, root):
    assert Client(enforce_csrf_checks=True).post(link, GOOD).status_code == 403
    assert not SurveyAnswer.objects.exists()


def test_a_used_link_says_so_whatever_is_sent(citizen, link):
    citizen.get(link)
    citizen.post(link, GOOD)
    for page in (citizen.get(link), citizen.post(link, GOOD)):
        assert page.status_code == 410
        assert "Vous avez déjà répondu" in text_of(page)
    assert SurveyAnswer.objects.count() == 1


def test_an_old_link_says_so_and_still_withdraws(citizen, link, today):
    today("2026-08-03 09:00")
    page = citizen.get(link)
    assert page.status_code == 410
    assert "terminé" in text_of(page)
    citizen.get(f"{link}retrait/")
    done = citizen.post(f"{link}retrait/")
    assert "vous ne recevrez plus de sondage" in text_of(citizen.follow(done))
    assert not Case.objects.get().wants_survey


@pytest.mark.parametrize("address", [MADE_UP, f"{MADE_UP}retrait/"])
def test_a_link_that_was_made_up_or_cut_is_a_404_that_says_what_to_do(citizen, link, address):
    citizen.get(link)
    for page in (citizen.get(address), citizen.post(address, GOOD)):
        assert page.status_code == 404
        assert "au complet" in text_of(page)
    assert Case.objects.get().wants_survey


def test_the_address_of_the_page_leaks_nowhere(citizen, link):
    for address in (link, f"{link}retrait/", MADE_UP, "/sondage/merci/", "/sondage/retire/"):
        page = citizen.get(address)
        assert page["Referrer-Policy"] == "strict-origin"
        assert page["X-Robots-Tag"] == "noindex, nofollow"
        assert 'name="robots" content="noindex' in page.content.decode()
        assert "no-store" in page["Cache-Control"]
        assert not re.search(r'(?:src|href)="(?:https?:)?//', page.content.decode())
    assert "Disallow: /sondage/" in citizen.get("/robots.txt").content.decode()


def test_art_4_5_the_page_names_neither_the_person_nor_her_request(citizen, link):
    case = Case.objects.get()
    words = text_of(citizen.get(link))
    for private in (case.reference, case.requester.last_name, case.requester.email, case.location):
        assert private not in words


def test_the_page_costs_few_queries(citizen, link, django_assert_max_num_queries):
    citizen.get(link)
    with django_assert_max_num_queries(8):
        citizen.get(link)
    with django_assert_max_num_queries(14):
        citizen.post(link, GOOD)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_pages_are_accessible_fit_and_need_no_script(live_server, root, invited):
    token = invited()
    SurveyInvitation.objects.update(invited_on=timezone.localdate())
    assert SurveyInvitation.objects.filter(token_hash=token_hash(token)).exists(), ASKED
    link, asked = f"{live_server.url}/sondage/{token}/", []
    with sync_playwright() as playwright:
        browser = launch(playwright)
        # Axe is a script: it looks at what a person without scripts uses.
        looked, plain = browser.new_page(), browser.new_context(java_script_enabled=False).new_page()
        for page in (looked, plain):
            page.set_viewport_size({"width": 320, "height": 800})
            page.on("request", lambda request: asked.append((request.url, request.headers.get("referer", ""))))

        def looks_right():
            faults = Axe().run(looked).response["violations"]
            assert [(fault["id"], fault["nodes"][0]["html"]) for fault in faults] == [], looked.url
            assert looked.evaluate("document.documentElement.scrollWidth") <= 320, looked.url

        looked.goto(link)
        looks_right()
        follow(looked.get_by_role("button", name="Envoyer mes réponses"))
        assert looked.title().startswith("Erreur :")
        wait_for_focus(looked, "className", "govuk-error-summary")
        looks_right()
        plain.goto(link)
        for question, chosen in {"claire": "Oui", "délai": "En partie", "satisfait": "Non"}.items():
            plain.get_by_role("radiogroup", name=re.compile(question)).get_by_label(chosen, exact=True).check()
        follow(plain.get_by_role("button", name="Envoyer mes réponses"))
        assert plain.url.endswith("/sondage/merci/")
        for address in (f"{live_server.url}/sondage/merci/", link, live_server.url + MADE_UP, f"{link}retrait/"):
            looked.goto(address)
            looks_right()
        follow(looked.get_by_role("main").get_by_role("button", name="Ne plus recevoir de sondage"))
        looks_right()
        browser.close()
    assert SurveyAnswer.objects.values(*GOOD).get() == GOOD
    assert [pair for pair in asked if not pair[0].startswith(live_server.url) or token in pair[1]] == []
