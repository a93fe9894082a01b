"""Pages and blocks in a real browser: no accessibility fault, nothing wider than the screen, nothing asked elsewhere."""

import json

import pytest
import wagtail_factories
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from snippets.blocks import BodyBlock
from tests.chromium import launch
from tests.factories import (
    DepartmentFactory,
    GuidePageFactory,
    GuidePartPageFactory,
    InfoPageFactory,
    NatureFactory,
    ServicePageFactory,
)


def every_block(*, besides: tuple[str, ...] = ()) -> str:
    """A body that holds each block once, as its own preview shows it."""
    wagtail_factories.ImageFactory()
    rows = [
        {"type": name, "value": block.get_prep_value(block.get_preview_value())}
        for name, block in BodyBlock().child_blocks.items()
        if name not in besides
    ]
    return json.dumps(rows)


@pytest.fixture
def addresses(town):
    department = DepartmentFactory(address="1200, chemin du Garage", opening_hours="Du lundi au vendredi")
    nature = NatureFactory(code="TP-01", name="Nid-de-poule", synonyms="trou", department=department)
    body = every_block()
    service = ServicePageFactory(parent=town.services, title="Rues", slug="rues", body=body)
    service.natures = [nature, NatureFactory(code="TP-02", department=department)]
    service.save()
    guide = GuidePageFactory(parent=town.guides, title="Signaler", slug="signaler", department=department, body=body)
    guide.related_natures = [nature]
    guide.save()
    GuidePartPageFactory(
        parent=guide, title="Avant", slug="avant", body=every_block(besides=("heading", "contact", "table"))
    )
    InfoPageFactory(parent=town.home, title="Tout", slug="tout", body=body)
    town.home.body = body
    town.home.intro = "Trouvez une réponse."
    town.home.save()
    return [
        "/",
        "/services/",
        "/services/rues/",
        "/guides/",
        "/guides/signaler/",
        "/guides/signaler/avant/",
        "/guides/signaler/imprimer/",
        "/demandes/",
        "/tout/",
        "/recherche/?q=trous",
        "/recherche/?q=signaler",
        "/recherche/?q=licorne",
        "/recherche/",
    ]


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1280])
def test_pages_when_seen_in_a_browser_are_accessible_and_fit(live_server, addresses, width):
    with sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_page(viewport={"width": width, "height": 800})
        asked: list[str] = []
        complaints: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: complaints.append(message.text))
        for address in addresses:
            answer = page.goto(live_server.url + address)
            assert answer.status == 200, address
            faults = Axe().run(page).response["violations"]
            assert [(address, fault["id"], [node["html"] for node in fault["nodes"]]) for fault in faults] == []
            assert page.evaluate("document.documentElement.scrollWidth") == width, address
        browser.close()
    assert [url for url in asked if not url.startswith(live_server.url)] == []
    # A picture of the tests has no file behind a web server; the browser must complain of nothing else.
    assert [text for text in complaints if "404" not in text] == []


@pytest.mark.browser
def test_search_when_scripts_are_off_and_only_the_keyboard_is_used_leads_to_the_form(live_server, addresses):
    with sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_context(java_script_enabled=False).new_page()
        page.goto(live_server.url + "/")
        page.get_by_label("Que cherchez-vous?").focus()
        page.keyboard.type("trous")
        page.keyboard.press("Enter")
        page.get_by_role("link", name="Nid-de-poule").focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/demandes/requete/?nature=TP-01")
        browser.close()
