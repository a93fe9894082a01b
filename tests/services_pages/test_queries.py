"""A page asks the database as little with many neighbours as with few, and never the same thing twice (issue 3)."""

import json

import pytest
import wagtail_factories
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    DepartmentFactory,
    GuidePageFactory,
    GuidePartPageFactory,
    InfoPageFactory,
    NatureFactory,
    ServicePageFactory,
)

LIMIT = 20


def asked(client, url) -> list[str]:
    """SQL of one answer, the caches of the site being cold; pictures were resized by the first reader."""
    client.get(url)
    cache.clear()
    with CaptureQueriesContext(
        connection,
    ) as captured:
        answer = client.get(url)
    assert answer.status_code == 200
    return [query["sql"] for query in captured.captured_queries]


def a_full_body(department, page) -> str:
    image = wagtail_factories.ImageFactory()
    link = f'<p><a linktype="page" id="{page.pk}">lien</a></p>'
    rows = [
        {"type": "heading", "value": "Titre"},
        {"type": "text", "value": link},
        {"type": "steps", "value": [{"title": "Une étape", "text": link}]},
        {"type": "callout", "value": {"title": "", "text": link}},
        {"type": "contact", "value": {"department": department.pk}},
        {"type": "button", "value": {"label": "Aller", "page": page.pk, "url": ""}},
        {"type": "image", "value": {"image": image.pk, "alt": "Un arbre", "decorative": False, "caption": ""}},
        {"type": "table", "value": {"caption": "", "headers": ["A"], "rows": [["1"]]}},
    ]
    return json.dumps(rows)


@pytest.fixture
def site(town):
    department = DepartmentFactory()
    town.natures = [NatureFactory(code=f"TP-{n:02d}", department=department) for n in range(3)]
    body = a_full_body(DepartmentFactory(), town.form)
    town.service = ServicePageFactory(parent=town.services, body=body, how_to_ask=body)
    town.service.natures = town.natures
    town.service.save()
    town.guide = GuidePageFactory(parent=town.guides, title="Bacs", slug="bacs", department=department, body=body)
    town.guide.related_natures = town.natures
    town.guide.save()
    town.part = GuidePartPageFactory(parent=town.guide, title="Première", slug="premiere", body=body)
    town.home.body = body
    town.home.save()
    return town


def many(site) -> None:
    """Ten times as many neighbours of each kind."""
    for n in range(30):
        ServicePageFactory(parent=site.services)
        GuidePageFactory(parent=site.guides, department=site.guide.department)
        # Each part chooses another service, page and picture: printed together, they are fetched together.
        GuidePartPageFactory(parent=site.guide, body=a_full_body(DepartmentFactory(), site.form) if n < 5 else "[]")
        InfoPageFactory(parent=site.demandes)
        NatureFactory(code=f"MM-{n:02d}", department=site.guide.department, guide_page=site.guide)
    site.service.natures = [*site.natures, *(NatureFactory(code=f"NN-{n:02d}") for n in range(30))]
    site.service.save()


@pytest.mark.parametrize(
    "url",
    [
        "/",
        "/services/",
        "/services/{service}/",
        "/guides/",
        "/guides/bacs/",
        "/guides/bacs/premiere/",
        "/guides/bacs/imprimer/",
        "/demandes/",
        "/demandes/requete/",
        "/recherche/?q=requete",
    ],
)
def test_page_when_shown_cold_asks_few_queries_none_twice_and_no_more_with_many_neighbours(client, site, url):
    url = url.format(service=site.service.slug)
    few = asked(client, url)
    many(site)
    more = asked(client, url)
    print(f"{url} : {len(few)} requêtes SQL, {len(more)} avec dix fois plus de voisins")
    assert len(few) <= LIMIT
    assert [sql for sql in set(more) if more.count(sql) > 1] == []
    assert len(more) <= len(few)
