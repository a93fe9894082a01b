"""What the officials' list may say (art. 4.1; §3 of the domain notes): no person, no place, no words of anyone.

Requests by number, nature, service and days; complaints, claims and access requests as counts, the small ones masked.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

SMALLEST_COUNT = 5


@dataclass(frozen=True)
class CouncilLine:
    """One request, open or completed: `days` are working days late (open) or spent (completed)."""

    reference: str
    department: str
    nature: str
    received_on: str
    day: str
    status: str
    days: int


@dataclass(frozen=True)
class DepartmentCounts:
    """One service over the month."""

    department: str
    received: int
    completed: int
    open: int
    overdue: int


@dataclass(frozen=True)
class CouncilData:
    """All that the list of a month says; stored as it is, so that the month reads the same for ever."""

    month: str
    made_on: str
    open: tuple[CouncilLine, ...]
    completed: tuple[CouncilLine, ...]
    departments: tuple[DepartmentCounts, ...]
    # Kind and count in words: « 7 », « moins de 5 », « aucune ».
    confidential: tuple[tuple[str, str], ...]
    # The twelve months that end with this one: (month, received, completed).
    year: tuple[tuple[str, int, int], ...]

    def as_json(self) -> dict[str, Any]:
        """Return what is stored."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "CouncilData":
        """Read back what was stored."""
        return cls(
            month=stored["month"],
            made_on=stored["made_on"],
            open=tuple(CouncilLine(**line) for line in stored["open"]),
            completed=tuple(CouncilLine(**line) for line in stored["completed"]),
            departments=tuple(DepartmentCounts(**line) for line in stored["departments"]),
            confidential=tuple((kind, words) for kind, words in stored["confidential"]),
            year=tuple((month, received, completed) for month, received, completed in stored["year"]),
        )


def masked(count: int) -> str:
    """Return a count of confidential files: a small one could point at someone."""
    if count == 0:
        return "aucune"
    return str(count) if count >= SMALLEST_COUNT else f"moins de {SMALLEST_COUNT}"


def months_ending(year: int, month: int, *, count: int = 12) -> list[tuple[int, int]]:
    """Return `count` months as (year, month), the last one given."""
    place = year * 12 + month - 1
    return [(at // 12, at % 12 + 1) for at in range(place - count + 1, place + 1)]


def totals(lines: Iterable[DepartmentCounts], name: str) -> DepartmentCounts:
    """Add up the services."""
    rows = list(lines)
    return DepartmentCounts(
        name,
        *(sum(getattr(row, field) for row in rows) for field in ("received", "completed", "open", "overdue")),
    )


def iso(day: date | None) -> str:
    """A day as it is stored, or nothing."""
    return day.isoformat() if day else ""
