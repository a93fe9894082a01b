"""Art. 4.4, 4.6 and C-19 art. 585: legal delays in calendar days, the worked examples of the policy's reading."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.policy.legal_clocks import ACCESS_DAYS, access_clock, citizen_delay, is_legal_holiday, legal_date
from intake.policy.working_days import WorkingCalendar

STATUTORY = WorkingCalendar()
TOWN = WorkingCalendar.with_closures(
    [
        (date(2026, 4, 6), date(2026, 4, 6)),
        (date(2027, 3, 29), date(2027, 3, 29)),
        (date(2026, 12, 24), date(2027, 1, 2)),
    ]
)
days = st.dates(date(2024, 1, 1), date(2035, 6, 30))


@pytest.mark.parametrize(
    ("what", "start", "told", "accepted_until"),
    [
        # Facts Tue 9 June: told 24 June (a holiday); the 25th is accepted, late from the 26th.
        ("4.4 plainte", date(2026, 6, 9), date(2026, 6, 24), date(2026, 6, 25)),
        # Facts 10 December: told the 25th, accepted up to the first working day of January.
        ("4.4 plainte aux Fêtes", date(2026, 12, 10), date(2026, 12, 25), date(2027, 1, 4)),
        ("4.4 plainte, seizième jour", date(2026, 9, 1), date(2026, 9, 16), date(2026, 9, 16)),
        # Event Fri 12 March 2027: told Sat 27; the most generous date is Tue 30 (Easter Monday is a closure).
        ("C-19 art. 585 réclamation", date(2027, 3, 12), date(2027, 3, 27), date(2027, 3, 30)),
    ],
)
def test_show_the_earliest_judge_by_the_latest(what, start, told, accepted_until):
    delay = citizen_delay(start, 15, TOWN)
    assert (delay.told, delay.accepted_until) == (told, accepted_until), what
    assert not delay.is_late(accepted_until)
    assert delay.is_late(accepted_until + timedelta(days=1))


@pytest.mark.parametrize(
    ("received", "told", "legal", "internal"),
    [
        (date(2026, 3, 2), date(2026, 3, 22), date(2026, 3, 23), date(2026, 3, 20)),  # day 20 is a Sunday
        (date(2026, 6, 4), date(2026, 6, 24), date(2026, 6, 25), date(2026, 6, 23)),  # day 20 is the 24th of June
        (date(2027, 3, 8), date(2027, 3, 28), date(2027, 3, 30), date(2027, 3, 25)),  # Easter
        (date(2026, 12, 10), date(2026, 12, 30), date(2026, 12, 30), date(2026, 12, 23)),  # a closure extends nothing
    ],
)
def test_art_4_6_the_twenty_days_of_the_law(received, told, legal, internal):
    clock = access_clock(received, TOWN)
    assert (clock.told, clock.legal, clock.internal) == (told, legal, internal)


@pytest.mark.parametrize(
    ("received", "told", "internal"),
    [
        (date(2026, 3, 2), date(2026, 4, 1), date(2026, 4, 1)),
        (date(2026, 6, 4), date(2026, 7, 4), date(2026, 7, 3)),  # Saturday the 4th
    ],
)
def test_art_4_6_extended_by_ten_days(received, told, internal):
    clock = access_clock(received, TOWN, extension_days=10)
    assert (clock.told, clock.internal) == (told, internal)


@pytest.mark.parametrize("days_added", [-1, 11, 20])
def test_art_4_6_an_extension_beyond_ten_days_does_not_exist(days_added):
    with pytest.raises(ValueError, match=r"art\. 4\.6"):
        access_clock(date(2026, 3, 2), TOWN, extension_days=days_added)


@pytest.mark.parametrize(("day", "may"), [(date(2026, 3, 22), True), (date(2026, 3, 23), False)])
def test_art_4_6_given_day_21_when_extension_is_tried_then_it_is_refused(day, may):
    assert access_clock(date(2026, 3, 2), TOWN).may_be_extended(day) is may


def test_art_4_6_a_clock_is_extended_once():
    assert not access_clock(date(2026, 3, 2), TOWN, extension_days=5).may_be_extended(date(2026, 3, 10))


def test_a_2_1_art_52_silence_is_a_refusal_the_day_after_the_legal_date():
    clock = access_clock(date(2026, 3, 2), TOWN)
    assert not clock.is_deemed_refused(date(2026, 3, 23))
    assert clock.is_deemed_refused(date(2026, 3, 24))


@given(days)
def test_a_legal_date_is_never_a_holiday_and_never_earlier(start):
    last = legal_date(start, ACCESS_DAYS)
    assert not is_legal_holiday(last)
    assert 0 <= (last - start).days - ACCESS_DAYS <= 5


@given(days)
def test_the_town_aims_before_the_law_and_on_a_working_day(received):
    clock = access_clock(received, TOWN)
    assert clock.internal <= clock.told <= clock.legal
    assert TOWN.is_working_day(clock.internal)


@pytest.mark.parametrize("closures", [[], [(date(2027, 3, 29), date(2027, 3, 29))]])
def test_art_4_4_a_citizen_has_easter_monday_too_whether_or_not_the_town_is_closed(closures):
    """I-16 art. 52, 61: facts of Saturday 13 March 2027, day 15 on Easter Sunday; Monday is a holiday of the law."""
    delay = citizen_delay(date(2027, 3, 13), 15, WorkingCalendar.with_closures(closures))
    assert (delay.told, delay.accepted_until) == (date(2027, 3, 28), date(2027, 3, 30))
    assert not delay.is_late(date(2027, 3, 30))
    assert delay.is_late(date(2027, 3, 31))


def test_art_4_4_the_most_generous_day_is_never_before_that_of_the_law_nor_on_a_day_off():
    for offset in range(800):
        start = date(2026, 1, 1) + timedelta(days=offset)
        until = citizen_delay(start, 15, TOWN).accepted_until
        assert until >= legal_date(start, 15)
        assert TOWN.is_working_day(until)
