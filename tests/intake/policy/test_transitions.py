"""Art. 4.1, 4.2, Annexe A: every kind × status × verb × role against a table typed by hand from the policy."""

from itertools import product

import pytest

from intake.policy.roles import Actor, Role
from intake.policy.transitions import refusal, transition_for
from intake.policy.vocabulary import Kind, Status, Verb

# (article, kind, from, verb, to, who may). Typed from the policy, not from the code.
POLICY = [
    ("4.1", "request", "received", "classify", "received", {"technician"}),
    ("4.1", "request", "routed", "classify", "received", {"technician"}),
    ("4.1", "request", "received", "route", "routed", {"technician"}),
    ("4.2", "request", "routed", "take", "in_progress", {"technician", "designated_recipient"}),
    ("4.2", "request", "routed", "wait", "waiting", {"technician", "designated_recipient"}),
    ("4.2", "request", "in_progress", "wait", "waiting", {"technician", "designated_recipient"}),
    ("4.2", "request", "scheduled", "wait", "waiting", {"technician", "designated_recipient"}),
    ("4.2", "request", "waiting", "resume", "in_progress", {"technician", "designated_recipient"}),
    ("A", "request", "routed", "complete", "completed", {"technician", "designated_recipient"}),
    ("A", "request", "in_progress", "complete", "completed", {"technician", "designated_recipient"}),
    ("A", "request", "scheduled", "complete", "completed", {"technician", "designated_recipient"}),
    ("A", "request", "waiting", "complete", "completed", {"technician", "designated_recipient"}),
    ("4.1", "request", "completed", "close", "closed", {"technician"}),
    ("2.3", "request", "completed", "reopen", "in_progress", {"technician", "citizen_service_director"}),
    ("2.3", "request", "closed", "reopen", "in_progress", {"technician", "citizen_service_director"}),
    (
        "4.1",
        "inquiry",
        "received",
        "answer",
        "closed",
        {"technician", "designated_recipient", "citizen_service_director"},
    ),
]
ALLOWED = {(kind, source, verb): (target, who) for _, kind, source, verb, target, who in POLICY}


@pytest.mark.parametrize(("kind", "status"), list(product(Kind, Status)))
def test_art_4_2_only_what_the_table_allows_is_allowed(kind, status):
    for verb, role in product(Verb, Role):
        expected = ALLOWED.get((kind.value, status.value, verb.value))
        answer = refusal(kind, status, verb, Actor(label="x", roles=frozenset({role})))
        should = expected is not None and role.value in expected[1]
        assert (answer is None) is should, (kind, status, verb, role)
        if expected is not None:
            assert transition_for(kind, status, verb).target.value == expected[0]


def test_art_4_1_a_responsable_is_told_who_may_close():
    answer = refusal(Kind.REQUEST, Status.COMPLETED, Verb.CLOSE, Actor("Responsable", frozenset({Role.RECIPIENT})))
    assert answer.article == "4.1"
    assert "le Technicien du Service aux citoyens" in answer.reason


def test_a_person_without_any_role_may_do_nothing():
    nobody = Actor(label="")
    assert all(refusal(k, s, v, nobody) for k, s, v in product(Kind, Status, Verb))
