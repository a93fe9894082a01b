"""Art. 4.1, 4.2: the dates of the monthly lists, against the tables typed by hand and for every year to 2035."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.policy.monthly import Reading, month_of, year_of
from intake.policy.working_days import WorkingCalendar, YearOutOfRange

STATUTORY = WorkingCalendar()
# The closures of a sample town: Easter Monday and the winter holidays.
FESTIVE = WorkingCalendar.with_closures(
    [
        (date(2027, 3, 29), date(2027, 3, 29)),
        (date(2025, 12, 24), date(2026, 1, 2)),
        (date(2026, 12, 24), date(2027, 1, 2)),
        (date(2027, 12, 24), date(2028, 1, 2)),
    ]
)
# month | reading A (4.1) | reading B (4.2) | due | officials (of the month after)
TABLE = """
2026-01 | 01-26 | 01-26 | 01-30 | 02-02
2026-02 | 02-23 | 02-23 | 02-27 | 03-02
2026-03 | 03-30 | 03-23 | 03-31 | 04-01
2026-04 | 04-27 | 04-20 | 04-30 | 05-01
2026-05 | 05-25 | 05-25 | 05-29 | 06-01
2026-06 | 06-29 | 06-22 | 06-30 | 07-02
2026-07 | 07-27 | 07-27 | 07-31 | 08-03
2026-08 | 08-31 | 08-24 | 08-31 | 09-01
2026-09 | 09-28 | 09-21 | 09-30 | 10-01
2026-10 | 10-26 | 10-26 | 10-30 | 11-02
2026-11 | 11-30 | 11-23 | 11-30 | 12-01
2027-01 | 01-25 | 01-25 | 01-29 | 02-01
2027-02 | 02-22 | 02-22 | 02-26 | 03-01
2027-03 | 03-29 | 03-22 | 03-31 | 04-01
2027-04 | 04-26 | 04-26 | 04-30 | 05-03
2027-05 | 05-31 | 05-25 | 05-31 | 06-01
2027-06 | 06-28 | 06-21 | 06-30 | 07-02
2027-07 | 07-26 | 07-26 | 07-30 | 08-02
2027-08 | 08-30 | 08-23 | 08-31 | 09-01
2027-09 | 09-27 | 09-20 | 09-30 | 10-01
2027-10 | 10-25 | 10-25 | 10-29 | 11-01
2027-11 | 11-29 | 11-22 | 11-30 | 12-01
"""
ROWS = [[part.strip() for part in line.split("|")] for line in TABLE.strip().splitlines()]
BOTH = pytest.mark.parametrize("reading", Reading)


@pytest.mark.parametrize(("name", "a", "b", "due", "council"), ROWS)
def test_art_4_2_the_month_of_the_statutory_calendar(name, a, b, due, council):
    year, month = (int(part) for part in name.split("-"))
    last_week = month_of(year, month, STATUTORY, Reading.LAST_WEEK)
    full_week = month_of(year, month, STATUTORY, Reading.FULL_WEEK)
    following = month_of(year + month // 12, month % 12 + 1, STATUTORY)

    assert [f"{day:%m-%d}" for day in (last_week.list_on, full_week.list_on, full_week.due_on)] == [a, b, due]
    assert f"{following.council_on:%m-%d}" == council
    assert full_week.name == name


@pytest.mark.parametrize(
    ("calendar", "year", "month", "reading", "listed", "due"),
    [
        (STATUTORY, 2026, 12, Reading.FULL_WEEK, date(2026, 12, 21), date(2026, 12, 31)),
        (STATUTORY, 2026, 12, Reading.LAST_WEEK, date(2026, 12, 28), date(2026, 12, 31)),
        (FESTIVE, 2026, 12, Reading.FULL_WEEK, date(2026, 12, 21), date(2026, 12, 23)),
        # The week of the 28th is closed: back to the complete week before.
        (FESTIVE, 2026, 12, Reading.LAST_WEEK, date(2026, 12, 21), date(2026, 12, 23)),
        (FESTIVE, 2027, 12, Reading.FULL_WEEK, date(2027, 12, 20), date(2027, 12, 23)),
        (FESTIVE, 2027, 12, Reading.LAST_WEEK, date(2027, 12, 20), date(2027, 12, 23)),
        # Easter Monday is a closure of the town: the list leaves on the Tuesday.
        (FESTIVE, 2027, 3, Reading.LAST_WEEK, date(2027, 3, 30), date(2027, 3, 31)),
        # The Patriotes fall on the Monday of the last complete week.
        (STATUTORY, 2027, 5, Reading.FULL_WEEK, date(2027, 5, 25), date(2027, 5, 31)),
    ],
)
def test_art_4_2_a_list_that_would_pass_its_due_day_goes_back_a_week(calendar, year, month, reading, listed, due):
    found = month_of(year, month, calendar, reading)
    assert (found.list_on, found.due_on) == (listed, due)


def test_art_4_1_officials_get_their_list_after_the_winter_holidays():
    assert month_of(2027, 1, FESTIVE).council_on == date(2027, 1, 4)
    assert month_of(2026, 1, STATUTORY).council_on == date(2026, 1, 2)


@BOTH
@pytest.mark.parametrize("year", range(2024, 2036))
def test_art_4_1_without_closures_every_year_to_2035_keeps_the_rhythm(year, reading):
    for month in year_of(year, STATUTORY, reading):
        assert all(STATUTORY.is_working_day(day) for day in (month.list_on, month.due_on, month.council_on))
        assert month.list_on <= month.due_on
        assert {day.month for day in (month.list_on, month.due_on, month.council_on)} == {month.month}
        assert month.council_on.day <= 5


closed = st.lists(
    st.tuples(st.dates(date(2024, 1, 1), date(2035, 12, 31)), st.integers(0, 40)).map(
        lambda span: (span[0], span[0] + timedelta(days=span[1]))
    ),
    max_size=12,
)


@given(closures=closed, year=st.integers(2024, 2035), month=st.integers(1, 12), reading=st.sampled_from(Reading))
def test_art_4_2_whatever_the_closures_every_date_is_worked_and_the_list_precedes_its_answer(
    closures, year, month, reading
):
    calendar = WorkingCalendar.with_closures(closures)
    found = month_of(year, month, calendar, reading)

    assert all(calendar.is_working_day(day) for day in (found.list_on, found.due_on, found.council_on))
    assert found.list_on <= found.due_on
    in_month = [
        day
        for offset in range(31)
        if (day := date(year, month, 1) + timedelta(days=offset)).month == month and calendar.is_working_day(day)
    ]
    if in_month:
        assert (found.council_on, found.due_on) == (in_month[0], in_month[-1])


@BOTH
@pytest.mark.parametrize("year", [1999, 2101])
def test_a_year_outside_the_calendar_is_a_clear_error(year, reading):
    with pytest.raises(YearOutOfRange, match=f"l'année {year}"):
        year_of(year, STATUTORY, reading)
