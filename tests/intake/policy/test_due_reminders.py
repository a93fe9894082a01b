"""Art. 2.3, « un suivi constant… des délais convenables et préétablis »: what is said of a due day, and when."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.policy.due_reminders import DueRules, DueStep, steps_owed
from intake.policy.working_days import WorkingCalendar

SOON, OVERDUE, ESCALATED = DueStep.DUE_SOON, DueStep.OVERDUE, DueStep.ESCALATED
# The offices are closed on Monday 2026-06-15.
CALENDAR = WorkingCalendar.with_closures([(date(2026, 6, 15), date(2026, 6, 15))])
DUE = date(2026, 6, 12)  # a Friday


def owed(today: date, *, said=(), due_on=DUE, stopped=False, soon=3, escalate=2) -> list[DueStep]:
    rules = DueRules(soon, escalate)
    return steps_owed(due_on=due_on, stopped=stopped, said=said, rules=rules, calendar=CALENDAR, today=today)


@pytest.mark.parametrize(
    ("article", "today", "said", "expected"),
    [
        ("2.3", "2026-06-08", [], []),  # four working days before
        ("2.3", "2026-06-09", [], [SOON]),  # three
        ("2.3", "2026-06-09", [SOON], []),
        ("2.3", "2026-06-12", [], [SOON]),  # the day itself; the worker was down before
        ("2.3", "2026-06-13", [], []),  # a Saturday
        ("2.3", "2026-06-15", [], []),  # a closure
        ("2.3", "2026-06-16", [SOON], [OVERDUE]),  # the first working day after
        ("2.3", "2026-06-16", [], [OVERDUE]),  # never told soon, and it is too late to
        ("2.3", "2026-06-17", [SOON, OVERDUE], [ESCALATED]),  # two working days late
        ("2.3", "2026-06-30", [], [OVERDUE, ESCALATED]),
        ("2.3", "2026-06-30", [SOON, OVERDUE, ESCALATED], []),
    ],
)
def test_what_is_owed_of_a_due_day(article, today, said, expected):
    assert owed(date.fromisoformat(today), said=said) == expected


def test_a_stopped_clock_owes_nothing_and_a_service_without_a_delay_never_escalates():
    late = date(2026, 6, 30)
    assert owed(late, stopped=True) == []
    assert owed(late, escalate=None) == [OVERDUE]


def test_zero_days_means_the_day_itself():
    assert owed(date(2026, 6, 11), soon=0) == []
    assert owed(DUE, soon=0) == [SOON]


def test_what_is_owed_follows_a_due_day_that_moves():
    today = date(2026, 6, 16)
    assert owed(today, said=[SOON]) == [OVERDUE]
    assert owed(today, said=[SOON], due_on=date(2026, 6, 26)) == []
    assert owed(date(2026, 6, 29), said=[SOON], due_on=date(2026, 6, 26)) == [OVERDUE]


DAYS = st.dates(date(2026, 6, 1), date(2026, 8, 31))


@given(
    ran_on=st.lists(DAYS, max_size=40),
    due_days=st.dictionaries(DAYS, DAYS, max_size=4),
    stops=st.dictionaries(DAYS, st.booleans(), max_size=4),
    soon=st.integers(0, 20),
    escalate=st.none() | st.integers(1, 10),
)
def test_whatever_the_days_on_which_the_job_ran_a_step_is_said_at_most_once_and_only_when_it_is_true(
    ran_on, due_days, stops, soon, escalate
):
    said: list[DueStep] = []
    for today in sorted([*ran_on, *ran_on]):  # twice a day
        due_on = in_force(due_days, today, DUE)
        stopped = in_force(stops, today, default=False)
        for step in owed(today, said=said, due_on=due_on, stopped=stopped, soon=soon, escalate=escalate):
            assert not stopped
            assert CALENDAR.is_working_day(today)
            assert (today <= due_on) is (step is SOON)
            assert step is not ESCALATED or escalate is not None
            said.append(step)
    assert len(said) == len(set(said))


@given(due_on=DAYS.map(CALENDAR.next_working_day), skipped=st.sets(st.integers(0, 13)), escalate=st.integers(1, 5))
def test_whatever_days_the_worker_was_down_a_late_request_is_told_on_the_first_working_day_it_is_up(
    due_on, skipped, escalate
):
    days = [due_on + timedelta(days=offset) for offset in range(1, 15) if offset - 1 not in skipped]
    up = [day for day in days if CALENDAR.is_working_day(day)]
    said: dict[DueStep, date] = {}
    for today in days:
        said |= dict.fromkeys(owed(today, said=said, due_on=due_on, escalate=escalate), today)
    assert said.get(OVERDUE) == (up[0] if up else None)
    assert said.get(ESCALATED) == next((day for day in up if CALENDAR.between(due_on, day) >= escalate), None)


def in_force(changes: dict, today: date, default):
    """The value since the last change."""
    past = [day for day in changes if day <= today]
    return changes[max(past)] if past else default
