"""Letters on paper: who posts which (art. 4.1, 4.4, 4.5, 4.6), and on which day one can have left."""

from datetime import date

import pytest

from intake.policy.letters import kinds_posted_by, posting_refusal
from intake.policy.roles import Actor, Role
from intake.policy.vocabulary import Kind

EVERY = set(Kind)


@pytest.mark.parametrize(
    ("role", "kinds"),
    [
        (Role.TECHNICIAN, EVERY),
        (Role.DIRECTOR, {Kind.COMPLAINT}),
        (Role.GENERAL_DIRECTOR, {Kind.COMPLAINT, Kind.ACCESS_REQUEST}),
        (Role.CLERK, {Kind.CLAIM, Kind.ACCESS_REQUEST}),
        (Role.RECIPIENT, set()),
        (Role.EXECUTOR, set()),
        (Role.COMMUNICATIONS, set()),
        (Role.EXPERIENCE, set()),
        (Role.COUNCIL, set()),
        (Role.EMPLOYEE, set()),
        (Role.ADMINISTRATOR, set()),
        (Role.INVESTIGATOR, set()),
        (Role.REQUESTER, set()),
        (Role.SYSTEM, set()),
    ],
)
def test_each_role_posts_the_letters_of_its_own_files(role, kinds):
    assert kinds_posted_by(Actor(label="x", roles=frozenset({role}))) == kinds


def test_table_of_who_posts_names_every_role():
    marks = test_each_role_posts_the_letters_of_its_own_files.pytestmark[0]
    assert {row[0] for row in marks.args[1]} == set(Role)


@pytest.mark.parametrize(
    ("posted_on", "words"),
    [
        (None, "Indiquez le jour"),
        (date(2026, 5, 4), "précède celui où la lettre a été écrite"),
        (date(2026, 5, 5), ""),
        (date(2026, 5, 8), ""),
        (date(2026, 5, 9), "dans le futur"),
    ],
)
def test_art_4_6_a_letter_left_between_the_day_it_was_written_and_today(posted_on, words):
    refusal = posting_refusal(posted_on=posted_on, written_on=date(2026, 5, 5), today=date(2026, 5, 8))
    assert (words in refusal.reason and refusal.field == "posted_on") if words else refusal is None
