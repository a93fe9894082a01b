"""The technician's first decisions: classify and route (art. 4.1: « il prend les premières décisions… et définit sa classification »)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from intake.mail.announce import to_citizen, to_recipient
from intake.models import Case
from intake.policy.clocks import local_day
from intake.policy.refusal import Refusal
from intake.policy.roles import Actor
from intake.policy.vocabulary import Priority, Verb
from snippets.models import Designation, RequestNature

from .calendar import set_due_on, town_clock
from .steps import Refused, Step, begin

NO_NATURE = Refusal("4.1", "Choisissez d'abord la nature de la requête.", "nature")


@dataclass(frozen=True)
class Proposal:
    """What the grid proposes for a request; the technician confirms it, or changes the nature."""

    designation: Designation | None
    due_on: date | None
    warning: str = ""


def proposal_for(case: Case, *, on: date) -> Proposal:
    """Say to whom a request would go on this day, or why it stays with the technician."""
    if case.nature_id is None:
        return Proposal(None, case.due_on, str(NO_NATURE.reason))
    designation = current_designation(case.department_id, on=on)
    if designation is None:
        return Proposal(None, case.due_on, no_recipient(case).reason)
    return Proposal(designation, case.due_on)


def current_designation(department_id: int, *, on: date) -> Designation | None:
    """Return the designation in force for a service on a day (Annexe C)."""
    found = Designation.objects.effective_on(on).select_related("employee", "department")
    return found.filter(department_id=department_id).first()


def no_recipient(case: Case) -> Refusal:
    """The words for a service without a Responsable."""
    return Refusal(
        "4.1",
        f"Le service {case.department.name} n'a pas de Responsable désigné en ce moment. "
        "La demande reste avec le Service aux citoyens.",
    )


@transaction.atomic
def classify(*, pk: int, nature: RequestNature, by: Actor, now: datetime, seen_version: int | None = None) -> Case:
    """Give a request its nature: service, priority, target and due day follow from the grid.

    The date of receipt stays; a request already routed comes back to the technician. Raises Refused, NotVisible,
    CaseChanged.
    """
    step = begin(pk=pk, verb=Verb.CLASSIFY, by=by, now=now, seen_version=seen_version)
    _apply_nature(step, nature)
    return step.case


def _apply_nature(step: Step, nature: RequestNature) -> None:
    if not (nature.is_active and nature.department.is_active):
        raise Refused(Refusal("4.1", "Cette nature n'est plus offerte.", "nature"))
    case = step.case
    changes = {
        "nature": [case.nature_name, nature.name],
        "department": [case.department.name, nature.department.name],
        "due_on": [str(case.due_on or "")],
    }
    case.nature, case.nature_name, case.department = nature, nature.name, nature.department
    if not _is_linked_danger(case):
        case.priority, case.target_working_days = nature.priority, nature.target_working_days
    case.designation = None
    case.executor, case.process_schema = None, ""
    set_due_on(case, town_clock())
    changes["due_on"].append(str(case.due_on))
    step.record(changes=changes)


def _is_linked_danger(case: Case) -> bool:
    """A danger named in a complaint stays p1, whatever the nature it is given (art. 4.1)."""
    return case.origin_id is not None and case.priority == Priority.P1.value


@transaction.atomic
def route(
    *,
    pk: int,
    by: Actor,
    now: datetime,
    nature: RequestNature | None = None,
    internal_note: str = "",
    seen_version: int | None = None,
) -> Case:
    """Confirm the grid's proposal in one gesture: the Responsable of the day receives the request and is told.

    With `nature`, classify first, in the same transaction. Raises Refused when no nature is chosen or when the
    service has no valid designation: the request then stays with the technician.
    """
    if nature is not None:
        current = Case.objects.select_for_update().get(pk=pk)
        if current.nature_id != nature.pk:
            seen = classify(pk=pk, nature=nature, by=by, now=now, seen_version=seen_version)
            seen_version = seen.version
    step = begin(pk=pk, verb=Verb.ROUTE, by=by, now=now, seen_version=seen_version)
    if step.case.nature_id is None:
        raise Refused(NO_NATURE)
    designation = current_designation(step.case.department_id, on=local_day(now))
    if designation is None:
        raise Refused(no_recipient(step.case))
    step.case.designation = designation
    # Open files keep the process of their service (art. 4): a later change of the grid is for new requests.
    step.case.process_schema = step.case.department.process_schema_id
    event = step.record(internal_note=internal_note, changes={"recipient": str(designation.employee)})
    to_recipient("R1", event, designation)
    to_citizen("T2", event)
    return step.case
