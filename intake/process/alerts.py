"""Questions that nobody has touched for one full working day (art. 2.3: « acheminer sans délai »)."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from intake.mail.announce import to_citizen_service
from intake.models import Case, CaseEvent
from intake.policy.clocks import local_day
from intake.policy.follow_up import is_left_untouched
from intake.policy.vocabulary import Kind, Status, Verb

from .calendar import town_clock

UNTOUCHED = "R9"
UNTOUCHING = [verb.value for verb in (Verb.RECEIVE, Verb.FOLLOW_CALENDAR)]


def alert_untouched_inquiries(*, now: datetime) -> int:
    """Tell the technician once of each question left alone; return how many were told. Running it again tells nothing."""
    clock, today = town_clock(), local_day(now)
    # What was imported was looked at by who imported it.
    waiting = Case.objects.filter(kind=Kind.INQUIRY.value, status=Status.RECEIVED.value, old_references__isnull=True)
    untold = waiting.exclude(_touched()).exclude(messages__code=UNTOUCHED).order_by("received_at", "pk")
    late = [
        case.pk
        for case in untold.only("pk", "received_at")
        if is_left_untouched(received_at=case.received_at, today=today, clock=clock)
    ]
    return sum(_tell(pk) for pk in late)


def _touched() -> Exists:
    """Say that something was done since the receipt, by someone: a target counted again is nobody's act."""
    return Exists(CaseEvent.objects.filter(case=OuterRef("pk")).exclude(verb__in=UNTOUCHING))


@transaction.atomic
def _tell(pk: int) -> bool:
    """Write the message on the receipt's event, unless someone touched the file or another worker told first."""
    case = Case.objects.select_for_update().get(pk=pk)
    if case.events.exclude(verb__in=UNTOUCHING).exists() or case.messages.filter(code=UNTOUCHED).exists():
        return False
    event = case.events.get(verb=Verb.RECEIVE.value)
    to_citizen_service(UNTOUCHED, event)
    return True
