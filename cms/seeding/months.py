"""Art. 4.1, 4.2 in the demonstration: the lists of the last month that had its day, partly answered, and the officials'."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from django.db import transaction

from intake.jobs import publish_owed
from intake.models import LineAnswer, OpenRequestsLine, OpenRequestsList
from intake.policy.clocks import TOWN_ZONE, local_day
from intake.policy.list_answers import Answer, GivenLine
from intake.policy.monthly import Month
from intake.policy.roles import SYSTEM
from intake.policy.vocabulary import Status
from intake.process import council
from intake.process.calendar import town_calendar
from intake.process.monthly_answers import Chosen, apply
from intake.process.monthly_lists import month_on, plan_lists, send_list

from .ledger import Ledger
from .outbox import mark_as_sent, mark_lists_as_sent
from .staff import recipients

SENT_AT = time(8)
REASON, NOTE = "weather", "À reprendre dès que le temps le permet."
MESSAGE = "Notre équipe passera ce jour-là, si le temps le permet."


@transaction.atomic
def seed_months(ledger: Ledger, *, now: datetime) -> None:
    """Send the lists and publish the officials' list as the worker would have on their days, once; no mail leaves."""
    if not ledger.first_time("months"):
        return
    month = _last_month_with_a_list(local_day(now))
    for monthly in plan_lists(month):
        send_list(pk=monthly.pk, by=SYSTEM, now=_morning(month.list_on))
    for position, monthly in enumerate(OpenRequestsList.objects.filter(month=month.name).exclude(file="")):
        _answer(monthly, share=(2, 1, 0)[position % 3], now=now)
    for owed in council.owed_lists(day=local_day(now), now=now):
        publish_owed(replace(owed, told_at=_morning(owed.council_on)), now=_morning(owed.council_on))
    mark_as_sent(OpenRequestsLine.objects.values_list("case_id", flat=True))
    mark_lists_as_sent()


def _last_month_with_a_list(today: date) -> Month:
    month = month_on(today)
    return month if today > month.list_on else month_on(today.replace(day=1) - timedelta(days=1))


def _morning(day: date) -> datetime:
    return datetime.combine(day, SENT_AT, TOWN_ZONE)


def _answer(monthly: OpenRequestsList, *, share: int, now: datetime) -> None:
    """Let its Responsable answer all (2), half (1) or none (0) of the lines, on the page of the list."""
    by = recipients(local_day(now)).get(monthly.department_id)
    if by is None or not share:
        return
    open_lines = [
        line
        for line in monthly.lines.select_related("case")
        if line.case.status in (Status.ROUTED.value, Status.IN_PROGRESS.value)
    ]
    tomorrow = town_calendar().add(local_day(now), 1)
    answers = (
        GivenLine(Answer.PLANNED, day=tomorrow, public_message=MESSAGE),
        GivenLine(Answer.WAITING, reason=REASON, internal_note=NOTE),
    )
    chosen = [
        Chosen(line, answers[position % 2], line.case.version)
        for position, line in enumerate(_first(open_lines, share))
    ]
    apply(monthly, chosen, by=by, now=now, source=LineAnswer.Source.WEB)


def _first(lines: list[OpenRequestsLine], share: int) -> list[OpenRequestsLine]:
    return lines if share == 2 else lines[: (len(lines) + 1) // 2]  # noqa: PLR2004 - all, or half
