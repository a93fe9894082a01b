"""The town of the tests."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from django.test import Client
from playwright.sync_api import Page, sync_playwright
from post_office.connections import connections as mail_connections

from snippets.models import TownSettings
from tests.chromium import launch
from tests.mailbox import Mailbox


@pytest.fixture
def town(db):
    """A town with its addresses filled."""
    town = TownSettings.load()
    town.email = "citoyens@ville.example"
    town.director_email = "direction@ville.example"
    town.general_director_email = "dg@ville.example"
    town.clerk_email = "greffe@ville.example"
    town.emergency_phone = "450 555-0911"
    town.save()
    return town


@pytest.fixture
def mailbox(settings) -> Iterator[Mailbox]:
    """Where all mail of the test goes."""
    handler = Mailbox()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.POST_OFFICE = {
        **settings.POST_OFFICE,
        "BACKENDS": {"default": "django.core.mail.backends.smtp.EmailBackend"},
    }
    mail_connections.close()
    yield handler
    controller.stop()


@pytest.fixture
def enter():
    """A browser in which someone has logged in."""

    def log_in(user) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return log_in


@pytest.fixture
def private_files(settings, tmp_path) -> Path:
    """A private storage of its own; its folder."""
    folder = tmp_path / "private"
    settings.STORAGES = {
        **settings.STORAGES,
        "private": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(folder), "base_url": None},
        },
    }
    return folder


@pytest.fixture
def browse(live_server, enter):
    """A page of a browser in which someone has logged in; closed at the end."""
    with sync_playwright() as playwright:
        browser = launch(playwright)

        def open_as(user, **options) -> Page:
            context = browser.new_context(base_url=live_server.url, locale="fr-CA", **options)
            session = enter(user).cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
            return context.new_page()

        yield open_as
        browser.close()
