"""Communications staff edit the form pages: history, preview, own questions; never a submission (issue 3; art. 4.5)."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from intake.forms.models import FormQuestion, RequestFormPage
from intake.models import Case
from intake.policy.vocabulary import Kind
from tests.factories import user_with

from .citizen import text_of, url_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(db):
    """Someone who may edit pages."""
    client = Client()
    client.force_login(user_with(username="chef", is_superuser=True, is_staff=True))
    return client


def edited(page, questions=(), **changes):
    """What the editing screen sends."""
    blank = {"question_type": "short_text", "help_text": "", "choices": "", "is_active": "on", "DELETE": "", "id": ""}
    initial = sum(bool(question.get("id")) for question in questions)
    rows = [{**blank, "ORDER": number, **question} for number, question in enumerate(questions, 1)]
    values = {
        "title": page.title,
        "slug": page.slug,
        "kind": page.kind,
        "introduction": rich_text("<p>Nouveau mot</p>"),
        "to_have": rich_text("<p>Une photo</p>"),
        "next_steps": rich_text("<p>La suite</p>"),
        "questions": inline_formset(rows, initial=initial),
        "comments": inline_formset([]),
        **changes,
    }
    return nested_form_data(values)


def publish(editor, page, questions=(), **changes):
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return editor.post(address, {**edited(page, questions, **changes), "action-publish": "1"})


def test_an_editor_writes_around_the_form_and_the_history_keeps_it(editor, pages, citizen):
    page = pages[Kind.REQUEST]
    assert publish(editor, page, [{"label": "Combien de voisins?", "is_required": "on"}]).status_code == 302
    words = text_of(citizen.get("/demandes/requete/?nature=TP-01"))
    assert "Nouveau mot" in words
    assert "Combien de voisins?" in words
    history = editor.get(reverse("wagtailadmin_pages:history", args=[page.pk]))
    assert history.status_code == 200
    assert page.revisions.count() == 1


def test_publishing_again_keeps_the_answers_of_drafts_under_way(editor, pages, citizen):
    page = pages[Kind.REQUEST]
    publish(editor, page, [{"label": "Combien de voisins?", "is_required": "on"}])
    draft = citizen.fill(demande={FormQuestion.objects.get().key: "Trois"})
    for _ in range(2):
        question = RequestFormPage.objects.get(pk=page.pk).get_latest_revision_as_object().questions.first()
        publish(editor, page, [{"id": question.pk or "", "label": "Combien de voisins?", "is_required": "on"}])
    citizen.send(draft)
    assert Case.objects.get().answers.get().display == "Trois"


def test_removing_a_question_keeps_the_answers_of_past_cases(editor, pages, citizen):
    question = FormQuestion.objects.create(page=pages[Kind.REQUEST], label="Combien de voisins?")
    case = citizen.file(demande={question.key: "Trois"})
    page = RequestFormPage.objects.get(pk=pages[Kind.REQUEST].pk)
    publish(editor, page, [{"id": question.pk, "label": question.label, "DELETE": "1"}])
    assert not FormQuestion.objects.exists()
    assert [(answer.label, answer.display) for answer in case.answers.all()] == [("Combien de voisins?", "Trois")]


def test_two_questions_with_the_same_words_are_refused(editor, pages):
    response = publish(editor, pages[Kind.REQUEST], [{"label": "Combien?"}, {"label": "  combien? "}])
    assert response.status_code == 200
    assert "Une autre question a déjà ces mots" in text_of(response)
    assert not FormQuestion.objects.exists()


def test_a_choice_question_without_two_choices_is_refused_before_it_breaks_the_form(editor, pages):
    response = publish(
        editor, pages[Kind.REQUEST], [{"label": "Lequel?", "question_type": "one_choice", "choices": "A"}]
    )
    assert "au moins deux choix différents" in text_of(response)
    assert not FormQuestion.objects.exists()


def test_the_preview_shows_the_first_step_with_what_is_not_published_yet(editor, pages):
    page = pages[Kind.INQUIRY]
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    data = edited(page, [{"label": "Question en projet?"}])
    assert editor.post(address, data).json()["is_valid"]
    shown = editor.get(address)
    assert shown.status_code == 200
    assert "Nouveau mot" in text_of(shown)
    assert "Question en projet?" in text_of(shown)


def test_a_page_being_created_can_be_previewed(editor, root):
    address = reverse("wagtailadmin_pages:preview_on_add", args=["intake_forms", "requestformpage", root.pk])
    page = RequestFormPage(title="Nouveau", slug="nouveau", kind="claim")
    assert editor.post(address, edited(page)).json()["is_valid"]
    assert "Votre réclamation" in text_of(editor.get(address))


@pytest.mark.parametrize("kind", list(Kind))
def test_the_kind_fixes_the_fields_whatever_the_editor_writes(editor, pages, kind):
    page = pages[Kind.REQUEST]
    publish(editor, page, kind=kind.value)
    body = Client().get("/demandes/requete/").content.decode()
    field = {"request": "nature", "complaint": "target", "inquiry": "inquiry_type", "claim": "event_on"}
    assert f'name="{field.get(kind.value, "delivery")}"' in body


def test_nothing_that_a_citizen_typed_is_found_from_the_pages(editor, pages, citizen):
    draft = citizen.fill(Kind.COMPLAINT, demande={"facts": "Un mot très reconnaissable, bien assez long."})
    citizen.begin(Kind.COMPLAINT)
    citizen.send(draft)
    page = pages[Kind.COMPLAINT]
    addresses = [
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        reverse("wagtailadmin_pages:usage", args=[page.pk]),
        reverse("wagtailadmin_pages:history", args=[page.pk]),
        reverse("wagtailadmin_reports:site_history"),
        reverse("wagtailadmin_home"),
        "/admin/pages/search/?q=reconnaissable",
    ]
    for address in addresses:
        response = editor.get(address)
        assert response.status_code == 200
        body = response.content.decode()
        assert "très reconnaissable" not in body
        assert "Tremblay" not in body
        assert str(draft.pk) not in body
    assert not Page.objects.filter(slug=str(draft.pk)).exists()


def test_deleting_a_page_leaves_the_cases_and_ends_the_drafts(pages, citizen):
    draft, filed = citizen.begin(), citizen.fill()
    citizen.send(filed)
    RequestFormPage.objects.get(pk=pages[Kind.REQUEST].pk).delete()
    assert Case.objects.count() == 1
    assert citizen.client.get(url_of_deleted(draft)).status_code == 404


def url_of_deleted(draft):
    return f"/demandes/requete/{draft.pk}/demande/"


def test_an_unpublished_page_takes_no_demand(pages, citizen):
    draft = citizen.fill()
    pages[Kind.REQUEST].unpublish()
    assert citizen.send(draft).status_code == 404
    assert not Case.objects.exists()
    assert url_of(draft, "verification").startswith("/demandes/requete/")
