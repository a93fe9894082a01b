"""Reminders of due days to the Responsables, escalation to the heads of services (art. 2.3: « un suivi constant »).

What was said is a row: a request is named once a step, a person is written to once a day. Any number of workers, of
restarts and of days without a worker come to that.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from intake.mail import due as mails
from intake.mail.due import Named
from intake.models import Case, DueMessage, DueNotice
from intake.policy.clocks import local_day, may_write_today
from intake.policy.due_reminders import DueRules, DueStep, steps_owed
from intake.policy.vocabulary import Kind
from intake.policy.working_days import WorkingCalendar
from snippets.models import Department, Designation, TownSettings

from .calendar import town_calendar
from .monthly_lists import ON_A_LIST

REMINDER, ESCALATION = "R70", "R71"
STEPS = {
    REMINDER: frozenset({DueStep.DUE_SOON, DueStep.OVERDUE}),
    ESCALATION: frozenset({DueStep.ESCALATED}),
}


@dataclass(frozen=True)
class Today:
    """What the rule asks for besides the request, read once."""

    day: date
    calendar: WorkingCalendar
    town: TownSettings


@dataclass
class Mailbox:
    """Whom to write to, about which services."""

    code: str
    address: str
    first_name: str
    departments: list[int] = field(default_factory=list)


def remind_due(*, now: datetime) -> int:
    """Write to whoever has requests to hear of today; return how many mails were put in the outbox.

    Nothing on a day off or before seven. Running it again the same day adds nothing, even for a request that became
    late meanwhile: it waits for tomorrow's message.
    """
    today = Today(local_day(now), town_calendar(), TownSettings.load())
    if not may_write_today(now, today.calendar):
        return 0
    return sum(_tell(mailbox, today) for code in STEPS for mailbox in _mailboxes(code, today))


def _mailboxes(code: str, today: Today) -> list[Mailbox]:
    """The addresses of the services that have something to hear of, each once."""
    ids = list(_candidates(code, today).order_by().values_list("department", flat=True).distinct())
    departments = list(Department.objects.filter(pk__in=ids).select_related("head"))
    in_force = {row.department_id: row for row in _designations(ids, today.day)}
    boxes: dict[str, Mailbox] = {}
    for department in departments:
        address, first_name = _addressed(code, department, in_force.get(department.pk), today.town)
        if address:
            box = boxes.setdefault(address, Mailbox(code, address, first_name))
            box.departments.append(department.pk)
    return list(boxes.values())


def _designations(departments: Iterable[int], day: date) -> QuerySet[Designation]:
    in_force = Designation.objects.effective_on(day).filter(department__in=departments)
    return in_force.select_related("employee")


def _addressed(
    code: str, department: Department, designation: Designation | None, town: TownSettings
) -> tuple[str, str]:
    """The address and the first name: the post of the Responsable, else the technician; the head, unless it is himself."""
    if code == REMINDER:
        if designation is None:
            return town.email, _("à vous")
        return designation.position_email, designation.employee.first_name
    head = department.head
    if head is None or not head.is_active or (designation is not None and designation.employee_id == head.pk):
        return "", ""
    return head.email, head.first_name


def _candidates(code: str, today: Today) -> QuerySet[Case]:
    """Requests of which the rule may have something to say: it alone decides."""
    running = Case.objects.filter(kind=Kind.REQUEST.value, status__in=ON_A_LIST, clock_stopped_on__isnull=True)
    past = Q(due_on__lt=today.day)
    if code == ESCALATION:
        late = running.filter(past, department__escalate_after_working_days__isnull=False)
        return late.exclude(due_notices__step=DueStep.ESCALATED.value)
    last = today.calendar.add(today.day, today.town.due_soon_working_days)
    soon = Q(due_on__range=(today.day, last)) & ~Q(due_notices__step=DueStep.DUE_SOON.value)
    return running.filter(soon | (past & ~Q(due_notices__step=DueStep.OVERDUE.value)))


def _tell(mailbox: Mailbox, today: Today) -> bool:
    """Write one mail unless it was already written today; return whether it was written now."""
    try:
        with transaction.atomic():
            return _write(mailbox, today)
    except IntegrityError:
        return False  # another worker was first


def _write(mailbox: Mailbox, today: Today) -> bool:
    """Lock the requests, ask the rule again of each, then write the mail and what it says, together."""
    mine = _candidates(mailbox.code, today).filter(department__in=mailbox.departments)
    keys = list(mine.order_by().values_list("pk", flat=True))
    locked = Case.objects.select_for_update(of=("self",)).filter(pk__in=keys, department__in=mailbox.departments)
    cases = list(locked.select_related("department").prefetch_related("due_notices").order_by("due_on", "pk"))
    sent = DueMessage.objects.filter(code=mailbox.code, recipient=mailbox.address, on=today.day)
    named = [Named(case, step) for case in cases for step in _owed(case, today) if step in STEPS[mailbox.code]]
    if not named or sent.exists():
        return False
    mail = mails.write(
        mailbox.code, recipient=mailbox.address, first_name=mailbox.first_name, named=named, town=today.town
    )
    message = DueMessage.objects.create(code=mailbox.code, recipient=mailbox.address, on=today.day, mail=mail)
    DueNotice.objects.bulk_create(
        DueNotice(case=item.case, step=item.step.value, due_on=item.case.due_on, message=message) for item in named
    )
    return True


def _owed(case: Case, today: Today) -> list[DueStep]:
    """Ask the rule of a request as it is now, locked: someone may have completed it since it was found."""
    if case.kind != Kind.REQUEST.value or case.status not in ON_A_LIST or case.due_on is None:
        return []
    return steps_owed(
        due_on=case.due_on,
        stopped=case.clock_stopped_on is not None,
        said={DueStep(notice.step) for notice in case.due_notices.all()},
        rules=DueRules(today.town.due_soon_working_days, case.department.escalate_after_working_days),
        calendar=today.calendar,
        today=today.day,
    )
