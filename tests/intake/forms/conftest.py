"""The citizens' pages of the tests: a site with one form page of each kind, and someone to fill them."""

import pytest
from django.test import Client
from wagtail.models import Locale, Page, Site

from intake.forms.models import RequestFormPage
from snippets.models import TownSettings
from tests.factories import DepartmentFactory, DesignationFactory, NatureFactory

from .citizen import SLUGS, Citizen


@pytest.fixture
def root(db):
    """The home page of the only site, whatever the tests before left (a transactional test empties the tables)."""
    Locale.objects.get_or_create(language_code="fr-ca")
    Site.objects.all().delete()
    top = Page.get_first_root_node() or Page.add_root(instance=Page(title="Racine", slug="racine"))
    home = top.add_child(instance=Page(title="Accueil", slug="accueil-des-formulaires"))
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    yield home
    # The addresses of the sites are kept in the cache, which no rollback empties.
    Site.clear_site_root_paths_cache()


@pytest.fixture
def pages(root):
    """{kind: form page}, under /demandes/."""
    demandes = root.add_child(instance=Page(title="Demandes", slug="demandes"))
    DepartmentFactory(code="EXP", is_front_line=True)
    return {
        kind: demandes.add_child(
            instance=RequestFormPage(
                title=f"Formulaire {kind.value}",
                slug=slug,
                kind=kind.value,
                introduction="<p>Mot d'introduction</p>",
                next_steps="<p>Mot de la suite</p>",
            )
        )
        for kind, slug in SLUGS.items()
    }


@pytest.fixture
def nature(db):
    """A nature that anyone may choose, with its Responsable."""
    nature = NatureFactory(code="TP-01", name="Nid-de-poule", synonyms="trou, crevasse")
    DesignationFactory(department=nature.department)
    return nature


@pytest.fixture
def town_words(db):
    """What the town writes on its forms."""
    town = TownSettings.load()
    town.phone, town.emergency_phone = "450 555-0100", "450 555-0911"
    town.collection_notice = "La Ville recueille ces renseignements pour traiter votre demande."
    town.save()
    return town


@pytest.fixture
def citizen(pages, nature):
    """Someone with a browser that runs no script and keeps cookies, refused without the seal of the forms."""
    return Citizen(Client(enforce_csrf_checks=True))
