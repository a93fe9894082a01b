"""Art. 4.1 and 2.3: how figures are counted, each rule on its own."""

import math
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.policy.clocks import Clock, Pause
from intake.policy.performance import (
    AGE_BANDS,
    Reading,
    Standing,
    Tally,
    WorkingDays,
    age_band,
    delay,
    nearest_rank,
    reading_of,
    share,
    standing,
)
from intake.policy.roles import Actor, Role
from intake.policy.working_days import WorkingCalendar
from tests.factories import town_time

CALENDAR = WorkingCalendar.with_closures([(date(2026, 12, 24), date(2027, 1, 4))])
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
DAYS = WorkingDays(CALENDAR, FIRST, LAST)
days_around = st.dates(FIRST - timedelta(days=20), LAST)


@given(days_around, days_around)
def test_days_counted_once_when_compared_are_those_of_the_calendar(start, end):
    assert DAYS.between(start, end) == CALENDAR.between(start, end)


@given(st.lists(st.integers(0, 90), min_size=1), st.integers(1, 100))
def test_nearest_rank_is_the_smallest_value_that_so_many_do_not_exceed(values, percent):
    found = nearest_rank(sorted(values), percent)

    assert found in values
    assert sum(value <= found for value in values) >= math.ceil(len(values) * percent / 100)
    assert sum(value < found for value in values) < len(values) * percent / 100


@pytest.mark.parametrize(
    ("values", "median", "nine_in_ten"),
    [
        ([], None, None),
        ([4], 4, 4),
        ([1, 9], 1, 9),
        ([1, 2, 3], 2, 3),
        ([1, 2, 3, 4], 2, 4),
        ([*range(1, 11)], 5, 9),
        ([*range(1, 21)], 10, 18),
    ],
)
def test_median_and_nine_in_ten_are_delays_of_real_requests(values, median, nine_in_ten):
    assert (nearest_rank(values, 50), nearest_rank(values, 90)) == (median, nine_in_ten)


@pytest.mark.parametrize(
    ("part", "whole", "percents"),
    [(0, 0, None), (0, 3, 0), (3, 3, 100), (1, 3, 33), (2, 3, 67), (1, 8, 13), (999, 1000, 99), (1, 1000, 1)],
)
def test_a_share_of_100_is_all_and_of_0_none(part, whole, percents):
    assert share(part, whole) == percents


PAUSE = (Pause(date(2026, 6, 4), date(2026, 6, 9)),)


@pytest.mark.parametrize(
    ("zero", "done_on", "pauses", "expected"),
    [
        ("2026-06-01", "2026-06-01", (), 0),
        ("2026-06-01", "2026-06-05", (), 4),
        ("2026-06-01", "2026-06-07", (), 4),  # a Sunday
        ("2026-06-22", "2026-06-26", (), 3),  # 24 June
        ("2026-06-02", "2026-06-12", PAUSE, 5),
        ("2026-06-02", "2026-06-08", PAUSE, 2),  # done while the citizen was awaited: 3 and 4
        ("2026-06-08", "2026-06-12", PAUSE, 3),  # asked before it counted
        ("2026-06-10", "2026-06-09", (), 0),  # already repaired
        ("2026-06-02", "2026-06-12", (Pause(date(2026, 6, 4), None),), 2),
    ],
)
def test_art_2_3_a_delay_is_in_working_days_without_those_spent_waiting_for_the_citizen(
    zero, done_on, pauses, expected
):
    assert delay(date.fromisoformat(zero), date.fromisoformat(done_on), pauses, DAYS) == expected


@given(
    st.dates(date(2026, 1, 5), date(2026, 9, 1)),
    st.integers(0, 23),
    st.integers(1, 20),
    st.integers(0, 40),
    st.integers(0, 15),
    st.integers(0, 10),
)
def test_art_2_3_a_request_took_at_most_its_target_exactly_when_it_was_done_by_its_due_day(
    received, hour, target, later, waits_after, waited
):
    clock = Clock(CALENDAR)
    at = town_time(f"{received} {hour:02d}:00")
    zero = clock.day_zero(at)
    done_on = CALENDAR.next_working_day(zero + timedelta(days=later + waits_after + waited))
    asked = zero + timedelta(days=waits_after)
    pauses = [Pause(asked, asked + timedelta(days=waited))]

    in_time = done_on <= clock.due_on(at, target, pauses)

    assert (delay(zero, done_on, pauses, DAYS) <= target) is in_time


@pytest.mark.parametrize(
    ("due_on", "stopped", "expected"),
    [
        ("2026-06-24", False, Standing.LATE),
        ("2026-06-25", False, Standing.SOON),
        ("2026-06-30", False, Standing.SOON),
        ("2026-07-02", False, Standing.LATER),
        (None, False, Standing.WITHOUT),
        ("2026-06-01", True, Standing.STOPPED),
        (None, True, Standing.STOPPED),
    ],
)
def test_an_open_request_stands_in_one_place(due_on, stopped, expected):
    due = date.fromisoformat(due_on) if due_on else None
    assert standing(due_on=due, stopped=stopped, today=date(2026, 6, 25), soon=date(2026, 6, 30)) is expected


@given(st.integers(-3, 2_000))
def test_every_age_has_one_band_and_its_days_hold_it(age):
    today = date(2026, 6, 25)
    received = today - timedelta(days=age)
    band = age_band(received, today)
    first, last = band.days(today)

    assert (first or received) <= received <= (last if band is not AGE_BANDS[0] else received)


def test_a_request_without_due_day_is_neither_on_time_nor_late():
    tally = Tally()
    tally.complete(done_on=date(2026, 6, 3), due_on=None, took=4)

    assert (tally.figures().completed, tally.figures().share, tally.figures().median) == (1, None, 4)


FILES, FIGURES, NONE = Reading.FILES, Reading.FIGURES, Reading.NONE
READINGS = {
    Role.COMMUNICATIONS: NONE,
    Role.TECHNICIAN: FILES,
    Role.RECIPIENT: FILES,
    Role.EXECUTOR: NONE,
    Role.DIRECTOR: FILES,
    Role.GENERAL_DIRECTOR: FIGURES,
    Role.CLERK: NONE,
    Role.EXPERIENCE: FIGURES,
    Role.COUNCIL: NONE,
    Role.EMPLOYEE: NONE,
    Role.ADMINISTRATOR: NONE,
    Role.REQUESTER: NONE,
    Role.INVESTIGATOR: NONE,
    Role.SYSTEM: NONE,
}


@pytest.mark.parametrize("role", Role)
def test_matrix_each_role_reads_figures_as_section_3_says(role):
    assert reading_of(Actor(label="", roles=frozenset({role}))) is READINGS[role]
