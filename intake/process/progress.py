"""A request on its way: given to whoever executes, taken, planned, waiting for a reason, resumed (art. 4.2)."""

from datetime import date, datetime

from django.db import transaction

from intake.mail.announce import to_citizen, to_employee
from intake.mail.values import day
from intake.models import Case, Pause
from intake.policy.clocks import local_day
from intake.policy.completion import planning_refusal, waiting_refusals
from intake.policy.process_schemas import Candidate, assignment_refusal
from intake.policy.roles import Actor
from intake.policy.vocabulary import Verb
from snippets.models import Employee, WaitingReason

from .attached import tell_attached
from .calendar import set_due_on, town_clock
from .conditions import rules_of
from .steps import Refused, begin


@transaction.atomic
def assign(
    *,
    pk: int,
    executor: Employee | None,
    by: Actor,
    now: datetime,
    internal_note: str = "",
    seen_version: int | None = None,
) -> Case:
    """Name who executes the work, an employee of the service; he sees the file from then on and is told at once (art. 4.2).

    None names nobody any more, where the process allows it. Raises Refused when the process names nobody, or not this one.
    """
    step = begin(pk=pk, verb=Verb.ASSIGN, by=by, now=now, seen_version=seen_version)
    case = step.case
    refused = assignment_refusal(
        rules_of(case),
        department_id=case.department_id,
        candidate=Candidate(executor.pk, executor.department_id, executor.is_active) if executor else None,
        current=case.executor_id,
    )
    if refused is not None:
        raise Refused(refused)
    before, case.executor = case.executor, executor
    event = step.record(internal_note=internal_note, changes={"executor": [str(before or ""), str(executor or "")]})
    if executor is not None:
        to_employee("R6", event, executor)
    return case


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
    reason: WaitingReason | str | None,
    by: Actor,
    now: datetime,
    note: str = "",
    internal_note: str = "",
    public_message: str = "",
    next_action_on: date | None = None,
    seen_version: int | None = None,
) -> Case:
    """Put a request on hold « pour X raison » (art. 4.2). A reason that awaits the citizen stops the clock and asks him `note`.

    For any other reason `note` says more of it, for the staff, and `public_message` is what the citizen reads in his
    follow-up. `internal_note` goes with a question. `reason` is a row of the town's list or its code. Raises Refused without a reason, without the question when the
    citizen is awaited, or with a date gone by.
    """
    step = begin(pk=pk, verb=Verb.WAIT, by=by, now=now, seen_version=seen_version)
    today = local_day(now)
    chosen = reason_named(reason)
    refusals = waiting_refusals(
        reason=chosen.code if chosen else "",
        asks_citizen=bool(chosen and chosen.asks_citizen),
        note=note,
        next_action_on=next_action_on,
        today=today,
    )
    if refusals:
        raise Refused(*refusals)
    case = step.case
    case.waiting_reason, case.waiting_note, case.next_action_on = chosen, note, next_action_on
    case.planned_on = None
    if chosen.asks_citizen:
        case.clock_stopped_on = today
        Pause.objects.create(case=case, started_on=today)
    event = step.record(
        internal_note=internal_note if chosen.asks_citizen else note,
        public_message=note if chosen.asks_citizen else public_message,
        changes={"waiting_reason": chosen.label, "next_action_on": str(next_action_on or "")},
    )
    if chosen.asks_citizen:
        to_citizen("T3", event, question=note)
    return case


def reason_named(reason: WaitingReason | str | None) -> WaitingReason | None:
    """Return the reason that is offered today under this code, or None."""
    if reason is None or isinstance(reason, WaitingReason):
        return reason
    return WaitingReason.objects.offered().filter(code=reason).first()


@transaction.atomic
def plan(
    *,
    pk: int,
    planned_on: date | None,
    by: Actor,
    now: datetime,
    internal_note: str = "",
    public_message: str = "",
    seen_version: int | None = None,
) -> Case:
    """Announce the day of the intervention (art. 4.2: « action à venir »); the citizen is told it, with the word for him, in one message.

    Raises Refused without a day, or with one gone by.
    """
    step = begin(pk=pk, verb=Verb.PLAN, by=by, now=now, seen_version=seen_version)
    refused = planning_refusal(planned_on=planned_on, today=local_day(now))
    if refused is not None:
        raise Refused(refused)
    before, step.case.planned_on = step.case.planned_on, planned_on
    event = step.record(
        internal_note=internal_note,
        public_message=public_message,
        changes={"planned_on": [str(before or ""), str(planned_on)]},
    )
    if planned_on != before or public_message:
        words = {"date_prevue": day(planned_on), "information_demandeur": public_message}
        to_citizen("T4", event, **words)
        tell_attached("T4", event, public_message=public_message, **words)
    return step.case


def end_wait(case: Case, *, today: date) -> None:
    """Leave the waiting state: close the pause, and let the clock run again with the days waited added."""
    if case.clock_stopped_on is not None:
        case.pauses.filter(ended_on__isnull=True).update(ended_on=max(today, case.clock_stopped_on))
    case.waiting_reason, case.waiting_note = None, ""
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
