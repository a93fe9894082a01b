"""What a citizen types finds what the town published, and nothing it did not."""

from datetime import date

import pytest
from django.core.management import call_command
from wagtail.models import PageViewRestriction

from services_pages.models import SearchEntry, SearchMiss
from tests.factories import (
    DepartmentFactory,
    GuidePageFactory,
    GuidePartPageFactory,
    InfoPageFactory,
    NatureFactory,
    ServicePageFactory,
)

SNOW = '[{"type": "text", "value": "<p>La neige est ramassée la nuit par nos équipes.</p>"}]'


@pytest.fixture
def pages(town):
    town.bins = NatureFactory(code="ENV-01", name="Bac brisé, perdu ou volé", synonyms="poubelle, bac roulant")
    town.hole = NatureFactory(code="TP-01", name="Nid-de-poule", synonyms="trou dans la rue")
    town.snow = ServicePageFactory(parent=town.services, title="Déneigement des rues", body=SNOW)
    town.sewer = ServicePageFactory(parent=town.services, title="Égouts et aqueduc")
    town.guide = GuidePageFactory(parent=town.guides, title="Chevaux et autres animaux", cost="<p>Licence : 30 $</p>")
    town.part = GuidePartPageFactory(parent=town.guide, title="Le chien perdu", body=SNOW)
    return town


def searched(client, query):
    answer = client.get("/recherche/", {"q": query})
    assert answer.status_code == 200
    return answer.context["found"], answer.content.decode()


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("déneigement", "Déneigement des rues"),
        ("DENEIGEMENT", "Déneigement des rues"),
        ("déneigements", "Déneigement des rues"),
        ("deneig", "Déneigement des rues"),
        ("égout", "Égouts et aqueduc"),
        ("egouts", "Égouts et aqueduc"),
        ("cheval", "Chevaux et autres animaux"),
        ("licences", "Chevaux et autres animaux"),
        ("chiens perdus", "Le chien perdu"),
        ("l'égout", "Égouts et aqueduc"),
    ],
)
def test_page_when_searched_in_other_words_is_found(client, pages, query, title):
    found, _html = searched(client, query)
    assert title in [page.title.replace("<mark>", "").replace("</mark>", "") for page in found.pages]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("nids de poule", "Nid-de-poule"),
        ("NID DE POULES", "Nid-de-poule"),
        ("nid-de-poule", "Nid-de-poule"),
        ("trous", "Nid-de-poule"),
        ("poubelle", "Bac brisé, perdu ou volé"),
        ("poubelles", "Bac brisé, perdu ou volé"),
        ("bacs brises", "Bac brisé, perdu ou volé"),
        ("TP-01", "Nid-de-poule"),
        ("comment signaler un nid de poule", "Nid-de-poule"),
    ],
)
def test_nature_when_searched_by_name_synonym_or_code_leads_to_its_form(client, pages, query, name):
    found, html = searched(client, query)
    assert found.natures[0].name.replace("<mark>", "").replace("</mark>", "") == name
    code = "TP-01" if name == "Nid-de-poule" else "ENV-01"
    assert f'href="/demandes/requete/?nature={code}"' in html


def test_nature_when_it_has_a_guide_leads_to_it_as_long_as_everyone_may_read_it(client, pages):
    pages.hole.guide_page = pages.guide
    pages.hole.save()
    assert f'À lire : <a class="govuk-link" href="{pages.guide.url}"' in searched(client, "nid de poule")[1]
    PageViewRestriction.objects.create(page=pages.guide, restriction_type="login")
    assert "À lire" not in searched(client, "nid de poule")[1]


def test_title_when_it_holds_the_word_comes_before_a_text_that_holds_it(client, pages):
    InfoPageFactory(
        parent=pages.home, title="Aaa", body='[{"type": "text", "value": "<p>Tout sur le déneigement</p>"}]'
    )
    found, _html = searched(client, "déneigement")
    assert [page.url for page in found.pages][:2] == ["/services/deneigement-des-rues/", "/aaa/"]


def test_result_when_shown_marks_the_word_in_heading_and_excerpt_and_says_where_it_is(client, pages):
    _found, html = searched(client, "chien")
    assert "Le <mark>chien</mark> perdu" in html
    assert "Dans : Chevaux et autres animaux" in html
    _found, html = searched(client, "neige")
    assert "La <mark>neige</mark> est ramassée" in html


def test_draft_private_and_unpublished_pages_when_searched_are_never_found(client, pages):
    secret = InfoPageFactory(parent=pages.home, title="Licorne réservée")
    PageViewRestriction.objects.create(page=secret, restriction_type="login")
    InfoPageFactory(parent=secret, title="Licorne sous clé")
    InfoPageFactory(parent=pages.home, title="Licorne en brouillon", live=False)
    gone = InfoPageFactory(parent=pages.home, title="Licorne retirée")
    gone.unpublish()
    found, html = searched(client, "licorne")
    assert not found
    assert "réservée" not in html


def test_draft_text_when_the_page_is_live_is_not_searched_before_it_is_published(client, pages):
    pages.sewer.summary = "Une licorne."
    revision = pages.sewer.save_revision()
    assert not searched(client, "licorne")[0]
    revision.publish()
    assert [page.url for page in searched(client, "licorne")[0].pages] == [pages.sewer.url]


def test_deleted_page_when_searched_is_not_found(client, pages):
    pages.snow.delete()
    assert pages.snow.url not in [page.url for page in searched(client, "déneigement")[0].pages]
    assert not SearchEntry.objects.filter(pk=pages.snow.pk).exists()


def test_nature_when_retired_or_its_service_closed_is_not_found(client, pages):
    pages.hole.is_active = False
    pages.hole.save()
    closed = DepartmentFactory(is_active=False)
    NatureFactory(department=closed, name="Nid-de-poule privé", code="ZZ-01")
    assert not searched(client, "nid de poule")[0].natures


def test_nature_when_no_form_is_published_leads_to_the_service_that_chose_it(client, pages):
    pages.form.unpublish()
    pages.snow.natures = [pages.hole]
    pages.snow.save()
    found, _html = searched(client, "nid de poule")
    assert found.natures[0].url == "/services/deneigement-des-rues/"
    pages.snow.unpublish()
    assert searched(client, "nid de poule")[0].natures[0].url == ""


def test_search_when_only_some_words_answer_says_so(client, pages):
    found, html = searched(client, "déneigement licorne")
    assert found.is_partial
    assert "ne contient tous vos mots" in html
    assert not searched(client, "déneigement rues")[0].is_partial


def test_search_when_nothing_answers_shows_whom_to_call_and_counts_the_bare_term(client, pages):
    for _time in range(2):
        _found, html = searched(client, "Licorne")
    assert "Rien ne correspond à «\u00a0Licorne\u00a0»" in html
    assert 'href="tel:+1-450-555-0100"' in html
    assert list(SearchMiss.objects.values_list("term", "count")) == [("licorne", 2)]


def test_search_when_it_holds_coordinates_counts_nothing(client, pages):
    for query in ("licorne@exemple.example", "450 555-9999 licorne", "", "   ", "de la"):
        searched(client, query)
    assert not SearchMiss.objects.exists()


def test_misses_when_a_robot_invents_words_stay_bounded(pages, monkeypatch):
    day = date(2026, 6, 22)
    monkeypatch.setattr("services_pages.models.search.MAX_TERMS_A_DAY", 2)
    for term in ("un", "deux", "trois", "un"):
        SearchMiss.objects.count_one(term=term, day=day)
    assert dict(SearchMiss.objects.values_list("term", "count")) == {"un": 2, "deux": 1}


@pytest.mark.parametrize(
    "query",
    [
        "x" * 1_000_000,
        "nid\x00de\x01poule\x7f",
        "'\"; DROP TABLE",
        "%_\\",
        "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
        "<script>alert(1)</script>",
    ],
)
def test_search_when_the_query_is_huge_or_strange_answers_in_words(client, pages, query):
    answer = client.get("/recherche/", {"q": query})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()
    assert len(answer.context["search_query"]) <= 200


def test_search_when_control_characters_separate_words_still_finds_them(client, pages):
    assert searched(client, "nid\x00de\x01poule")[0].natures


def test_search_when_percent_or_underscore_is_typed_does_not_match_everything(client, pages):
    assert not searched(client, "%")[0]
    assert not searched(client, "_")[0]


def test_search_when_the_town_has_no_site_answers_in_words(client, db):
    from wagtail.models import Site

    Site.objects.all().delete()
    assert client.get("/recherche/", {"q": "neige"}).status_code == 200


def test_index_when_rebuilt_holds_every_page_again(client, pages):
    SearchEntry.objects.all().delete()
    assert not searched(client, "égout")[0].pages
    call_command("rebuild_modelsearch_index", backend_name="citizens", verbosity=0)
    assert searched(client, "égout")[0].pages


def test_search_when_many_pages_exist_asks_as_few_queries(client, pages, django_assert_max_num_queries):
    searched(client, "déneigement")
    with django_assert_max_num_queries(13) as few:
        searched(client, "déneigement")
    for n in range(30):
        ServicePageFactory(parent=pages.services, title=f"Déneigement {n}")
        NatureFactory(name=f"Déneigement {n}", code=f"DN-{n:02d}")
    with django_assert_max_num_queries(13) as many:
        found, _html = searched(client, "déneigement")
    assert len(found.pages) == 20
    assert len(found.natures) == 10
    assert len(many) <= len(few) + 1
    statements = [query["sql"] for query in many.captured_queries]
    assert len(statements) == len(set(statements))
