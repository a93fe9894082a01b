"""Requests attached to another (art. 4.1): one intervention, several people; each gets the news and sees nobody else."""

from datetime import datetime

from intake.mail.announce import to_citizen, to_employee, to_recipient
from intake.models import Case, CaseEvent
from intake.policy.roles import SYSTEM
from intake.policy.sorting import Attached, in_line, successor_status
from intake.policy.vocabulary import Status, Verb

from .calendar import set_due_on, town_clock
from .steps import Step, begin

# What belongs to the work, not to who asked for it: the intervention goes on as it was planned.
OF_THE_WORK = ("designation", "process_schema", "executor", "planned_on", "is_complex")
OF_THE_GRID = ("nature", "nature_name", "department")


def has_attached(case: Case) -> bool:
    """Say whether other requests are attached to this one."""
    return case.merged.exists()


def tell_attached(code: str, event: CaseEvent, *, public_message: str = "", **more: str) -> None:
    """Give the same news to everyone whose request is attached to the event's, each on his own file.

    Call it beside `to_citizen`, in the verb's transaction; without attached requests it does nothing.
    """
    for pk in event.case.merged.order_by("pk").values_list("pk", flat=True):
        step = begin(pk=pk, verb=Verb.FOLLOW, by=SYSTEM, now=event.at, seen_version=None)
        told = step.record(public_message=public_message, changes={"master": event.case.reference})
        to_citizen(code, told, **more)


def pass_on(case: Case, *, now: datetime) -> dict[str, str]:
    """Let the eldest of the attached requests take the place of one that leaves, and the others follow it (art. 2.3).

    Call it before anything is taken away from the case, in the verb's transaction. Each request has its event. The
    Responsable and whoever executes are told of the number that they now work under, the citizen that his request is
    with the service. Returns what the leaving case's own event says of it.
    """
    attached = [Attached(*row) for row in case.merged.values_list("pk", "received_at")]
    if not attached:
        return {}
    eldest, *others = in_line(attached)
    for pk in others:
        step = _succeed(pk, Status.MERGED, now)
        step.case.merged_into_id = eldest
        step.record(changes={"master": _reference_of(eldest)})
    step = _succeed(eldest, successor_status(case.status_), now)
    _take_place(step.case, case)
    event = step.record(changes={"succeeds": case.reference})
    _tell_of_successor(event)
    return {"successor": step.case.reference}


def _succeed(pk: int, outcome: Status, now: datetime) -> Step:
    return begin(pk=pk, verb=Verb.SUCCEED, by=SYSTEM, now=now, seen_version=None, outcome=outcome)


def _reference_of(pk: int) -> str:
    return Case.objects.values_list("reference", flat=True).get(pk=pk)


def _take_place(heir: Case, leaving: Case) -> None:
    """Give the heir the work as it stands; its own first day and promise stay its own."""
    # Not classified yet: what the heir was classified as is worth more than nothing.
    taken = (*OF_THE_WORK, *OF_THE_GRID) if leaving.nature_id else OF_THE_WORK
    for name in taken:
        setattr(heir, name, getattr(leaving, name))
    heir.priority = min(heir.priority, leaving.priority)  # p1 before p2: the more pressing of the two
    heir.merged_into = heir.closed_at = None
    set_due_on(heir, town_clock())


def _tell_of_successor(event: CaseEvent) -> None:
    case = event.case
    if case.designation is None:
        return
    to_recipient("R1", event, case.designation)
    if case.executor is not None and case.executor.email != case.designation.position_email:
        to_employee("R6", event, case.executor)
    to_citizen("T2", event)
