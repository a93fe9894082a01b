"""What is written on a file without moving it: notes, complex cases (art. 4.1), calls to return (art. 3)."""

from datetime import date, datetime

from django.db import transaction

from intake.models import Case
from intake.policy.clocks import local_day
from intake.policy.follow_up import flag_refusals, note_refusal
from intake.policy.roles import Actor
from intake.policy.vocabulary import Verb

from .steps import Refused, begin


@transaction.atomic
def note(*, pk: int, internal_note: str, by: Actor, now: datetime, seen_version: int | None = None) -> Case:
    """Add an internal note to the history; the citizen never reads it. Raises Refused when it is empty."""
    step = begin(pk=pk, verb=Verb.NOTE, by=by, now=now, seen_version=seen_version)
    refused = note_refusal(internal_note=internal_note)
    if refused is not None:
        raise Refused(refused)
    step.record(internal_note=internal_note)
    return step.case


@transaction.atomic
def flag(
    *,
    pk: int,
    is_complex: bool,
    call_back_on: date | None,
    by: Actor,
    now: datetime,
    internal_note: str = "",
    seen_version: int | None = None,
) -> Case:
    """Say whether a case is complex (art. 4.1) and on which day someone is to be called back (art. 3); None: no call.

    Raises Refused when nothing changes, when a complex case has no reason, or with a day gone by.
    """
    step = begin(pk=pk, verb=Verb.FLAG, by=by, now=now, seen_version=seen_version)
    case = step.case
    refusals = flag_refusals(
        complex_changes=is_complex != case.is_complex,
        call_back_on=call_back_on,
        call_back_changes=call_back_on != case.call_back_on,
        internal_note=internal_note,
        today=local_day(now),
    )
    if refusals:
        raise Refused(*refusals)
    changes = {}
    if is_complex != case.is_complex:
        changes["is_complex"] = is_complex
    if call_back_on != case.call_back_on:
        changes["call_back_on"] = [str(case.call_back_on or ""), str(call_back_on or "")]
    case.is_complex, case.call_back_on = is_complex, call_back_on
    step.record(internal_note=internal_note, changes=changes)
    return case
