"""Who files for citizens, and a grid to file in."""

import pytest
from wagtail.models import Collection, Locale, Page

from cms.roles import ensure_roles
from intake.policy.roles import Role
from snippets.models import TownSettings
from tests.factories import (
    DepartmentFactory,
    DesignationFactory,
    EmployeeFactory,
    NatureFactory,
    QuestionFactory,
    user_with,
)


@pytest.fixture
def roles(db):
    """The groups and the roots of Wagtail, which a test in a browser empties."""
    Locale.objects.get_or_create(language_code="fr-ca")
    if Page.get_first_root_node() is None:
        Page.add_root(instance=Page(title="Racine", slug="racine"))
    if Collection.get_first_root_node() is None:
        Collection.add_root(name="Racine")
    town = TownSettings.load()
    town.name, town.letter_place, town.phone = "Ville de Val-des-Érables", "Val-des-Érables", "450 555-0100"
    town.email = "citoyens@val-des-erables.example"
    town.save()
    DepartmentFactory(code="EXP", is_front_line=True, name="Expérience citoyen")
    return ensure_roles()


@pytest.fixture
def technician(roles):
    user = user_with(Role.TECHNICIAN, username="technicienne")
    EmployeeFactory(user=user, first_name="Lise", last_name="Roy", phone_extension="2100")
    return user


@pytest.fixture
def nature(roles):
    """A pothole, with a question of the grid and someone who receives it."""
    works = DepartmentFactory(code="TP", name="Travaux publics")
    DesignationFactory(department=works)
    nature = NatureFactory(department=works, code="TP-01", name="Nid-de-poule", synonyms="trou, chaussée, crevasse")
    QuestionFactory(nature=nature, label="Taille approximative?", is_required=True)
    NatureFactory(department=works, code="TP-03", name="Lampadaire éteint", synonyms="lumière, réverbère")
    return nature
