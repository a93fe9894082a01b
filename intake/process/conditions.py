"""Whether an actor may do a verb on a file now, and why not: the table, then the facts; verbs and screens ask the same."""

from intake.models import Case
from intake.policy.conditions import RULED_BY_SCHEMA, WorkFacts, condition_refusal
from intake.policy.process_schemas import Execution, SchemaRules
from intake.policy.refusal import Refusal
from intake.policy.roles import Actor
from intake.policy.transitions import refusal as transition_refusal
from intake.policy.vocabulary import Verb
from snippets.models import ProcessSchema


def refusal_now(case: Case, verb: Verb, by: Actor) -> Refusal | None:
    """Say why the actor can't do this to this file now, or None if he can."""
    return transition_refusal(case.kind_, case.status_, verb, by) or condition_refusal(verb, by, _facts(case, verb))


def _facts(case: Case, verb: Verb) -> WorkFacts:
    return WorkFacts(
        department_id=case.department_id,
        awaits_proofreading=case.awaits_proofreading,
        executor_named=case.executor_id is not None,
        executor=case.executor.user_id if case.executor_id else None,
        has_requester=verb is not Verb.CORRECT or getattr(case, "requester", None) is not None,
        rules=rules_of(case) if verb in RULED_BY_SCHEMA else None,
    )


def schema_of(case: Case) -> ProcessSchema:
    """Return the process under which the request was routed, else that of its service (art. 4: open files keep theirs).

    Read once for a file in hand: the page of a file asks for it several times.
    """
    wanted = case.process_schema or case.department.process_schema_id
    letter, schema = getattr(case, "_guichet_schema", ("", None))
    if letter != wanted:
        # A letter that the town has removed since: the process of the service takes over.
        schema = ProcessSchema.objects.filter(code=wanted).first() or case.department.process_schema
        case._guichet_schema = wanted, schema
    return schema


def rules_of(case: Case) -> SchemaRules:
    """Return the rules of its process, as the policy takes them."""
    schema = schema_of(case)
    return SchemaRules(
        code=schema.code,
        execution=Execution(schema.execution),
        recipient_completes=schema.recipient_completes,
        executor_completes=schema.executor_completes,
    )
