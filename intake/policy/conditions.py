"""What a verb asks beyond the table of transitions: facts of the file, not only its status (art. 4.2, Annexe A)."""

from dataclasses import dataclass

from .contact import NOBODY_TO_REACH
from .process_schemas import NOBODY_IS_NAMED, Execution, SchemaRules, completing_refusal
from .refusal import Refusal
from .roles import Actor
from .vocabulary import Verb

# The verbs that a process (art. 4.2) has something to say about.
RULED_BY_SCHEMA = frozenset({Verb.ASSIGN, Verb.COMPLETE})


@dataclass(frozen=True)
class WorkFacts:
    """What the conditions look at; `rules` is None for the verbs that no process rules."""

    department_id: int
    awaits_proofreading: bool = False
    executor_named: bool = False
    executor: int | None = None
    has_requester: bool = True
    rules: SchemaRules | None = None


def condition_refusal(verb: Verb, actor: Actor, facts: WorkFacts) -> Refusal | None:
    """Say why the verb can't be done on a file with these facts, or None."""
    match verb:
        case Verb.ASSIGN if facts.rules and facts.rules.execution is Execution.NONE:
            return NOBODY_IS_NAMED
        case Verb.COMPLETE if facts.rules:
            return completing_refusal(
                facts.rules,
                actor,
                department_id=facts.department_id,
                executor=facts.executor,
                executor_named=facts.executor_named,
            )
        case Verb.CORRECT if not facts.has_requester:
            return NOBODY_TO_REACH
        case Verb.PROOFREAD if not facts.awaits_proofreading:
            return Refusal("Annexe A", "Aucun texte au citoyen n'attend de relecture.")
        case Verb.CLOSE if facts.awaits_proofreading:
            return Refusal(
                "Annexe A", "Le texte au citoyen attend une relecture : relisez-le d'abord, il partira alors."
            )
    return None
