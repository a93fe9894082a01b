"""Each page says what its editor wrote and what the grid says today."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import PageViewRestriction, get_page_models

from services_pages.models import GuideIndexPage, GuidePage, GuidePartPage, HomePage, InfoPage, ServicePage
from tests.factories import (
    DepartmentFactory,
    GuidePageFactory,
    GuidePartPageFactory,
    HomePageFactory,
    InfoPageFactory,
    NatureFactory,
    ServicePageFactory,
)


def text_of(client, page_or_url) -> str:
    answer = client.get(page_or_url if isinstance(page_or_url, str) else page_or_url.url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_home_when_sections_hold_pages_leads_to_each(client, town):
    ServicePageFactory(parent=town.services, title="Collecte")
    html = text_of(client, "/")
    assert 'href="/services/collecte/"' in html
    assert 'href="/demandes/requete/"' in html
    assert "Guides" not in html.split("<main")[1].split("</main>")[0], "an empty section is not shown"


def test_home_when_a_section_is_long_shows_eight_and_the_way_to_all(client, town):
    for n in range(9):
        ServicePageFactory(parent=town.services, title=f"Service {n}")
    html = text_of(client, "/")
    assert html.count('href="/services/service-') == 8
    assert "Voir tout" in html


def test_home_when_a_page_is_reserved_does_not_name_it(client, town):
    reserved = ServicePageFactory(parent=town.services, title="Réservé au personnel")
    PageViewRestriction.objects.create(page=reserved, restriction_type="login")
    assert "Réservé au personnel" not in text_of(client, "/")
    assert "Réservé au personnel" not in text_of(client, "/services/")


def test_services_when_listed_go_from_a_to_z_whatever_their_accents(client, town):
    for title in ("Taxes", "Éclairage", "Déneigement", "Feux"):
        ServicePageFactory(parent=town.services, title=title)
    html = text_of(client, "/services/")
    assert sorted(["Taxes", "Éclairage", "Déneigement", "Feux"], key=html.index) == [
        "Déneigement",
        "Éclairage",
        "Feux",
        "Taxes",
    ]


def test_service_when_the_grid_changes_shows_the_new_delay_and_telephone(client, town):
    department = DepartmentFactory(phone="450 555-0111")
    nature = NatureFactory(department=department, code="TP-01", name="Nid-de-poule", target_working_days=5)
    page = ServicePageFactory(parent=town.services)
    page.natures = [nature]
    page.save()
    html = text_of(client, page)
    assert "Délai visé : 5\u00a0jours ouvrés" in html
    assert "450 555-0111" in html
    assert 'href="/demandes/requete/?nature=TP-01"' in html
    nature.target_working_days = 1
    nature.save()
    department.phone = "450 555-0222"
    department.save()
    html = text_of(client, page)
    assert "Délai visé : 1\u00a0jour ouvré" in html
    assert "450 555-0222" in html


def test_service_when_it_has_several_natures_leads_to_each_that_is_offered(client, town):
    page = ServicePageFactory(parent=town.services)
    page.natures = [
        NatureFactory(code="TP-01"),
        NatureFactory(code="TP-02"),
        NatureFactory(code="TP-03", is_active=False),
    ]
    page.save()
    html = text_of(client, page)
    assert "?nature=TP-01" in html
    assert "?nature=TP-02" in html
    assert "?nature=TP-03" not in html


def test_service_when_it_has_its_own_form_leads_to_it(client, town):
    own = InfoPageFactory(parent=town.demandes, title="Réserver une salle", slug="salle")
    page = ServicePageFactory(parent=town.services, form_page=own)
    assert 'href="/demandes/salle/"' in text_of(client, page)
    page.natures = [NatureFactory(code="LOI-03")]
    page.save()
    assert 'href="/demandes/salle/?nature=LOI-03"' in text_of(client, page)
    own.unpublish()
    html = text_of(client, page)
    assert "/demandes/salle/" not in html
    assert 'href="/demandes/requete/?nature=LOI-03"' in html


def test_service_when_it_has_neither_department_nor_nature_shows_how_to_reach_the_town(client, town):
    assert "450 555-0100" in text_of(client, ServicePageFactory(parent=town.services)).split("<main")[1]


# --- Guides -------------------------------------------------------------------------------------


@pytest.fixture
def guide(town):
    town.guide = GuidePageFactory(parent=town.guides, title="Déneigement", slug="deneigement")
    town.parts = [
        GuidePartPageFactory(parent=town.guide, title=title, body=f'[{{"type": "heading", "value": "Titre {title}"}}]')
        for title in ("Avant", "Pendant", "Après")
    ]
    return town


def test_guide_when_read_gives_the_five_answers_and_its_contact(client, guide):
    html = text_of(client, guide.guide)
    for answer in ("Toute personne.", "En tout temps.", "Aucun.", "Gratuit.", "Deux semaines."):
        assert answer in html
    assert guide.guide.department.phone in html


def test_guide_when_published_says_when_it_was_updated(client, guide):
    guide.guide.save_revision().publish()
    assert "Mis à jour le <time" in text_of(client, guide.guide)


def test_parts_when_moved_in_the_tree_change_their_order(client, guide):
    def order():
        context = client.get(guide.guide.url).context
        return [item["title"] for item in context["contents"]]

    assert order() == ["L'essentiel", "Avant", "Pendant", "Après"]
    guide.parts[2].move(guide.parts[0], pos="left")
    assert order() == ["L'essentiel", "Après", "Avant", "Pendant"]


@pytest.mark.parametrize(
    ("place", "previous", "following"),
    [(0, "L'essentiel", "Pendant"), (1, "Avant", "Après"), (2, "Pendant", None)],
)
def test_part_when_read_leads_to_the_one_before_and_the_one_after(client, guide, place, previous, following):
    context = client.get(guide.parts[place].url).context
    assert context["previous_part"].title == previous
    assert (context["next_part"].title if context["next_part"] else None) == following
    assert [item["title"] for item in context["contents"] if item["current"]] == [guide.parts[place].title]


def test_first_page_of_a_guide_when_it_has_parts_leads_to_the_first(client, guide):
    assert client.get(guide.guide.url).context["next_part"].title == "Avant"


def test_guide_when_printed_holds_every_live_part_in_order(client, guide):
    PageViewRestriction.objects.create(page=guide.parts[1], restriction_type="login")
    guide.parts[2].unpublish()
    GuidePartPageFactory(parent=guide.guide, title="Fin", body='[{"type": "heading", "value": "Titre Fin"}]')
    html = text_of(client, guide.guide.url + "imprimer/")
    assert html.index("Toute personne.") < html.index("Titre Avant") < html.index("Titre Fin")
    assert "Titre Pendant" not in html, "reserved to some readers"
    assert "Titre Après" not in html, "not published"


def test_guide_when_a_nature_names_it_or_is_chosen_leads_to_its_form_once(client, guide):
    NatureFactory(code="TP-08", name="Rue mal déneigée", guide_page=guide.guide, target_working_days=2)
    chosen = NatureFactory(code="TP-09", name="Chaussée glissante", guide_page=guide.guide)
    guide.guide.related_natures = [chosen]
    guide.guide.save()
    NatureFactory(code="TP-10", is_active=False, guide_page=guide.guide)
    for page in (guide.guide, guide.parts[0]):
        html = text_of(client, page)
        assert html.count("?nature=TP-08") == 1
        assert html.count("?nature=TP-09") == 1
        assert "TP-10" not in html


def test_guide_when_an_answer_is_missing_is_not_published_and_names_the_field(guide):
    page = guide.guide
    page.cost = ""
    with pytest.raises(ValidationError) as refusal:
        page.save()
    assert list(refusal.value.message_dict) == ["cost"]


# --- Information pages, breadcrumbs, sitemap ----------------------------------------------------


def test_information_page_when_it_has_pages_under_it_leads_to_them_with_their_summary(client, town):
    InfoPageFactory(parent=town.demandes, title="Plainte", summary="Écrire au Service aux citoyens.")
    html = text_of(client, "/demandes/")
    assert 'href="/demandes/plainte/"' in html
    assert "Écrire au Service aux citoyens." in html
    assert 'href="/demandes/requete/"' in html


def test_breadcrumbs_when_deep_in_a_guide_lead_back_step_by_step(client, guide):
    trail = text_of(client, guide.parts[0]).split('aria-label="Fil d')[1].split("</nav>")[0]
    assert trail.index('href="/"') < trail.index('href="/guides/"') < trail.index('href="/guides/deneigement/"')


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/guides/deneigement/avant/", 200),
        ("/guides/deneigement/imprimer/", 200),
        ("/guides/deneigement/ailleurs/", 404),
        ("/guides/ailleurs/avant/", 404),
        ("/deneigement/", 404),
        ("/guides/deneigement/avant/imprimer/", 404),
        ("/" + "a/" * 300, 404),
    ],
)
def test_address_when_asked_leads_to_its_page_or_to_none(client, guide, address, status):
    assert client.get(address).status_code == status


def test_address_when_its_page_is_not_published_leads_to_none(client, guide):
    guide.parts[0].unpublish()
    assert client.get("/guides/deneigement/avant/").status_code == 404


def test_address_when_another_site_has_the_same_stays_in_its_own(client, guide):
    other = HomePageFactory(parent=guide.home.get_parent(), slug="autre")
    InfoPageFactory(parent=other, title="Ailleurs", slug="ailleurs")
    assert client.get("/ailleurs/").status_code == 404


def test_link_in_a_text_when_its_page_is_withdrawn_keeps_its_words_without_leading_anywhere(client, guide):
    page = InfoPageFactory(
        parent=guide.home,
        title="Horaire",
        body=f'[{{"type": "text", "value": "<p><a linktype=\\"page\\" id=\\"{guide.guide.pk}\\">le guide</a></p>"}}]',
    )
    assert '<a href="/guides/deneigement/">le guide</a>' in text_of(client, page)
    guide.guide.unpublish()
    assert "<a>le guide</a>" in text_of(client, page)


def test_sitemap_when_asked_lists_live_public_pages_only(client, guide):
    hidden = InfoPageFactory(parent=guide.home, title="Cachée")
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    InfoPageFactory(parent=guide.home, title="Brouillon", live=False)
    xml = text_of(client, "/sitemap.xml")
    assert "/guides/deneigement/avant/" in xml
    assert "cachee" not in xml
    assert "cachée" not in xml
    assert "brouillon" not in xml


def test_page_types_when_chosen_under_a_page_stay_restrained_and_leave_room_for_forms():
    assert GuidePage.allowed_subpage_models() == [GuidePartPage]
    assert GuideIndexPage.allowed_subpage_models() == [GuidePage]
    assert ServicePage.allowed_subpage_models() == []
    for parent in (HomePage, InfoPage):
        assert InfoPage in parent.allowed_subpage_models()
        assert GuidePage not in parent.allowed_subpage_models()
        # Open: a page type of another room says by itself where it may stand.
        assert parent.clean_subpage_models() == get_page_models()
