"""The figures in a real browser: no accessibility fault, narrow screens, keyboard, no script, paper."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from intake.policy.roles import Role
from tests.chromium import follow
from tests.factories import user_with
from tests.intake.queue.steps import completed, received, taken, waiting

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGE = "/admin/performance/"
OURS = {"include": [[".guichet-header"], [".guichet-room"]]}


@pytest.fixture
def director(roles):
    return user_with(Role.DIRECTOR, username="directrice")


@pytest.fixture
def files(director, recipient, nature):
    return [received(nature), taken(nature, days=60), waiting(nature), completed(nature)]


def faults(page: Page) -> list:
    found = Axe().run(page, context=OURS).response["violations"]
    return [(fault["id"], [node["html"][:200] for node in fault["nodes"]]) for fault in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_figures_when_seen_are_accessible_and_fit(browse, files, director, width, scheme):
    page = browse(director, viewport={"width": width, "height": 900}, color_scheme=scheme)

    for query in ("", "?periode=2026", "?du=2026-06-10&au=2026-06-01", "?service=TP"):
        page.goto(PAGE + query)
        assert faults(page) == [], query
        assert page.evaluate("document.documentElement.scrollWidth") <= width, query


def test_figures_without_script_are_read_and_lead_to_their_list_by_keyboard(browse, files, director):
    page = browse(director, java_script_enabled=False)
    page.goto(PAGE)
    drawing = page.get_by_role("img", name="Où en sont les échéances")
    assert drawing.locator("desc").inner_html().startswith("En retard : 1; À faire bientôt : ")

    with page.expect_navigation():
        page.get_by_role("link", name="1 – En retard aujourd'hui, Travaux publics").press("Enter")

    assert page.locator(".guichet-queue__count").inner_text().strip() == "1 demande"


def test_dates_when_they_are_chosen_narrow_the_figures_and_stay_in_the_form(browse, files, director):
    page = browse(director, viewport={"width": 1280, "height": 900})
    page.goto(PAGE)
    page.get_by_text("Choisir des dates, un service").click()
    page.get_by_label("Du", exact=True).fill("2026-01-05")
    page.get_by_label("Au", exact=True).fill("2026-01-09")

    follow(page.get_by_role("button", name="Voir les chiffres"))

    assert page.locator("h1").inner_text().strip() == "Suivi de performance – du 5 au 9 janvier 2026"
    assert page.get_by_label("Du", exact=True).input_value() == "2026-01-05"


def test_figures_on_paper_keep_the_drawings_and_leave_out_what_is_clicked(browse, files, director):
    page = browse(director, viewport={"width": 1280, "height": 900})
    page.goto(PAGE)
    page.emulate_media(media="print")

    assert page.locator(".guichet-chart").first.is_visible()
    assert page.get_by_role("heading", name="Comment ces chiffres sont comptés").is_visible()
    for clicked in (".guichet-tabs", ".guichet-filters", ".guichet-figures__workbook", "[data-wagtail-sidebar]"):
        assert not page.locator(clicked).first.is_visible(), clicked
