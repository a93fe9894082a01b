"""Art. 4.5: who sees which file, against the matrix typed by hand."""

from itertools import product

import pytest

from intake.policy.roles import Actor, FileFacts, Role, citizen_of, may_export, sees, sees_identity
from intake.policy.vocabulary import Charge, Kind, Status

OWN, OTHER = 1, 2
ME, SOMEONE = 10, 11
# role → kind → the rules of which one is enough; what is absent is not seen.
#   all · received (until handed over) · own (my service) · assigned (to me) · director / general_director (in charge)
MATRIX = {
    "technician": {
        "request": {"all"},
        "inquiry": {"all"},
        "complaint": {"received"},
        "claim": {"received"},
        "access_request": {"received"},
    },
    "designated_recipient": {"request": {"own", "assigned"}, "inquiry": {"own"}},
    "executor": {"request": {"assigned"}},
    "citizen_service_director": {"request": {"all"}, "inquiry": {"all"}, "complaint": {"director"}},
    "general_director": {"complaint": {"general_director"}, "claim": {"all"}, "access_request": {"all"}},
    "clerk": {"claim": {"all"}, "access_request": {"all"}},
    "system": {"request": {"all"}},
    "communications": {},
    "experience_lead": {},
    "council": {},
    "employee": {},
    "administrator": {},
    # Not roles of an account: they come from the file.
    "requester": {},
    "investigator": {},
}
RULES = {
    "all": lambda facts: True,
    "received": lambda facts: facts.status is Status.RECEIVED,
    "own": lambda facts: facts.department_id == OWN,
    "assigned": lambda facts: facts.executor == ME,
    "director": lambda facts: facts.charge is Charge.DIRECTOR,
    "general_director": lambda facts: facts.charge is Charge.GENERAL_DIRECTOR,
}


@pytest.mark.parametrize("role", Role)
def test_art_4_5_a_role_sees_only_what_the_matrix_gives_it(role):
    actor = Actor(label="x", roles=frozenset({role}), departments=frozenset({OWN}), user_id=ME)
    for kind, status, department, executor in product(Kind, Status, (OWN, OTHER), (None, ME, SOMEONE)):
        for charge in (*Charge,) if kind is Kind.COMPLAINT else (None,):
            facts = FileFacts(kind, status, department, case_id=5, executor=executor, charge=charge)
            expected = any(RULES[rule](facts) for rule in MATRIX[role.value].get(kind.value, ()))
            assert sees(actor, facts) is expected, facts


def test_art_4_5_whoever_is_named_to_an_investigation_sees_it_and_only_while_it_lasts():
    actor = Actor(label="x", roles=frozenset({Role.RECIPIENT, Role.INVESTIGATOR}), user_id=ME)
    for status, named in product(Status, (frozenset(), frozenset({ME}), frozenset({SOMEONE}))):
        facts = FileFacts(Kind.COMPLAINT, status, OTHER, charge=Charge.DIRECTOR, investigators=named)
        assert sees(actor, facts) is (status is Status.INVESTIGATING and ME in named)


# role → kind → the files whose author the role reads: the row « Requester identity » of the matrix, and the other kinds.
NAMED = {
    **{role: kinds for role, kinds in MATRIX.items() if role not in ("executor", "system")},
    "designated_recipient": {"request": {"own"}, "inquiry": {"own"}},
    "executor": {},
    "system": {},
}


@pytest.mark.parametrize("role", Role)
def test_art_4_5_a_role_reads_who_asks_only_where_the_matrix_says_so(role):
    actor = Actor(label="x", roles=frozenset({role}), departments=frozenset({OWN}), user_id=ME)
    for kind, status, department, executor in product(Kind, Status, (OWN, OTHER), (None, ME, SOMEONE)):
        for charge in (*Charge,) if kind is Kind.COMPLAINT else (None,):
            facts = FileFacts(kind, status, department, case_id=5, executor=executor, charge=charge)
            expected = any(RULES[rule](facts) for rule in NAMED[role.value].get(kind.value, ()))
            assert sees_identity(actor, facts) is expected, facts


def test_art_4_5_whoever_executes_does_not_learn_who_asks_by_being_named_to_an_investigation():
    actor = Actor(label="x", roles=frozenset({Role.EXECUTOR, Role.INVESTIGATOR}), user_id=ME)
    work = FileFacts(Kind.REQUEST, Status.IN_PROGRESS, OTHER, executor=ME)
    named = FileFacts(
        Kind.COMPLAINT, Status.INVESTIGATING, OTHER, charge=Charge.DIRECTOR, investigators=frozenset({ME})
    )
    assert (sees(actor, work), sees_identity(actor, work)) == (True, False)
    assert (sees(actor, named), sees_identity(actor, named)) == (True, True)


def test_art_2_3_a_citizen_sees_the_file_whose_code_he_gave_and_no_other():
    for kind, status, number in product(Kind, Status, (5, 6)):
        facts = FileFacts(kind, status, OTHER, case_id=number, charge=Charge.DIRECTOR)
        assert sees(citizen_of(5), facts) is (number == 5)


def test_art_4_5_nobody_exports_complaints():
    assert not any(may_export(Actor("x", frozenset({role})), Kind.COMPLAINT) for role in Role)
    assert not may_export(Actor("x", everything=True), Kind.COMPLAINT)


def test_matrix_who_exports_what():
    exports = {role: {kind.value for kind in Kind if may_export(Actor("x", frozenset({role})), kind)} for role in Role}
    assert {role: kinds for role, kinds in exports.items() if kinds} == {
        Role.TECHNICIAN: {"request", "inquiry"},
        Role.RECIPIENT: {"request", "inquiry"},
        Role.DIRECTOR: {"request", "inquiry"},
        Role.CLERK: {"claim", "access_request"},
    }


@pytest.mark.parametrize("role", [Role.COMMUNICATIONS, Role.COUNCIL, Role.EXPERIENCE, Role.EMPLOYEE])
def test_art_4_5_roles_without_cases_export_nothing(role):
    assert not any(may_export(Actor("x", frozenset({role})), kind) for kind in Kind)
