"""Art. 4.2: who executes and who completes, by the process of the service; the rules are the town's, given as values."""

from dataclasses import dataclass
from enum import Enum

from .refusal import Refusal
from .roles import Actor, Role


class Execution(Enum):
    """Whether someone beside the Responsable does the work."""

    NONE = "none"  # taxation, leisure: the Responsable acts himself
    EXPECTED = (
        "expected"  # infrastructures: « Le Surintendant et l'Ingénieur en chef sont … Responsables de l'exécution »
    )
    OPTIONAL = "optional"  # the others: the Responsable acts, or names someone


@dataclass(frozen=True)
class SchemaRules:
    """What a process says, as the town keeps it (our reading of the lost drawings: docs/policy-readings.md)."""

    code: str
    execution: Execution
    recipient_completes: bool
    executor_completes: bool


@dataclass(frozen=True)
class Candidate:
    """Who might execute: an employee, his service, and whether he is in office."""

    employee_id: int
    department_id: int
    is_active: bool


def assignment_refusal(
    rules: SchemaRules, *, department_id: int, candidate: Candidate | None, current: int | None
) -> Refusal | None:
    """Say why this person can't be named to execute a request of this service; None as a candidate names nobody any more."""
    if rules.execution is Execution.NONE:
        return NOBODY_IS_NAMED
    if candidate is None:
        if current is None or rules.execution is Execution.EXPECTED:
            return Refusal("4.2", "Choisissez la personne qui exécute le travail.", "executor")
        return None
    if candidate.department_id != department_id:
        return Refusal("4.2", "Choisissez une personne du service à qui la requête est confiée.", "executor")
    if not candidate.is_active:
        return Refusal("4.2", "Cette personne n'est plus en fonction.", "executor")
    if candidate.employee_id == current:
        return Refusal("4.2", "Cette personne est déjà nommée.", "executor")
    return None


NOBODY_IS_NAMED = Refusal(
    "4.2", "Dans le processus de ce service, le Responsable agit lui-même : personne d'autre n'est nommé."
)


def completing_refusal(
    rules: SchemaRules, actor: Actor, *, department_id: int, executor: int | None, executor_named: bool
) -> Refusal | None:
    """Say why the actor may not complete this request in this process; the technician always may (Annexe A).

    `executor` is the account of whoever executes, None if he has none; `executor_named` says whether someone is named.
    As long as nobody is, the Responsable completes.
    """
    if actor.has_any({Role.TECHNICIAN}):
        return None
    executes = actor.user_id is not None and executor == actor.user_id
    if executes and rules.executor_completes:
        return None
    receives = Role.RECIPIENT in actor.roles and department_id in actor.departments
    if receives and (rules.recipient_completes or not executor_named):
        return None
    who = "le Responsable" if rules.recipient_completes else "la personne qui exécute le travail"
    return Refusal("Annexe A", f"Dans le processus de ce service, c'est {who} qui complète la requête (art. 4.2).")
