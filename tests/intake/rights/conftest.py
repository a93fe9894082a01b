"""People at the screen of rights."""

import pytest

from cms.roles import ensure_roles
from intake.policy.roles import Role
from snippets.models import TownSettings
from tests.factories import EmployeeFactory, user_with


@pytest.fixture
def roles(db):
    town = TownSettings.load()
    town.name, town.phone = "Val-des-Érables", "450 555-0100"
    town.save()
    return ensure_roles()


@pytest.fixture
def technician(roles):
    return user_with(Role.TECHNICIAN, username="technicienne", first_name="Lise", last_name="Roy")


@pytest.fixture
def employee(roles):
    return EmployeeFactory(first_name="Éric", last_name="Côté-Lévesque", email="eric@ville.example")
