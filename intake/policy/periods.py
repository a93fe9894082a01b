"""The periods that figures are about: a month, a quarter, a year, or chosen days of the town's calendar.

A period is written in an address as `2026-11`, `2026-T4` or `2026`; chosen days have no such word.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import Enum

from .working_days import FIRST_YEAR, LAST_YEAR, ONE_DAY, YearOutOfRange

MONTHS_A_QUARTER, MONTHS_A_YEAR = 3, 12
_WORD = re.compile(r"(?P<year>\d{4})(?:-(?:(?P<month>0[1-9]|1[0-2])|T(?P<quarter>[1-4])))?")


class Span(Enum):
    """How long a period is."""

    MONTH = "mois"
    QUARTER = "trimestre"
    YEAR = "annee"
    DAYS = "dates"


_LENGTH = {Span.MONTH: 1, Span.QUARTER: MONTHS_A_QUARTER, Span.YEAR: MONTHS_A_YEAR}


@dataclass(frozen=True)
class Period:
    """From `first` to `last`, both included."""

    span: Span
    first: date
    last: date

    @property
    def word(self) -> str:
        """How the address says it; empty for chosen days."""
        year, month = self.first.year, self.first.month
        match self.span:
            case Span.MONTH:
                return f"{year:04d}-{month:02d}"
            case Span.QUARTER:
                return f"{year:04d}-T{(month + 2) // MONTHS_A_QUARTER}"
            case Span.YEAR:
                return f"{year:04d}"
            case Span.DAYS:
                return ""

    def holds(self, day: date) -> bool:
        """Say whether `day` is in it."""
        return self.first <= day <= self.last

    def next_to(self, steps: int) -> "Period | None":
        """Return the period of the same length `steps` further (negative: before); None for chosen days or outside the calendar."""
        if self.span is Span.DAYS:
            return None
        place = self.first.year * MONTHS_A_YEAR + self.first.month - 1 + steps * _LENGTH[self.span]
        if not FIRST_YEAR <= place // MONTHS_A_YEAR <= LAST_YEAR:
            return None
        return around(self.span, date(place // MONTHS_A_YEAR, place % MONTHS_A_YEAR + 1, 1))

    def a_year_before(self, *, today: date) -> "Period":
        """Return the same days one year earlier; of a period that is not over, only the days that have passed."""
        last = min(self.last, today) if self.holds(today) else self.last
        whole = last == self.last and self.span is not Span.DAYS
        before = _last_year(self.first)
        return around(self.span, before) if whole else Period(Span.DAYS, before, _last_year(last))


def _last_year(day: date) -> date:
    """The same day of the year before; 28 February for the 29th."""
    earlier = day.year - 1
    return date(earlier, 2, 28) if (day.month, day.day) == (2, 29) else day.replace(year=earlier)


def around(span: Span, day: date) -> Period:
    """Return the month, quarter or year that holds `day`."""
    length = _LENGTH[span]
    month = (day.month - 1) // length * length + 1
    after = day.year * MONTHS_A_YEAR + month - 1 + length
    return Period(span, date(day.year, month, 1), date(after // MONTHS_A_YEAR, after % MONTHS_A_YEAR + 1, 1) - ONE_DAY)


def period_of(word: str) -> Period:
    """Read the word of an address. Raises ValueError for what is no period, YearOutOfRange outside 2000 to 2100."""
    match = _WORD.fullmatch(word)
    if match is None:
        raise ValueError(word)
    year, month, quarter = int(match["year"]), match["month"], match["quarter"]
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise YearOutOfRange(year)
    if month:
        return around(Span.MONTH, date(year, int(month), 1))
    if quarter:
        return around(Span.QUARTER, date(year, int(quarter) * MONTHS_A_QUARTER, 1))
    return around(Span.YEAR, date(year, 1, 1))
