"""Which published guides their service must read again (art. 2.3: « à jour et fiables »)."""

from datetime import date, timedelta

from wagtail.query import PageQuerySet

from .models import GuidePage

# A list shows a guide this long before its day, so that there is time to read it.
AHEAD = timedelta(days=30)


def to_review(today: date) -> PageQuerySet:
    """Guides whose day has gone by, is today or comes within a month, the most overdue first; `today` is the town's."""
    return _published().filter(review_due_on__lte=today + AHEAD)


def overdue(today: date) -> PageQuerySet:
    """Guides whose day has gone by, the most overdue first; `today` is the town's."""
    return _published().filter(review_due_on__lt=today)


def _published() -> PageQuerySet:
    return GuidePage.objects.live().select_related("department").order_by("review_due_on", "pk")
