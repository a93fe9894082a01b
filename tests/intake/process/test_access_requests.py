"""Art. 4.6: an access request from its receipt to its answer, with the worked examples of the reading of the law."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from intake.models import AccessFile, Case, DocumentTask
from intake.models.access import deemed_refused_q
from intake.policy.roles import Actor, Role
from intake.policy.vocabulary import Kind, Status
from intake.process import NotVisible, Refused, access_requests, close, reclassify, supply, withdraw
from intake.process.access_answer import Answer, decide, review, send
from intake.process.access_reminders import remind_access
from intake.process.document_tasks import ask_documents, provide
from snippets.models import Closure, CompetentBody, LegalProvision
from tests.factories import (
    CLERK,
    GENERAL_DIRECTOR,
    TECHNICIAN,
    DepartmentFactory,
    DesignationFactory,
    EmployeeFactory,
    a_case,
    a_contact,
    town_time,
    user_with,
)

pytestmark = pytest.mark.django_db
RECEIVED = town_time("2026-06-04 10:00")  # legal 25 June, internal 23 June
FACTS = "Les relevés de vitesse de la rue du Moulin."


def codes(case) -> list[str]:
    return list(case.messages.order_by("pk").values_list("code", flat=True))


def letters(case) -> list[str]:
    return list(case.letters.order_by("pk").values_list("code", flat=True))


def received(moment=RECEIVED, **changes) -> Case:
    return a_case(kind=Kind.ACCESS_REQUEST, facts=FACTS, location="", now=moment, **changes)


@pytest.fixture
def searching(town):
    return access_requests.search(pk=received().pk, by=CLERK, now=RECEIVED)


@pytest.fixture
def privacy(db):
    return LegalProvision.objects.create(article="53", title="Confidentialité", text="Texte officiel de l'article.")


@pytest.mark.parametrize(
    ("moment", "told", "legal", "internal"),
    [
        ("2026-03-02 10:00", date(2026, 3, 22), date(2026, 3, 23), date(2026, 3, 20)),
        ("2026-06-04 23:59", date(2026, 6, 24), date(2026, 6, 25), date(2026, 6, 23)),
        ("2027-03-08 10:00", date(2027, 3, 28), date(2027, 3, 30), date(2027, 3, 25)),
        ("2026-12-10 10:00", date(2026, 12, 30), date(2026, 12, 30), date(2026, 12, 23)),
    ],
)
def test_art_4_6_dates_of_the_law_are_computed_on_receipt(town, moment, told, legal, internal):
    for first, last in (("2027-03-29", "2027-03-29"), ("2026-12-24", "2027-01-02")):
        Closure.objects.create(first_on=first, last_on=last, label="Fermeture")
    case = received(town_time(moment))
    assert (case.access_file.told_on, case.access_file.legal_on, case.due_on) == (told, legal, internal)


def test_a_2_1_art_46_the_receipt_notice_says_date_delays_default_and_recourse(town):
    mail = received().messages.get(code="T13").mail.message
    assert "reçu votre demande le 4 juin 2026" in mail
    assert "24 juin 2026" in mail
    assert "considérée comme refusée" in mail
    assert "Commission d'accès à l'information" in mail


def test_case_14_a_request_that_is_really_for_access_counts_from_the_first_receipt(town):
    DepartmentFactory(code="EXP", is_front_line=True)
    request = a_case(now=RECEIVED)
    case = reclassify(
        pk=request.pk,
        kind=Kind.ACCESS_REQUEST,
        reason="Il demande une copie.",
        by=TECHNICIAN,
        now=town_time("2026-06-15 09:00"),
    )
    assert case.access_file.legal_on == date(2026, 6, 25)
    assert case.due_on == date(2026, 6, 23)


# --- Clarify ---


def test_a_2_1_art_42_the_citizen_is_helped_to_be_precise_and_the_clock_does_not_stop(searching):
    asked = access_requests.clarify(pk=searching.pk, question="De quelle année?", by=CLERK, now=RECEIVED)
    assert asked.status == "clarifying"
    assert "De quelle année?" in asked.messages.get(code="T13B").mail.message
    assert asked.due_on == date(2026, 6, 23)
    answered = supply(pk=asked.pk, text="De 2024.", by=CLERK, now=RECEIVED)
    assert answered.status == "searching"


def test_a_2_1_art_42_a_clarification_without_question_is_refused(searching):
    with pytest.raises(Refused, match="question"):
        access_requests.clarify(pk=searching.pk, question="", by=CLERK, now=RECEIVED)


# --- Extend ---


def test_art_4_6_extended_by_ten_days_with_a_letter_before_the_end(searching):
    case = access_requests.extend(
        pk=searching.pk, days=10, reason="Le volume est grand.", by=CLERK, now=town_time("2026-06-24 16:00")
    )
    access = case.access_file
    assert (access.extension_days, access.extension_notified_on) == (10, date(2026, 6, 24))
    assert access.told_on == date(2026, 7, 4)
    assert case.due_on == date(2026, 7, 3)
    assert letters(case) == ["T14"]
    letter = case.letters.get()
    assert "Le volume est grand." in letter.printed_body
    assert "4 juillet 2026" in letter.printed_body
    assert "article 47" in letter.printed_body
    assert "T14" in codes(case)


@pytest.mark.parametrize(("day", "days"), [("2026-06-25", 5), ("2026-06-20", 11), ("2026-06-20", None)])
def test_art_4_6_given_day_21_or_eleven_days_when_extension_is_tried_then_it_is_refused(searching, day, days):
    with pytest.raises(Refused):
        access_requests.extend(pk=searching.pk, days=days, reason="R.", by=CLERK, now=town_time(f"{day} 09:00"))
    assert AccessFile.objects.get(case=searching).extension_days is None
    assert letters(searching) == []


def test_art_4_6_a_second_extension_is_refused(searching):
    access_requests.extend(pk=searching.pk, days=3, reason="R.", by=CLERK, now=RECEIVED)
    with pytest.raises(Refused, match="qu'une fois"):
        access_requests.extend(pk=searching.pk, days=3, reason="R.", by=CLERK, now=RECEIVED)


# --- Third party ---


def test_case_13_business_secrets_the_firm_is_heard_for_twenty_days_then_fifteen(searching):
    case = access_requests.notify_third_party(
        pk=searching.pk, party="Pavages Exemple inc.", by=CLERK, now=town_time("2026-06-10 09:00")
    )
    assert case.status == "third_party"
    assert case.access_file.third_party_heard_until == date(2026, 6, 30)
    assert case.access_file.legal_on == date(2026, 7, 15)
    heard = access_requests.resume(pk=case.pk, by=CLERK, now=town_time("2026-06-16 09:00"), heard_on=date(2026, 6, 15))
    assert heard.status == "searching"
    assert AccessFile.objects.get(case=heard).legal_on == date(2026, 6, 30)


def test_a_2_1_art_49_a_third_party_cannot_answer_before_it_was_told(searching):
    access_requests.notify_third_party(pk=searching.pk, party="Firme", by=CLERK, now=RECEIVED)
    with pytest.raises(Refused):
        access_requests.resume(pk=searching.pk, by=CLERK, now=RECEIVED, heard_on=date(2026, 6, 1))


# --- Decide and send ---


def refusal(*provisions, **changes) -> Answer:
    values = {
        "outcome": Status.PARTIAL,
        "explanation": "Le nom d'une autre personne y figure.",
        "given": "Le rapport, sans les noms",
        "withheld": "Les noms des plaignants",
        "provisions": provisions,
    }
    return Answer(**{**values, **changes})


def test_art_4_6_a_refusal_says_why_quotes_the_provision_and_names_the_recourse(searching, privacy, town):
    town.access_commission = "CAI, 525, boulevard René-Lévesque Est"
    town.save()
    case = decide(pk=searching.pk, answer=refusal(privacy), by=GENERAL_DIRECTOR, now=RECEIVED)
    assert case.status == "partial"
    assert case.access_file.decided_by == "Directrice générale (direction générale)"
    said = case.letters.get(code="T15").printed_body
    for words in (
        "l'article 53",
        "Texte officiel de l'article.",
        "Le nom d'une autre personne y figure.",
        "Les noms des plaignants",
        "Le rapport, sans les noms",
        "30 jours",
        "CAI, 525",
    ):
        assert words in said
    # Nothing left yet: the citizen is told when it is posted.
    assert codes(case) == ["T13", "R5"]
    assert not case.events.filter(verb="decide").exclude(public_message="").exists()


@pytest.mark.parametrize(
    ("text", "changes", "field"),
    [
        (None, {}, "provisions"),
        ("À compléter : collez le texte officiel.", {}, "provisions"),
        ("Texte.", {"explanation": ""}, "explanation"),
        ("Texte.", {"withheld": ""}, "withheld"),
    ],
)
def test_art_4_6_given_a_refusal_without_a_provision_when_saved_then_it_is_refused(searching, text, changes, field):
    provisions = [LegalProvision.objects.create(article="14", title="Partie", text=text)] if text else []
    with pytest.raises(Refused) as refused:
        decide(pk=searching.pk, answer=refusal(*provisions, **changes), by=CLERK, now=RECEIVED)
    assert [one.field for one in refused.value.refusals] == [field]
    assert letters(searching) == []
    searching.refresh_from_db()
    assert searching.status == "searching"


@pytest.mark.parametrize(
    ("answer", "code", "words"),
    [
        (Answer(Status.GRANTED, given="Le contrat de déneigement"), "T16", "Le contrat de déneigement"),
        (Answer(Status.NOT_HELD, explanation="Nous avons cherché partout."), "T16B", FACTS),
    ],
)
def test_art_4_6_each_decision_has_its_letter(searching, answer, code, words):
    case = decide(pk=searching.pk, answer=answer, by=CLERK, now=RECEIVED)
    assert case.access_file.decided_by == "Greffière (greffe, par délégation)"
    assert words in case.letters.get(code=code).printed_body
    assert "30 jours" in case.letters.get(code=code).printed_body


def test_a_2_1_art_48_a_transfer_names_the_body_that_has_the_document(searching):
    body = CompetentBody.objects.create(name="Ministère des Transports", contact="1 888 355-0511")
    case = decide(pk=searching.pk, answer=Answer(Status.TRANSFERRED, body=body), by=CLERK, now=RECEIVED)
    said = case.letters.get(code="T16C").printed_body
    assert "Ministère des Transports" in said
    assert "1 888 355-0511" in said


def test_art_4_6_the_answer_is_posted_and_only_then_told(searching):
    decide(pk=searching.pk, answer=Answer(Status.GRANTED, given="Le contrat"), by=CLERK, now=RECEIVED)
    sent = send(pk=searching.pk, posted_on=date(2026, 6, 5), by=CLERK, now=town_time("2026-06-05 15:00"))
    assert sent.status == "sent"
    assert sent.access_file.posted_on == date(2026, 6, 5)
    assert sent.letters.get().posted_on == date(2026, 6, 5)
    assert "Le contrat" in sent.events.get(verb="send").public_message
    assert codes(sent)[-1] == "T16D"
    assert close(pk=sent.pk, by=CLERK, now=RECEIVED).status == "closed"


@pytest.mark.parametrize("posted_on", [None, date(2026, 6, 3), date(2026, 6, 6)])
def test_art_4_6_an_answer_is_posted_neither_before_it_is_decided_nor_tomorrow(searching, posted_on):
    decide(pk=searching.pk, answer=Answer(Status.GRANTED, given="Le contrat"), by=CLERK, now=RECEIVED)
    with pytest.raises(Refused):
        send(pk=searching.pk, posted_on=posted_on, by=CLERK, now=town_time("2026-06-05 15:00"))


def test_citizen_without_email_gets_every_step_on_paper(town):
    case = received(contact=a_contact(email=""))
    access_requests.search(pk=case.pk, by=CLERK, now=RECEIVED)
    access_requests.extend(pk=case.pk, days=2, reason="R.", by=CLERK, now=RECEIVED)
    decide(pk=case.pk, answer=Answer(Status.GRANTED, given="Le contrat"), by=CLERK, now=RECEIVED)
    send(pk=case.pk, posted_on=date(2026, 6, 4), by=CLERK, now=RECEIVED)
    assert letters(case) == ["T13", "T14", "T16"]
    assert codes(case) == ["R5"]


def test_a_2_1_art_52_silence_is_a_refusal_that_may_still_be_answered(searching):
    def deemed(on) -> bool:
        by_query = Case.objects.filter(deemed_refused_q(on=on)).exists()
        assert by_query is AccessFile.objects.get(case=searching).is_deemed_refused(on=on)
        return by_query

    assert not deemed(date(2026, 6, 25))
    assert deemed(date(2026, 6, 26))
    late = town_time("2026-07-02 10:00")
    decide(pk=searching.pk, answer=Answer(Status.GRANTED, given="Le contrat"), by=CLERK, now=late)
    assert deemed(date(2026, 7, 2))  # decided, but nobody was told
    send(pk=searching.pk, posted_on=date(2026, 7, 2), by=CLERK, now=late)
    assert not deemed(date(2026, 7, 3))


def test_a_2_1_art_135_a_review_is_noted_after_the_answer(searching):
    decide(pk=searching.pk, answer=Answer(Status.GRANTED, given="Le contrat"), by=CLERK, now=RECEIVED)
    send(pk=searching.pk, posted_on=date(2026, 6, 4), by=CLERK, now=RECEIVED)
    close(pk=searching.pk, by=CLERK, now=RECEIVED)
    with pytest.raises(Refused):
        review(pk=searching.pk, asked_on=date(2026, 6, 1), by=CLERK, now=town_time("2026-07-02 10:00"))
    case = review(pk=searching.pk, asked_on=date(2026, 7, 1), by=CLERK, now=town_time("2026-07-02 10:00"))
    assert case.status == "under_review_cai"
    assert case.closed_at is None
    assert not case.is_overdue(on=date(2026, 12, 1))


def test_art_4_6_a_responsable_or_the_technician_decides_nothing(searching):
    with pytest.raises(NotVisible):
        decide(pk=searching.pk, answer=Answer(Status.GRANTED, given="x"), by=TECHNICIAN, now=RECEIVED)


# --- Reminders ---


def test_art_4_6_reminders_leave_each_once_whatever_the_worker_does(searching):
    def run(day: str) -> list[str]:
        remind_access(now=town_time(f"{day} 08:00"))
        return [code for code in codes(searching) if code in ("R41", "R42")]

    assert run("2026-06-15") == []
    assert run("2026-06-16") == ["R41"]
    assert run("2026-06-16") == ["R41"]
    assert run("2026-06-17") == ["R41"]
    assert run("2026-06-19") == ["R41", "R41"]
    # The worker was down on the 23rd: the reminder of that day leaves when it is back, once.
    assert run("2026-06-25") == ["R41", "R41", "R41"]
    assert run("2026-06-26") == ["R41", "R41", "R41", "R42"]
    assert run("2026-07-26") == ["R41", "R41", "R41", "R42"]
    mail = searching.messages.filter(code="R41").first()
    assert mail.recipient == "greffe@ville.example"
    assert FACTS not in mail.mail.message
    searching.refresh_from_db()
    assert searching.last_event_at == RECEIVED


def test_art_4_6_nobody_is_reminded_of_what_was_answered(searching):
    decide(pk=searching.pk, answer=Answer(Status.GRANTED, given="x"), by=CLERK, now=RECEIVED)
    send(pk=searching.pk, posted_on=date(2026, 6, 4), by=CLERK, now=RECEIVED)
    assert remind_access(now=town_time("2026-06-26 08:00")) == 0


# --- « fournir le document » ---


@pytest.fixture
def works(db):
    works = DepartmentFactory(code="TP", name="Travaux publics")
    works.head = EmployeeFactory(department=works, user=user_with(Role.EXECUTOR, username="tete"))
    works.save()
    return works


def ask(case, department, **changes):
    values = {"wanted": "Les relevés de la rue du Moulin.", "due_on": date(2026, 6, 12)}
    return ask_documents(pk=case.pk, department=department, by=CLERK, now=RECEIVED, **{**values, **changes})


def test_matrix_a_service_is_told_of_documents_to_find_and_of_nothing_else(searching, works):
    DesignationFactory(department=works)
    ask(searching, works)
    told = searching.messages.get(code="R40")
    assert told.recipient == "poste.tp@ville.example"
    for secret in ("Tremblay", searching.reference, FACTS):
        assert secret not in told.mail.message + told.mail.subject


def test_matrix_without_a_responsable_the_director_of_the_service_is_told(searching, works):
    ask(searching, works)
    assert searching.messages.get(code="R40").recipient == works.head.email


def test_matrix_the_task_exists_for_the_service_and_its_director_only(searching, works):
    ask(searching, works)
    elsewhere = DepartmentFactory(code="URB")
    recipient = Actor("R", frozenset({Role.RECIPIENT}), user_id=999, departments=frozenset({works.pk}))
    other = Actor("U", frozenset({Role.RECIPIENT}), user_id=998, departments=frozenset({elsewhere.pk}))
    head = Actor("D", frozenset({Role.EXECUTOR}), user_id=works.head.user_id)
    for actor, sees in ((recipient, 1), (head, 1), (other, 0), (TECHNICIAN, 0), (Actor("x"), 0)):
        assert DocumentTask.objects.for_actor(actor).count() == sees
    # The file itself stays out of their sight.
    assert not Case.objects.visible_to_actor(recipient).filter(pk=searching.pk).exists()


def test_a_service_answers_once_and_the_file_does_not_move(searching, works):
    ask(searching, works)
    task, head = DocumentTask.objects.get(), Actor("D", user_id=works.head.user_id)
    before = Case.objects.get(pk=searching.pk)
    with pytest.raises(Refused):
        provide(task_id=task.pk, held=False, note="", by=head, now=RECEIVED)
    provide(task_id=task.pk, held=False, note="Cherché aux archives.", by=head, now=RECEIVED)
    after = Case.objects.get(pk=searching.pk)
    assert (after.version, after.status) == (before.version, before.status)
    assert after.events.get(verb="provide").internal_note == "Cherché aux archives."
    with pytest.raises(Refused, match="déjà répondu"):
        provide(task_id=task.pk, held=True, note="", by=head, now=RECEIVED)
    with pytest.raises(NotVisible):
        provide(task_id=task.pk, held=True, note="", by=TECHNICIAN, now=RECEIVED)


def test_a_decided_or_withdrawn_request_expects_nothing_of_services_any_more(searching, works):
    ask(searching, works)
    withdraw(pk=searching.pk, by=CLERK, now=RECEIVED, internal_note="Par écrit.", asked_by="le citoyen")
    head = Actor("D", user_id=works.head.user_id)
    with pytest.raises(Refused, match="plus besoin"):
        provide(task_id=DocumentTask.objects.get().pk, held=True, note="", by=head, now=RECEIVED)


@pytest.mark.parametrize(
    "change",
    [
        {"extension_days": 11, "extension_notified_on": date(2026, 6, 5), "extension_reason": "R."},
        {"extension_days": 5},
        {"decision": "refused", "decided_on": date(2026, 6, 5), "decided_by": "X"},
        {"decision": "granted"},
        {"decision": "transferred", "decided_on": date(2026, 6, 5), "decided_by": "X"},
        {"third_party": "Firme"},
        {"decision": "granted", "decided_on": date(2026, 6, 5), "decided_by": "X", "posted_on": date(2026, 6, 4)},
    ],
)
def test_art_4_6_the_database_refuses_a_record_that_cannot_be(searching, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        AccessFile.objects.filter(case=searching).update(**change)
