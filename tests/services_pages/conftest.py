"""A small town: home, services, guides, demandes and its request form."""

from types import SimpleNamespace

import pytest
from django.test import RequestFactory
from wagtail.models import Page, Site

from snippets.models import TownSettings
from tests.factories import (
    GuideIndexPageFactory,
    HomePageFactory,
    InfoPageFactory,
    ServiceIndexPageFactory,
)


@pytest.fixture
def town(db):
    """The pages every town has, live; its name and telephone are in the settings."""
    TownSettings.objects.create(name="Ville d'essai", phone="450 555-0100", email="citoyens@ville.example")
    Site.objects.all().delete()
    home = HomePageFactory(parent=Page.get_first_root_node())
    Site.objects.create(hostname="testserver", root_page=home, is_default_site=True)
    demandes = InfoPageFactory(parent=home, title="Demandes", slug="demandes")
    return SimpleNamespace(
        home=home,
        services=ServiceIndexPageFactory(parent=home, slug="services"),
        guides=GuideIndexPageFactory(parent=home, slug="guides"),
        demandes=demandes,
        form=InfoPageFactory(parent=demandes, title="Faire une requête", slug="requete"),
    )


@pytest.fixture
def request_of_a_citizen(town):
    return RequestFactory().get("/", headers={"host": "testserver"})
