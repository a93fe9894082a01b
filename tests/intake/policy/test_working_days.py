"""Art. 4.1 and 4.2, « jour ouvré »: the worked examples of the policy's reading, and what must hold for every day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.policy.working_days import WorkingCalendar, YearOutOfRange, statutory_holidays

STATUTORY = WorkingCalendar()
FESTIVE = WorkingCalendar.with_closures(
    [
        (date(2026, 4, 6), date(2026, 4, 6)),
        (date(2026, 12, 24), date(2027, 1, 2)),
        (date(2027, 12, 24), date(2028, 1, 2)),
    ]
)
days = st.dates(date(2024, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        # N-1.1 art. 60 and F-1.1: 1 Jan, Good Friday, Patriotes, 24 June, 1 July, Labour Day, Thanksgiving, 25 Dec.
        (2026, ["01-01", "04-03", "05-18", "06-24", "07-01", "09-07", "10-12", "12-25"]),
        # 25 and 26 December 2027 are a week-end; the library's « observed » 27 is not a holiday of art. 60.
        (2027, ["01-01", "03-26", "05-24", "06-24", "07-01", "09-06", "10-11", "12-25"]),
        (2028, ["01-01", "04-14", "05-22", "06-24", "07-01", "09-04", "10-09", "12-25"]),
        # In 2029 the 24th of June and the 1st of July are Sundays: the 25th and the 2nd are days off.
        (2029, ["01-01", "03-30", "05-21", "06-24", "06-25", "07-01", "07-02", "09-03", "10-08", "12-25"]),
    ],
)
def test_art_60_of_n_1_1_gives_these_holidays(year, expected):
    assert sorted(f"{day:%m-%d}" for day in statutory_holidays(year)) == expected


@pytest.mark.parametrize("day", [date(2026, 9, 30), date(2026, 11, 11), date(2027, 12, 27), date(2028, 1, 3)])
def test_days_that_are_not_holidays_in_quebec_are_worked(day):
    assert STATUTORY.is_working_day(day)


@pytest.mark.parametrize("year", [1999, 2101])
def test_a_year_outside_the_calendar_is_a_clear_error(year):
    with pytest.raises(YearOutOfRange, match=f"l'année {year}"):
        statutory_holidays(year)


@pytest.mark.parametrize(
    ("calendar", "start", "count", "expected"),
    [
        (STATUTORY, date(2026, 6, 22), 5, date(2026, 6, 30)),  # Monday; the 24th is a holiday
        (STATUTORY, date(2026, 5, 14), 3, date(2026, 5, 20)),  # Thursday before the Patriotes
        (FESTIVE, date(2027, 1, 4), 5, date(2027, 1, 11)),
        (STATUTORY, date(2026, 12, 28), 5, date(2027, 1, 5)),
        (STATUTORY, date(2026, 6, 22), 0, date(2026, 6, 22)),
    ],
)
def test_art_2_3_target_delay_counts_working_days(calendar, start, count, expected):
    assert calendar.add(start, count) == expected


@given(days)
def test_next_working_day_is_the_first_one_not_before(day):
    found = FESTIVE.next_working_day(day)
    assert found >= day
    assert FESTIVE.is_working_day(found)
    between = [day + timedelta(days=n) for n in range((found - day).days)]
    assert not any(FESTIVE.is_working_day(each) for each in between)


@given(days, st.integers(1, 60))
def test_adding_then_counting_gives_the_same_number(day, count):
    assert FESTIVE.between(day, FESTIVE.add(day, count)) == count


@given(days, st.integers(0, 30), st.integers(0, 30))
def test_counting_is_additive_on_working_days(day, first, second):
    start = FESTIVE.next_working_day(day)
    assert FESTIVE.add(FESTIVE.add(start, first), second) == FESTIVE.add(start, first + second)


@given(days, days)
def test_between_is_never_negative_and_never_more_than_the_calendar_days(first, second):
    count = STATUTORY.between(first, second)
    assert 0 <= count <= max(0, (second - first).days)
