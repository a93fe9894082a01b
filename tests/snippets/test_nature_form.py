"""The form of a nature: its questions, its older versions, its copies."""

import pytest
from django.db.models.signals import pre_save  # noqa: TID251 - plays the other person
from django.urls import reverse
from django.utils import timezone

from intake.models import Answer, Case
from snippets.models import Question, RequestNature
from tests.factories import DepartmentFactory, NatureFactory, QuestionFactory

from .forms import errors_of, filled_form, messages_of

URL = "wagtailsnippets_snippets_requestnature"


@pytest.fixture
def nature(db):
    nature = NatureFactory(name="Nid-de-poule", department__code="TP", department__name="Travaux publics")
    QuestionFactory(nature=nature, label="Quelle taille?", sort_order=0)
    QuestionFactory(nature=nature, label="Depuis quand?", sort_order=1)
    return nature


def edit_url(nature):
    return reverse(f"{URL}:edit", args=[nature.pk])


def answer(question: Question) -> Answer:
    """A file in which this question is answered."""
    number = Case.objects.count() + 1
    case = Case.objects.create(
        reference=f"2026-{number:04d}",
        year=2026,
        number=number,
        kind="request",
        department=question.nature.department,
        nature=question.nature,
        received_at=timezone.now(),
        last_event_at=timezone.now(),
        tracking_hash="x",
    )
    return Answer.objects.create(case=case, position=1, key=question.key, label=question.label, question=question)


def revisions(nature):
    return list(nature.revisions.order_by("pk"))


def save(staff, nature, **changes):
    """Open the form, change these fields, save; the answer of the server."""
    data = filled_form(staff.get(edit_url(nature))) | changes
    return staff.post(edit_url(nature), data)


def test_an_unanswered_question_when_removed_is_erased(staff, nature):
    response = save(staff, nature, **{"questions-0-DELETE": "on"})

    assert response.status_code == 302
    assert [q.label for q in nature.questions.all()] == ["Depuis quand?"]


def test_an_answered_question_when_removed_stays_and_the_form_says_to_retire_it(staff, nature):
    question = nature.questions.first()
    answer(question)

    response = save(staff, nature, name="Trou", **{"questions-0-DELETE": "on"})

    assert response.status_code == 200
    assert any("Décochez « Posée » pour la retirer" in error for error in errors_of(response))
    assert Question.objects.filter(pk=question.pk).exists()
    shown = filled_form(response)
    assert shown["questions-0-DELETE"] == ""  # shown again, not hidden as a removed one
    assert shown["questions-0-label"] == "Quelle taille?"
    assert shown["name"] == "Trou"  # nothing typed is lost
    assert RequestNature.objects.get(pk=nature.pk).name == "Nid-de-poule"


def test_an_answered_question_when_retired_is_kept_and_no_longer_asked(staff, nature):
    question = nature.questions.first()
    answer(question)
    data = filled_form(staff.get(edit_url(nature)))
    del data["questions-0-is_active"]

    assert staff.post(edit_url(nature), data).status_code == 302

    question.refresh_from_db()
    assert not question.is_active


def test_a_question_answered_while_it_is_being_removed_is_kept_with_a_message(staff, nature):
    question = nature.questions.first()

    def a_citizen_answers(**kwargs):
        answer(question)

    # After the form was checked, before the question is erased.
    pre_save.connect(a_citizen_answers, sender=RequestNature)
    try:
        response = save(staff, nature, **{"questions-0-DELETE": "on"})
    finally:
        pre_save.disconnect(a_citizen_answers, sender=RequestNature)

    assert response.status_code == 200
    assert "Des citoyens ont répondu" in response.content.decode()
    assert Question.objects.filter(pk=question.pk).exists()


def test_questions_when_reordered_are_asked_in_the_new_order(staff, nature):
    save(staff, nature, **{"questions-0-ORDER": "2", "questions-1-ORDER": "1"})

    assert [q.label for q in nature.questions.all()] == ["Depuis quand?", "Quelle taille?"]


def test_a_choice_question_with_one_choice_is_refused_beside_the_choices(staff, nature):
    response = save(staff, nature, **{"questions-0-question_type": "one_choice", "questions-0-choices": "Oui"})

    assert any("au moins deux choix" in error for error in errors_of(response))


def test_an_offered_nature_in_a_retired_service_is_refused_beside_the_service(staff, nature):
    retired = DepartmentFactory(code="VIEUX", is_active=False)

    response = save(staff, nature, department=retired.pk)

    assert any("Ce service est retiré" in error for error in errors_of(response))


def test_a_retired_nature_may_stay_in_a_retired_service(staff, nature):
    retired = DepartmentFactory(code="VIEUX", is_active=False)
    data = filled_form(staff.get(edit_url(nature))) | {"department": retired.pk}
    del data["is_active"]

    assert staff.post(edit_url(nature), data).status_code == 302


def test_the_form_does_not_save_by_itself_while_one_types(staff, nature):
    page = staff.get(edit_url(nature)).content.decode()

    assert "data-w-autosave-interval-value" not in page


def revert(staff, nature, revision, **changes):
    """Go back to an older version as a person does: look, then save."""
    url = reverse(f"{URL}:revisions_revert", args=[nature.pk, revision.pk])
    page = staff.get(url)
    assert page.status_code == 200
    return staff.post(url, filled_form(page) | changes)


def test_a_nature_goes_back_to_an_older_version_with_its_questions(staff, nature):
    save(staff, nature, name="Nid-de-poule")
    save(staff, nature, name="Trou dans la chaussée", **{"questions-1-label": "Quand l'avez-vous vu?"})
    first = revisions(nature)[0]

    assert revert(staff, nature, first).status_code == 302

    nature.refresh_from_db()
    assert nature.name == "Nid-de-poule"
    assert [q.label for q in nature.questions.all()] == ["Quelle taille?", "Depuis quand?"]
    assert len(revisions(nature)) == 3


def test_a_question_erased_since_comes_back_with_the_older_version(staff, nature):
    save(staff, nature)
    save(staff, nature, **{"questions-0-DELETE": "on"})
    assert nature.questions.count() == 1

    assert revert(staff, nature, revisions(nature)[0]).status_code == 302

    assert [q.label for q in nature.questions.all()] == ["Quelle taille?", "Depuis quand?"]


def test_a_question_answered_since_is_kept_retired_by_the_older_version(staff, nature):
    save(staff, nature)
    question = QuestionFactory(nature=nature, label="De quelle couleur?", sort_order=2)
    unanswered = QuestionFactory(nature=nature, label="Vraiment?", sort_order=3)
    answer(question)

    assert revert(staff, nature, revisions(nature)[0]).status_code == 302

    question.refresh_from_db()
    assert not question.is_active
    assert not Question.objects.filter(pk=unanswered.pk).exists()
    assert [q.label for q in nature.questions.filter(is_active=True)] == ["Quelle taille?", "Depuis quand?"]


def test_an_older_version_whose_code_is_taken_is_refused_beside_the_code(staff, nature):
    save(staff, nature, code="TP-01")
    save(staff, nature, code="TP-02")
    NatureFactory(code="TP-01")

    response = revert(staff, nature, revisions(nature)[0])

    assert response.status_code == 200
    assert errors_of(response)


def test_an_older_version_whose_service_is_gone_opens_with_the_service_of_today(staff, nature):
    old = DepartmentFactory(code="VIEUX", name="Ancien service")
    save(staff, nature, department=old.pk)
    today = DepartmentFactory(code="TP")
    save(staff, nature, department=today.pk)
    old.delete()
    first = revisions(nature)[0]

    compared = staff.get(reverse(f"{URL}:revisions_compare", args=[nature.pk, first.pk, "live"]))
    response = revert(staff, nature, first)

    assert compared.status_code == 200
    assert response.status_code == 302
    nature.refresh_from_db()
    assert nature.department == today


def test_the_history_tells_who_changed_what_and_offers_the_way_back(staff, nature):
    save(staff, nature, name="Un")
    save(staff, nature, name="Deux")

    page = staff.get(reverse(f"{URL}:history", args=[nature.pk])).content.decode()

    first = revisions(nature)[0]
    assert reverse(f"{URL}:revisions_revert", args=[nature.pk, first.pk]) in page
    assert "comm" in page


def test_a_copied_nature_begins_with_the_questions_of_the_first_and_asks_its_own_code(staff, nature):
    page = staff.get(reverse(f"{URL}:copy", args=[nature.pk]))
    data = filled_form(page)
    assert data["code"] == ""

    response = staff.post(reverse(f"{URL}:add"), data | {"code": "TP-77"})

    assert response.status_code == 302
    copy = RequestNature.objects.get(code="TP-77")
    assert [q.label for q in copy.questions.all()] == ["Quelle taille?", "Depuis quand?"]
    assert nature.questions.count() == 2


def test_a_new_nature_with_a_question_is_added_and_confirmed(staff, nature):
    data = filled_form(staff.get(reverse(f"{URL}:add")))
    data |= {"code": "TP-09", "name": "Lampadaire", "department": nature.department.pk, "target_working_days": "10"}
    data |= {"questions-TOTAL_FORMS": "1", "questions-0-label": "Quel numéro?", "questions-0-question_type": "number"}
    data |= {"questions-0-ORDER": "1", "questions-0-DELETE": "", "questions-0-id": "", "questions-0-choices": ""}

    response = staff.post(reverse(f"{URL}:add"), data, follow=True)

    assert any("Lampadaire" in message for message in messages_of(response))
    assert [q.label for q in RequestNature.objects.get(code="TP-09").questions.all()] == ["Quel numéro?"]
