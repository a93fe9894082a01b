"""Publishing the officials' list of a month, once (art. 4.1: « chaque premier jour ouvré du mois »)."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from intake.mail.outbox import new_mail
from intake.mail.texts import letter
from intake.mail.values import absolute
from intake.models import CouncilList, CouncilMessage
from intake.policy.clocks import local_day, may_write_to_people
from intake.policy.council import CouncilData
from intake.policy.roles import SYSTEM, Actor
from snippets.french_dates import date_format
from snippets.models import TownSettings

from .monthly_lists import month_on


def is_due(*, now: datetime) -> bool:
    """Say whether the officials' day of this month has come and its list is not out; nobody is written to before seven."""
    today = local_day(now)
    council_on = month_on(today).council_on
    return may_write_to_people(now) and council_on <= today and council_on >= TownSettings.load().lists_from


def publish(data: CouncilData, *, now: datetime, by: Actor = SYSTEM) -> bool:
    """Freeze the list of a month and tell the officials; return whether it was published now, for it is only once."""
    if CouncilList.objects.filter(month=data.month).exists():
        return False
    try:
        with transaction.atomic():
            _publish(data, now, by)
    except IntegrityError:
        return False  # another worker was first
    return True


def _publish(data: CouncilData, now: datetime, by: Actor) -> None:
    today = local_day(now)
    council_on = month_on(today).council_on
    published = CouncilList.objects.create(
        month=data.month,
        council_on=council_on,
        data=data.as_json(),
        published_at=now,
        published_by_label=by.label,
        late=today > council_on,
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
