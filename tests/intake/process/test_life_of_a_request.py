"""Art. 4.1, 4.2, Annexe A: a request from its receipt to its closing, one verb at a time."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from post_office.models import Email

from intake.models import Case, CaseEvent
from intake.policy.roles import Actor, Role
from intake.policy.vocabulary import Kind
from intake.process import (
    CaseChanged,
    Completion,
    NotVisible,
    Refused,
    answer,
    classify,
    close,
    complete,
    reopen,
    resume,
    route,
    take,
    wait,
)
from tests.factories import (
    DIRECTOR,
    TECHNICIAN,
    DepartmentFactory,
    DesignationFactory,
    NatureFactory,
    a_case,
    recipient_of,
    town_time,
)

MONDAY = town_time("2026-06-01 10:00")
DONE = Completion(done_on=date(2026, 6, 2), phone_extension="2201", internal_note="Rapiécé.")


@pytest.fixture
def routed(db):
    """A request of five working days, routed on the Monday it came."""
    nature = NatureFactory(target_working_days=5)
    DesignationFactory(department=nature.department)
    case = a_case(nature, now=MONDAY)
    return route(pk=case.pk, by=TECHNICIAN, now=MONDAY)


def codes(case: Case) -> list[str]:
    return list(case.messages.order_by("pk").values_list("code", flat=True))


def test_art_4_1_routing_confirms_the_grid_s_proposal_and_tells_the_responsable(routed):
    assert routed.status == "routed"
    assert routed.designation.department == routed.department
    assert codes(routed) == ["T1", "R1", "T2"]
    assert routed.messages.get(code="R1").recipient == routed.designation.position_email


def test_art_4_1_given_no_nature_when_routed_then_it_is_refused(db):
    DepartmentFactory(code="EXP", is_front_line=True)
    case = a_case(nature_id=None, now=MONDAY)
    with pytest.raises(Refused, match="nature"):
        route(pk=case.pk, by=TECHNICIAN, now=MONDAY)


@pytest.mark.parametrize(
    "designation",
    [
        {"effective_until": date(2026, 5, 31)},
        {"effective_from": date(2026, 6, 2)},
        {"signed_by_head_on": None},
        {"signed_by_recipient_on": None},
        {"employee__is_active": False},
    ],
    ids=["ended", "not yet", "unsigned by the head", "unsigned by the recipient", "employee gone"],
)
def test_annexe_c_given_no_valid_designation_when_routed_then_it_stays_with_the_technician(db, designation):
    nature = NatureFactory()
    DesignationFactory(department=nature.department, **designation)
    case = a_case(nature, now=MONDAY)
    with pytest.raises(Refused, match="pas de Responsable"):
        route(pk=case.pk, by=TECHNICIAN, now=MONDAY)
    case.refresh_from_db()
    assert (case.status, case.designation) == ("received", None)


def test_art_4_1_classifying_while_routing_moves_service_delay_and_due_day(db):
    case = a_case(NatureFactory(target_working_days=5), now=MONDAY)
    other = NatureFactory(target_working_days=10, priority="p3")
    DesignationFactory(department=other.department)
    moved = route(pk=case.pk, by=TECHNICIAN, now=MONDAY + timedelta(days=2), nature=other, seen_version=case.version)
    assert (moved.department, moved.status, moved.due_on) == (other.department, "routed", date(2026, 6, 15))
    assert list(moved.events.values_list("verb", flat=True)) == ["receive", "classify", "route"]
    assert moved.events.get(verb="classify").changes["nature"][1] == other.name


def test_art_4_1_a_routed_request_classified_anew_comes_back_to_the_technician(routed):
    other = NatureFactory()
    back = classify(pk=routed.pk, nature=other, by=TECHNICIAN, now=MONDAY)
    assert (back.status, back.designation, back.department) == ("received", None, other.department)


def test_the_promise_made_on_receipt_outlives_a_change_of_the_grid(routed):
    routed.nature.target_working_days = 1
    routed.nature.save()
    taken = take(pk=routed.pk, by=recipient_of(routed.department), now=MONDAY)
    assert taken.due_on == date(2026, 6, 8)
    assert a_case(routed.nature, now=MONDAY).due_on == date(2026, 6, 2)


def test_waiting_for_the_citizen_stops_the_clock_and_his_answer_moves_the_due_day(routed):
    by = recipient_of(routed.department)
    waiting = wait(
        pk=routed.pk,
        reason="citizen",
        note="De quel côté de la rue?",
        by=by,
        now=town_time("2026-06-02 09:00"),
    )
    assert waiting.clock_stopped_on == date(2026, 6, 2)
    assert not waiting.is_overdue(on=date(2026, 7, 1))
    assert "De quel côté de la rue?" in waiting.messages.get(code="T3").mail.message
    resumed = resume(pk=routed.pk, by=by, now=town_time("2026-06-05 09:00"))
    assert resumed.due_on == date(2026, 6, 11)  # three working days later than the 8th
    assert resumed.events.last().changes == {"due_on": ["2026-06-08", "2026-06-11"]}
    assert (resumed.waiting_reason, resumed.clock_stopped_on) == (None, None)


def test_waiting_for_anything_else_does_not_stop_the_clock_nor_write_to_the_citizen(routed):
    waiting = wait(pk=routed.pk, reason="weather", note="Gel", by=TECHNICIAN, now=MONDAY)
    assert waiting.clock_stopped_on is None
    assert waiting.is_overdue(on=date(2026, 6, 9))
    assert "T3" not in codes(waiting)
    assert waiting.events.last().internal_note == "Gel"


@pytest.mark.parametrize(
    ("reason", "note", "next_action_on", "field"),
    [
        (None, "", None, "reason"),
        ("citizen", " ", None, "note"),
        ("material", "", date(2026, 5, 31), "next_action_on"),
    ],
)
def test_art_4_2_a_wait_without_what_it_needs_is_refused(routed, reason, note, next_action_on, field):
    with pytest.raises(Refused) as refused:
        wait(pk=routed.pk, reason=reason, note=note, next_action_on=next_action_on, by=TECHNICIAN, now=MONDAY)
    assert [refusal.field for refusal in refused.value.refusals] == [field]
    assert Case.objects.get(pk=routed.pk).status == "routed"


def test_annexe_a_completing_writes_the_intervention_and_one_word_to_the_citizen(routed):
    done = complete(
        pk=routed.pk,
        completion=Completion(date(2026, 6, 2), "2201", "Note secrète zibeline", "Le trou est réparé."),
        by=recipient_of(routed.department),
        now=town_time("2026-06-02 15:00"),
    )
    act = done.interventions.get()
    assert (act.code_id, act.phone_extension, act.done_on) == ("238", "2201", date(2026, 6, 2))
    mail = done.messages.get(code="T5").mail
    assert "Le trou est réparé." in mail.message
    assert not Email.objects.filter(message__contains="zibeline").exists()


def test_annexe_a_an_empty_word_to_the_citizen_becomes_the_default_one(routed):
    done = complete(pk=routed.pk, completion=DONE, by=TECHNICIAN, now=town_time("2026-06-02 15:00"))
    assert "Notre équipe a fait le nécessaire le 2 juin 2026." in done.messages.get(code="T5").mail.message


def test_annexe_a_an_incomplete_intervention_changes_nothing(routed):
    before = CaseEvent.objects.count()
    with pytest.raises(Refused) as refused:
        complete(pk=routed.pk, completion=Completion(None, "", ""), by=TECHNICIAN, now=MONDAY)
    assert [refusal.field for refusal in refused.value.refusals] == ["done_on", "phone_extension", "internal_note"]
    assert (Case.objects.get(pk=routed.pk).status, CaseEvent.objects.count()) == ("routed", before)


def test_completing_while_waiting_for_the_citizen_ends_the_pause(routed):
    wait(pk=routed.pk, reason="citizen", note="Où?", by=TECHNICIAN, now=MONDAY)
    done = complete(pk=routed.pk, completion=DONE, by=TECHNICIAN, now=town_time("2026-06-02 15:00"))
    assert done.pauses.get().ended_on == date(2026, 6, 2)
    assert (done.clock_stopped_on, done.waiting_reason) == (None, None)


def test_art_4_1_given_a_completed_request_when_the_responsable_closes_it_then_only_the_technician_may(routed):
    by = recipient_of(routed.department)
    complete(pk=routed.pk, completion=DONE, by=by, now=town_time("2026-06-02 15:00"))
    with pytest.raises(Refused, match="Technicien"):
        close(pk=routed.pk, by=by, now=town_time("2026-06-03 09:00"))
    closed = close(pk=routed.pk, by=TECHNICIAN, now=town_time("2026-06-03 09:00"))
    assert closed.status == "closed"
    assert codes(closed)[-1] == "T5"  # closing sends nothing more: one mail, at completion


def test_art_4_5_a_closed_request_is_reopened_with_a_reason_that_stays_in_the_file(routed):
    complete(pk=routed.pk, completion=DONE, by=TECHNICIAN, now=MONDAY + timedelta(days=1))
    close(pk=routed.pk, by=TECHNICIAN, now=MONDAY + timedelta(days=2))
    with pytest.raises(Refused, match="pourquoi"):
        reopen(pk=routed.pk, reason=" ", by=DIRECTOR, now=MONDAY + timedelta(days=3))
    back = reopen(pk=routed.pk, reason="Le trou est revenu.", by=DIRECTOR, now=MONDAY + timedelta(days=3))
    assert (back.status, back.done_on, back.completed_at, back.closed_at) == ("in_progress", None, None, None)
    assert back.events.latest("pk").internal_note == "Le trou est revenu."
    assert "Le trou est revenu." not in back.messages.get(code="R3").mail.message
    assert back.interventions.count() == 1  # history is only added to


def test_a_request_closed_for_more_than_the_town_s_delay_stays_closed(routed):
    complete(pk=routed.pk, completion=DONE, by=TECHNICIAN, now=MONDAY + timedelta(days=1))
    close(pk=routed.pk, by=TECHNICIAN, now=MONDAY + timedelta(days=2))
    with pytest.raises(Refused, match="plus de 30 jours"):
        reopen(pk=routed.pk, reason="Encore", by=TECHNICIAN, now=MONDAY + timedelta(days=33))


def test_art_4_1_an_inquiry_is_answered_and_closed_in_one_gesture(db):
    case = a_case(kind=Kind.INQUIRY, nature_id=None, now=MONDAY)
    with pytest.raises(Refused, match="réponse"):
        answer(pk=case.pk, reply="", by=TECHNICIAN, now=MONDAY)
    answered = answer(pk=case.pk, reply="L'écocentre ouvre à 8 h.", by=TECHNICIAN, now=MONDAY)
    assert answered.status == "closed"
    assert "L'écocentre ouvre à 8 h." in answered.messages.get(code="T8").mail.message
    assert answered not in Case.objects.open_requests()


def test_art_4_5_for_a_responsable_another_service_s_file_does_not_exist(routed):
    stranger = recipient_of(DepartmentFactory())
    with pytest.raises(NotVisible):
        take(pk=routed.pk, by=stranger, now=MONDAY)
    communications = Actor("Communications", frozenset({Role.COMMUNICATIONS}))
    with pytest.raises(NotVisible):
        take(pk=routed.pk, by=communications, now=MONDAY)


def test_given_two_people_on_one_file_then_the_second_is_told_and_overwrites_nothing(routed):
    seen = routed.version
    take(pk=routed.pk, by=recipient_of(routed.department), now=MONDAY, seen_version=seen)
    with pytest.raises(CaseChanged):
        complete(pk=routed.pk, completion=DONE, by=TECHNICIAN, now=MONDAY, seen_version=seen)
    assert Case.objects.get(pk=routed.pk).status == "in_progress"


def test_history_is_only_added_to_the_database_itself_refuses_a_change(routed):
    event = routed.events.first()
    with pytest.raises(TypeError):
        CaseEvent.objects.filter(pk=event.pk).update(internal_note="autre")
    with pytest.raises(TypeError):
        CaseEvent.objects.all().delete()
    event.internal_note = "autre"
    with pytest.raises(IntegrityError, match="event_is_never_edited"), transaction.atomic():
        event.save()


@pytest.mark.parametrize(
    "change",
    [
        {"status": "completed"},
        {"status": "waiting"},
        {"status": "nowhere"},
        {"kind": "unknown"},
        {"clock_stopped_on": date(2026, 6, 1)},
        {"nature": None},
        {"number": 0},
    ],
    ids=str,
)
def test_the_database_refuses_a_file_that_the_policy_can_t_explain(routed, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=routed.pk).update(**change)
