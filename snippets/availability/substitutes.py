"""Who receives today and who replaces whom: the designations of Annexe C, read the way a caller needs them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from snippets.models import Designation, Employee


@dataclass(frozen=True)
class Replacement:
    """`replaced` received the requests of a service; `by` is the temporary designation of who does meanwhile."""

    replaced: Employee
    by: Designation


def designations_on(day: date) -> list[Designation]:
    """Every designation in force on a day with its service, its Responsable, his status and whom he replaces; one query."""
    related = ("department", "employee__availability", "replaces__employee")
    return list(Designation.objects.effective_on(day).select_related(*related).order_by("department__sort_order"))


def replacements(in_force: Iterable[Designation]) -> list[Replacement]:
    """Say who is replaced among those still in office; asks the database nothing."""
    temporary = [designation for designation in in_force if designation.replaces is not None]
    return [Replacement(each.replaces.employee, each) for each in temporary if each.replaces.employee.is_active]
