"""What some columns count from: the day, the town's calendar, and who receives for each service then."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from intake.models.case import OPEN
from intake.policy.vocabulary import Status
from intake.policy.working_days import WorkingCalendar


@dataclass(frozen=True)
class Today:
    """One day of the town. `recipients` names who receives for a service, by its primary key (Annexe C)."""

    on: date
    calendar: WorkingCalendar
    recipients: Mapping[int, str] = field(default_factory=dict)
    _days: dict[date, int] = field(default_factory=dict, repr=False, compare=False)

    def is_late(self, status: str, due_on: date | None, clock_stopped_on: date | None) -> bool:
        """Say whether an open case's target day is past while its clock runs: the rule of `overdue_q`, for values."""
        return due_on is not None and due_on < self.on and clock_stopped_on is None and status in OPEN

    def days_late(self, status: str, due_on: date | None, clock_stopped_on: date | None) -> int | None:
        """Return the working days since the target day, counted once for each day; None when the case is not late."""
        if due_on is None or not self.is_late(status, due_on, clock_stopped_on):
            return None
        if due_on not in self._days:
            self._days[due_on] = self.calendar.between(due_on, self.on)
        return self._days[due_on]

    def recipient(self, status: str, department_id: int, first_name: str | None, last_name: str | None) -> str:
        """Name who has the case in hand: an open one follows the designation of the day, others keep theirs."""
        if status in OPEN and status != Status.RECEIVED.value:
            return self.recipients.get(department_id, "")
        return f"{first_name or ''} {last_name or ''}".strip()
