"""The town of the tests."""

import pytest

from snippets.models import TownSettings


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
