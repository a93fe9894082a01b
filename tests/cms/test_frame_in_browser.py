"""The frame in a real browser: no accessibility fault, nothing wider than the screen, nothing asked elsewhere."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright
from wagtail.models import Page

from tests.chromium import launch, wait_for_focus


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1280])
def test_frame_when_seen_in_a_browser_is_accessible_and_fits(live_server, town, home, width):
    home.add_child(instance=Page(title="Services", slug="services", show_in_menus=True))
    town.brand_colour = "#767676"  # the palest that the admin accepts
    town.save()
    with sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_page(viewport={"width": width, "height": 800})
        asked: list[str] = []
        complaints: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: complaints.append(message.text))
        for path in ("/plan-du-site/", "/nulle-part/"):
            page.goto(live_server.url + path)
            faults = Axe().run(page).response["violations"]
            assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in faults] == []
            assert page.evaluate("document.documentElement.scrollWidth") == width
        page.keyboard.press("Tab")
        wait_for_focus(page, "textContent", "Aller au contenu")
        page.keyboard.press("Enter")
        wait_for_focus(page, "id", "contenu")
        browser.close()
    assert asked
    assert [url for url in asked if not url.startswith(live_server.url)] == []
    # The browser says « 404 » of the page that is not there; it must say nothing else (a refused style, a script).
    assert [text for text in complaints if "404" not in text] == []
