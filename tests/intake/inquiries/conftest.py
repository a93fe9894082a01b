"""A town with its technician, and guides published, drafted and kept from the public."""

from types import SimpleNamespace

import pytest
from django.test import Client
from wagtail.models import Collection, Locale, Page, PageViewRestriction, Site

from cms.roles import ensure_roles
from intake.policy.roles import Role
from tests.factories import GuideIndexPageFactory, GuidePageFactory, HomePageFactory, InfoPageFactory, user_with


@pytest.fixture
def technician(town) -> Client:
    """The technician's browser."""
    Locale.objects.get_or_create(language_code="fr-ca")
    Page.get_first_root_node() or Page.add_root(instance=Page(title="Racine", slug="racine"))
    Collection.get_first_root_node() or Collection.add_root(name="Racine")
    ensure_roles()
    client = Client()
    client.force_login(
        user_with(Role.TECHNICIAN, username="technicienne"), backend="django.contrib.auth.backends.ModelBackend"
    )
    return client


@pytest.fixture
def guides(technician):
    """Guides under the home page."""
    root = Page.get_first_root_node()
    Site.objects.all().delete()
    home = HomePageFactory(parent=root, slug="accueil-guides")
    Site.objects.create(hostname="testserver", root_page=home, is_default_site=True)
    Site.clear_site_root_paths_cache()
    index = GuideIndexPageFactory(parent=home, slug="guides")
    private = GuidePageFactory(parent=index, title="Poules du personnel", slug="personnel")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    InfoPageFactory(parent=home, title="Les poules de la Ville", slug="poules-info")
    yield SimpleNamespace(
        hens=GuidePageFactory(
            parent=index, title="Permis et certificats", slug="permis", summary="Garder une poule dans sa cour."
        ),
        snow=GuidePageFactory(parent=index, title="Déneigement des rues", slug="neige"),
        draft=GuidePageFactory(parent=index, title="Poules, à venir", slug="poules", live=False),
        private=private,
    )
    Site.clear_site_root_paths_cache()
