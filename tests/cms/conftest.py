"""A small site for the tests of the frame."""

import pytest
from wagtail.models import Locale, Page, Site

from snippets.models import TownSettings


@pytest.fixture
def home(db):
    """The home page of the only site, whatever the tests before left (a test in a browser empties the tables)."""
    Locale.objects.get_or_create(language_code="fr-ca")
    Site.objects.all().delete()
    root = Page.get_first_root_node() or Page.add_root(instance=Page(title="Racine", slug="racine"))
    page = root.add_child(instance=Page(title="Accueil", slug="accueil-du-cadre"))
    Site.objects.create(hostname="localhost", root_page=page, is_default_site=True)
    yield page
    # The addresses of the sites are kept in the cache, which no rollback empties.
    Site.clear_site_root_paths_cache()


@pytest.fixture
def town(db):
    """A town with all its contacts."""
    town = TownSettings.load()
    town.name, town.service_name = "Ville de Val-des-Érables", "Guichet citoyen"
    town.brand_colour, town.accent_colour = "#1F4E5F", "#00703c"
    town.phone, town.emergency_phone = "450 555-0100", "450 555-0111"
    town.email = "citoyens@val-des-erables.example"
    town.address = "2950, rue de la Grande-Érablière"
    town.opening_hours = "Du lundi au jeudi de 8 h à 16 h 30, le vendredi de 8 h à 12 h"
    town.save()
    return town
