"""A request on its way: taken, waiting for a reason, resumed (art. 4.2)."""

from datetime import date, datetime

from django.db import transaction

from intake.mail.announce import to_citizen
from intake.models import Case, Pause
from intake.policy.clocks import local_day
from intake.policy.refusal import Refusal
from intake.policy.roles import Actor
from intake.policy.vocabulary import Verb, WaitingReason

from .calendar import set_due_on, town_clock
from .steps import Refused, begin


@transaction.atomic
def take(*, pk: int, by: Actor, now: datetime, internal_note: str = "", seen_version: int | None = None) -> Case:
    """Take a routed request in hand. Raises Refused, NotVisible, CaseChanged."""
    step = begin(pk=pk, verb=Verb.TAKE, by=by, now=now, seen_version=seen_version)
    step.record(internal_note=internal_note)
    return step.case


@transaction.atomic
def wait(
    *,
    pk: int,
    reason: WaitingReason | None,
    by: Actor,
    now: datetime,
    note: str = "",
    next_action_on: date | None = None,
    seen_version: int | None = None,
) -> Case:
    """Put a request on hold « pour X raison » (art. 4.2). Waiting for the citizen stops the clock and asks him `note`.

    Raises Refused without a reason, without the question when the citizen is awaited, or with a date gone by.
    """
    step = begin(pk=pk, verb=Verb.WAIT, by=by, now=now, seen_version=seen_version)
    today = local_day(now)
    refusals = waiting_refusals(reason=reason, note=note, next_action_on=next_action_on, today=today)
    if refusals:
        raise Refused(*refusals)
    case = step.case
    case.waiting_reason, case.waiting_note, case.next_action_on = reason.value, note, next_action_on
    if reason is WaitingReason.CITIZEN:
        case.clock_stopped_on = today
        Pause.objects.create(case=case, started_on=today)
    event = step.record(
        internal_note="" if reason is WaitingReason.CITIZEN else note,
        public_message=note if reason is WaitingReason.CITIZEN else "",
        changes={"waiting_reason": reason.value, "next_action_on": str(next_action_on or "")},
    )
    if reason is WaitingReason.CITIZEN:
        to_citizen("T3", event, question=note)
    return case


def waiting_refusals(
    *, reason: WaitingReason | None, note: str, next_action_on: date | None, today: date
) -> list[Refusal]:
    """Return every reason why a request can't be put on hold as asked (art. 4.2)."""
    refusals = []
    if reason is None:
        refusals.append(Refusal("4.2", "Choisissez la raison de l'attente.", "reason"))
    if reason is WaitingReason.CITIZEN and not note.strip():
        refusals.append(Refusal("4.2", "Écrivez la question à poser au citoyen : il la recevra telle quelle.", "note"))
    if next_action_on is not None and next_action_on < today:
        refusals.append(Refusal("4.2", "La prochaine action ne peut pas être dans le passé.", "next_action_on"))
    return refusals


def end_wait(case: Case, *, today: date) -> None:
    """Leave the waiting state: close the pause, and let the clock run again with the days waited added."""
    if case.clock_stopped_on is not None:
        case.pauses.filter(ended_on__isnull=True).update(ended_on=max(today, case.clock_stopped_on))
    case.waiting_reason, case.waiting_note = "", ""
    case.next_action_on, case.clock_stopped_on = None, None
    set_due_on(case, town_clock())


@transaction.atomic
def resume(*, pk: int, by: Actor, now: datetime, internal_note: str = "", seen_version: int | None = None) -> Case:
    """Take up a waiting request again; the due day moves by the working days spent waiting for the citizen."""
    step = begin(pk=pk, verb=Verb.RESUME, by=by, now=now, seen_version=seen_version)
    before = step.case.due_on
    end_wait(step.case, today=local_day(now))
    step.record(internal_note=internal_note, changes={"due_on": [str(before or ""), str(step.case.due_on or "")]})
    return step.case
