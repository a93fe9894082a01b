"""Moments of the past at which staff and citizens do things: office hours for the ones, any evening for the others."""

from datetime import date, datetime, time, timedelta
from random import Random

from intake.policy.clocks import TOWN_ZONE
from intake.policy.working_days import WorkingCalendar

OFFICE = (time(8, 10), time(16, 20))
MORNING = (time(8, 10), time(9, 40))
ANY_TIME = (time(6, 40), time(22, 40))


class Moments:
    """Walks from the receipt towards `end`; what would come later has not happened yet."""

    def __init__(self, rng: Random, calendar: WorkingCalendar, start: datetime, end: datetime) -> None:
        self._rng, self._calendar, self._end = rng, calendar, end
        self.at = start

    def later(self, working_days: int) -> bool:
        """Move on by so many working days (0: within the hour or so); say whether that moment has come."""
        soon = self.at + timedelta(minutes=self._rng.randrange(12, 70))
        local = soon.astimezone(TOWN_ZONE)
        if working_days == 0 and self._calendar.is_working_day(local.date()) and local.time() < OFFICE[1]:
            self.at = max(soon, datetime.combine(local.date(), OFFICE[0], TOWN_ZONE))
        else:
            day = self._calendar.add(
                self._calendar.next_working_day(self.at.astimezone(TOWN_ZONE).date()), working_days
            )
            morning = moment(self._rng, day, MORNING if working_days == 0 else OFFICE)
            self.at = morning if morning > self.at else moment(self._rng, self._calendar.add(day, 1), MORNING)
        return self.at <= self._end


def moment(rng: Random, day: date, hours: tuple[time, time]) -> datetime:
    """Return a moment of a day of the town between two hours."""
    first, last = (datetime.combine(day, hour, TOWN_ZONE) for hour in hours)
    return first + timedelta(seconds=rng.randrange(int((last - first).total_seconds())))


def received_moment(rng: Random, day: date, *, in_office: bool, calendar: WorkingCalendar, end: datetime) -> datetime:
    """Return when something arrives on a day; through staff, only when the offices are open; never after `end`."""
    if in_office:
        while not calendar.is_working_day(day):
            day -= timedelta(days=1)
    arrived = moment(rng, day, OFFICE if in_office else ANY_TIME)
    if arrived < end:
        return arrived
    if in_office:
        return received_moment(rng, day - timedelta(days=1), in_office=True, calendar=calendar, end=end)
    return end - timedelta(minutes=rng.randrange(5, 240))
