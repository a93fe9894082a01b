"""The town of the tests."""

import socket
from collections.abc import Iterator

import pytest
from aiosmtpd.controller import Controller
from post_office.connections import connections as mail_connections

from snippets.models import TownSettings
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
