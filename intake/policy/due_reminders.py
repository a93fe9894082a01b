"""Reminders of a due day (art. 2.3: « un suivi constant… des délais convenables et préétablis »): soon, passed, escalated.

Each step is said once of a request. Whatever moves the due day moves what is still owed; what was said stays said.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import Enum

from .working_days import WorkingCalendar


class DueStep(Enum):
    """What may be said of a due day; the first two to the Responsable, the last to the head of the service."""

    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    ESCALATED = "escalated"


@dataclass(frozen=True)
class DueRules:
    """The town's choices: working days before the day that are « soon », and after it until the head is told (None: never)."""

    soon_working_days: int
    escalate_after: int | None = None


def steps_owed(
    *,
    due_on: date,
    stopped: bool,
    said: Collection[DueStep],
    rules: DueRules,
    calendar: WorkingCalendar,
    today: date,
) -> list[DueStep]:
    """Return what is to be said today of an open request: [] on a day off, or while its clock is stopped.

    `stopped`: the citizen is awaited. A request that is already late is no longer « due soon », even if nobody ever
    said so. Two steps on one day are possible after days without a worker.
    """
    if stopped or not calendar.is_working_day(today):
        return []
    if today <= due_on:
        steps = [DueStep.DUE_SOON] if due_on <= calendar.add(today, rules.soon_working_days) else []
    else:
        steps = [DueStep.OVERDUE]
        if rules.escalate_after is not None and calendar.between(due_on, today) >= rules.escalate_after:
            steps.append(DueStep.ESCALATED)
    return [step for step in steps if step not in said]
