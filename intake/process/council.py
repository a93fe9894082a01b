"""Publishing the officials' list of a month, once (art. 4.1: « chaque premier jour ouvré du mois »)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from intake.mail.outbox import new_mail
from intake.mail.texts import letter
from intake.mail.values import absolute
from intake.models import CouncilList, CouncilMessage
from intake.policy.clocks import TOWN_ZONE, WRITES_FROM, local_day
from intake.policy.council import CouncilData, months_ending
from intake.policy.monthly import month_of
from intake.policy.roles import SYSTEM, Actor
from snippets.french_dates import date_format
from snippets.models import TownSettings

from .calendar import town_calendar, town_reading

# A list that is missing for longer is left alone.
MONTHS_LOOKED_BACK = 12


@dataclass(frozen=True)
class OwedList:
    """A list that is not out: the month that it is about, the day that it was to leave on, the moment that it tells of."""

    year: int
    month: int
    council_on: date
    told_at: datetime

    @property
    def name(self) -> str:
        """`2026-05`."""
        return f"{self.year:04d}-{self.month:02d}"


def owed_lists(*, day: date, now: datetime) -> list[OwedList]:
    """The lists whose day has come by `day` and that are not out, the eldest first: a month without a worker loses none.

    The last one tells of `now`; those of the months before, of the seven o'clock of their own day. Nothing is owed for
    a day before the town began (`TownSettings.lists_from`).
    """
    begins, calendar, reading = TownSettings.load().lists_from, town_calendar(), town_reading()
    published = set(CouncilList.objects.values_list("month", flat=True))
    found = []
    for year, number in months_ending(day.year, day.month, count=MONTHS_LOOKED_BACK):
        leaves_on = month_of(year, number, calendar, reading).council_on
        about = months_ending(year, number, count=2)[0]
        this_month = (year, number) == (day.year, day.month)
        owed = OwedList(*about, leaves_on, now if this_month else datetime.combine(leaves_on, WRITES_FROM, TOWN_ZONE))
        if begins <= leaves_on <= day and owed.name not in published:
            found.append(owed)
    return found


def publish(data: CouncilData, *, council_on: date, now: datetime, by: Actor = SYSTEM) -> bool:
    """Freeze the list of a month and tell the officials; return whether it was published now, for it is only once.

    `council_on` is the day that it was to leave on; after it, the list says that it is late.
    """
    if CouncilList.objects.filter(month=data.month).exists():
        return False
    try:
        with transaction.atomic():
            _publish(data, council_on, now, by)
    except IntegrityError:
        return False  # another worker was first
    return True


def _publish(data: CouncilData, council_on: date, now: datetime, by: Actor) -> None:
    published = CouncilList.objects.create(
        month=data.month,
        council_on=council_on,
        data=data.as_json(),
        published_at=now,
        published_by_label=by.label,
        late=local_day(now) > council_on,
    )
    town = TownSettings.load()
    for address in town.council_addresses():
        mail = new_mail(recipient=address, letter=letter("T19", _values(published, town)), town=town)
        CouncilMessage.objects.create(list=published, recipient=address, mail=mail)


def _values(published: CouncilList, town: TownSettings) -> dict[str, str]:
    return {
        "mois": month_words(published.month),
        "lien_liste": absolute(reverse("intake_council:month", args=[published.month])),
        "coordonnees_direction": town.director_email or town.phone or _("l'hôtel de ville"),
        "ville": town.name,
    }


def month_words(month: str) -> str:
    """« mai 2026 »."""
    return date_format(datetime.strptime(month, "%Y-%m"), "F Y")  # noqa: DTZ007 - a month, no moment
