"""Target delays (art. 2.3: « délais convenables et préétablis »), in working days, stopped while the citizen is awaited."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from .working_days import ONE_DAY, WorkingCalendar

TOWN_ZONE = ZoneInfo("America/Toronto")
# A due day is « bientôt » when it is today or one of the next working days; the town may set how many.
SOON_WORKING_DAYS = 3
WRITES_FROM = time(7)  # local


@dataclass(frozen=True)
class Pause:
    """The clock stood still from the day the question left to the day the answer came; None: still waiting."""

    started_on: date
    ended_on: date | None


@dataclass(frozen=True)
class EarlyClosing:
    """From `first` to `last`, both included, the offices close at `closes_at` (local): half-days, still working days."""

    first: date
    last: date
    closes_at: time


@dataclass(frozen=True)
class Clock:
    """What the target is counted with: the town's calendar, its closing time (local) and its half-days."""

    calendar: WorkingCalendar
    closing_time: time = time(16, 30)
    half_days: tuple[EarlyClosing, ...] = ()

    def closes_at(self, day: date) -> time:
        """Return when the offices close on `day`, local."""
        early = [half.closes_at for half in self.half_days if half.first <= day <= half.last]
        return min([self.closing_time, *early])

    def day_zero(self, received_at: datetime) -> date:
        """Return the working day that counts as the day of receipt.

        Received on a day off, or at or after closing: the next working day. `received_at` is aware, any zone.
        """
        local = received_at.astimezone(TOWN_ZONE)
        day = local.date()
        if local.time() >= self.closes_at(day):
            day += ONE_DAY
        return self.calendar.next_working_day(day)

    def due_on(self, received_at: datetime, target_working_days: int, pauses: Iterable[Pause] = ()) -> date:
        """Return the last day of the target: day 0, plus the target, plus the working days spent waiting for the citizen.

        A pause that is not over adds nothing yet: while it lasts, the clock shows as stopped.
        """
        waited = sum(self.calendar.between(p.started_on, p.ended_on) for p in pauses if p.ended_on is not None)
        return self.calendar.add(self.day_zero(received_at), target_working_days + waited)


def local_day(moment: datetime) -> date:
    """Return the day of the town on which an aware moment falls; 23:59 still belongs to its day."""
    return moment.astimezone(TOWN_ZONE).date()


def may_write_to_people(now: datetime) -> bool:
    """Say whether the town's day has begun: nobody is written to before seven, local. `now` is aware, any zone."""
    return now.astimezone(TOWN_ZONE).time() >= WRITES_FROM


def may_write_today(now: datetime, calendar: WorkingCalendar) -> bool:
    """Say whether it is past seven on a working day, for what nobody should hear of on a day off. `now` is aware."""
    return may_write_to_people(now) and calendar.is_working_day(local_day(now))


def moments(first: date, last: date) -> tuple[datetime, datetime]:
    """Return the first moment of a day of the town and the first after another: what a half-open range asks for."""
    return datetime.combine(first, time.min, TOWN_ZONE), datetime.combine(last + ONE_DAY, time.min, TOWN_ZONE)
