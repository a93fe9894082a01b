"""What every test shares: the real engines when they are there, and a clear word when they are not."""

import os
import socket
from collections import Counter
from pathlib import Path

import pytest
from django.db import connection
from pytest_django.plugin import blocking_manager_key
from wagtail.models import Site

from tests import chromium

# Playwright's synchronous interface runs a loop in this thread; Django would refuse the database there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def pytest_collection_modifyitems(items):
    """Begin with what lasts, so that no worker ends alone; skip, with a reason, what needs a server or browser not here."""
    # Ten minutes on PostgreSQL, then the files with most tests, as pytest-xdist would order them.
    tests_of = Counter(item.path for item in items)
    items.sort(key=lambda item: (item.get_closest_marker("postgres") is None, -tests_of[item.path]))
    needs = {
        "postgres": (not _listens(5432), "no PostgreSQL on 127.0.0.1:5432"),
        "redis": (not _listens(6379), "no Redis on 127.0.0.1:6379"),
        "browser": (not Path(chromium.PATH).exists(), f"no chromium at {chromium.PATH}"),
    }
    for item in items:
        for marker, (missing, reason) in needs.items():
            if missing and item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> None:
    """Keep what the migrations wrote: pytest-django does so only when some test of the run has no marker of its own."""
    with django_db_blocker.unblock():
        if not hasattr(connection, "_test_serialized_contents"):
            connection._test_serialized_contents = connection.creation.serialize_db_to_string()


@pytest.fixture(autouse=True)
def keep_content_types(django_db_serialized_rollback) -> None:
    """Let a test that empties the tables leave them empty, so that `pytest_runtest_teardown` can fill them again."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """Put back what the migrations wrote (root page, site, groups) after a test that empties every table.

    Tests run in any order: without this, the one after a live server would find no tree to plant a page in.
    """
    result = yield
    marker = item.get_closest_marker("django_db")
    empties = {"transactional_db", "live_server"} & set(item.fixturenames) or (
        marker and marker.kwargs.get("transaction")
    )
    # After the last test the database itself is gone.
    if empties and nextitem is not None:
        with item.config.stash[blocking_manager_key].unblock():
            connection.creation.deserialize_db_from_string(connection._test_serialized_contents)
            Site.clear_site_root_paths_cache()
    return result
