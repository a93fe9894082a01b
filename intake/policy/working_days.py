"""Working days (art. 4.1, 4.2: « jour ouvré »): Monday to Friday, less Québec's statutory holidays, less the closures.

Statutory holidays are those of N-1.1 art. 60 and F-1.1; dates are days of the town's calendar.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType

import holidays

SATURDAY = 5
ONE_DAY = timedelta(days=1)
FIRST_YEAR, LAST_YEAR = 2000, 2100
_OBSERVED = " (observé)"  # the library's word for a day off that moved
FIRST_DAY, LAST_DAY = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)


class YearOutOfRange(ValueError):
    """The calendar knows the years 2000 to 2100."""

    def __init__(self, year: int) -> None:
        super().__init__(f"Le calendrier va de {FIRST_YEAR} à {LAST_YEAR}; l'année {year} n'y est pas.")


@lru_cache(maxsize=256)
def statutory_holidays(year: int) -> frozenset[date]:
    """Return Québec's statutory holidays of `year`.

    The library's public category of Québec, without its « (observed) » Christmas and New Year, which art. 60 does
    not give; 1 July and 24 June keep the next day when they fall on a Sunday. Raises YearOutOfRange.
    """
    return frozenset(holiday_names(year))


@lru_cache(maxsize=256)
def holiday_names(year: int) -> Mapping[date, str]:
    """Return the same holidays with their names, in French: « Fête nationale du Québec ». Raises YearOutOfRange."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise YearOutOfRange(year)
    fixed = {date(year, 1, 1): "Jour de l'an", date(year, 12, 25): "Jour de Noël"}
    days = holidays.country_holidays("CA", subdiv="QC", years=year, language="fr")
    kept = {day: days[day] for day in days if day.year == year}
    named = {d: _without_observed(name) for d, name in kept.items() if not _is_moved_new_year_or_christmas(d, name)}
    return MappingProxyType(fixed | named)


def _is_moved_new_year_or_christmas(day: date, name: str) -> bool:
    return _OBSERVED in name and day.month in (1, 12)


def _without_observed(name: str) -> str:
    return name.replace(_OBSERVED, " (reporté au lundi)")


@dataclass(frozen=True)
class Closure:
    """The offices are closed from `first` to `last`, both included."""

    first: date
    last: date

    def covers(self, day: date) -> bool:
        """Say whether the offices are closed on `day`."""
        return self.first <= day <= self.last


@dataclass(frozen=True)
class WorkingCalendar:
    """The town's working days; without closures it is the statutory calendar."""

    closures: tuple[Closure, ...] = ()

    @classmethod
    def with_closures(cls, spans: Iterable[tuple[date, date]]) -> "WorkingCalendar":
        """Build it from (first, last) pairs."""
        return cls(tuple(Closure(first, last) for first, last in sorted(spans)))

    def is_working_day(self, day: date) -> bool:
        """Say whether the town works on `day`."""
        return (
            day.weekday() < SATURDAY
            and day not in statutory_holidays(day.year)
            and not any(closure.covers(day) for closure in self.closures)
        )

    def next_working_day(self, day: date) -> date:
        """Return `day` if it is a working day, else the first one after it."""
        while not self.is_working_day(day):
            day += ONE_DAY
        return day

    def add(self, day: date, count: int) -> date:
        """Return the `count`-th working day after `day`, day 0 excluded; `count` 0 gives `day` itself."""
        for _ in range(count):
            day = self.next_working_day(day + ONE_DAY)
        return day

    def between(self, start: date, end: date) -> int:
        """Count the working days after `start` up to `end` included; 0 when `end` is not after `start`."""
        days = (end - start).days
        return sum(self.is_working_day(start + timedelta(days=offset)) for offset in range(1, days + 1))
