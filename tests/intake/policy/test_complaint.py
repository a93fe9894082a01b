"""Art. 4.1 and 4.4: every reason why a complaint can't be treated; a person decides."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.policy.complaint import ARTICLES, CURABLE, ComplaintFacts, Obstacle, admissibility
from intake.policy.working_days import WorkingCalendar

CALENDAR = WorkingCalendar()
GOOD = ComplaintFacts(
    received_on=date(2026, 9, 10),
    is_written=True,
    is_signed=True,
    complainant_name="Marie Tremblay",
    address="1234, rue des Exemples",
    phone_or_email="450 555-0123",
    facts_on=(date(2026, 9, 1),),
)


def test_art_4_4_a_written_signed_complaint_in_time_has_no_obstacle():
    answer = admissibility(GOOD, CALENDAR)
    assert answer.is_clear
    assert answer.delay.told == date(2026, 9, 16)


@pytest.mark.parametrize(
    ("sentence", "change", "obstacles"),
    [
        ("4.1 « formulées par écrit »", {"is_written": False}, ["not_written"]),
        ("4.1 « et être signées »", {"is_signed": False}, ["unsigned"]),
        ("4.1 « Les plaintes anonymes »", {"complainant_name": " "}, ["anonymous"]),
        ("4.4 « les coordonnées complètes »", {"address": ""}, ["incomplete_contact"]),
        ("4.4 « les coordonnées complètes »", {"phone_or_email": ""}, ["incomplete_contact"]),
        ("4.4 « 15 jours après les faits »", {"received_on": date(2026, 9, 17)}, ["late"]),
        ("4.1 « relevant d'un litige privé »", {"is_private_dispute": True}, ["private_dispute"]),
        ("4.1 « impliquant un service municipal »", {"concerns_the_town": False}, ["out_of_field"]),
        (
            "all at once",
            {"is_written": False, "is_signed": False, "received_on": date(2027, 1, 1)},
            ["not_written", "unsigned", "late"],
        ),
    ],
)
def test_each_sentence_of_the_policy_is_a_reason(sentence, change, obstacles):
    answer = admissibility(replace(GOOD, **change), CALENDAR)
    assert [obstacle.value for obstacle in answer.obstacles] == obstacles, sentence


@pytest.mark.parametrize(("received", "late"), [(date(2026, 9, 16), False), (date(2026, 9, 17), True)])
def test_art_4_4_facts_of_1_september_received_on_the_17th_are_out_of_time(received, late):
    answer = admissibility(replace(GOOD, received_on=received), CALENDAR)
    assert (Obstacle.LATE in answer.obstacles) is late


def test_repeated_facts_count_from_the_last_one():
    answer = admissibility(replace(GOOD, facts_on=(date(2026, 7, 1), date(2026, 9, 1))), CALENDAR)
    assert answer.is_clear


def test_art_4_1_danger_is_treated_whatever_is_missing():
    answer = admissibility(replace(GOOD, complainant_name="", is_signed=False, endangers_safety=True), CALENDAR)
    assert answer.safety_exception
    assert answer.obstacles  # the reasons are still told: a linked request treats the danger, not the complaint


@given(
    st.builds(
        ComplaintFacts,
        received_on=st.dates(date(2026, 1, 1), date(2027, 1, 1)),
        is_written=st.booleans(),
        is_signed=st.booleans(),
        complainant_name=st.sampled_from(["", "Marie"]),
        address=st.sampled_from(["", "1, rue A"]),
        phone_or_email=st.sampled_from(["", "a@b.example"]),
        facts_on=st.lists(st.dates(date(2025, 12, 1), date(2026, 12, 31)), max_size=3).map(tuple),
        is_private_dispute=st.booleans(),
        concerns_the_town=st.booleans(),
        endangers_safety=st.booleans(),
    )
)
def test_every_obstacle_has_an_article_and_mending_one_never_adds_another(facts):
    answer = admissibility(facts, CALENDAR)
    assert all(obstacle in ARTICLES for obstacle in answer.obstacles)
    assert set(answer.curable) == set(answer.obstacles) & CURABLE
    mended = admissibility(replace(facts, is_signed=True, is_written=True), CALENDAR)
    assert set(mended.obstacles) <= set(answer.obstacles)
