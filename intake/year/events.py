"""The days of last year, this one and the next as all-day events; the same day keeps its identifier when it moves."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from intake.policy.clocks import local_day
from intake.policy.monthly import Month, year_of
from intake.policy.working_days import FIRST_YEAR, LAST_YEAR, ONE_DAY, holiday_names
from intake.policy.year_view import NamedClosure
from intake.process.calendar import named_closures, town_calendar, town_reading
from snippets.availability.words import hour_words
from snippets.french_dates import date_format
from snippets.models import TownSettings

REFRESH = timedelta(hours=12)


@dataclass(frozen=True)
class DayEvent:
    """All-day, from `first` to `last`, both included."""

    key: str
    first: date
    last: date
    summary: str


def as_ics(*, now: datetime) -> bytes:
    """Return the feed: list days, due days, the officials' days, holidays and closures, as the town reads them today."""
    today = local_day(now)
    town = TownSettings.load()
    calendar = Calendar()
    calendar.add("prodid", "-//Guichet//Calendrier//FR")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("Guichet – %(town)s") % {"town": town.name})
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    host = urlsplit(settings.BASE_URL).hostname or "guichet"
    for event in sorted(events_around(today), key=lambda event: (event.first, event.key)):
        calendar.add_component(_component(event, host=host, now=now))
    return calendar.to_ical()


def events_around(today: date) -> Iterator[DayEvent]:
    """List the events of last year, this one and the next, in no order."""
    years = [year for year in range(today.year - 1, today.year + 2) if FIRST_YEAR <= year <= LAST_YEAR]
    calendar, reading = town_calendar(), town_reading()
    for year in years:
        for month in year_of(year, calendar, reading):
            yield from _of_month(month)
        for day, name in holiday_names(year).items():
            yield DayEvent(f"holiday-{day}", day, day, _("Jour férié : %(name)s") % {"name": name})
    yield from map(_closing, named_closures(date(years[0], 1, 1), date(years[-1], 12, 31)))


def _of_month(month: Month) -> Iterator[DayEvent]:
    first = date(month.year, month.month, 1)
    this = {"month": date_format(first, "F Y")}
    before = {"month": date_format(first - ONE_DAY, "F Y")}
    lists = [
        ("list", month.list_on, _("Listes aux Responsables – %(month)s") % this),
        ("due", month.due_on, _("Réponses aux listes attendues – %(month)s") % this),
        # Art. 4.1: on the first working day, about the month before.
        ("council", month.council_on, _("Liste aux élus – %(month)s") % before),
    ]
    for key, day, summary in lists:
        yield DayEvent(f"{key}-{month.name}", day, day, summary)


def _closing(closure: NamedClosure) -> DayEvent:
    words = {"name": closure.label}
    summary = _("Bureaux fermés : %(name)s") % words
    if closure.closes_at is not None:
        hour = hour_words(datetime.combine(closure.first, closure.closes_at))
        summary = _("Bureaux fermés à partir de %(hour)s : %(name)s") % (words | {"hour": hour})
    return DayEvent(f"closure-{closure.key}", closure.first, closure.last, summary)


def _component(event: DayEvent, *, host: str, now: datetime) -> Event:
    component = Event()
    component.add("uid", f"{event.key}@{host}")
    component.add("dtstamp", now.astimezone(UTC))
    component.add("dtstart", event.first)
    component.add("dtend", event.last + ONE_DAY)  # RFC 5545: the end is not included
    component.add("summary", event.summary)
    component.add("transp", "TRANSPARENT")  # nobody is busy for it
    return component
