"""The monthly lists to the Responsables (art. 4.1, 4.2): planned, held, sent once, sent again, reminded.

What was done is a row or a date, never the memory of a job: a list has one row per month and service, its sending is
one transaction with its mail, and any number of workers, restarts and late starts come to the same result.
"""

import secrets
from collections.abc import Iterable
from datetime import date, datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Count, Q

from intake.excel import monthly_book
from intake.excel.workbook import MEDIA_TYPE
from intake.mail import lists as mails
from intake.mail.outbox import Attached
from intake.models import Case, ListMessage, OpenRequestsLine, OpenRequestsList, private_storage
from intake.policy.clocks import local_day, may_write_to_people, moments
from intake.policy.council import months_ending
from intake.policy.monthly import Month, month_of
from intake.policy.refusal import Refusal
from intake.policy.roles import SYSTEM, Actor, Role
from intake.policy.vocabulary import OPEN_REQUEST_STATUSES, Kind, Status
from snippets.models import Department, TownSettings, WaitingReason

from .calendar import town_calendar, town_reading
from .steps import Refused
from .triage import current_designation

FOLDER = "lists"
LIST, REMINDER, NOTHING_TO_REPORT = "T17", "T18", "T17B"
ON_A_LIST = [status.value for status in OPEN_REQUEST_STATUSES if status is not Status.RECEIVED]
# « Le Technicien … envoie » (4.2); the director reads them all (§3 of the domain notes).
MANAGING_ROLES = frozenset({Role.TECHNICIAN})


def month_on(day: date) -> Month:
    """Return the month to which `day` belongs, with the dates of its list, as the town reads them."""
    return month_of(day.year, day.month, town_calendar(), town_reading())


def months_to(day: date) -> tuple[Month, Month]:
    """Return the month before that of `day`, then that of `day`; the calendar is read once for both."""
    calendar, reading = town_calendar(), town_reading()
    before, month = months_ending(day.year, day.month, count=2)
    return month_of(*before, calendar, reading), month_of(*month, calendar, reading)


def lines_for(department: Department, *, at: datetime) -> list[Case]:
    """The requests of a service that its list holds, oldest first, among those received by the moment it leaves.

    What is not routed yet stays with the technician.
    """
    cases = Case.objects.filter(
        kind=Kind.REQUEST.value, status__in=ON_A_LIST, department=department, received_at__lte=at
    )
    related = ("department", "nature", "waiting_reason", "executor", "designation__employee")
    return list(cases.select_related(*related).order_by("received_at", "pk"))


@transaction.atomic
def plan_lists(month: Month, *, save: bool = True) -> list[OpenRequestsList]:
    """Make the row of each service for a month, where it is missing: the technician then sees, holds or sends them.

    Rows that have not left follow the calendar: a closure added since they were made moves their days.
    """
    existing = OpenRequestsList.objects.filter(month=month.name).select_related("department")
    known = set(existing.values_list("department_id", flat=True))
    dates = {"list_on": month.list_on, "due_on": month.due_on}
    missing = [
        OpenRequestsList(month=month.name, department=department, **dates)
        for department in Department.objects.active().filter(receives_lists()).distinct().exclude(pk__in=known)
    ]
    if save:
        # Two workers at once: the constraint keeps one row, and both go on.
        OpenRequestsList.objects.bulk_create(missing, ignore_conflicts=True)
        existing.filter(sent_at__isnull=True).exclude(**dates).update(**dates)
        return list(existing.all())
    return [*existing, *missing]


def receives_lists() -> Q:
    """Services that take part: those with a Responsable or an open request."""
    return Q(designations__isnull=False) | Q(cases__kind=Kind.REQUEST.value, cases__status__in=ON_A_LIST)


def send_due_lists(*, now: datetime, by: Actor = SYSTEM) -> int:
    """Send every list whose day has come and that has not left; return how many left. Safe to call at any time, twice.

    A worker that was down on the day sends late, and the message says so. A town that began with Guichet after the
    day of this month's list waits for the next one (`TownSettings.lists_from`). Nobody gets a list before seven.
    """
    if not may_write_to_people(now):
        return 0
    owed = owed_lists(local_day(now), begins=TownSettings.load().lists_from)
    return sum(send_list(pk=monthly.pk, by=by, now=now) for monthly in owed)


def owed_lists(day: date, *, begins: date, save: bool = True) -> list[OpenRequestsList]:
    """Return the lists that should have left by a day and have not: those of its month, else those of the month before.

    The lists of the month before are owed until the day of this month's takes their place: a worker that was down to
    the end of the month skips nothing (art. 4.1). A service that joined since has no list of that month: its rows are
    planned only when the whole month was missed. Nothing is owed for a day before `begins`. With `save=False` nothing
    is written: rows that do not exist yet are only built, for a rehearsal.
    """
    before, month = months_to(day)
    if day >= month.list_on:
        rows = plan_lists(month, save=save) if month.list_on >= begins else []
    elif before.list_on >= begins:
        known = list(OpenRequestsList.objects.filter(month=before.name).select_related("department"))
        rows = known or plan_lists(before, save=save)
    else:
        rows = []
    return _to_send(rows)


def _to_send(rows: Iterable[OpenRequestsList]) -> list[OpenRequestsList]:
    return [row for row in rows if row.sent_at is None and row.held_at is None]


@transaction.atomic
def send_list(*, pk: int, by: Actor, now: datetime) -> bool:
    """Send one list, unless it has left; return whether it left now. Lines, days, recipient and workbook are frozen here.

    The days are those of the calendar of now: a closure may have come since the row was made. Sent by hand it goes even if it was held. A service without a Responsable: the technician receives it.
    """
    monthly = OpenRequestsList.objects.select_for_update().select_related("department").get(pk=pk)
    if monthly.sent_at is not None or (monthly.held_at is not None and by is SYSTEM):
        return False
    today, month = local_day(now), month_on(date.fromisoformat(f"{monthly.month}-01"))
    monthly.list_on, monthly.due_on = month.list_on, month.due_on
    monthly.designation = current_designation(monthly.department_id, on=today)
    monthly.sent_at, monthly.sent_by_label = now, by.label
    monthly.held_at, monthly.held_by_label = None, ""
    monthly.late = today > monthly.list_on
    lines = _freeze(monthly, now)
    monthly.file = _store_workbook(monthly, lines, now) if lines else ""
    monthly.save()
    _write(monthly, LIST if lines else NOTHING_TO_REPORT, by=by, now=now)
    return True


def _freeze(monthly: OpenRequestsList, now: datetime) -> list[OpenRequestsLine]:
    lines = [
        OpenRequestsLine(
            list=monthly,
            position=position,
            case=case,
            case_version=case.version,
            key=secrets.token_hex(12),
            shown=monthly_book.shown(case, today=local_day(now)),
        )
        for position, case in enumerate(lines_for(monthly.department, at=now), start=1)
    ]
    return OpenRequestsLine.objects.bulk_create(lines)


def _store_workbook(monthly: OpenRequestsList, lines: list[OpenRequestsLine], now: datetime) -> str:
    reasons = list(WaitingReason.objects.offered().values_list("label", flat=True))
    content = monthly_book.build(monthly, lines, town=TownSettings.load(), reasons=reasons, made_at=now)
    name = f"{FOLDER}/{monthly.month}-{monthly.department.code}-{secrets.token_hex(8)}.xlsx"
    return private_storage().save(name, ContentFile(content))


def recipient_of(monthly: OpenRequestsList, *, on: date) -> str:
    """Return the address that a list goes to on a day: the post of the Responsable, else the citizen service."""
    designation = current_designation(monthly.department_id, on=on)
    return designation.position_email if designation else TownSettings.load().email


def _write(monthly: OpenRequestsList, code: str, *, by: Actor, now: datetime, number: int = 1) -> ListMessage | None:
    town = TownSettings.load()
    recipient = monthly.designation.position_email if monthly.designation else town.email
    if not recipient:
        return None
    workbook = Attached(monthly.file.name, mails.file_name(monthly), MEDIA_TYPE) if monthly.file else None
    mail = mails.write(
        monthly, code, recipient=recipient, town=town, left_to_answer=unanswered(monthly), workbook=workbook
    )
    return ListMessage.objects.create(
        list=monthly, code=code, number=number, recipient=recipient, at=now, by_label=by.label, mail=mail
    )


def unanswered(monthly: OpenRequestsList) -> int:
    """Count the lines that nobody has answered and whose request is still open, in this service."""
    here = monthly.lines.filter(case__kind=Kind.REQUEST.value, case__department=monthly.department_id)
    still_open = here.filter(case__status__in=ON_A_LIST)
    return still_open.annotate(given=Count("answers")).filter(given=0).count()


@transaction.atomic
def hold_list(*, pk: int, by: Actor, now: datetime) -> OpenRequestsList:
    """Hold back a list that has not left (4.2: the technician sends it). Raises Refused for other roles or once it left."""
    monthly = _managed(pk, by)
    if monthly.sent_at is not None:
        raise Refused(Refusal("4.2", "Cette liste est déjà partie."))
    monthly.held_at, monthly.held_by_label = now, by.label
    monthly.save(update_fields=["held_at", "held_by_label"])
    return monthly


@transaction.atomic
def send_again(*, pk: int, by: Actor, now: datetime) -> ListMessage:
    """Send the frozen copy once more, to whoever is the Responsable now. Raises Refused before it left the first time."""
    monthly = _managed(pk, by)
    if monthly.sent_at is None:
        raise Refused(Refusal("4.2", "Cette liste n'est pas encore partie."))
    code = LIST if monthly.file else NOTHING_TO_REPORT
    monthly.designation = current_designation(monthly.department_id, on=local_day(now)) or monthly.designation
    number = monthly.messages.filter(code=code).count() + 1
    message = _write(monthly, code, by=by, now=now, number=number)
    if message is None:
        raise Refused(Refusal("4.2", "Aucune adresse : inscrivez une désignation (Annexe C)."))
    return message


def _managed(pk: int, by: Actor) -> OpenRequestsList:
    if not by.has_any(MANAGING_ROLES):
        raise Refused(Refusal("4.2", "Seul peut le faire : le Technicien du Service aux citoyens (art. 4.2)."))
    return OpenRequestsList.objects.select_for_update().select_related("department").get(pk=pk)


def remind(*, now: datetime, by: Actor = SYSTEM) -> int:
    """On the eve of the due day, remind whoever has not answered everything; once a list. Return how many were written.

    The eve is the last working day before; a worker that was down reminds on the due day itself, never after. Nobody
    is reminded before seven, nor on the day that he was sent the list.
    """
    if not may_write_to_people(now):
        return 0
    today = local_day(now)
    calendar = town_calendar()
    sent = OpenRequestsList.objects.sent().filter(due_on__gte=today, sent_at__lt=moments(today, today)[0])
    waiting = sent.exclude(messages__code=REMINDER)
    return sum(
        _remind_one(pk, by, now)
        for pk, due_on in list(waiting.values_list("pk", "due_on"))
        if calendar.between(today, due_on) <= 1
    )


@transaction.atomic
def _remind_one(pk: int, by: Actor, now: datetime) -> bool:
    monthly = OpenRequestsList.objects.select_for_update().select_related("department").get(pk=pk)
    if monthly.messages.filter(code=REMINDER).exists() or not unanswered(monthly):
        return False
    # Whoever has the post today: the one who was sent the list may have left it since (Annexe C).
    monthly.designation = current_designation(monthly.department_id, on=local_day(now))
    return _write(monthly, REMINDER, by=by, now=now) is not None
