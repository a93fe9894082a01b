"""Art. 4.5: who sees which file, against the matrix typed by hand."""

from itertools import product

import pytest

from intake.policy.roles import Actor, Role, may_export, sees
from intake.policy.vocabulary import Kind, Status

OWN, OTHER = 1, 2
# role → kind → "all", "own", or "received" (all, until handed over); what is absent is not seen.
MATRIX = {
    "technician": {
        "request": "all",
        "inquiry": "all",
        "complaint": "received",
        "claim": "received",
        "access_request": "received",
    },
    "designated_recipient": {"request": "own", "inquiry": "own"},
    "citizen_service_director": {"request": "all", "inquiry": "all", "complaint": "all"},
    "clerk": {"claim": "all", "access_request": "all"},
    "communications": {},
    "experience_lead": {},
    "council": {},
    "employee": {},
    "administrator": {},
}


@pytest.mark.parametrize("role", Role)
def test_art_4_5_a_role_sees_only_what_the_matrix_gives_it(role):
    actor = Actor(label="x", roles=frozenset({role}), departments=frozenset({OWN}))
    for kind, status, department in product(Kind, Status, (OWN, OTHER)):
        rule = MATRIX[role.value].get(kind.value)
        expected = (
            rule == "all" or (rule == "own" and department == OWN) or (rule == "received" and status is Status.RECEIVED)
        )
        assert sees(actor, kind=kind, status=status, department_id=department) is expected, (kind, status, department)


def test_art_4_5_nobody_exports_complaints():
    assert not any(may_export(Actor("x", frozenset({role})), Kind.COMPLAINT) for role in Role)
    assert not may_export(Actor("x", everything=True), Kind.COMPLAINT)


@pytest.mark.parametrize("role", [Role.COMMUNICATIONS, Role.COUNCIL, Role.EXPERIENCE, Role.EMPLOYEE])
def test_art_4_5_roles_without_cases_export_nothing(role):
    assert not any(may_export(Actor("x", frozenset({role})), kind) for kind in Kind)
