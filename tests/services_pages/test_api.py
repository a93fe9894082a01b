"""The content as other machines read it: what is public, and nothing else."""

import pytest
from wagtail.models import PageViewRestriction

from tests.factories import GuidePageFactory, InfoPageFactory, NatureFactory, ServicePageFactory


def test_api_when_listing_pages_names_live_public_ones_only(client, town):
    hidden = InfoPageFactory(parent=town.home, title="Réservée")
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    draft = InfoPageFactory(parent=town.home, title="Brouillon", live=False)
    titles = {item["title"] for item in client.get("/api/v3/pages/", {"limit": 20}).json()["items"]}
    assert "Faire une requête" in titles
    assert not titles & {"Réservée", "Brouillon"}
    for page in (hidden, draft):
        assert client.get(f"/api/v3/pages/{page.pk}/").status_code == 404


@pytest.mark.parametrize(
    "field", ["summary", "for_whom", "when", "documents", "cost", "delay", "body", "review_due_on"]
)
def test_api_when_reading_a_guide_gives_its_fields(client, town, field):
    page = GuidePageFactory(parent=town.guides, body='[{"type": "heading", "value": "Un titre"}]')
    content = client.get(f"/api/v3/pages/{page.pk}/").json()
    assert field in content
    assert content["body"][0]["value"] == "Un titre"


def test_api_when_reading_a_service_gives_no_more_of_the_grid_than_a_citizen_sees(client, town):
    page = ServicePageFactory(parent=town.services)
    page.natures = [NatureFactory(code="TP-01", name="Nid-de-poule"), NatureFactory(code="TP-02", is_active=False)]
    page.save()
    answer = client.get(f"/api/v3/pages/{page.pk}/")
    assert answer.status_code == 200
    assert answer.json()["offered_natures"] == [{"code": "TP-01", "name": "Nid-de-poule", "target_working_days": 5}]
    assert "position_email" not in answer.content.decode()
