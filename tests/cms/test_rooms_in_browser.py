"""Every screen of our own rooms in a real browser, 320 px wide: no accessibility fault, nothing wider than the screen.

The addresses come from the walk of the admin: a new room is looked at without anything being written here.
"""

from fnmatch import fnmatchcase

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from cms.roles import ensure_roles
from intake.policy.roles import GROUP_NAMES, Role
from tests.chromium import launch
from tests.factories import user_with

from .admin_walk import addresses, browser_of, build_town, get, places
from .test_every_admin_url import may_open

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OURS = ("intake_*", "demandes_*", "availability_*")
ROOM = {"include": [[".guichet-header"], [".guichet-room"]]}
WIDTH = 320


@pytest.fixture
def people(home):
    """One account a role, in the town of the walk."""
    ensure_roles()
    accounts = {role: user_with(role, username=f"la-{role.value}") for role in GROUP_NAMES}
    return accounts, build_town(executor=accounts[Role.EXECUTOR], recipient=accounts[Role.RECIPIENT])


def screens(accounts, town):
    """Each of our addresses once, with the first role for which it is a page."""
    seen = set()
    for role, user in accounts.items():
        client = browser_of(user)
        for place in places():
            if not may_open(place.name, role) or not any(fnmatchcase(place.name, pattern) for pattern in OURS):
                continue
            for address in set(addresses(place, town)) - seen:
                answer = get(client, address)
                is_page = answer.status_code == 200 and answer["Content-Type"].startswith("text/html")
                if is_page and b"guichet-room" in answer.content:
                    seen.add(address)
                    yield role, client, address


def test_every_screen_of_our_rooms_is_accessible_and_fits(live_server, people):
    accounts, town = people
    looked_at, faults = [], {}
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for role, client, address in screens(accounts, town):
            context = browser.new_context(
                base_url=live_server.url, locale="fr-CA", viewport={"width": WIDTH, "height": 800}
            )
            session = client.cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
            page = context.new_page()
            page.goto(address)
            found = [
                (fault["id"], fault["nodes"][0]["html"][:160])
                for fault in Axe().run(page, context=ROOM).response["violations"]
            ]
            if page.evaluate("document.documentElement.scrollWidth") > WIDTH:
                found.append(("wider than the screen", page.evaluate("document.documentElement.scrollWidth")))
            looked_at.append(address)
            if found:
                faults[f"{role.value} {address}"] = found
            context.close()
        browser.close()
    assert faults == {}
    assert len(looked_at) > 35
