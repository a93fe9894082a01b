"""Art. 4.1 and 4.3: what staff must ask when they file for a citizen, and who files."""

import pytest

from intake.policy.counter import may_note, may_register, missing_contact, needs_letter
from intake.policy.roles import GROUP_NAMES, Actor, Role
from intake.policy.vocabulary import Kind

COMPLETE = {"last_name", "address", "city", "phone"}


# kind, what was given, danger → what is still to be asked
@pytest.mark.parametrize(
    ("kind", "given", "is_danger", "missing"),
    [
        ("request", COMPLETE, False, set()),
        ("request", set(), False, COMPLETE),  # 4.3: « nom, adresse complète et numéro de téléphone »
        ("request", COMPLETE - {"phone"}, False, {"phone"}),
        ("request", set(), True, set()),  # 4.1: danger, whatever is missing
        ("inquiry", set(), False, set()),  # 4.1: answered at first contact
        ("inquiry", {"phone"}, False, {"last_name"}),
        ("complaint", set(), False, set()),  # a person decides what a letter lacks (4.4)
        ("complaint", set(), True, set()),
        ("claim", COMPLETE - {"phone"}, False, set()),
        ("claim", set(), True, COMPLETE - {"phone"}),
        ("access_request", set(), False, COMPLETE - {"phone"}),
    ],
)
def test_art_4_3_what_is_still_to_be_asked(kind, given, is_danger, missing):
    assert set(missing_contact(Kind(kind), given, is_danger=is_danger)) == missing


def test_art_4_1_only_a_complaint_needs_a_letter():
    assert [kind for kind in Kind if needs_letter(kind)] == [Kind.COMPLAINT]


def test_art_4_1_only_the_technician_files_for_citizens():
    assert [role for role in GROUP_NAMES if may_register(Actor("x", frozenset({role})))] == [Role.TECHNICIAN]


def test_art_4_3_every_employee_notes_and_an_official_does_not():
    assert [role for role in GROUP_NAMES if may_note(Actor("x", frozenset({role})), is_employee=False)] == [
        Role.EMPLOYEE
    ]
    assert all(may_note(Actor("x", frozenset({role})), is_employee=True) for role in GROUP_NAMES)
