"""The periods that figures are about."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.policy.periods import Period, Span, around, period_of

SPANS = (Span.MONTH, Span.QUARTER, Span.YEAR)


@pytest.mark.parametrize(
    ("word", "first", "last"),
    [
        ("2026-06", "2026-06-01", "2026-06-30"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2026-12", "2026-12-01", "2026-12-31"),
        ("2026-T1", "2026-01-01", "2026-03-31"),
        ("2026-T4", "2026-10-01", "2026-12-31"),
        ("2026", "2026-01-01", "2026-12-31"),
    ],
)
def test_word_of_a_period_when_read_gives_its_days(word, first, last):
    period = period_of(word)

    assert (str(period.first), str(period.last), period.word) == (first, last, word)


@pytest.mark.parametrize(
    "word", ["", "2026-13", "2026-00", "2026-T5", "26-06", "2026-6", "1999", "2101-01", "2026-06-01", "x"]
)
def test_word_that_is_no_period_is_refused(word):
    with pytest.raises(ValueError):  # noqa: PT011 - any reason
        period_of(word)


@given(st.sampled_from(SPANS), st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_period_around_a_day_holds_it_and_its_neighbours_touch_it(span, day):
    period = around(span, day)

    assert period.holds(day)
    assert period_of(period.word) == period
    before, after = period.next_to(-1), period.next_to(1)
    assert before is None or (period.first - before.last).days == 1
    assert after is None or (after.first - period.last).days == 1


def test_chosen_days_have_no_word_and_no_neighbour():
    days = Period(Span.DAYS, date(2026, 6, 3), date(2026, 6, 9))

    assert (days.word, days.next_to(1)) == ("", None)


@pytest.mark.parametrize(
    ("word", "today", "first", "last"),
    [
        ("2026-06", "2026-06-25", "2025-06-01", "2025-06-25"),  # as many days as have passed
        ("2026-06", "2026-06-30", "2025-06-01", "2025-06-30"),
        ("2026-06", "2026-08-01", "2025-06-01", "2025-06-30"),
        ("2025-02", "2026-06-25", "2024-02-01", "2024-02-29"),  # a leap year has one day more
        ("2024-02", "2024-02-29", "2023-02-01", "2023-02-28"),
        ("2026", "2026-11-26", "2025-01-01", "2025-11-26"),
        ("2026-T4", "2026-10-31", "2025-10-01", "2025-10-31"),
    ],
)
def test_same_days_of_the_year_before(word, today, first, last):
    before = period_of(word).a_year_before(today=date.fromisoformat(today))

    assert (str(before.first), str(before.last)) == (first, last)


def test_quarter_cut_at_the_end_of_a_month_is_no_quarter_any_more():
    assert period_of("2026-T4").a_year_before(today=date(2026, 10, 31)).span is Span.DAYS
