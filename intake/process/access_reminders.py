"""Reminders to the clerk before a delay of the law ends (art. 4.6: « répondre dans les délais »), each once.

What was sent is an event of the file, never the memory of the job: running twice, or after three days down, is harmless.
"""

from datetime import datetime

from django.db import transaction

from intake.mail.announce import to_whoever_answers
from intake.mail.values import day
from intake.models import AccessFile, Case, CaseEvent
from intake.models.access import UNANSWERED
from intake.policy.access import Step, reminder_due
from intake.policy.clocks import local_day
from intake.policy.roles import SYSTEM
from intake.policy.vocabulary import Kind, Verb

from .calendar import town_calendar

MESSAGES = {Step.EXPIRED: "R42"}


def remind_access(*, now: datetime) -> int:
    """Send the reminders that are due; return how many."""
    waiting = Case.objects.filter(kind=Kind.ACCESS_REQUEST.value, status__in=UNANSWERED, access_file__isnull=False)
    return sum(_remind(pk=pk, now=now) for pk in waiting.order_by("received_at", "pk").values_list("pk", flat=True))


@transaction.atomic
def _remind(*, pk: int, now: datetime) -> bool:
    case = Case.objects.select_for_update().get(pk=pk)
    access = AccessFile.objects.filter(case=case).first()
    if access is None or case.status not in UNANSWERED or case.due_on is None:
        return False
    reminder = reminder_due(internal=case.due_on, legal=access.legal_on, calendar=town_calendar(), on=local_day(now))
    if reminder is None or _was_sent(case, reminder.key):
        return False
    event = CaseEvent.objects.create(
        case=case,
        verb=Verb.REMIND.value,
        at=now,
        by_label=SYSTEM.label,
        from_status=case.status,
        to_status=case.status,
        changes={"reminder": reminder.key},
    )
    to_whoever_answers(
        MESSAGES.get(reminder.step, "R41"), event, echeance=day(case.due_on), date_legale=day(access.legal_on)
    )
    return True


def _was_sent(case: Case, key: str) -> bool:
    events = CaseEvent.objects.filter(case=case, verb=Verb.REMIND.value)
    return any(changes.get("reminder") == key for changes in events.values_list("changes", flat=True))
