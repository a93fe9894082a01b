"""Art. 2.3, 3 and 4.1: notes, complex cases, calls to return, questions left alone."""

from datetime import date

import pytest

from intake.policy.clocks import Clock
from intake.policy.follow_up import flag_refusals, is_left_untouched, note_refusal
from intake.policy.working_days import WorkingCalendar
from tests.factories import town_time

TODAY = date(2026, 6, 22)
CLOCK = Clock(WorkingCalendar.with_closures([]))


@pytest.mark.parametrize(("text", "said"), [("Appelé l'entrepreneur.", True), ("", False), ("  \n", False)])
def test_art_4_1_a_note_says_something(text, said):
    assert (note_refusal(internal_note=text) is None) is said


@pytest.mark.parametrize(
    ("article", "complex_changes", "call_changes", "call_back_on", "note", "fields"),
    [
        ("4.1 complex, with its reason", True, False, None, "Trois services.", []),
        ("4.1 complex, without", True, False, None, " ", ["internal_note"]),
        ("3 to call back today", False, True, TODAY, "", []),
        ("3 to call back tomorrow", False, True, date(2026, 6, 23), "", []),
        ("3 to call back yesterday", False, True, date(2026, 6, 21), "", ["call_back_on"]),
        ("3 the call was returned", False, True, None, "", []),
        ("3 an old call left as it was", True, False, date(2026, 6, 1), "Raison.", []),
        ("nothing changes", False, False, None, "Une note.", [""]),
    ],
)
def test_art_4_1_and_3_what_a_flag_asks(article, complex_changes, call_changes, call_back_on, note, fields):
    refused = flag_refusals(
        complex_changes=complex_changes,
        call_back_on=call_back_on,
        call_back_changes=call_changes,
        internal_note=note,
        today=TODAY,
    )
    assert [refusal.field for refusal in refused] == fields, article


@pytest.mark.parametrize(
    ("received", "today", "untouched"),
    [
        ("2026-06-15 10:00", date(2026, 6, 15), False),  # Monday: the day of receipt
        ("2026-06-15 10:00", date(2026, 6, 16), False),  # Tuesday is not over
        ("2026-06-15 10:00", date(2026, 6, 17), True),
        ("2026-06-15 16:45", date(2026, 6, 17), False),  # after closing: counts from Tuesday
        ("2026-06-15 16:45", date(2026, 6, 18), True),
        ("2026-06-19 10:00", date(2026, 6, 20), False),  # Friday → Saturday
        ("2026-06-18 10:00", date(2026, 6, 20), False),  # told on Monday, not on a Saturday
        ("2026-06-18 10:00", date(2026, 6, 22), True),
        ("2026-06-22 10:00", date(2026, 6, 24), False),  # the national holiday
        ("2026-06-22 10:00", date(2026, 6, 25), True),
    ],
)
def test_art_2_3_a_question_is_left_alone_after_one_full_working_day(received, today, untouched):
    assert is_left_untouched(received_at=town_time(received), today=today, clock=CLOCK) is untouched
