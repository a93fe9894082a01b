"""« Mon statut », the header and the board in a real browser: accessible, at home on a narrow screen, without script."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect, sync_playwright
from wagtail.models import Collection, Locale
from wagtail.models import Page as TreePage

from cms.roles import ensure_roles
from intake.policy.roles import Role
from snippets.availability.setting import set_availability
from snippets.models import Availability, StatusSource
from tests.chromium import follow, launch
from tests.factories import DepartmentFactory, EmployeeFactory, user_with

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADMIN = {"include": [[".guichet-own"], [".guichet-board"]]}


@pytest.fixture
def sylvie(db):
    """An employee at work, among colleagues whose statuses are of every sort."""
    Locale.objects.get_or_create(language_code="fr-ca")
    if TreePage.get_first_root_node() is None:
        TreePage.add_root(instance=TreePage(title="Racine", slug="racine"))
    if Collection.get_first_root_node() is None:
        Collection.add_root(name="Racine")
    ensure_roles()
    works = DepartmentFactory(code="TP", name="Travaux publics")
    now = timezone.now()
    for status, until, age in (
        ("available", None, 0),
        ("in_meeting", now + timedelta(hours=1), 0),
        ("away", now + timedelta(days=9), 48),
        ("available", None, 30),
    ):
        colleague = EmployeeFactory(department=works, job_title="Surintendant aux travaux publics")
        said_at = now - timedelta(hours=age)
        set_availability(employee_pk=colleague.pk, status=status, until=until, source=StatusSource.ADMIN, now=said_at)
    user = user_with(Role.TECHNICIAN, username="sylvie")
    return EmployeeFactory(first_name="Sylvie", last_name="Paquette", department=works, user=user)


@pytest.fixture
def browse(live_server, sylvie):
    """Pages of a browser in which Sylvie has logged in."""
    with sync_playwright() as playwright:
        browser = launch(playwright)

        def open_as(**options) -> Page:
            context = browser.new_context(base_url=live_server.url, locale="fr-CA", **options)
            client = Client()
            client.force_login(sylvie.user, backend="django.contrib.auth.backends.ModelBackend")
            session = client.cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
            return context.new_page()

        yield open_as
        browser.close()


def faults(page: Page, **context) -> list:
    found = Axe().run(page, **context).response["violations"]
    return [(fault["id"], [node["html"][:200] for node in fault["nodes"]]) for fault in found]


@pytest.mark.parametrize("width", [320, 1280])
def test_annexe_b_screens_when_seen_are_accessible_and_fit(browse, width):
    page = browse(viewport={"width": width, "height": 800})

    page.goto("/mon-statut/")
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    boxes = [button.bounding_box() for button in page.locator("button[name=status]").all()]
    assert len(boxes) == 3
    assert all(box["height"] >= 64 and box["width"] >= 280 for box in boxes)
    assert boxes[-1]["y"] + boxes[-1]["height"] <= 800  # all three without scrolling
    page.get_by_label("Jusqu'à quelle heure?").fill("00:00")
    page.get_by_label("Quel jour?").fill("2020-01-01")
    follow(page.get_by_role("button", name="En réunion"))
    assert page.get_by_role("alert").is_visible()
    assert faults(page) == []
    for path in ("/admin/disponibilites/", "/admin/cles-telephonie/"):
        page.goto(path)
        assert faults(page, context=ADMIN) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_annexe_b_one_click_in_the_header_keeps_what_is_being_written(browse, sylvie):
    page = browse(viewport={"width": 1280, "height": 800})
    page.goto("/admin/disponibilites/")
    page.get_by_label("Nom, fonction ou poste").fill("à moitié écrit")

    header = page.get_by_role("region", name="Mon statut")
    header.get_by_role("button", name="En réunion").click()

    expect(header.get_by_role("status")).to_contain_text("En réunion")
    expect(header.get_by_role("button", name="En réunion")).to_have_attribute("aria-pressed", "true")
    assert page.get_by_label("Nom, fonction ou poste").input_value() == "à moitié écrit"
    assert Availability.objects.get(employee=sylvie).status == "in_meeting"


def test_annexe_b_one_click_works_without_script_on_both_screens(browse, sylvie):
    page = browse(viewport={"width": 320, "height": 800}, java_script_enabled=False)

    page.goto("/admin/disponibilites/")
    follow(page.locator(".guichet-own button", has_text="Absent du bureau"), "Enter")
    assert page.url.endswith("/admin/disponibilites/")
    assert Availability.objects.get(employee=sylvie).status == "away"

    page.goto("/mon-statut/")
    page.get_by_label("1 heure").check()
    follow(page.get_by_role("button", name="Disponible"))
    expect(page.get_by_role("main")).to_contain_text("C'est noté : Disponible jusqu'")
