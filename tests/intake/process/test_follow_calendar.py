"""Art. 2.3 « délais convenables et préétablis », in the town's working days: a closure added later moves what is still owed."""

from datetime import date, time

import pytest
from post_office.models import Email

from intake import schedules
from intake.models import Case, CaseEvent
from intake.policy.vocabulary import Kind
from intake.process import CaseChanged, Completion, complete, merge, resume, route, take, wait
from intake.process.alerts import alert_untouched_inquiries
from intake.process.calendar import follow_calendar, town_clock
from snippets.models import Closure, TownSettings
from tests.factories import TECHNICIAN, DesignationFactory, NatureFactory, a_case, town_time

pytestmark = pytest.mark.django_db
RECEIVED, NOW = town_time("2026-06-01 10:00"), town_time("2026-06-02 09:00")
# Five working days from Monday 1 June; the closure takes three of them.
PROMISED, LATER = date(2026, 6, 8), date(2026, 6, 11)


@pytest.fixture
def nature():
    nature = NatureFactory(target_working_days=5)
    DesignationFactory(department=nature.department)
    return nature


@pytest.fixture
def case(nature):
    case = a_case(nature, now=RECEIVED)
    assert case.due_on == PROMISED
    return case


def closed(first: int = 3, last: int = 5, **more) -> Closure:
    return Closure.objects.create(
        label="Panne d'eau", first_on=date(2026, 6, first), last_on=date(2026, 6, last), **more
    )


def due(case: Case) -> date:
    case.refresh_from_db()
    return case.due_on


def test_art_2_3_given_a_closure_is_added_changed_and_deleted_then_the_open_target_follows(case):
    assert follow_calendar(now=NOW) == 0
    closure = closed()
    assert follow_calendar(now=NOW) == 1
    assert due(case) == LATER == town_clock().due_on(RECEIVED, 5)

    closure.last_on = date(2026, 6, 3)
    closure.save()
    assert follow_calendar(now=NOW) == 1
    assert due(case) == date(2026, 6, 9)

    closure.delete()
    assert follow_calendar(now=NOW) == 1
    assert follow_calendar(now=NOW) == 0
    assert due(case) == PROMISED


def test_art_2_3_a_half_day_moves_what_arrived_after_it(nature):
    late = a_case(nature, now=town_time("2026-06-01 15:00"))
    closed(1, 1, closes_at=time(12))
    assert follow_calendar(now=NOW) == 1
    assert due(late) == date(2026, 6, 9)


def test_the_history_says_from_when_to_when_and_the_last_action_stays(case):
    before = case.last_event_at
    mails = Email.objects.count()
    closed()
    follow_calendar(now=NOW)

    case.refresh_from_db()
    event = CaseEvent.objects.get(verb="follow_calendar")
    assert (event.by_label, event.changes) == ("Guichet", {"due_on": [str(PROMISED), str(LATER)]})
    assert (event.from_status, event.to_status) == ("received", "received")
    assert case.last_event_at == before
    assert case.version == case.events.count() == 2
    assert Email.objects.count() == mails


def test_whoever_read_the_day_before_is_told_that_the_file_changed(case):
    route(pk=case.pk, by=TECHNICIAN, now=NOW)
    read = Case.objects.get(pk=case.pk).version
    closed()
    follow_calendar(now=NOW)
    with pytest.raises(CaseChanged):
        take(pk=case.pk, by=TECHNICIAN, now=NOW, seen_version=read)


def test_art_4_2_the_days_spent_waiting_for_the_citizen_still_count(case):
    route(pk=case.pk, by=TECHNICIAN, now=RECEIVED)
    wait(pk=case.pk, reason="citizen", note="Quelle adresse?", by=TECHNICIAN, now=RECEIVED)
    resume(pk=case.pk, by=TECHNICIAN, now=NOW)
    assert due(case) == date(2026, 6, 9)
    closed()
    follow_calendar(now=NOW)
    assert due(case) == date(2026, 6, 12)


def test_art_2_3_the_earliest_day_promised_to_those_attached_is_kept(case, nature):
    second = a_case(nature, now=town_time("2026-06-02 08:00"))
    merge(pk=case.pk, into=second.reference, by=TECHNICIAN, now=NOW)
    closed()
    assert follow_calendar(now=NOW) == 1
    assert due(second) == LATER
    assert due(case) == PROMISED  # attached: its master keeps the promise


def test_what_is_done_and_legal_delays_never_move(case, nature):
    route(pk=case.pk, by=TECHNICIAN, now=NOW)
    done = Completion(done_on=date(2026, 6, 2), phone_extension="2201", internal_note="Fait.", public_message="Réparé.")
    complete(pk=case.pk, completion=done, by=TECHNICIAN, now=NOW)
    others = [a_case(kind=kind, now=RECEIVED) for kind in (Kind.COMPLAINT, Kind.CLAIM, Kind.ACCESS_REQUEST)]
    days = [due(other) for other in others]
    closed(3, 30)

    assert follow_calendar(now=NOW) == 0
    assert [due(other) for other in others] == days
    assert due(case) == PROMISED


def test_art_2_3_a_question_follows_too_and_is_still_untouched(nature):
    town = TownSettings.load()
    town.email = "citoyens@ville.example"
    town.save()
    question = a_case(kind=Kind.INQUIRY, now=RECEIVED)
    before = question.due_on
    closed(3, 3)
    assert follow_calendar(now=NOW) == 1
    assert due(question) > before
    assert alert_untouched_inquiries(now=town_time("2026-06-05 09:00")) == 1


def test_the_questions_asked_of_the_database_do_not_grow(nature, django_assert_num_queries):
    for hour in range(8, 16):
        a_case(nature, now=town_time(f"2026-06-01 {hour:02d}:00"))
    with django_assert_num_queries(5):  # closures, settings, files, pauses, attached
        assert follow_calendar(now=NOW) == 0
    closed()
    # The same, then in one transaction: files, pauses, attached, days, events.
    with django_assert_num_queries(12):
        assert follow_calendar(now=NOW) == 8


def test_it_runs_by_itself():
    assert "intake.jobs.follow_calendar" in {job.func for job in schedules.RECURRING}
