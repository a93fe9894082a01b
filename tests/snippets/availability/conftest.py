"""People with a telephone on their desk, and a telephone system with its key."""

import pytest
from django.utils import timezone

from cms.roles import ensure_roles
from intake.policy.roles import Role
from snippets.availability.keys import make_key
from tests.factories import DepartmentFactory, EmployeeFactory, user_with


@pytest.fixture
def works(db):
    return DepartmentFactory(code="TP", name="Travaux publics")


@pytest.fixture
def secretary(works):
    """The Responsable of public works, who has an account."""
    ensure_roles()
    user = user_with(Role.RECIPIENT, username="sylvie")
    return EmployeeFactory(
        first_name="Sylvie", last_name="Paquette", department=works, phone_extension="2201", user=user
    )


@pytest.fixture
def desk(client, secretary):
    """Her browser."""
    client.force_login(secretary.user)
    return client


@pytest.fixture
def technician(client, db):
    """The technician's browser."""
    ensure_roles()
    client.user = user_with(Role.TECHNICIAN, username="technicienne", first_name="Ana", last_name="Roy")
    client.force_login(client.user)
    return client


@pytest.fixture
def key(db):
    """The secret of a telephone system's key."""
    return make_key(label="Mitel", by=user_with(username="qui.fait.les.cles"), now=timezone.now())[1]
