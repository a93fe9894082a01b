"""Annexe A: the intervention screen, its codes, the texts to start from, the reading over, and « Valider »."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from intake.models import Case, actor_for
from intake.policy.roles import Role
from intake.policy.vocabulary import Kind
from intake.queue.annex_a import CompleteForm
from snippets.models import InterventionCode, ReplyText
from tests.factories import DepartmentFactory, EmployeeFactory, user_with
from tests.intake.queue.steps import completed, received, routed, taken, words

pytestmark = pytest.mark.django_db

ANNEXE = {
    "code": "238",
    "phone_extension": "2201",
    "internal_note": "Trou bouché par l'équipe 2.",
    "public_message": "Nos équipes ont fait le nécessaire.",
}


def send(client, case, verb: str = "complete", **data):
    address = reverse("intake_queue:gesture", args=[case.reference, verb])
    today = timezone.localdate().isoformat()
    return client.post(address, {"seen_version": case.version, "done_on": today, **ANNEXE, **data})


def fresh(case) -> Case:
    return Case.objects.get(pk=case.pk)


@pytest.fixture
def inspection(db):
    return InterventionCode.objects.create(code="120", label="Inspection sur place")


@pytest.fixture
def thanks(db):
    return ReplyText.objects.create(title="Travail fait", body="Le travail est fait. Merci de votre patience.")


def test_annexe_a_screen_has_its_points_in_order_with_238_and_the_extension_of_the_person(
    enter, recipient, nature, inspection
):
    form = CompleteForm(case=taken(nature), actor=actor_for(recipient))

    assert [name for name in form.fields if name != "seen_version"] == [
        "code",
        "planned_on",
        "done_on",
        "phone_extension",
        "internal_note",
        "reply_text",
        "public_message",
        "asks_proofreading",
    ]
    assert (form["code"].value(), form["phone_extension"].value()) == ("238", recipient.employee.phone_extension)
    assert [str(label) for _, label in form.fields["code"].choices] == [
        "120 – Inspection sur place",
        "238 – Demande complétée",
    ]
    for name in ("internal_note", "public_message"):
        assert {'spellcheck="true"', 'lang="fr-CA"'} <= set(str(form[name]).split()), name


def test_annexe_a_another_code_when_validated_is_written_and_the_request_stays_open(
    enter, recipient, nature, inspection
):
    case, client = taken(nature), enter(recipient)
    data = {"code": "120", "public_message": ""}

    preview = send(client, case, **data)
    done = send(client, case, etape="valider", **data)

    assert "la requête reste ouverte et le citoyen n'est pas avisé" in words(preview)
    assert (fresh(case).status, fresh(case).interventions.get().code_id) == ("in_progress", "120")
    assert "L'intervention est inscrite" in words(client.get(done.url))
    assert "Intervention 120, effectuée le" in words(client.get(done.url))


def test_annexe_a_a_word_under_another_code_is_refused_beside_its_field(enter, recipient, nature, inspection):
    response = send(enter(recipient), taken(nature), code="120")

    assert response.status_code == 422
    assert "Ce texte part seulement avec le code 238." in words(response)


def test_annexe_a_6_a_filled_form_left_unsaved_changes_nothing(enter, recipient, nature):
    case = taken(nature)

    send(enter(recipient), case)

    assert (fresh(case).status, fresh(case).version) == (case.status, case.version)


def test_annexe_a_5_a_text_to_start_from_is_added_to_what_is_typed_and_nothing_is_lost(
    enter, recipient, nature, thanks
):
    case, client = taken(nature), enter(recipient)

    first = send(client, case, etape="inserer", reply_text=thanks.pk, public_message="")
    second = send(client, case, etape="inserer", reply_text=thanks.pk, public_message="Bonjour.\n", done_on="hier")

    def typed(response):
        return next(offer.form for offer in response.context["offers"] if offer.form and offer.form.is_bound)

    assert typed(first)["public_message"].value() == thanks.body
    assert typed(first)["internal_note"].value() == ANNEXE["internal_note"]
    assert typed(second)["public_message"].value() == f"Bonjour.\n\n{thanks.body}"
    assert typed(second)["done_on"].value() == "hier"
    assert '<details class="guichet-action" id="complete" open>' in first.content.decode()
    assert fresh(case).version == case.version


@pytest.mark.parametrize("choice", ["", "999999", "abc"])
def test_annexe_a_5_inserting_nothing_says_so_and_keeps_the_text(enter, recipient, nature, choice):
    response = send(enter(recipient), taken(nature), etape="inserer", reply_text=choice)

    assert "Choisissez d'abord un texte dans la liste." in words(response)
    assert ANNEXE["public_message"] in response.content.decode()


def test_annexe_a_5_texts_are_those_of_the_service_and_of_everyone(enter, recipient, nature, thanks):
    mine = ReplyText.objects.create(title="Asphalte", body="x", department=nature.department)
    ReplyText.objects.create(title="Impôt", body="x", department=DepartmentFactory())
    ReplyText.objects.create(title="Vieux", body="x", is_active=False)

    form = CompleteForm(case=taken(nature), actor=actor_for(recipient))

    assert set(form.fields["reply_text"].queryset) == {mine, thanks}


def test_art_4_1_an_answer_may_begin_with_a_text_too(enter, technician, thanks):
    question = received(kind=Kind.INQUIRY)

    response = send(enter(technician), question, "answer", etape="inserer", reply_text=thanks.pk, public_message="")

    assert thanks.body in response.content.decode()


def test_case_18_done_before_the_receipt_is_said_and_allowed(enter, recipient, nature):
    case, client = taken(nature), enter(recipient)
    before = (timezone.localdate() - timedelta(days=9)).isoformat()

    preview = send(client, case, done_on=before)
    send(client, case, done_on=before, etape="valider")

    assert "La date effectuée précède la réception de la demande" in words(preview)
    assert fresh(case).status == "completed"


def test_case_18_done_on_the_day_of_receipt_is_not_said(enter, recipient, nature):
    assert "précède la réception" not in words(send(enter(recipient), taken(nature)))


def test_case_19_the_preview_reminds_that_no_third_person_is_named(enter, recipient, nature):
    assert "aucun nom de tiers" in words(send(enter(recipient), taken(nature)))


def test_annexe_a_5_given_a_proofreading_when_asked_then_the_mail_waits_the_technician_corrects_and_it_leaves(
    enter, recipient, technician, nature
):
    case = taken(nature)
    asked = {"asks_proofreading": "on", "public_message": "On a fait se qui faut."}

    preview = send(enter(recipient), case, **asked)
    send(enter(recipient), case, etape="valider", **asked)
    held = fresh(case)
    page = enter(technician).get(reverse("intake_queue:case", args=[case.reference]))
    form = next(offer.form for offer in page.context["offers"] if offer.gesture.verb.value == "proofread")
    closing = send(enter(technician), held, "close")

    assert "Ce courriel partira après la relecture" in words(preview)
    assert "On a fait se qui faut." in preview.context["letter"].body
    assert not held.messages.filter(code="T5").exists()
    assert form["public_message"].value() == "On a fait se qui faut."
    assert "il ne l'a pas lu On a fait se qui faut." in words(page)
    assert "Fermer – Le texte au citoyen attend une relecture" in words(page)
    assert closing.status_code == 422

    corrected = {"public_message": "Nous avons fait ce qu'il fallait."}
    shown = send(enter(technician), held, "proofread", **corrected).context["letter"]
    send(enter(technician), held, "proofread", etape="valider", **corrected)

    assert fresh(case).messages.get(code="T5").mail.message == shown.body
    assert corrected["public_message"] in shown.body
    assert not fresh(case).awaits_proofreading


def test_annexe_a_5_who_reads_over_asks_nobody(technician, recipient, nature):
    assert "asks_proofreading" not in CompleteForm(case=taken(nature), actor=actor_for(technician)).fields


def test_annexe_a_proofreading_is_offered_only_when_a_text_waits(enter, technician, recipient, nature):
    page = enter(technician).get(reverse("intake_queue:case", args=[completed(nature).reference]))

    assert "Relire et envoyer au citoyen – Aucun texte au citoyen n'attend de relecture." in words(page)


@pytest.fixture
def superintendent(roles, works):
    user = user_with(Role.EXECUTOR)
    EmployeeFactory(department=works, user=user)
    return user


def test_art_4_5_whoever_executes_reads_the_letter_without_the_name_of_whoever_asked(
    enter, technician, recipient, superintendent, nature
):
    case = routed(nature)
    send(enter(recipient), case, "assign", executor=superintendent.employee.pk)
    case = fresh(case)

    preview = send(enter(superintendent), case)
    page = enter(superintendent).get(reverse("intake_queue:case", args=[case.reference]))

    assert "Bonjour (nom du citoyen)," in preview.context["letter"].body
    for response in (preview, page):
        assert "Tremblay" not in response.content.decode()
        assert "marie@exemple.example" not in response.content.decode()
    send(enter(superintendent), case, etape="valider")
    assert "Bonjour Marie Tremblay," in fresh(case).messages.get(code="T5").mail.message
