"""The technician's other first decisions (art. 4.1): attach to another request, send elsewhere, record a withdrawal."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from intake.mail.announce import to_citizen
from intake.models import Case
from intake.policy.clocks import local_day
from intake.policy.references import parse_reference
from intake.policy.refusal import Refusal
from intake.policy.roles import Actor
from intake.policy.sorting import MasterFacts, merging_refusal, withdrawal_refusals
from intake.policy.vocabulary import Verb
from snippets.models import CompetentBody

from .attached import has_attached, pass_on, tell_attached
from .calendar import set_due_on, town_clock
from .kinds import withdraw_kind_file
from .progress import end_wait
from .steps import Refused, Step, begin


@transaction.atomic
def merge(
    *, pk: int, into: str, by: Actor, now: datetime, internal_note: str = "", seen_version: int | None = None
) -> Case:
    """Attach a request to another that says the same thing: one intervention, and both citizens get its news.

    `into` is the reference of the master as it was typed. The earliest due day is kept on the master. Raises Refused,
    NotVisible, CaseChanged.
    """
    reference = parse_reference(into) or ""
    master = _locked_together(pk, reference, by)
    step = begin(pk=pk, verb=Verb.MERGE, by=by, now=now, seen_version=seen_version)
    refused = merging_refusal(
        reference=step.case.reference, has_attached=has_attached(step.case), master=_facts_of(master)
    )
    if refused is not None:
        raise Refused(refused)
    step.case.merged_into, step.case.closed_at = master, now
    event = step.record(internal_note=internal_note, changes={"master": master.reference})
    _tell_master(master, step)
    to_citizen("T7", event)
    return step.case


def _locked_together(pk: int, reference: str, by: Actor) -> Case | None:
    """Lock both files in one order, whoever merges what into what at the same moment; return the master if it is seen."""
    locked = list(Case.objects.select_for_update().filter(Q(pk=pk) | Q(reference=reference)).order_by("pk"))
    found = next((case for case in locked if case.reference == reference), None)
    if found is None or not Case.objects.visible_to_actor(by).filter(pk=found.pk).exists():
        return None
    return found


def _facts_of(master: Case | None) -> MasterFacts | None:
    if master is None:
        return None
    return MasterFacts(
        reference=master.reference,
        kind=master.kind_,
        status=master.status_,
        merged_into=master.merged_into.reference if master.merged_into_id else "",
    )


def _tell_master(master: Case, merged: Step) -> None:
    """Write on the master that one more person waits for it, and keep the earliest of the days promised."""
    step = begin(pk=master.pk, verb=Verb.NOTE, by=merged.by, now=merged.now, seen_version=None)
    before = step.case.due_on
    set_due_on(step.case, town_clock())
    step.record(changes={"attached": merged.case.reference, "due_on": [str(before or ""), str(step.case.due_on or "")]})


@transaction.atomic
def declare_out_of_scope(
    *,
    pk: int,
    body: CompetentBody | None,
    by: Actor,
    now: datetime,
    internal_note: str = "",
    seen_version: int | None = None,
) -> Case:
    """Tell the citizen who can help when the town can't (art. 2.3: « orienter vers les ressources appropriées »).

    Raises Refused without a body of the town's list.
    """
    step = begin(pk=pk, verb=Verb.DECLARE_OUT_OF_SCOPE, by=by, now=now, seen_version=seen_version)
    if body is None or not body.is_active:
        raise Refused(Refusal("2.3", "Choisissez l'organisme qui peut aider le citoyen.", "body"))
    step.case.closed_at = now
    message = _("%(body)s peut vous aider.\n%(contact)s") % {"body": body.name, "contact": body.contact}
    event = step.record(internal_note=internal_note, public_message=message, changes={"competent_body": body.name})
    words = {"organisme": body.name, "coordonnees": body.contact}
    to_citizen("T6", event, **words)
    tell_attached("T6", event, public_message=message, **words)
    return step.case


@transaction.atomic
def withdraw(
    *,
    pk: int,
    asked_by: str,
    by: Actor,
    now: datetime,
    in_writing: bool = False,
    internal_note: str = "",
    seen_version: int | None = None,
) -> Case:
    """Record that whoever filed takes it back; he gets a short confirmation.

    When other people wait for the same intervention, the eldest of their requests takes its place (art. 2.3). Raises
    Refused without who asked, or for a complaint taken back otherwise than in writing (art. 4.4).
    """
    step = begin(pk=pk, verb=Verb.WITHDRAW, by=by, now=now, seen_version=seen_version)
    case = step.case
    refusals = withdrawal_refusals(kind=case.kind_, asked_by=asked_by, in_writing=in_writing)
    if refusals:
        raise Refused(*refusals)
    successor = pass_on(case, now=now)
    stop_waiting(case, now=now)
    withdraw_kind_file(case, now=now)
    case.closed_at = now
    event = step.record(
        internal_note=internal_note, changes={"asked_by": asked_by, "in_writing": in_writing} | successor
    )
    to_citizen("T22", event)
    return case


def stop_waiting(case: Case, *, now: datetime) -> None:
    """Leave whatever the file was waiting for: it leaves its place in the process."""
    if case.waiting_reason_id or case.clock_stopped_on:
        end_wait(case, today=local_day(now))
