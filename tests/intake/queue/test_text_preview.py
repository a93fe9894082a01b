"""A message text read before it is saved (art. 3): an invented file for all, a real one only for who may see it (art. 4.5)."""

import pytest
from django.urls import reverse

from intake.models import AccessRecord, CaseMessage
from intake.policy.roles import Role
from intake.policy.vocabulary import Kind
from intake.process.complaints import Checklist, hand_over
from snippets.message_codes import MESSAGE_CODES
from snippets.models import MessageText
from tests.factories import TECHNICIAN, a_contact, user_with
from tests.intake.queue.steps import received, words

pytestmark = pytest.mark.django_db
SUBJECT, BODY = "Dossier {numero}", "Bonjour {salutation}, à propos de : {nature}."


def read(client, code="T2", *, subject=SUBJECT, body=BODY, **more):
    address = reverse("intake_queue:text_preview") + f"?code={code}"
    return client.post(address, {"subject": subject, "body": body, **more})


@pytest.fixture
def communications(roles):
    return user_with(Role.COMMUNICATIONS, username="communications")


def test_the_technician_reads_the_unsaved_text_with_a_real_file_and_nothing_is_saved_or_sent(enter, technician, nature):
    case = received(nature)
    before = CaseMessage.objects.count()
    page = read(enter(technician), reference=case.reference)
    assert f"Dossier {case.reference}" in words(page)
    assert "Bonjour Marie Tremblay, à propos de : Nid-de-poule." in words(page)
    assert (CaseMessage.objects.count(), MessageText.objects.filter(subject=SUBJECT).exists()) == (before, False)


def test_communications_read_it_with_an_invented_file_whatever_they_type(enter, communications, nature):
    case = received(nature, contact=a_contact(last_name="Zwickenpflug"))
    page = read(enter(communications), reference=case.reference)
    assert page.context["case"] is None
    assert page.context["form"] is None
    assert "Bonjour Marie Exemple" in words(page)
    assert "Zwickenpflug" not in words(page)


@pytest.mark.parametrize("kind", [Kind.COMPLAINT, Kind.CLAIM, Kind.ACCESS_REQUEST])
def test_art_4_5_a_confidential_file_is_read_only_by_who_sees_it_and_is_traced(enter, technician, kind):
    case = received(kind=kind, contact=a_contact(last_name="Zwickenpflug"))
    assert "Zwickenpflug" in words(read(enter(technician), reference=case.reference))
    assert [(trace.user, trace.allowed) for trace in AccessRecord.objects.filter(case=case)] == [(technician, True)]


def test_art_4_5_a_complaint_handed_over_is_as_if_it_did_not_exist_and_the_try_is_traced(enter, technician):
    case = received(kind=Kind.COMPLAINT, contact=a_contact(last_name="Zwickenpflug"))
    hand_over(pk=case.pk, checklist=Checklist(), by=TECHNICIAN, now=case.received_at)
    client = enter(technician)
    hidden, missing = read(client, reference=case.reference), read(client, reference="2019-0404")
    said = "Aucun dossier que vous pouvez lire ne porte ce numéro."
    assert said in words(hidden)
    assert said in words(missing)
    assert "Zwickenpflug" not in words(hidden)
    assert AccessRecord.objects.get(case=case, user=technician).allowed is False


def test_the_tracking_code_shown_is_never_that_of_the_file(enter, technician, nature):
    case = received(nature)
    page = read(enter(technician), "T1", body="{numero} {code_suivi}", reference=case.reference)
    assert f"{case.reference} ABCD-EFGH-JKMN" in words(page)


def test_a_text_that_can_not_be_sent_says_why_and_keeps_what_was_typed(enter, technician):
    page = read(enter(technician), body="Bonjour {chat}")
    assert page.status_code == 200
    assert "Variable inconnue : {chat}" in words(page)
    assert page.context["typed"]["body"].value() == "Bonjour {chat}"


@pytest.mark.parametrize("code", list(MESSAGE_CODES))
def test_every_message_can_be_read_with_an_invented_file(enter, technician, code):
    body = " ".join(f"{{{name}}}" for name in MESSAGE_CODES[code].variables)
    page = read(enter(technician), code, subject="Objet", body=body)
    assert page.context["letter"] is not None
    assert "{" not in page.context["letter"].body


@pytest.mark.parametrize("role", [Role.RECIPIENT, Role.DIRECTOR, Role.CLERK, Role.COUNCIL, Role.EXECUTOR])
def test_who_does_not_write_texts_has_no_preview(enter, roles, role):
    assert read(enter(user_with(role))).status_code == 404


@pytest.mark.parametrize("code", ["T999", "é"])
def test_a_message_that_does_not_exist_is_not_found(enter, technician, code):
    assert read(enter(technician), code).status_code == 404


def test_a_new_text_whose_message_is_not_chosen_is_told_to_choose(enter, technician):
    page = read(enter(technician), "")
    assert page.status_code == 200
    assert "Choisissez d'abord le message" in words(page)


def test_the_screen_of_the_text_has_the_button(enter, technician):
    text, _made = MessageText.objects.get_or_create(code="T2", defaults={"subject": SUBJECT, "body": BODY})
    address = reverse("wagtailsnippets_snippets_messagetext:edit", args=[text.pk])
    page = enter(technician).get(address).content.decode()
    assert 'formaction="/admin/demandes/textes/apercu/?code=T2"' in page
