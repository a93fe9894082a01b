"""Art. 4.2: the three processes, a row = a sentence of our reading (docs/policy-readings.md)."""

import pytest

from intake.policy.process_schemas import (
    Candidate,
    Execution,
    SchemaRules,
    assignment_refusal,
    completing_refusal,
)
from intake.policy.roles import Actor, Role
from snippets.models import Execution as StoredExecution
from snippets.models import ProcessSchema

A = SchemaRules("a", Execution.NONE, recipient_completes=True, executor_completes=False)
B = SchemaRules("b", Execution.EXPECTED, recipient_completes=True, executor_completes=True)
C = SchemaRules("c", Execution.OPTIONAL, recipient_completes=True, executor_completes=True)
SERVICE, OTHER = 1, 2
DANIEL, NADIA = 11, 12
TEC = Actor("Technicienne", frozenset({Role.TECHNICIAN}), user_id=100)
RES = Actor("Secrétaire", frozenset({Role.RECIPIENT}), user_id=101, departments=frozenset({SERVICE}))
ELSEWHERE = Actor("Autre Responsable", frozenset({Role.RECIPIENT}), user_id=102, departments=frozenset({OTHER}))
EXE = Actor("Surintendant", frozenset({Role.EXECUTOR}), user_id=103)
NO_ACCOUNT = Actor("Sans compte", frozenset({Role.EXECUTOR}))


def someone(employee_id=DANIEL, *, department_id=SERVICE, is_active=True) -> Candidate:
    return Candidate(employee_id, department_id, is_active)


@pytest.mark.parametrize(
    ("article", "rules", "candidate", "current", "words"),
    [
        ("4.2.1, schema A: no executor is asked for", A, someone(), None, "agit lui-même"),
        ("4.2.1, schema A, nobody either", A, None, None, "agit lui-même"),
        ("4.2, schema B: the secretary assigns", B, someone(), None, None),
        ("4.2, schema B: someone else instead", B, someone(NADIA), DANIEL, None),
        ("4.2, schema B: someone executes", B, None, DANIEL, "Choisissez la personne"),
        ("4.2, schema C: may name a handler", C, someone(), None, None),
        ("4.2, schema C: takes it back", C, None, DANIEL, None),
        ("4.2, schema C: nobody was named", C, None, None, "Choisissez la personne"),
        ("4.2, « de son service »", C, someone(department_id=OTHER), None, "du service à qui"),
        ("an employee who left", B, someone(is_active=False), None, "plus en fonction"),
        ("twice the same", B, someone(), DANIEL, "déjà nommée"),
    ],
    ids=lambda value: value if isinstance(value, str) and value[0] in "4at" else "",
)
def test_art_4_2_who_may_be_named_to_execute(article, rules, candidate, current, words):
    refused = assignment_refusal(rules, department_id=SERVICE, candidate=candidate, current=current)
    assert (refused is None) if words is None else (words in refused.reason), article


def only(**changes) -> SchemaRules:
    return SchemaRules(**{**vars(B), **changes})


@pytest.mark.parametrize(
    ("article", "rules", "actor", "executor", "allowed"),
    [
        ("4.2 A: the Responsable completes", A, RES, None, True),
        ("4.2 B: the secretary completes", B, RES, 103, True),
        ("4.2 B: or whoever executes", B, EXE, 103, True),
        ("4.2 B: not someone who executes other files", B, EXE, 999, False),
        ("4.2 B: an account is needed to act", B, NO_ACCOUNT, None, False),
        ("4.2 C: the Responsable of another service never", C, ELSEWHERE, None, False),
        ("Annexe A: the technician always", B, TEC, 103, True),
        ("a town: only whoever executes", only(recipient_completes=False), RES, 103, False),
        ("a town: only whoever executes, done by him", only(recipient_completes=False), EXE, 103, True),
        ("a town: only the Responsable", only(executor_completes=False), EXE, 103, False),
        ("a town: the technician still", only(executor_completes=False), TEC, 103, True),
    ],
)
def test_art_4_2_annexe_a_who_completes(article, rules, actor, executor, allowed):
    refused = completing_refusal(rules, actor, department_id=SERVICE, executor=executor, executor_named=True)
    assert (refused is None) is allowed, article
    if refused:
        assert "Dans le processus de ce service" in refused.reason


def test_art_4_2_as_long_as_nobody_is_named_the_responsable_completes():
    rules = only(recipient_completes=False)
    assert completing_refusal(rules, RES, department_id=SERVICE, executor=None, executor_named=False) is None


@pytest.mark.django_db
@pytest.mark.parametrize("rules", [A, B, C], ids=["taxation et loisirs", "infrastructures", "autres services"])
def test_art_4_2_the_rows_a_town_begins_with_are_our_reading(rules):
    row = ProcessSchema.objects.get(code=rules.code)
    assert Execution(row.execution) is rules.execution
    assert (row.recipient_completes, row.executor_completes) == (rules.recipient_completes, rules.executor_completes)
    assert "le Technicien la ferme" in row.explanation


def test_the_words_stored_are_those_of_the_policy():
    assert set(StoredExecution.values) == {execution.value for execution in Execution}
