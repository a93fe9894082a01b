"""The life of a file after its receipt: who does what, when, until `now`."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from intake.models import Case
from intake.policy.clocks import TOWN_ZONE
from intake.policy.roles import Actor
from intake.policy.vocabulary import WAITING_FOR_CITIZEN, Priority
from intake.policy.working_days import WorkingCalendar
from intake.process import Completion, answer, close, complete, reopen, resume, route, take, wait
from snippets.models import RequestNature

from .stories import Story
from .timeline import Moments
from .work import give_to_executor, plan_it

# Shares of the requests.
ROUTED_AT_ONCE, STUCK, LATE, WAITED, REOPENED, SAYS_NOTHING = 0.6, 0.15, 0.15, 0.3, 0.06, 0.15
# Shares of the stuck ones: never taken in hand, or waiting for something still.
NEVER_TAKEN, STUCK_WAITS = 0.3, 0.75
# Art. 4.2: the secretary receives, someone else executes.
INFRASTRUCTURES = "b"
# Nobody forgets a request for longer than this, and never a danger.
FORGOTTEN_AT_MOST = timedelta(days=80)


@dataclass(frozen=True)
class Desk:
    """Who works, with what words, from which calendar."""

    technician: Actor
    recipients: dict[int, Actor]
    texts: dict[str, Any]
    rng: Random
    calendar: WorkingCalendar


def live(case: Case, story: Story, *, desk: Desk, now: datetime, nature: RequestNature | None) -> None:
    """Route, take, sometimes wait, complete, close and sometimes reopen a request, as far as time has gone."""
    rng, moments = desk.rng, Moments(desk.rng, desk.calendar, case.received_at, now)
    danger = case.priority == Priority.P1.value
    if not moments.later(0 if danger or rng.random() < ROUTED_AT_ONCE else 1):
        return
    case = route(pk=case.pk, by=desk.technician, now=moments.at, nature=nature)
    worker = desk.recipients[case.department_id]
    stuck = _is_stuck(case, danger=danger, rng=rng, now=now)
    if (stuck and rng.random() < NEVER_TAKEN) or not moments.later(0 if danger else rng.randrange(3)):
        return
    if case.process_schema == INFRASTRUCTURES:
        worker = give_to_executor(case, worker, moments, rng)
    take(pk=case.pk, by=worker, now=moments.at)
    plan_it(case, worker, moments, rng, desk.calendar)
    waits = not danger and rng.random() < (STUCK_WAITS if stuck else WAITED)
    # The Responsable holds and resumes, whoever executes (art. 4.2).
    responsable = desk.recipients[case.department_id]
    if waits and not _hold(case, responsable, moments, desk):
        return
    if stuck or (waits and not _resume(case, responsable, moments, rng)):
        return
    _finish(case, story, worker, moments, desk)


def _is_stuck(case: Case, *, danger: bool, rng: Random, now: datetime) -> bool:
    return not danger and now - case.received_at < FORGOTTEN_AT_MOST and rng.random() < STUCK


def _hold(case: Case, worker: Actor, moments: Moments, desk: Desk) -> bool:
    """Put a request on hold for a reason; say whether that has come."""
    reason = desk.rng.choice([WAITING_FOR_CITIZEN, *sorted(desk.texts["waiting"])])
    if not moments.later(1):
        return False
    wait(
        pk=case.pk,
        reason=reason,
        by=worker,
        now=moments.at,
        note=desk.rng.choice(desk.texts["waiting"][reason]),
        next_action_on=(moments.at + timedelta(days=desk.rng.randrange(5, 15))).astimezone(TOWN_ZONE).date(),
    )
    return True


def _resume(case: Case, worker: Actor, moments: Moments, rng: Random) -> bool:
    if not moments.later(rng.randrange(3, 12)):
        return False
    resume(pk=case.pk, by=worker, now=moments.at)
    return True


def _finish(case: Case, story: Story, worker: Actor, moments: Moments, desk: Desk) -> None:
    rng = desk.rng
    if not moments.later(_days_of_work(case, rng)):
        return
    _complete(case, story, worker, moments, rng)
    if not moments.later(rng.randrange(1, 4)):
        return
    close(pk=case.pk, by=desk.technician, now=moments.at)
    if rng.random() < REOPENED and moments.later(rng.randrange(2, 12)):
        reason = rng.choice(desk.texts["reopening"]["reasons"])
        reopen(pk=case.pk, reason=reason, by=desk.technician, now=moments.at)
        if moments.later(rng.randrange(2, 6)):
            _complete(case, story, worker, moments, rng)
            if moments.later(1):
                close(pk=case.pk, by=desk.technician, now=moments.at)


def _days_of_work(case: Case, rng: Random) -> int:
    target = case.target_working_days or 1
    share = rng.uniform(1.1, 1.8) if rng.random() < LATE else rng.uniform(0.15, 0.75)
    return round(target * share)


def _complete(case: Case, story: Story, worker: Actor, moments: Moments, rng: Random) -> None:
    today = moments.at.astimezone(TOWN_ZONE).date()
    done_on = max(today - timedelta(days=rng.randrange(2)), case.received_at.astimezone(TOWN_ZONE).date())
    complete(
        pk=case.pk,
        completion=Completion(
            done_on=done_on,
            phone_extension=worker.phone_extension,
            internal_note=story.note,
            public_message="" if rng.random() < SAYS_NOTHING else story.message,
        ),
        by=worker,
        now=moments.at,
    )


def answer_inquiry(case: Case, story: Story, *, desk: Desk, now: datetime) -> None:
    """Answer a question within a day or two (art. 4.1: « gérée au premier contact »)."""
    moments = Moments(desk.rng, desk.calendar, case.received_at, now)
    if moments.later(desk.rng.randrange(3)):
        answer(pk=case.pk, reply=story.message, by=desk.technician, now=moments.at)
