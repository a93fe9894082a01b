"""How the figures of the director are counted (art. 4.1: « suivi de performance »; art. 2.3: « délais préétablis »).

Files are counted by service, nature, channel and month: never by employee, and no row is placed by how well it does
(art. 4.7, 4.8). The words of the page « Comment ces chiffres sont comptés » say the same as this module.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum
from itertools import accumulate

from .clocks import Pause
from .roles import Actor, Role
from .vocabulary import Kind
from .working_days import ONE_DAY, WorkingCalendar

HUNDRED = 100
MEDIAN, NINE_IN_TEN = 50, 90


class Reading(Enum):
    """What an account reads of the figures of requests (matrix of §3 of the domain notes)."""

    FILES = "files"  # the figures of the files that it sees, each with its list
    FIGURES = "figures"  # « M » in the matrix: the figures of every request, without the files
    NONE = "none"


def reading_of(actor: Actor) -> Reading:
    """Say how an actor reads the figures; a Responsable those of his own services."""
    if actor.has_any({Role.TECHNICIAN, Role.DIRECTOR}):
        return Reading.FILES
    if actor.has_any({Role.GENERAL_DIRECTOR, Role.EXPERIENCE}):
        return Reading.FIGURES
    return Reading.FILES if actor.has_any({Role.RECIPIENT}) else Reading.NONE


class OtherCount(Enum):
    """How the files of another kind are counted for a role."""

    EXACT = "exact"  # all of them
    MASKED = "masked"  # all of them, small counts masked as on the officials' list
    OWN = "own"  # those that the account sees
    OWN_MASKED = "own_masked"  # those that it sees, small counts masked: the page is printed


# §3: who reads anything of inquiries, complaints, claims and access requests. The director has no trace, not even in a
# number, of a complaint that targets him (explicit denial 6): only those in his charge are counted.
OTHER_COUNTS = {
    Role.TECHNICIAN: {
        Kind.INQUIRY: OtherCount.OWN,
        Kind.COMPLAINT: OtherCount.MASKED,
        Kind.CLAIM: OtherCount.MASKED,
        Kind.ACCESS_REQUEST: OtherCount.MASKED,
    },
    Role.DIRECTOR: {
        Kind.INQUIRY: OtherCount.OWN,
        Kind.COMPLAINT: OtherCount.OWN_MASKED,
        Kind.CLAIM: OtherCount.MASKED,
    },
    Role.GENERAL_DIRECTOR: {
        Kind.COMPLAINT: OtherCount.OWN_MASKED,
        Kind.CLAIM: OtherCount.OWN,
        Kind.ACCESS_REQUEST: OtherCount.OWN,
    },
    Role.EXPERIENCE: {Kind.INQUIRY: OtherCount.EXACT},
    Role.RECIPIENT: {Kind.INQUIRY: OtherCount.OWN},
}


def other_counts(actor: Actor) -> dict[Kind, OtherCount]:
    """Say how each other kind is counted for an actor; what is not there is not counted for him.

    Whoever holds several roles is counted for as the role that shows the least: one who directs and sorts must not
    learn from the second role of a complaint against him.
    """
    found: dict[Kind, OtherCount] = {}
    for role, kinds in OTHER_COUNTS.items():
        if actor.has_any({role}):
            for kind, count in kinds.items():
                found[kind] = max(found.get(kind, count), count, key=_RESERVE.index)
    return {kind: found[kind] for kind in Kind if kind in found}


_RESERVE = [OtherCount.EXACT, OtherCount.OWN, OtherCount.MASKED, OtherCount.OWN_MASKED]


class WorkingDays:
    """A calendar that has counted a span of days once: how many lie between two of them costs a subtraction.

    Outside the span it asks the calendar, one day after the other.
    """

    def __init__(self, calendar: WorkingCalendar, first: date, last: date) -> None:
        self._calendar, self._first, self._last = calendar, first, last
        days = (first + timedelta(days=offset) for offset in range((last - first).days + 1))
        self._counts = list(accumulate(map(calendar.is_working_day, days)))

    def between(self, start: date, end: date) -> int:
        """Count the working days after `start` up to `end` included, as the calendar does."""
        if end <= start:
            return 0
        if start < self._first or end > self._last:
            return self._calendar.between(start, end)
        return self._counts[(end - self._first).days] - self._counts[(start - self._first).days]


def delay(day_zero: date, done_on: date, pauses: Iterable[Pause], days: WorkingDays | WorkingCalendar) -> int:
    """Count the working days from the receipt to the day the work was done, less those spent waiting for the citizen.

    `day_zero` is that of the target (policy/clocks.py), so that a request done on its due day took exactly its target.
    0 when it was done the same day, or before it was asked.
    """
    waited = sum(
        days.between(max(pause.started_on, day_zero), min(pause.ended_on or done_on, done_on)) for pause in pauses
    )
    return max(0, days.between(day_zero, done_on) - waited)


def nearest_rank(sorted_values: list[int], percent: int) -> int | None:
    """Return the smallest value that at least `percent` % of the values do not exceed; None when there is none."""
    if not sorted_values:
        return None
    return sorted_values[-(-len(sorted_values) * percent // HUNDRED) - 1]


def share(part: int, whole: int) -> int | None:
    """Return a share in whole percents: 100 is all of them and 0 none, never « almost »; None of nothing."""
    if not whole:
        return None
    rounded = (part * 2 * HUNDRED + whole) // (2 * whole)
    if 0 < part < whole:
        return min(max(rounded, 1), HUNDRED - 1)
    return rounded


class Standing(Enum):
    """Where an open request stands today; each open request has one."""

    LATE = "retard"
    SOON = "bientot"
    STOPPED = "suspendue"
    LATER = "plus-tard"
    WITHOUT = "sans"


def standing(*, due_on: date | None, stopped: bool, today: date, soon: date) -> Standing:
    """Say where an open request stands: while the citizen is awaited its clock stands still, and it is not late."""
    if stopped:
        return Standing.STOPPED
    if due_on is None:
        return Standing.WITHOUT
    if due_on < today:
        return Standing.LATE
    return Standing.SOON if due_on <= soon else Standing.LATER


@dataclass(frozen=True)
class AgeBand:
    """Open requests received from `oldest` to `newest` days ago, both included, in days of the calendar; None: no end."""

    newest: int
    oldest: int | None

    def days(self, today: date) -> tuple[date | None, date]:
        """The first and the last day of receipt."""
        first = None if self.oldest is None else today - self.oldest * ONE_DAY
        return first, today - self.newest * ONE_DAY


AGE_BANDS = (AgeBand(0, 7), AgeBand(8, 30), AgeBand(31, 90), AgeBand(91, 365), AgeBand(366, None))


def age_band(received_on: date, today: date) -> AgeBand:
    """Return the band of a request; one received « tomorrow » by a wrong clock is of today."""
    age = max(0, (today - received_on).days)
    return next(band for band in AGE_BANDS if band.oldest is None or age <= band.oldest)


@dataclass
class Tally:
    """What is counted of some requests: those received and completed in the period, those open today."""

    received: int = 0
    completed: int = 0
    on_time: int = 0
    late: int = 0
    open: int = 0
    overdue: int = 0
    delays: list[int] = field(default_factory=list)

    def complete(self, *, done_on: date, due_on: date | None, took: int) -> None:
        """Count one that was completed: on time when it was done on its due day at the latest."""
        self.completed += 1
        self.delays.append(took)
        if due_on is not None:
            self.on_time += done_on <= due_on
            self.late += done_on > due_on

    def figures(self) -> "Figures":
        """Return what was counted."""
        ordered = sorted(self.delays)
        return Figures(
            received=self.received,
            completed=self.completed,
            on_time=self.on_time,
            late=self.late,
            open=self.open,
            overdue=self.overdue,
            median=nearest_rank(ordered, MEDIAN),
            nine_in_ten=nearest_rank(ordered, NINE_IN_TEN),
        )


@dataclass(frozen=True)
class Figures:
    """The figures of one row; delays in working days, None when nothing was completed."""

    received: int
    completed: int
    on_time: int
    late: int
    open: int
    overdue: int
    median: int | None
    nine_in_ten: int | None

    @property
    def share(self) -> int | None:
        """The share done within the delay, of those that had one, in percents."""
        return share(self.on_time, self.on_time + self.late)

    def __bool__(self) -> bool:
        return bool(self.received or self.completed or self.open)


@dataclass(frozen=True)
class Line:
    """One row of a table: `key` is what the list's filter calls it (a code, a channel, a month)."""

    key: str
    name: str
    figures: Figures


@dataclass(frozen=True)
class Performance:
    """Everything that the page says of requests, and how many files of the other kinds were received."""

    total: Figures
    year_before: Figures
    standings: dict[Standing, int]
    ages: dict[AgeBand, int]
    departments: tuple[Line, ...]
    natures: tuple[Line, ...]
    channels: tuple[Line, ...]
    months: tuple[Line, ...]
    others: tuple[tuple[Kind, OtherCount, int], ...]
