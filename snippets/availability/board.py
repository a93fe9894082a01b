"""The board of Annexe B: « vérifier au premier coup d'œil qui est disponible pour répondre à une demande »."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from snippets.folding import folded
from snippets.models import Department, Designation, Employee

from .substitutes import Replacement, designations_on, replacements
from .words import Said, day_words, said_of


@dataclass(frozen=True)
class Line:
    """One employee of the board; work coordinates only, never a private number."""

    employee: Employee
    extension: str
    said: Said
    receives_for: tuple[Department, ...]
    replacement: Replacement | None
    substitute_said: Said | None
    until_day: str = ""


@dataclass(frozen=True)
class Receiver:
    """Who receives for a service today, as the technician needs it to transfer a call."""

    designation: Designation
    said: Said
    replaced: Employee | None


def board(
    *, now: datetime, stale_after: timedelta, department: Department | None = None, words: str = ""
) -> list[Line]:
    """List the employees in office, by service then by name; the same few queries for ten as for two hundred."""
    employees = Employee.objects.filter(is_active=True).select_related("department", "availability")
    if department is not None:
        employees = employees.filter(department=department)
    in_force = designations_on(now.date())
    replaced = {replacement.replaced.pk: replacement for replacement in replacements(in_force)}
    in_order = employees.order_by("department__sort_order", "department__name", "last_name", "first_name", "pk")
    return [
        _line(employee, in_force, replaced.get(employee.pk), now=now, stale_after=stale_after)
        for employee in _matching(in_order, words)
    ]


def _matching(employees: Iterable[Employee], words: str) -> Iterable[Employee]:
    """Keep those whose name, function or extension holds every word, accents and capitals apart."""
    wanted = folded(words).split()
    for employee in employees:
        text = folded(f"{employee} {employee.job_title} {employee.phone_extension}")
        if all(word in text for word in wanted):
            yield employee


def _line(
    employee: Employee,
    in_force: Iterable[Designation],
    replacement: Replacement | None,
    *,
    now: datetime,
    stale_after: timedelta,
) -> Line:
    held = [designation for designation in in_force if designation.employee_id == employee.pk]
    substitute = replacement.by if replacement else None
    return Line(
        employee=employee,
        extension=employee.phone_extension or (held[0].phone_extension if held else ""),
        said=said_of(employee, now=now, stale_after=stale_after),
        receives_for=tuple(designation.department for designation in held),
        replacement=replacement,
        substitute_said=said_of(substitute.employee, now=now, stale_after=stale_after) if substitute else None,
        until_day=day_words(substitute.effective_until, today=now.date()) if substitute else "",
    )


def receivers(in_force: Iterable[Designation], *, statuses: Mapping[int, Said]) -> list[Receiver]:
    """List who receives for each service with his status and whom he replaces, to transfer a call; asks the database nothing.

    `statuses` are by service.
    """
    in_force = list(in_force)
    replaced = {replacement.by.pk: replacement.replaced for replacement in replacements(in_force)}
    return [Receiver(each, statuses[each.department_id], replaced.get(each.pk)) for each in in_force]
