"""Annexe A, points 1 to 4, and the delay to reopen."""

from datetime import date

import pytest

from intake.policy.completion import completion_refusals, reopening_refusal

TODAY = date(2026, 8, 26)
GOOD = {"code": "238", "done_on": TODAY, "phone_extension": "2201", "internal_note": "Rapiécé par l'équipe B."}


def test_annexe_a_a_full_intervention_is_accepted():
    assert completion_refusals(**GOOD, today=TODAY) == []


@pytest.mark.parametrize(
    ("point", "change", "field"),
    [
        ("1: code 238", {"code": "101"}, "code"),
        ("1: code 238", {"code": ""}, "code"),
        ("2: date effectuée", {"done_on": None}, "done_on"),
        ("2: date effectuée, demain", {"done_on": date(2026, 8, 27)}, "done_on"),
        ("3: numéro de poste", {"phone_extension": " "}, "phone_extension"),
        ("4: note interne", {"internal_note": "\n "}, "internal_note"),
    ],
)
def test_annexe_a_what_is_missing_is_named(point, change, field):
    refusals = completion_refusals(**{**GOOD, **change}, today=TODAY)
    assert [refusal.field for refusal in refusals] == [field], point
    assert refusals[0].article == "Annexe A"


def test_annexe_a_everything_missing_is_said_at_once():
    refusals = completion_refusals(code="", done_on=None, phone_extension="", internal_note="", today=TODAY)
    assert [refusal.field for refusal in refusals] == ["code", "done_on", "phone_extension", "internal_note"]


def test_done_before_the_receipt_is_allowed_it_was_already_repaired():
    assert completion_refusals(**{**GOOD, "done_on": date(2020, 1, 1)}, today=TODAY) == []


@pytest.mark.parametrize(
    ("closed", "today", "refused"),
    [
        (date(2026, 8, 1), date(2026, 8, 31), False),
        (date(2026, 8, 1), date(2026, 9, 1), True),
        (None, date(2026, 9, 1), False),
    ],
)
def test_a_request_is_reopened_within_the_town_s_delay(closed, today, refused):
    assert (reopening_refusal(closed_on=closed, today=today, reopening_days=30) is not None) is refused
