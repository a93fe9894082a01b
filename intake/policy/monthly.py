"""The rhythm of the month (art. 4.1, 4.2): the list to each Responsable, its answer, the list to the officials.

Art. 4.1 says « le premier jour ouvré de la dernière semaine », 4.2 « le dernier lundi d'une semaine complète », of the
same list: both readings are here, the town chooses (docs/policy-readings.md). Dates are days of the town's calendar.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from .working_days import FIRST_YEAR, LAST_YEAR, ONE_DAY, WorkingCalendar, YearOutOfRange

WEEK = timedelta(days=7)
MONDAY_TO_FRIDAY = timedelta(days=4)


class Reading(Enum):
    """How a town reads the day of the list."""

    # 4.2: the last Monday whose Monday-to-Friday week lies wholly in the month.
    FULL_WEEK = "full_week"
    # 4.1: the first working day of the week that holds the last day of the month.
    LAST_WEEK = "last_week"


@dataclass(frozen=True)
class Month:
    """The three dates of a month; `council_on` is that of the list about the month before."""

    year: int
    month: int
    list_on: date
    due_on: date
    council_on: date

    @property
    def name(self) -> str:
        """`2026-05`."""
        return f"{self.year:04d}-{self.month:02d}"


def month_of(year: int, month: int, calendar: WorkingCalendar, reading: Reading = Reading.FULL_WEEK) -> Month:
    """Return the dates of a month. Raises YearOutOfRange.

    Answers are due on the last working day (4.2); the officials' list leaves on the first (4.1). A month without any
    working day (a town that closes a whole month) puts everything on the first working day that follows.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise YearOutOfRange(year)
    first, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
    council_on = calendar.next_working_day(first)
    if council_on > last:
        return Month(year, month, council_on, council_on, council_on)
    due_on = last_working_day(first, last, calendar)
    mondays = full_week_mondays(first, last) if reading is Reading.FULL_WEEK else last_week_mondays(first, last)
    return Month(year, month, _list_day(mondays, due_on, calendar) or council_on, due_on, council_on)


def _list_day(mondays: Iterator[date], due_on: date, calendar: WorkingCalendar) -> date | None:
    """Return the first of `mondays` (latest first) that leaves a working day before the answers are due.

    « The next working day if it is not one; should that pass the due date, back to the previous complete week. »
    """
    days = (calendar.next_working_day(monday) for monday in mondays)
    return next((day for day in days if day <= due_on), None)


def full_week_mondays(first: date, last: date) -> Iterator[date]:
    """Give the Mondays whose week, Monday to Friday, lies in the month, the latest first."""
    latest = last - MONDAY_TO_FRIDAY
    monday = latest - timedelta(days=latest.weekday())
    while monday >= first:
        yield monday
        monday -= WEEK


def last_week_mondays(first: date, last: date) -> Iterator[date]:
    """Give the Monday of the week that holds the last day of the month, then those of the complete weeks before."""
    monday = last - timedelta(days=last.weekday())
    yield monday
    yield from (earlier for earlier in full_week_mondays(first, last) if earlier < monday)


def last_working_day(first: date, last: date, calendar: WorkingCalendar) -> date:
    """Return the last working day from `first` to `last`, both included; there is one."""
    day = last
    while day > first and not calendar.is_working_day(day):
        day -= ONE_DAY
    return day


def year_of(year: int, calendar: WorkingCalendar, reading: Reading = Reading.FULL_WEEK) -> list[Month]:
    """Return the twelve months of a year. Raises YearOutOfRange."""
    return [month_of(year, month, calendar, reading) for month in range(1, 13)]
