"""The screens of questions and of what is brought after filing, in a real browser: no fault of ours, at 320 px, no script."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, sync_playwright

from intake.models import Case
from intake.policy.roles import Role
from intake.policy.vocabulary import InquiryType, Kind
from snippets.models import MessageText
from tests.chromium import follow, launch
from tests.factories import NatureFactory, a_case, user_with
from tests.intake.counter.test_after_filing import unsigned

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OURS = {"include": [[".guichet-header"], [".guichet-room"]]}


@pytest.fixture
def browse(live_server, technician):
    """A page in which an account has logged in; the technician's session otherwise."""
    with sync_playwright() as playwright:
        browser = launch(playwright)

        def open_as(user=None, **options) -> Page:
            context = browser.new_context(base_url=live_server.url, locale="fr-CA", **options)
            if user is not None:
                technician.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
            session = technician.cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
            return context.new_page()

        yield open_as
        browser.close()


def check(page: Page, width: int) -> None:
    found = Axe().run(page, context=OURS).response["violations"]
    assert [(fault["id"], [node["html"][:200] for node in fault["nodes"]]) for fault in found] == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url


def test_art_3_a_guide_is_searched_and_sent_without_a_script(browse, guides):
    case = a_case(kind=Kind.INQUIRY, inquiry_type=InquiryType.INFORMATION)
    page = browse(java_script_enabled=False)
    page.goto(f"/admin/demandes/{case.reference}/?geste=answer")
    page.get_by_label("Réponse au citoyen").fill("Oui, cinq au plus.")
    page.get_by_label("Joindre un guide").fill("poule")
    follow(page.get_by_role("button", name="Chercher", exact=True))
    page.get_by_label("Permis et certificats").check()
    follow(page.get_by_role("button", name="Voir ce que le citoyen lira"))
    assert "/guides/permis/" in page.locator(".guichet-letter").inner_text()
    follow(page.get_by_role("button", name="Valider"))
    assert Case.objects.get(pk=case.pk).events.last().changes["guide"]["title"] == "Permis et certificats"


@pytest.mark.parametrize("width", [320, 1280])
def test_each_screen_is_accessible_and_fits(browse, guides, width):
    text, _made = MessageText.objects.get_or_create(code="T8", defaults={"subject": "{numero}", "body": "{reponse}"})
    question, request = a_case(kind=Kind.INQUIRY), a_case(NatureFactory())
    complaint = unsigned()
    page = browse(viewport={"width": width, "height": 900})
    page.goto(f"/admin/demandes/{question.reference}/?geste=answer")
    page.get_by_label("Joindre un guide").fill("poule")
    follow(page.get_by_role("button", name="Chercher", exact=True))
    assert page.get_by_label("Permis et certificats").count() == 1
    check(page, width)
    for path in (
        f"/admin/demandes/{request.reference}/pour-le-citoyen/",
        f"/admin/demandes/ou-en-est/?numero={complaint.reference}",
        f"/admin/demandes/{complaint.reference}/lettre-signee/",
        "/admin/demandes/?vue=toutes&message=compliment",
    ):
        page.goto(path)
        check(page, width)
    page.goto(f"/admin/snippets/snippets/messagetext/edit/{text.pk}/")
    page.locator("[name=subject]").fill("Pas encore enregistré {numero}")
    # Wagtail folds what goes with « Enregistrer » behind its arrow.
    page.locator("footer [data-w-dropdown-target='toggle']").click()
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Voir le texte rempli").click()
    preview = opened.value
    preview.wait_for_load_state()
    preview.get_by_label("Numéro d'un dossier").fill(question.reference)
    follow(preview.get_by_role("button", name="Lire avec ce dossier"))
    assert f"Pas encore enregistré {question.reference}" in preview.locator(".guichet-letter").inner_text()
    check(preview, width)


def test_art_4_8_the_director_has_a_view_of_compliments(browse, guides):
    case = a_case(kind=Kind.INQUIRY, inquiry_type=InquiryType.COMPLIMENT)
    page = browse(user_with(Role.DIRECTOR, username="directrice"))
    page.goto("/admin/demandes/")
    follow(page.get_by_role("link", name="Félicitations"))
    assert page.get_by_role("link", name=case.reference).count() == 1
