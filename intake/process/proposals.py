"""What the grid proposes for many requests at once (art. 4.1), with the same words as for one and few queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from intake.models import Case
from intake.policy.clocks import Clock, Pause
from snippets.models import Department, Designation, RequestNature

from .calendar import town_clock
from .triage import NO_NATURE, no_recipient


@dataclass(frozen=True)
class BulkProposal:
    """Where one request would go: its nature, service and Responsable, its due day, or the reason why it can't."""

    case: Case
    nature: RequestNature | None
    department: Department
    designation: Designation | None
    due_on: date | None
    warning: str = ""


def proposals_for(
    cases: Iterable[Case], *, in_force: Mapping[int, Designation], nature: RequestNature | None = None
) -> list[BulkProposal]:
    """Say to whom each request would go, as it is classified or as `nature` would make it.

    `in_force` are the designations of the day by service.
    """
    clock = town_clock()
    return [_proposal(case, nature, in_force, clock) for case in cases]


def _proposal(
    case: Case, nature: RequestNature | None, in_force: Mapping[int, Designation], clock: Clock
) -> BulkProposal:
    if nature is None and case.nature is None:
        return BulkProposal(case, None, case.department, None, case.due_on, NO_NATURE.reason)
    department, due_on = case.department, case.due_on
    if nature is not None:
        department, due_on = nature.department, _due_on(case, nature, clock)
    designation = in_force.get(department.pk)
    # The warning speaks of the service alone: the one that the request would have.
    warning = "" if designation else no_recipient(Case(department=department)).reason
    return BulkProposal(case, nature or case.nature, department, designation, due_on, warning)


def _due_on(case: Case, nature: RequestNature, clock: Clock) -> date:
    pauses = [Pause(pause.started_on, pause.ended_on) for pause in case.pauses.all()]
    return clock.due_on(case.received_at, nature.target_working_days, pauses)
