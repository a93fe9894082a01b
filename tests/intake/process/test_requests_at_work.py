"""Art. 4.1, 4.2, Annexe A: who executes, notes and flags, an act that completes nothing, a word read over."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from intake.models import Case
from intake.policy.roles import Actor, Role
from intake.policy.vocabulary import Kind
from intake.process import (
    CaseChanged,
    Completion,
    NotVisible,
    Refused,
    answer,
    assign,
    classify,
    close,
    complete,
    flag,
    intervene,
    note,
    plan,
    proofread,
    reopen,
    route,
)
from intake.process.alerts import alert_untouched_inquiries
from snippets.models import InterventionCode, ProcessSchema
from tests.factories import (
    DIRECTOR,
    TECHNICIAN,
    DepartmentFactory,
    DesignationFactory,
    EmployeeFactory,
    NatureFactory,
    a_case,
    recipient_of,
    town_time,
    user_with,
)

MONDAY = town_time("2026-06-01 10:00")
TUESDAY = MONDAY + timedelta(days=1)
DONE = Completion(date(2026, 6, 2), "2201", "Rapiécé par l'équipe 2.", "La rue est réparée.")


def routed_in(schema: str) -> Case:
    department = DepartmentFactory(process_schema_id=schema)
    DesignationFactory(department=department)
    case = a_case(NatureFactory(department=department), now=MONDAY)
    return route(pk=case.pk, by=TECHNICIAN, now=MONDAY)


@pytest.fixture
def works(town):
    """A request of public works, in the hands of the secretary."""
    return routed_in("b")


@pytest.fixture
def superintendent(works):
    user = user_with(Role.EXECUTOR)
    return EmployeeFactory(department=works.department, user=user, first_name="Daniel", last_name="Ouellet")


def acting(employee) -> Actor:
    return Actor(str(employee), frozenset({Role.EXECUTOR}), user_id=employee.user_id, phone_extension="2205")


def secretary(case) -> Actor:
    return recipient_of(case.department)


def assigned(case, employee) -> Case:
    return assign(pk=case.pk, executor=employee, by=secretary(case), now=MONDAY)


def code(number="120", label="Inspection") -> str:
    return InterventionCode.objects.get_or_create(code=number, defaults={"label": label})[0].code


def test_art_4_2_given_works_when_the_secretary_assigns_then_both_see_it_and_the_executor_gets_the_mail(
    works, superintendent
):
    assert not Case.objects.visible_to(superintendent.user).exists()

    case = assigned(works, superintendent)

    assert (case.executor, case.status) == (superintendent, "routed")
    assert list(Case.objects.visible_to_actor(acting(superintendent))) == [case]
    assert list(Case.objects.visible_to_actor(secretary(case))) == [case]
    mail = case.messages.get(code="R6")
    assert (mail.recipient, mail.mail.message.splitlines()[0]) == (superintendent.email, "Bonjour Daniel,")
    assert "Marie" not in mail.mail.message
    assert case.events.last().changes == {"executor": ["", "Daniel Ouellet"]}


def test_art_4_2_1_given_leisure_when_routed_then_no_executor_is_asked_for(town):
    case = routed_in("a")
    with pytest.raises(Refused, match="agit lui-même"):
        assign(pk=case.pk, executor=EmployeeFactory(department=case.department), by=secretary(case), now=MONDAY)
    case.refresh_from_db()
    assert (case.executor, case.events.count()) == (None, 2)


def test_art_4_2_given_another_service_when_routed_then_the_responsable_acts_or_names_a_handler(town):
    case = routed_in("c")
    handler = EmployeeFactory(department=case.department)

    named = assigned(case, handler)
    back = assign(pk=case.pk, executor=None, by=secretary(case), now=TUESDAY)

    assert (named.executor, back.executor) == (handler, None)
    assert list(case.messages.filter(code="R6").values_list("recipient", flat=True)) == [handler.email]


def test_art_4_2_someone_else_named_instead_takes_the_file_from_the_first(works, superintendent):
    assigned(works, superintendent)
    other = EmployeeFactory(department=works.department, user=user_with(Role.EXECUTOR))

    assigned(works, other)

    assert not Case.objects.visible_to_actor(acting(superintendent)).exists()
    with pytest.raises(NotVisible):
        note(pk=works.pk, internal_note="Vu.", by=acting(superintendent), now=TUESDAY)


@pytest.mark.parametrize("who", [DIRECTOR, Actor("Élu", frozenset({Role.COUNCIL}))])
def test_art_4_2_only_the_responsable_and_the_technician_name_who_executes(works, superintendent, who):
    with pytest.raises((Refused, NotVisible)):
        assign(pk=works.pk, executor=superintendent, by=who, now=MONDAY)


def test_art_4_2_the_executor_plans_and_completes(works, superintendent):
    assigned(works, superintendent)

    planned = plan(pk=works.pk, planned_on=date(2026, 6, 4), by=acting(superintendent), now=TUESDAY)
    done = complete(pk=works.pk, completion=DONE, by=acting(superintendent), now=TUESDAY)

    assert (planned.status, done.status, done.planned_on) == ("scheduled", "completed", date(2026, 6, 4))
    assert "4 juin 2026" in done.messages.get(code="T4").mail.message
    assert done.messages.filter(code="T5").count() == 1


def test_art_4_2_an_action_to_come_is_told_with_its_word_in_one_message(works, superintendent):
    assigned(works, superintendent)
    word, day = "Libérez la rue dès 7 h, s'il vous plaît.", date(2026, 7, 1)

    planned = plan(pk=works.pk, planned_on=day, public_message=word, by=acting(superintendent), now=TUESDAY)

    told = planned.messages.get(code="T4").mail.message
    assert "prévue le 1er juillet 2026" in told
    assert f"\n\n{word}\n\n" in told
    assert planned.events.get(verb="plan").public_message == word


def test_art_4_2_an_action_to_come_without_a_word_leaves_no_hole_in_the_message(works, superintendent):
    assigned(works, superintendent)

    planned = plan(pk=works.pk, planned_on=date(2026, 6, 4), by=acting(superintendent), now=TUESDAY)

    assert "\n\n\n" not in planned.messages.get(code="T4").mail.message


def test_art_4_2_a_word_on_the_same_day_is_told_and_the_same_day_without_a_word_is_not(works, superintendent):
    assigned(works, superintendent)
    for word in ("", "", "Il y aura du bruit."):
        planned = plan(
            pk=works.pk, planned_on=date(2026, 6, 4), public_message=word, by=acting(superintendent), now=TUESDAY
        )

    assert [message.mail.message.count("du bruit") for message in planned.messages.filter(code="T4")] == [0, 1]


def test_art_4_2_given_a_town_that_corrects_the_process_when_completing_then_its_rows_decide(works, superintendent):
    assigned(works, superintendent)
    ProcessSchema.objects.filter(code="b").update(executor_completes=False)
    with pytest.raises(Refused, match="c'est le Responsable qui complète"):
        complete(pk=works.pk, completion=DONE, by=acting(superintendent), now=TUESDAY)
    complete(pk=works.pk, completion=DONE, by=secretary(works), now=TUESDAY)


def test_art_4_given_a_service_moved_to_another_process_then_open_requests_keep_theirs_and_new_ones_follow(
    works, superintendent
):
    works.department.process_schema_id = "a"
    works.department.save()

    assigned(works, superintendent)
    new = route(pk=a_case(works.nature, now=MONDAY).pk, by=TECHNICIAN, now=MONDAY)

    with pytest.raises(Refused, match="agit lui-même"):
        assigned(new, superintendent)
    assert (works.process_schema, new.process_schema) == ("b", "a")


def test_art_4_1_classified_anew_a_request_has_no_executor(works, superintendent):
    assigned(works, superintendent)
    moved = classify(pk=works.pk, nature=NatureFactory(), by=TECHNICIAN, now=TUESDAY)
    assert (moved.executor, moved.process_schema) == (None, "")


def test_art_4_1_a_note_is_only_added_and_the_citizen_is_not_told(works):
    case = note(pk=works.pk, internal_note="Rappelé deux fois.", by=secretary(works), now=TUESDAY)
    event = case.events.last()
    assert (event.verb, event.internal_note, event.public_message) == ("note", "Rappelé deux fois.", "")
    assert (case.status, event.messages.count()) == ("routed", 0)
    with pytest.raises(Refused, match="Écrivez la note"):
        note(pk=works.pk, internal_note=" ", by=secretary(works), now=TUESDAY)


def test_art_4_1_a_complex_case_is_flagged_with_its_reason_and_cleared_with_another(works):
    flagged = flag(
        pk=works.pk, is_complex=True, call_back_on=None, internal_note="Trois services.", by=TECHNICIAN, now=MONDAY
    )
    assert flagged.is_complex
    cleared = flag(pk=works.pk, is_complex=False, call_back_on=None, internal_note="Réglé.", by=DIRECTOR, now=TUESDAY)
    assert not cleared.is_complex
    assert [event.changes["is_complex"] for event in cleared.events.filter(verb="flag")] == [True, False]


def test_art_3_a_call_to_return_has_its_day_and_ends_with_the_work(works):
    due = flag(pk=works.pk, is_complex=False, call_back_on=date(2026, 6, 2), by=TECHNICIAN, now=MONDAY)
    assert due.call_back_on == date(2026, 6, 2)
    assert complete(pk=works.pk, completion=DONE, by=TECHNICIAN, now=TUESDAY).call_back_on is None


@pytest.mark.parametrize(
    ("annexe", "changes", "fields"),
    [
        ("an act under its code", {}, []),
        ("238 completes, it is not a mere act", {"code": "238"}, ["code"]),
        ("a code that is not in the list", {"code": "999"}, ["code"]),
        ("date done missing", {"done_on": None}, ["done_on"]),
        ("date done tomorrow", {"done_on": date(2026, 6, 3)}, ["done_on"]),
        ("no extension", {"phone_extension": " "}, ["phone_extension"]),
        ("no note", {"internal_note": ""}, ["internal_note"]),
        ("a word to the citizen waits for 238", {"public_message": "C'est vu."}, ["public_message"]),
    ],
)
def test_annexe_a_another_code_writes_an_intervention_without_completing(works, annexe, changes, fields):
    act = Completion(**{**vars(DONE), "public_message": "", "code": code(), **changes})
    if fields:
        with pytest.raises(Refused) as refused:
            intervene(pk=works.pk, completion=act, by=secretary(works), now=TUESDAY)
        assert [refusal.field for refusal in refused.value.refusals] == fields, annexe
        assert not works.interventions.exists()
        return
    case = intervene(pk=works.pk, completion=act, by=secretary(works), now=TUESDAY)
    assert (case.status, case.interventions.get().code_id) == ("routed", "120")
    assert not case.messages.filter(code="T5").exists()


def test_annexe_a_given_a_proofreading_is_asked_when_completed_then_the_mail_waits_for_the_technician(works):
    held = complete(pk=works.pk, completion=replace(DONE, asks_proofreading=True), by=secretary(works), now=TUESDAY)
    assert (held.status, held.awaits_proofreading) == ("completed", True)
    assert not held.messages.filter(code="T5").exists()
    assert not held.events.exclude(public_message="").exists()
    with pytest.raises(Refused, match="attend une relecture"):
        close(pk=works.pk, by=TECHNICIAN, now=TUESDAY)
    with pytest.raises(Refused, match="Technicien"):
        proofread(pk=works.pk, public_message="À moi.", by=secretary(works), now=TUESDAY)

    released = proofread(pk=works.pk, public_message="La rue a été réparée.", by=TECHNICIAN, now=TUESDAY)

    assert not released.awaits_proofreading
    mail = released.messages.get(code="T5").mail.message
    assert "La rue a été réparée." in mail
    assert "La rue est réparée." not in mail
    with pytest.raises(Refused, match="n'attend de relecture"):
        proofread(pk=works.pk, public_message="Encore.", by=TECHNICIAN, now=TUESDAY)
    assert close(pk=works.pk, by=TECHNICIAN, now=TUESDAY).status == "closed"


def test_annexe_a_an_empty_text_is_not_read_over(works):
    empty = replace(DONE, public_message=" ", asks_proofreading=True)
    with pytest.raises(Refused, match="Écrivez le texte à faire relire"):
        complete(pk=works.pk, completion=empty, by=secretary(works), now=TUESDAY)


def test_annexe_a_a_held_word_never_leaves_once_the_request_is_reopened(works):
    complete(pk=works.pk, completion=replace(DONE, asks_proofreading=True), by=secretary(works), now=TUESDAY)
    again = reopen(pk=works.pk, reason="Le trou est revenu.", by=TECHNICIAN, now=TUESDAY)
    assert (again.status, again.awaits_proofreading) == ("in_progress", False)
    assert not again.messages.filter(code="T5").exists()


@pytest.mark.parametrize(
    "act",
    [
        lambda case, person: assign(pk=case.pk, executor=person, by=TECHNICIAN, now=TUESDAY, seen_version=1),
        lambda case, _: note(pk=case.pk, internal_note="x", by=TECHNICIAN, now=TUESDAY, seen_version=1),
        lambda case, _: flag(
            pk=case.pk,
            is_complex=True,
            call_back_on=None,
            internal_note="x",
            by=TECHNICIAN,
            now=TUESDAY,
            seen_version=1,
        ),
        lambda case, _: intervene(pk=case.pk, completion=DONE, by=TECHNICIAN, now=TUESDAY, seen_version=1),
        lambda case, _: proofread(pk=case.pk, public_message="x", by=TECHNICIAN, now=TUESDAY, seen_version=1),
    ],
    ids=["assign", "note", "flag", "intervene", "proofread"],
)
def test_two_persons_on_one_file_the_second_overwrites_nothing(works, superintendent, act):
    before = Case.objects.values().get(pk=works.pk)
    with pytest.raises(CaseChanged):
        act(works, superintendent)
    assert Case.objects.values().get(pk=works.pk) == before


@pytest.fixture
def question(town):
    return a_case(kind=Kind.INQUIRY, now=MONDAY)


WEDNESDAY = MONDAY + timedelta(days=2)


def test_art_2_3_given_an_inquiry_untouched_one_full_working_day_then_the_technician_is_alerted_once(question):
    assert alert_untouched_inquiries(now=TUESDAY) == 0
    assert alert_untouched_inquiries(now=WEDNESDAY) == 1
    assert alert_untouched_inquiries(now=WEDNESDAY + timedelta(days=1)) == 0
    alert = question.messages.get(code="R9")
    assert alert.recipient == "citoyens@ville.example"
    assert question.facts not in alert.mail.message


@pytest.mark.parametrize(
    "touch",
    [
        lambda case: answer(pk=case.pk, reply="Voici.", by=TECHNICIAN, now=TUESDAY),
        lambda case: note(pk=case.pk, internal_note="Vu.", by=TECHNICIAN, now=TUESDAY),
        lambda case: flag(pk=case.pk, is_complex=False, call_back_on=date(2026, 6, 9), by=TECHNICIAN, now=TUESDAY),
    ],
    ids=["answered", "noted", "to call back"],
)
def test_art_2_3_an_inquiry_that_someone_touched_alerts_nobody(question, touch):
    touch(question)
    assert alert_untouched_inquiries(now=WEDNESDAY) == 0


def test_art_2_3_a_request_is_not_an_inquiry(works):
    assert alert_untouched_inquiries(now=WEDNESDAY + timedelta(days=30)) == 0
