"""A status as people say it: « En réunion jusqu'à 15 h », « statut de ce matin 8 h 40 – à vérifier ».

Values in, words out: moments are read in the zone of `now`.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol

from django.utils.translation import gettext as _

from snippets.french_dates import date_format
from snippets.models.availability import AvailabilityStatus

from .standing import Standing, standing

NOON, EVENING = time(12), time(18)
UNKNOWN = "unknown"
NO_BREAK = "\N{NO-BREAK SPACE}"


class Stated(Protocol):
    """What is known of a status: an `Availability`, or anything like it."""

    status: str
    until: datetime | None
    set_at: datetime


@dataclass(frozen=True)
class Said:
    """A status in words: what it is and until when, how old it is, and whether to check before believing it."""

    status: str
    label: str
    age: str = ""
    to_check: bool = False

    def __str__(self) -> str:
        return f"{self.label} ({self.age})" if self.age else self.label

    @property
    def short(self) -> str:
        """The words for a crowded list; empty when nothing was ever said."""
        if self.status == UNKNOWN:
            return ""
        return _("%(label)s (à vérifier)") % {"label": self.label} if self.to_check else self.label


def say(availability: Stated | None, *, now: datetime, stale_after: timedelta) -> Said:
    """Put a status in words; None is an employee who never said any."""
    if availability is None:
        return Said(UNKNOWN, _("Statut non indiqué"))
    holds = standing(set_at=availability.set_at, until=availability.until, now=now, stale_after=stale_after)
    label = str(AvailabilityStatus(availability.status).label)
    if availability.until is not None:
        label = f"{label} {until_words(availability.until, now=now)}"
    age = _("statut %(moment)s") % {"moment": moment_words(availability.set_at, now=now)}
    if holds is Standing.ENDED:
        age = _("%(age)s, heure passée – à vérifier") % {"age": age}
    elif holds is Standing.OLD:
        age = _("%(age)s – à vérifier") % {"age": age}
    return Said(availability.status, label, age, to_check=holds is not Standing.CURRENT)


def said_of(employee: object, *, now: datetime, stale_after: timedelta) -> Said:
    """Put the status of an employee in words; ask his row with `select_related("availability")`."""
    return say(getattr(employee, "availability", None), now=now, stale_after=stale_after)


def until_words(until: datetime, *, now: datetime) -> str:
    """Say until when: « jusqu'à 15 h », « jusqu'à demain 9 h », « jusqu'au 12 août »; midnight ends the day before."""
    local = until.astimezone(now.tzinfo)
    if local.time() == time(0):
        return _until_the_end_of(local.date() - timedelta(days=1), today=now.date())
    hour = hour_words(local)
    near = {
        0: _("jusqu'à %(hour)s"),
        1: _("jusqu'à demain %(hour)s"),
        -1: _("jusqu'à hier %(hour)s"),
    }.get((local.date() - now.date()).days)
    if near:
        return near % {"hour": hour}
    return _("jusqu'au %(day)s, %(hour)s") % {"day": day_words(local.date(), today=now.date()), "hour": hour}


def _until_the_end_of(day: date, *, today: date) -> str:
    near = {
        0: _("jusqu'à la fin de la journée"),
        1: _("jusqu'à demain soir"),
        -1: _("jusqu'à hier soir"),
    }.get((day - today).days)
    return near or _("jusqu'au %(day)s inclus") % {"day": day_words(day, today=today)}


def moment_words(moment: datetime, *, now: datetime) -> str:
    """Say of when something is: « de ce matin 8 h 40 », « d'hier 16 h 20 », « du 12 août, 8 h 40 »."""
    local = moment.astimezone(now.tzinfo)
    hour, age = hour_words(local), (now.date() - local.date()).days
    if age == 0:
        return _of_today(local.time()) % {"hour": hour}
    if age == 1:
        return _("d'hier %(hour)s") % {"hour": hour}
    return _("du %(day)s, %(hour)s") % {"day": day_words(local.date(), today=now.date()), "hour": hour}


def _of_today(at: time) -> str:
    if at < NOON:
        return _("de ce matin %(hour)s")
    return _("de cet après-midi %(hour)s") if at < EVENING else _("de ce soir %(hour)s")


def hour_words(moment: datetime) -> str:
    """Write an hour as the Office québécois de la langue française does, « 15 h », « 8 h 05 », never cut at a line's end."""
    hour = f"{moment.hour} h {moment.minute:02d}" if moment.minute else f"{moment.hour} h"
    return hour.replace(" ", NO_BREAK)


def day_words(day: date, *, today: date) -> str:
    """Write a day, « 1er août », with its year when it is not this one."""
    return date_format(day, "j F" if day.year == today.year else "j F Y")
