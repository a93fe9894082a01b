"""A seeded town on a real server, read in a real browser, with the worker's jobs run when the journey says so."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, Page, sync_playwright
from wagtail.models import Collection, Locale, Site
from wagtail.models import Page as WagtailPage

from cms.demonstration import PASSWORD
from tests.chromium import launch


@pytest.fixture
def town(transactional_db) -> Iterator[None]:
    """The demonstration town, whatever the tests before left: a test on a live server empties every table."""
    Locale.objects.get_or_create(language_code="fr-ca")
    if WagtailPage.get_first_root_node() is None:
        WagtailPage.add_root(instance=WagtailPage(title="Root", slug="root"))
    if Collection.get_first_root_node() is None:
        Collection.add_root(name="Root")
    call_command("seed_demo", stdout=StringIO())
    yield
    Site.clear_site_root_paths_cache()
    logging.disable(logging.NOTSET)


@pytest.fixture
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = launch(playwright)
        yield chromium
        chromium.close()


@pytest.fixture
def at_desk(browser, live_server):
    """Open the admin as one of the demonstration accounts, in a context of its own."""

    @contextmanager
    def sit(username: str) -> Iterator[Page]:
        context = browser.new_context(locale="fr-CA", viewport={"width": 1400, "height": 1000}, accept_downloads=True)
        page = context.new_page()
        page.goto(f"{live_server.url}/admin/login/")
        page.fill("input[name=username]", username)
        page.fill("input[name=password]", PASSWORD)
        page.click("button[type=submit]")
        page.wait_for_url("**/admin/")
        yield page
        context.close()

    return sit
