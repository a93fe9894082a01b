"""The life of a claim (art. 4.1): the clerk receives it at once, looks into it, decides; nothing admits liability."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from intake.models import Case, ClaimFile
from intake.policy.claim import DamageType, decision_refusals
from intake.policy.refusal import Refusal
from intake.policy.roles import Actor
from intake.policy.vocabulary import Kind, Status, Verb
from snippets.models import RequestNature

from .kinds import leaves, opens
from .linked import open_linked_request
from .paper import tell_on_paper_too
from .steps import Refused, begin


@dataclass(frozen=True)
class ClaimDetails:
    """What a notice of claim says beside the facts; what is unknown is empty."""

    event_on: date | None = None
    event_time: str = ""
    event_place: str = ""
    damage_type: DamageType | None = None
    damage: str = ""
    amount: Decimal | None = None
    insurer: str = ""
    policy_number: str = ""
    witnesses: str = ""

    def as_fields(self) -> dict[str, object]:
        """The same, as the record stores it."""
        kept = dict(vars(self))
        kept["damage_type"] = self.damage_type.value if self.damage_type else ""
        return kept


@opens(Kind.CLAIM)
def open_claim(case: Case, details: ClaimDetails | None, now: datetime) -> None:
    """Open the clerk's record. A reclassified request brings only its place; the rest is asked for.

    No target: a claim takes the time that the insurer takes, and its legal delays run against nobody here.
    """
    case.target_working_days = case.due_on = None
    known = details or ClaimDetails(event_place=case.location)
    ClaimFile.objects.update_or_create(case=case, defaults=known.as_fields())


@leaves(Kind.CLAIM)
def leave_claim(case: Case, now: datetime) -> None:
    """Take amounts and insurer away from those who will now see the file (domain: « sans les montants »)."""
    ClaimFile.objects.filter(case=case).delete()


@transaction.atomic
def transmit(*, pk: int, by: Actor, now: datetime, internal_note: str = "", seen_version: int | None = None) -> Case:
    """Hand a claim to the clerk, or take it in hand as the clerk; the technician then no longer reads it."""
    step = begin(pk=pk, verb=Verb.TRANSMIT, by=by, now=now, seen_version=seen_version)
    step.record(internal_note=internal_note)
    return step.case


@transaction.atomic
def investigate(*, pk: int, by: Actor, now: datetime, internal_note: str = "", seen_version: int | None = None) -> Case:
    """Begin to look into a claim, with the insurer if need be."""
    step = begin(pk=pk, verb=Verb.INVESTIGATE, by=by, now=now, seen_version=seen_version)
    step.record(internal_note=internal_note)
    return step.case


@transaction.atomic
def supply_details(
    *,
    pk: int,
    details: ClaimDetails,
    by: Actor,
    now: datetime,
    supplied: str = "",
    internal_note: str = "",
    seen_version: int | None = None,
) -> Case:
    """Write down what the citizen made known since: his words, date, place, damage, amount.

    What he first sent stays as it came.
    """
    step = begin(pk=pk, verb=Verb.SUPPLY, by=by, now=now, seen_version=seen_version, kind=Kind.CLAIM)
    claim = _claim_of(step.case)
    new = details.as_fields()
    changed = sorted(name for name, value in new.items() if getattr(claim, name) != value)
    for name in changed:
        setattr(claim, name, new[name])
    claim.save()
    step.record(internal_note=internal_note, changes={"claim": changed, "supplied": supplied})
    return step.case


@transaction.atomic
def decide(
    *,
    pk: int,
    outcome: Status | None,
    reply: str,
    by: Actor,
    now: datetime,
    internal_note: str = "",
    seen_version: int | None = None,
) -> Case:
    """Accept, deny, settle or refer a claim to the insurer; the citizen reads `reply` in a letter that admits nothing.

    Raises Refused without an outcome or without a reply.
    """
    step = begin(pk=pk, verb=Verb.DECIDE, by=by, now=now, seen_version=seen_version, outcome=outcome)
    refusals = decision_refusals(outcome=outcome, reply=reply)
    if refusals:
        raise Refused(*refusals)
    claim = _claim_of(step.case)
    claim.decision, claim.decided_at, claim.decision_note = outcome.value, now, internal_note
    claim.save()
    step.case.completed_at = now
    event = step.record(public_message=reply, internal_note=internal_note)
    tell_on_paper_too("T12B", event, reponse=reply)
    return step.case


@transaction.atomic
def open_repair(
    *,
    pk: int,
    facts: str,
    location: str,
    by: Actor,
    now: datetime,
    nature: RequestNature | None = None,
    seen_version: int | None = None,
) -> Case:
    """Ask a service to repair, by a request that says nothing of the claim: neither who, nor how much (art. 4.1).

    Raises Refused without words on what to repair. Returns the claim.
    """
    step = begin(pk=pk, verb=Verb.OPEN_LINKED, by=by, now=now, seen_version=seen_version, kind=Kind.CLAIM)
    if not facts.strip():
        raise Refused(Refusal("4.1", "Décrivez ce qu'il faut réparer, sans parler de la réclamation.", "facts"))
    linked = open_linked_request(
        origin=step.case,
        facts=facts,
        location=location,
        nature_id=nature.pk if nature else None,
        by=by,
        now=now,
    )
    step.record(changes={"linked": linked.reference})
    return step.case


def _claim_of(case: Case) -> ClaimFile:
    """The clerk's record; one that an older file lacks is opened now."""
    return ClaimFile.objects.get_or_create(case=case)[0]
