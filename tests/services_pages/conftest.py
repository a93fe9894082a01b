"""A small town: home, services, guides, demandes and its request form."""

from types import SimpleNamespace

import pytest
from wagtail.models import Collection, Locale, Page, Site

from snippets.models import TownSettings
from tests.factories import (
    GuideIndexPageFactory,
    HomePageFactory,
    InfoPageFactory,
    ServiceIndexPageFactory,
)


@pytest.fixture
def town(db):
    """The pages every town has, live; its name and telephone are in the settings.

    Whatever the tests before left: a test in a browser empties the tables.
    """
    Locale.objects.get_or_create(language_code="fr-ca")
    Collection.get_first_root_node() or Collection.add_root(instance=Collection(name="Racine"))
    root = Page.get_first_root_node() or Page.add_root(instance=Page(title="Racine", slug="racine"))
    TownSettings.objects.create(name="Ville d'essai", phone="450 555-0100", email="citoyens@ville.example")
    Site.objects.all().delete()
    home = HomePageFactory(parent=root)
    Site.objects.create(hostname="testserver", root_page=home, is_default_site=True)
    demandes = InfoPageFactory(parent=home, title="Demandes", slug="demandes")
    yield SimpleNamespace(
        home=home,
        services=ServiceIndexPageFactory(parent=home, slug="services"),
        guides=GuideIndexPageFactory(parent=home, slug="guides"),
        demandes=demandes,
        form=InfoPageFactory(parent=demandes, title="Faire une requête", slug="requete"),
    )
    # The addresses of the sites are kept in the cache, which no rollback empties.
    Site.clear_site_root_paths_cache()
