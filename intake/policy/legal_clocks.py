"""Legal delays, in calendar days: complaint (4.4), claim (C-19 art. 585), access (4.6; A-2.1 art. 47).

Day 0 is not counted, the last day is. « Show the earliest, judge by the latest »: the citizen is told the date as it
falls; the town owes the last working day on or before it; a citizen is late only after the most generous date.
No clock refuses anything by itself (A-2.1 art. 65.2).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.easter import easter

from .working_days import ONE_DAY, SATURDAY, WorkingCalendar, statutory_holidays

COMPLAINT_DAYS = 15  # Art. 4.4: « dans un délai de 15 jours après les faits ».
CLAIM_DAYS = 15  # C-19 art. 585: written notice to the clerk, damage to property.
ACCESS_DAYS = 20  # art. 47: « dans les vingt jours qui suivent la date de la réception ». Calendar days (CAI).
EXTENSION_DAYS = 10  # Art. 4.6: « une période n'excédant pas dix (10) jours ».
REVIEW_DAYS = 30  # art. 135: recourse to the CAI.
SUNDAY = 6


def is_legal_holiday(day: date) -> bool:
    """Say whether `day` is a holiday of I-16 art. 61(23): Sundays and holidays, Easter Monday included, not Saturdays."""
    good_friday, easter_monday = easter(day.year) - timedelta(days=2), easter(day.year) + ONE_DAY
    return day.weekday() == SUNDAY or day in (good_friday, easter_monday) or day in statutory_holidays(day.year)


def legal_date(start: date, days: int) -> date:
    """Return the last day of a legal delay: a holiday moves it to the next day that is neither holiday nor Saturday.

    I-16 art. 52. A Saturday, or a day when only the town's offices are closed, moves nothing.
    """
    last = start + timedelta(days=days)
    if not is_legal_holiday(last):
        return last
    while is_legal_holiday(last) or last.weekday() == SATURDAY:
        last += ONE_DAY
    return last


@dataclass(frozen=True)
class CitizenDelay:
    """A delay that runs against a citizen: the date he is told, and the last day on which he is certainly in time."""

    told: date
    accepted_until: date

    def is_late(self, received_on: date) -> bool:
        """Say whether something received on this day is out of time; a person decides what follows."""
        return received_on > self.accepted_until


def citizen_delay(start: date, days: int, calendar: WorkingCalendar) -> CitizenDelay:
    """Count a delay from the facts; it is told unextended, and judged by the most generous day.

    That is the day of the law (a holiday of I-16 art. 61 moves it, art. 52), or the next on which the town works.
    """
    told = start + timedelta(days=days)
    return CitizenDelay(told=told, accepted_until=calendar.next_working_day(legal_date(start, days)))


def told_answer_by(received_on: date) -> date:
    """Return the day that the acknowledgement of an access request names: day 20 as it falls."""
    return received_on + timedelta(days=ACCESS_DAYS)


@dataclass(frozen=True)
class AccessClock:
    """The clock of an access request: what the law gives, what the town aims for, until when it may be extended."""

    told: date  # day 20 (or 20 and the extension) as the citizen is told it
    legal: date  # the last day by law
    internal: date  # the last working day on or before the day told
    extended: bool = False

    def is_deemed_refused(self, on: date) -> bool:
        """A-2.1 art. 52: silence after the legal date is a refusal, which may still be answered."""
        return on > self.legal

    def may_be_extended(self, on: date) -> bool:
        """Art. 4.6: once, and the notice must leave before the delay ends."""
        return not self.extended and on <= self.told


def access_clock(received_on: date, calendar: WorkingCalendar, *, extension_days: int = 0) -> AccessClock:
    """Build the clock from the day of receipt; `extension_days` is what the clerk added, 0 to 10.

    Raises ValueError beyond ten days (art. 4.6).
    """
    if not 0 <= extension_days <= EXTENSION_DAYS:
        raise ValueError(f"Une prolongation va de 1 à {EXTENSION_DAYS} jours (art. 4.6).")
    total = ACCESS_DAYS + extension_days
    told = received_on + timedelta(days=total)
    return AccessClock(
        told=told,
        legal=legal_date(received_on, total),
        internal=last_working_day_until(told, calendar),
        extended=extension_days > 0,
    )


def last_working_day_until(day: date, calendar: WorkingCalendar) -> date:
    """Return `day` if the town works on it, else the last working day before it."""
    while not calendar.is_working_day(day):
        day -= ONE_DAY
    return day
