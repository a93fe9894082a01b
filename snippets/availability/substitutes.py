"""Who replaces whom today: the temporary designations of Annexe C, read the way a caller needs them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from snippets.models import Designation, Employee


@dataclass(frozen=True)
class Replacement:
    """`replaced` received the requests of a service; `by` is the designation of who does until its last day."""

    replaced: Employee
    by: Designation


def designations_on(day: date) -> list[Designation]:
    """Every designation in force on a day with its service, its Responsable and his status; one query."""
    related = ("department", "employee__availability")
    return list(Designation.objects.effective_on(day).select_related(*related).order_by("department__sort_order"))


def replacements(in_force: Iterable[Designation]) -> list[Replacement]:
    """Say who is replaced: a designation with a last day stands in for whoever held the service just before.

    Nobody is replaced when someone else comes after, or when that person has left; one query, or none.
    """
    temporary = {designation.department_id: designation for designation in in_force if designation.effective_until}
    if not temporary:
        return []
    signed = Designation.objects.filter(
        department_id__in=temporary,
        employee__is_active=True,
        signed_by_recipient_on__isnull=False,
        signed_by_head_on__isnull=False,
    )
    around: dict[int, list[Designation]] = {department_id: [] for department_id in temporary}
    for designation in signed.select_related("employee__availability").order_by("effective_from"):
        around[designation.department_id].append(designation)
    found = ((_replaced_by(current, around[department_id]), current) for department_id, current in temporary.items())
    return [Replacement(employee, current) for employee, current in found if employee]


def _replaced_by(current: Designation, others: list[Designation]) -> Employee | None:
    before = [d.employee for d in others if d.effective_from < current.effective_from]
    after = [d.employee for d in others if d.effective_from > current.effective_from]
    if not before or before[-1] == current.employee:
        return None
    return before[-1] if not after or after[0] == before[-1] else None
