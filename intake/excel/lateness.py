"""How late a case is on a day, counted once for each due day."""

from datetime import date

from intake.models.case import OPEN
from intake.policy.working_days import WorkingCalendar


class Lateness:
    """Counts working days of delay on one day; the same rule as `Case.objects.overdue`."""

    def __init__(self, *, on: date, calendar: WorkingCalendar) -> None:
        self._on = on
        self._calendar = calendar
        self._days: dict[date, int] = {}

    def is_late(self, status: str, due_on: date | None, clock_stopped_on: date | None) -> bool:
        """Say whether an open case's target day is past while its clock runs."""
        return due_on is not None and due_on < self._on and clock_stopped_on is None and status in OPEN

    def days(self, status: str, due_on: date | None, clock_stopped_on: date | None) -> int | None:
        """Return the working days since the target day; None when the case is not late."""
        if due_on is None or not self.is_late(status, due_on, clock_stopped_on):
            return None
        if due_on not in self._days:
            self._days[due_on] = self._calendar.between(due_on, self._on)
        return self._days[due_on]
