"""Art. 2.3, « délais convenables et préétablis »: when a target begins, when it ends, and when it stands still."""

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.policy.clocks import TOWN_ZONE, Clock, EarlyClosing, Pause, local_day, may_write_to_people
from intake.policy.legal_clocks import told_answer_by
from intake.policy.working_days import WorkingCalendar

STATUTORY = Clock(WorkingCalendar())
FESTIVE = Clock(WorkingCalendar.with_closures([(date(2026, 12, 24), date(2027, 1, 2))]))


def town(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TOWN_ZONE)


@pytest.mark.parametrize(
    ("clock", "received", "target", "due"),
    [
        # Given a 5-day nature received Mon 2026-06-22 at 10:00, when it is registered, then it is due Tue 2026-06-30.
        (STATUTORY, "2026-06-22 10:00", 5, date(2026, 6, 30)),
        (STATUTORY, "2026-05-14 10:00", 3, date(2026, 5, 20)),
        # Received on 24 December at 16:45: the closures make day 0 the 4th of January.
        (FESTIVE, "2026-12-24 16:45", 5, date(2027, 1, 11)),
        (STATUTORY, "2026-12-24 16:45", 5, date(2027, 1, 5)),
        # Closing time itself is already the next working day; one minute before is not.
        (STATUTORY, "2026-06-22 16:29", 1, date(2026, 6, 23)),
        (STATUTORY, "2026-06-22 16:30", 1, date(2026, 6, 25)),
        # A Saturday, and 23:59 of a Friday.
        (STATUTORY, "2026-06-20 09:00", 1, date(2026, 6, 23)),
        (STATUTORY, "2026-06-19 23:59", 1, date(2026, 6, 23)),
        # The night when clocks change (Sunday 2026-03-08 and 2026-11-01).
        (STATUTORY, "2026-03-08 03:30", 1, date(2026, 3, 10)),
        (STATUTORY, "2026-11-01 01:30", 1, date(2026, 11, 3)),
    ],
)
def test_art_2_3_due_day(clock, received, target, due):
    assert clock.due_on(town(received), target) == due


@pytest.mark.parametrize(
    ("received", "due"),
    [
        # Offices close at noon on Tuesday 23 June, the eve of the holiday: the morning counts as the day itself.
        ("2026-06-23 11:59", date(2026, 6, 25)),
        # The afternoon counts from the next working day, the 25th.
        ("2026-06-23 12:00", date(2026, 6, 26)),
        ("2026-06-22 12:00", date(2026, 6, 23)),
    ],
)
def test_art_4_1_a_half_day_is_a_working_day_that_ends_early(received, due):
    half = EarlyClosing(date(2026, 6, 23), date(2026, 6, 23), time(12))
    assert Clock(WorkingCalendar(), half_days=(half,)).due_on(town(received), 1) == due


def test_the_zone_is_the_town_s_whatever_the_moment_is_written_in():
    late_evening = datetime(2026, 6, 23, 3, 30, tzinfo=timezone.utc)  # noqa: UP017 - 23:30 on the 22nd in the town
    assert local_day(late_evening) == date(2026, 6, 22)
    assert STATUTORY.due_on(late_evening, 1) == date(2026, 6, 25)


@pytest.mark.parametrize(
    ("pauses", "due"),
    [
        # Given 3 working days of waiting, when the answer comes, then due moves by 3.
        ([Pause(date(2026, 6, 8), date(2026, 6, 11))], date(2026, 6, 11)),
        ([Pause(date(2026, 6, 2), date(2026, 6, 2))], date(2026, 6, 8)),  # answered the same day
        ([Pause(date(2026, 6, 5), date(2026, 6, 7))], date(2026, 6, 8)),  # only a week-end
        ([Pause(date(2026, 6, 2), None)], date(2026, 6, 8)),  # not over: nothing is added yet
        ([Pause(date(2026, 6, 2), date(2026, 6, 3)), Pause(date(2026, 6, 4), date(2026, 6, 5))], date(2026, 6, 10)),
    ],
)
def test_a_wait_for_the_citizen_moves_the_due_day_by_its_working_days(pauses, due):
    assert STATUTORY.due_on(town("2026-06-01 10:00"), 5, pauses) == due


@given(
    st.datetimes(datetime(2024, 1, 1), datetime(2035, 6, 1), timezones=st.just(TOWN_ZONE)),
    st.integers(1, 60),
    st.integers(0, 40),
)
def test_a_due_day_is_worked_and_never_earlier_for_a_longer_target(received, target, more):
    due = FESTIVE.due_on(received, target)
    assert FESTIVE.calendar.is_working_day(due)
    assert due > local_day(received)
    assert FESTIVE.due_on(received, target + more) >= due


# The nights when clocks change, and the days around them; an hour that exists twice or never is still of its day.
CHANGES = st.sampled_from([date(year, month, day) for year, month, day in [(2026, 3, 8), (2026, 11, 1), (2027, 3, 14)]])
AROUND = st.builds(lambda day, offset: day + timedelta(days=offset), CHANGES, st.integers(-3, 3))


@given(day=AROUND, at=st.times(), fold=st.integers(0, 1), target=st.integers(0, 20))
def test_across_a_change_of_hour_only_the_day_and_the_closing_time_decide(day, at, fold, target):
    received = datetime.combine(day, at.replace(fold=fold), TOWN_ZONE)
    exists = received.astimezone(UTC).astimezone(TOWN_ZONE)  # 02:30 of a spring night is 03:30

    before_closing = exists.time() < time(16, 30)
    noon = datetime.combine(exists.date(), time(12 if before_closing else 23), TOWN_ZONE)
    assert local_day(received) == exists.date() == day
    assert STATUTORY.due_on(received, target) == STATUTORY.due_on(received.astimezone(UTC), target)
    assert STATUTORY.due_on(received, target) == STATUTORY.due_on(noon, target)


@given(day=st.dates(date(2024, 1, 1), date(2035, 6, 1)), target=st.integers(1, 40))
def test_at_23_59_it_is_as_the_next_morning_and_no_day_is_lost(day, target):
    last_minute = datetime.combine(day, time(23, 59, 59), TOWN_ZONE)
    morning = datetime.combine(day + timedelta(days=1), time(8), TOWN_ZONE)
    assert local_day(last_minute) == day
    assert FESTIVE.due_on(last_minute, target) == FESTIVE.due_on(morning, target)


@st.composite
def pauses_after(draw, start: date) -> list[Pause]:
    """Pauses one after the other, as the verbs write them, the last maybe not over."""
    pauses = []
    for waited, worked in draw(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 10)), max_size=4)):
        pauses.append(Pause(start, start + timedelta(days=waited)))
        start = start + timedelta(days=waited + worked)
    return [*pauses, Pause(start, None)] if draw(st.booleans()) else pauses


@given(data=st.data(), received=st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(TOWN_ZONE)))
def test_pauses_move_a_due_day_by_exactly_the_working_days_waited_in_any_order(data, received):
    target = data.draw(st.integers(1, 30))
    pauses = data.draw(pauses_after(local_day(received)))
    calendar, plain = FESTIVE.calendar, FESTIVE.due_on(received, target)

    paused = FESTIVE.due_on(received, target, pauses)

    waited = sum(calendar.between(p.started_on, p.ended_on) for p in pauses if p.ended_on)
    assert calendar.is_working_day(paused)
    assert (calendar.between(plain, paused), paused >= plain) == (waited, True)
    assert FESTIVE.due_on(received, target, pauses[::-1]) == paused


@given(moment=st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)))
def test_nobody_is_written_to_before_seven_of_the_town_in_summer_and_in_winter(moment):
    assert may_write_to_people(moment) is (moment.astimezone(TOWN_ZONE).hour >= 7)


@pytest.mark.parametrize(
    ("received", "told"),
    [
        (date(2026, 3, 2), date(2026, 3, 22)),
        (date(2026, 6, 4), date(2026, 6, 24)),
        (date(2026, 12, 10), date(2026, 12, 30)),
    ],
)
def test_art_4_6_the_citizen_is_told_day_20_in_calendar_days(received, told):
    assert told_answer_by(received) == told
