"""Art. 4.1, « réclamation »: what is missing in a notice, the fifteen days that inform, the decision."""

from dataclasses import replace
from datetime import date

import pytest

from intake.policy.claim import DamageType, NoticeFacts, decision_refusals, gaps, notice_delay
from intake.policy.vocabulary import CLAIM_DECISIONS, Status
from intake.policy.working_days import WorkingCalendar

TOWN = WorkingCalendar.with_closures([(date(2027, 3, 29), date(2027, 3, 29))])
WHOLE = NoticeFacts(
    event_on=date(2027, 3, 12),
    event_place="rue des Exemples",
    damage_type=DamageType.PROPERTY,
    what_happened="Un trou.",
    damage="Pneu.",
    name="Marie Tremblay",
    address="1, rue A",
)


def test_art_4_1_a_whole_notice_lacks_nothing():
    assert gaps(WHOLE) == []


@pytest.mark.parametrize(
    ("field", "empty", "named"),
    [
        ("event_on", None, "event_on"),
        ("event_place", "", "event_place"),
        ("damage_type", None, "damage_type"),
        ("what_happened", "", "facts"),
        ("damage", "", "damage"),
        ("name", "", "name"),
        ("address", "", "address"),
    ],
)
def test_art_4_1_what_a_notice_lacks_is_named(field, empty, named):
    assert [gap.field for gap in gaps(replace(WHOLE, **{field: empty}))] == [named]


def test_c_19_art_585_event_of_friday_12_march_2027_is_told_the_27_and_late_after_the_30():
    delay = notice_delay(date(2027, 3, 12), DamageType.PROPERTY, TOWN)
    assert delay.told == date(2027, 3, 27)
    assert not delay.is_late(date(2027, 3, 30))
    assert delay.is_late(date(2027, 3, 31))


def test_ccq_2930_an_injury_has_no_fifteen_days():
    assert notice_delay(date(2027, 3, 12), DamageType.BODILY, TOWN) is None
    assert notice_delay(None, DamageType.PROPERTY, TOWN) is None


@pytest.mark.parametrize("outcome", CLAIM_DECISIONS)
def test_art_4_1_a_decision_needs_its_words(outcome):
    assert decision_refusals(outcome=outcome, reply="Voici pourquoi.") == []
    assert [refusal.field for refusal in decision_refusals(outcome=outcome, reply="  ")] == ["reply"]


@pytest.mark.parametrize("outcome", [None, Status.CLOSED, Status.GRANTED])
def test_art_4_1_a_claim_ends_in_one_of_four_ways(outcome):
    assert [refusal.field for refusal in decision_refusals(outcome=outcome, reply="x")] == ["outcome"]
