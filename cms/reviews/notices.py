"""Telling the owner of guides that their review date has gone by, once a date (art. 2.3: « à jour et fiables »)."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intake.mail.outbox import new_mail
from intake.mail.texts import letter
from intake.mail.values import absolute, day
from intake.policy.clocks import local_day
from services_pages.models import GuidePage, ReviewNotice
from services_pages.reviews import overdue
from snippets.models import TownSettings

from .owners import addresses

TO_REVIEW = "R73"


def tell_owners(*, now: datetime) -> int:
    """Write one mail to each owner of a guide whose date went by untold, listing all his overdue guides.

    Returns how many mails were written. Safe to run twice, late and from two workers: a date is told once. Without an
    address nothing is written, and it is tried again the next day.
    """
    due = list(overdue(local_day(now)))
    told = set(ReviewNotice.objects.filter(page__in=due).values_list("page_id", "review_due_on"))
    town = TownSettings.load()
    return sum(
        _tell(address, guides, [guide for guide in guides if (guide.pk, guide.review_due_on) not in told], now, town)
        for address, guides in addresses(due, on=local_day(now), town=town).items()
    )


def _tell(address: str, guides: list[GuidePage], untold: list[GuidePage], now: datetime, town: TownSettings) -> bool:
    """Write the mail with its notices, all or none; False when nothing is new, or when another worker was first."""
    if not untold:
        return False
    notices = [
        ReviewNotice(page=guide, review_due_on=guide.review_due_on, told_at=now, recipient=address) for guide in untold
    ]
    try:
        with transaction.atomic():
            ReviewNotice.objects.bulk_create(notices)
            new_mail(recipient=address, letter=letter(TO_REVIEW, _values(guides, town)), town=town)
    except IntegrityError:
        return False
    return True


def _values(guides: list[GuidePage], town: TownSettings) -> dict[str, str]:
    services = dict.fromkeys(guide.department.name for guide in guides if guide.department)
    return {
        "service": ", ".join(services) or _("responsable"),
        "nombre_guides": ngettext("%(count)d guide", "%(count)d guides", len(guides)) % {"count": len(guides)},
        "liste_guides": "\n".join(map(_line, guides)),
        "lien_guides": absolute(reverse("review_report")),
        "ville": town.name,
    }


def _line(guide: GuidePage) -> str:
    parts = guide.get_url_parts()
    address = absolute(parts[2]) if parts and parts[2] else ""
    when = _("à réviser le %(day)s") % {"day": day(guide.review_due_on)}
    return f"– {guide.title} ({when})\n  {address}".rstrip()
