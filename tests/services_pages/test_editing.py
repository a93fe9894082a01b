"""What an editor may keep as a draft, what is refused at publication, and what searches tell her."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.rich_text import features
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from cms.roles import ensure_roles
from intake.policy.roles import Role
from services_pages.models import GuidePage, SearchMiss
from snippets.blocks import TEXT_FEATURES
from snippets.models import TownSettings
from tests.factories import DepartmentFactory, GuidePageFactory, GuidePartPageFactory, NatureFactory, user_with


@pytest.fixture
def editor(client, town):
    """A communications officer at her screen, in a town where she publishes alone (the other: test_approval.py)."""
    ensure_roles()
    TownSettings.objects.update(guides_are_approved=False)
    client.force_login(user_with(Role.COMMUNICATIONS, username="comm"))
    return client


def a_guide_form(owner, **changes) -> dict:
    """What the editing screen of a guide sends, complete."""
    values = {
        "title": "Vignettes de stationnement",
        "slug": "vignettes",
        "summary": "Obtenir une vignette.",
        **{name: rich_text("<p>Réponse.</p>") for name in ("for_whom", "when", "documents", "cost", "delay")},
        "body": streamfield([("heading", "Comment faire")]),
        "department": owner.pk,
        "review_due_on": "",
        "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000},
        **changes,
    }
    return nested_form_data(values)


def the_address(town) -> str:
    return reverse("wagtailadmin_pages:add", args=["services_pages", "guidepage", town.guides.pk])


@pytest.fixture
def department(db):
    return DepartmentFactory()


@pytest.mark.parametrize("missing", ["for_whom", "when", "documents", "cost", "delay", "summary", "department", "body"])
def test_guide_when_an_answer_is_missing_is_kept_as_a_draft_and_refused_at_publication(
    editor, town, department, missing
):
    empty = {"summary": "", "department": "", "body": streamfield([])}.get(missing, rich_text(""))
    form = a_guide_form(department, **{missing: empty})
    answer = editor.post(the_address(town), {**form, "action-publish": "1"})
    assert answer.status_code == 200
    assert missing in answer.context["form"].errors
    assert not GuidePage.objects.exists()

    answer = editor.post(the_address(town), form)
    assert answer.status_code == 302
    guide = GuidePage.objects.get()
    assert not guide.live
    assert guide.title == "Vignettes de stationnement"


# Art. 2.3, « information générale et particulière »: the article's words, and the field that answers each.
ANSWERS = {
    "pour qui": "for_whom",
    "quand": "when",
    "comment": "body",
    "documents": "documents",
    "coût": "cost",
    "délai": "delay",
    "contact": "department",
}


@pytest.mark.parametrize("approved", [False, True])
@pytest.mark.parametrize("answer", ANSWERS)
def test_art_2_3_given_an_answer_is_missing_when_published_then_it_is_refused_naming_it_and_the_draft_is_kept(
    editor, town, department, answer, approved
):
    TownSettings.objects.update(guides_are_approved=approved)
    gesture = "action-submit" if approved else "action-publish"
    name = ANSWERS[answer]
    guide = GuidePageFactory(parent=town.guides, live=False, department=department)
    empty = {"department": "", "body": streamfield([])}.get(name, rich_text("<p> </p>"))
    form = a_guide_form(department, slug=guide.slug, title="Vignettes, corrigé", **{name: empty})
    address = reverse("wagtailadmin_pages:edit", args=[guide.pk])

    refused = editor.post(address, {**form, gesture: "1"})
    assert list(refused.context["form"].errors) == [name]
    assert not GuidePage.objects.get(pk=guide.pk).live

    assert editor.post(address, form).status_code == 302
    kept = GuidePage.objects.get(pk=guide.pk)
    assert not kept.live
    assert kept.get_latest_revision_as_object().title == "Vignettes, corrigé"


def test_guide_when_complete_is_published(editor, town, department):
    answer = editor.post(the_address(town), {**a_guide_form(department), "action-publish": "1"})
    assert answer.status_code == 302
    assert GuidePage.objects.get().live


def test_guide_when_its_parts_explain_how_is_published_without_a_body_of_its_own(editor, town, department):
    guide = GuidePageFactory(parent=town.guides, live=False, department=department)
    GuidePartPageFactory(parent=guide)
    form = a_guide_form(department, slug=guide.slug, body=streamfield([]))
    address = reverse("wagtailadmin_pages:edit", args=[guide.pk])
    assert editor.post(address, {**form, "action-publish": "1"}).status_code == 302
    guide.refresh_from_db()
    assert guide.live


@pytest.mark.parametrize("model", ["homepage", "infopage"])
def test_editing_screen_when_opened_offers_every_block(editor, town, model):
    page = {"homepage": town.home, "infopage": town.demandes}[model]
    html = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    for label in ("Étapes numérotées", "Mise en garde", "Fiche contact", "Tableau"):
        assert json.dumps(label)[1:-1] in html or label in html


def test_preview_of_a_new_service_when_asked_shows_it_with_what_is_chosen_but_not_saved(editor, town, department):
    nature = NatureFactory(code="TP-01", department=department)
    address = reverse("wagtailadmin_pages:preview_on_add", args=["services_pages", "servicepage", town.services.pk])
    form = nested_form_data(
        {
            "title": "Nouveau",
            "slug": "nouveau",
            "summary": "Résumé",
            "department": "",
            "body": streamfield([("heading", "À savoir")]),
            "how_to_ask": streamfield([]),
            "form_page": "",
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000},
        }
    )
    assert editor.post(address, {**form, "natures": [nature.pk]}).json()["is_valid"]
    html = editor.get(address).content.decode()
    assert "À savoir" in html
    assert "/demandes/requete/?nature=TP-01" in html


def test_rich_text_when_a_field_does_not_say_offers_what_a_page_can_show(db):
    assert features.get_default_features() == TEXT_FEATURES


def test_report_when_citizens_searched_in_vain_shows_the_most_frequent_terms_first(editor):
    today = timezone.localdate()
    for term, day, times in (
        ("licorne", today, 1),
        ("cimetière", today, 2),
        ("cimetière", today - timedelta(days=3), 2),
        ("vieux terme", today - timedelta(days=200), 9),
    ):
        SearchMiss.objects.create(term=term, day=day, count=times)
    answer = editor.get(reverse("search_miss_report"))
    html = answer.content.decode()
    assert [(row["term"], row["total"]) for row in answer.context["object_list"]] == [("cimetière", 4), ("licorne", 1)]
    assert "vieux terme" not in html
    assert "search-misses" in editor.get(reverse("wagtailadmin_home")).content.decode()


def test_report_when_asked_by_someone_who_writes_no_page_is_refused(client, town):
    ensure_roles()
    client.force_login(user_with(Role.RECIPIENT, username="resp"))
    assert client.get(reverse("search_miss_report")).status_code == 302
    assert "search-misses" not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_report_when_exported_holds_terms_totals_and_days(editor):
    SearchMiss.objects.create(term="licorne", day=timezone.localdate(), count=1)
    answer = editor.get(reverse("search_miss_report"), {"export": "csv"})
    content = b"".join(answer.streaming_content).decode()
    assert "licorne,1," in content
