"""Who edits the grid in these tests."""

import pytest

from cms.roles import ensure_roles
from intake.policy.roles import Role
from tests.factories import user_with


@pytest.fixture
def staff(client, db):
    """A browser in which a communications officer is logged in."""
    ensure_roles()
    client.user = user_with(Role.COMMUNICATIONS, username="comm")
    client.force_login(client.user)
    return client
