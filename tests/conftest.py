"""What every test shares: the real engines when they are there, and a clear word when they are not."""

import os
import socket

import pytest

# Playwright's synchronous interface runs a loop in this thread; Django would refuse the database there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def pytest_collection_modifyitems(items):
    """Skip, with a reason, what needs a server or a browser that is not here."""
    needs = {
        "postgres": (not _listens(5432), "no PostgreSQL on 127.0.0.1:5432"),
        "redis": (not _listens(6379), "no Redis on 127.0.0.1:6379"),
        "browser": (not os.path.exists("/usr/bin/chromium"), "no chromium at /usr/bin/chromium"),  # noqa: PTH110
    }
    for item in items:
        for marker, (missing, reason) in needs.items():
            if missing and item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=reason))
