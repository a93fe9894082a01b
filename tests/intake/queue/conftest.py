"""People at their desks, and files at each step."""

import pytest
from wagtail.models import Collection, Locale, Page

from cms.roles import ensure_roles
from intake.policy.roles import Role
from tests.factories import DepartmentFactory, NatureFactory, user_with


@pytest.fixture
def works(db):
    """The service of public works."""
    return DepartmentFactory(code="TP", name="Travaux publics")


@pytest.fixture
def nature(works):
    return NatureFactory(department=works, code="TP-01", name="Nid-de-poule")


@pytest.fixture
def roles(town):
    """The nine groups; a test in a browser empties the tables, and with them the roots that Wagtail's migrations made."""
    Locale.objects.get_or_create(language_code="fr-ca")
    if Page.get_first_root_node() is None:
        Page.add_root(instance=Page(title="Racine", slug="racine"))
    if Collection.get_first_root_node() is None:
        Collection.add_root(name="Racine")
    return ensure_roles()


@pytest.fixture
def technician(roles):
    return user_with(Role.TECHNICIAN, username="technicienne")


@pytest.fixture
def recipient(roles, works):
    """The Responsable of public works."""
    return user_with(Role.RECIPIENT, username="responsable", department=works)
