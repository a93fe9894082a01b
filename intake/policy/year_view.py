"""The year of a town, month by month: what is worked, what is off and why, and the days of the lists in both readings."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta

from .monthly import Month, Reading, month_of
from .working_days import WorkingCalendar, holiday_names


@dataclass(frozen=True)
class NamedClosure:
    """A closing of the offices as people know it; `closes_at` (local) makes it a half-day, still worked."""

    key: int
    label: str
    first: date
    last: date
    closes_at: time | None = None


@dataclass(frozen=True)
class YearMonth:
    """One month: its dates as the town reads them, and as the other reading would have them."""

    dates: Month
    other: Month
    working_days: int
    holidays: tuple[tuple[date, str], ...]
    closures: tuple[NamedClosure, ...]
    half_days: tuple[NamedClosure, ...]

    @property
    def first(self) -> date:
        """The first day of the month."""
        return date(self.dates.year, self.dates.month, 1)

    @property
    def differs(self) -> bool:
        """Say whether the other reading would send the list another day."""
        return self.other.list_on != self.dates.list_on


def other_reading(reading: Reading) -> Reading:
    """The one that the town did not choose."""
    return Reading.LAST_WEEK if reading is Reading.FULL_WEEK else Reading.FULL_WEEK


def year_view(
    year: int, calendar: WorkingCalendar, reading: Reading, closures: Iterable[NamedClosure] = ()
) -> list[YearMonth]:
    """Return the twelve months of a year. `closures` are those of `calendar` by name, half-days included.

    A closure that spans two months is in both. Raises YearOutOfRange.
    """
    return [_month(year, month, calendar, reading, list(closures)) for month in range(1, 13)]


def _month(
    year: int, month: int, calendar: WorkingCalendar, reading: Reading, closures: list[NamedClosure]
) -> YearMonth:
    dates = month_of(year, month, calendar, reading)
    first, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
    here = [closure for closure in closures if closure.first <= last and closure.last >= first]
    return YearMonth(
        dates=dates,
        other=month_of(year, month, calendar, other_reading(reading)),
        working_days=calendar.between(first - timedelta(days=1), last),
        holidays=tuple(sorted((day, name) for day, name in holiday_names(year).items() if first <= day <= last)),
        closures=tuple(closure for closure in here if closure.closes_at is None),
        half_days=tuple(closure for closure in here if closure.closes_at is not None),
    )
