"""The officials' list of a month, read from the files (art. 4.1): requests still open, requests completed in the month."""

from collections import Counter
from datetime import date, datetime, time

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from intake.models import Case
from intake.models.choices import KIND_LABELS, STATUS_LABELS
from intake.policy.clocks import TOWN_ZONE, local_day
from intake.policy.council import CouncilData, CouncilLine, DepartmentCounts, iso, masked, months_ending
from intake.policy.roles import CONFIDENTIAL_KINDS
from intake.policy.vocabulary import OPEN_REQUEST_STATUSES, Kind
from intake.policy.working_days import ONE_DAY, WorkingCalendar
from snippets.models import Department

_FIELDS = ("reference", "department__name", "nature_name", "received_at", "due_on", "done_on", "completed_at", "status")
_OPEN = [status.value for status in OPEN_REQUEST_STATUSES]


def council_data(*, year: int, month: int, now: datetime, calendar: WorkingCalendar) -> CouncilData:
    """Read the list about a month: what is open `now`, what was completed in the month. Eight queries, whatever the size."""
    today = local_day(now)
    start, end = bounds(year, month)
    requests = Case.objects.filter(kind=Kind.REQUEST.value)
    open_now = requests.filter(status__in=_OPEN, received_at__lte=now)
    still_open = _rows(open_now.order_by("department__sort_order", "received_at", "pk"))
    completed = _rows(
        requests.filter(completed_at__gte=start, completed_at__lt=end).order_by(
            "department__sort_order", "completed_at", "pk"
        )
    )
    return CouncilData(
        month=f"{year:04d}-{month:02d}",
        made_on=today.isoformat(),
        open=tuple(_open_line(row, today, calendar) for row in still_open),
        completed=tuple(_completed_line(row, calendar) for row in completed),
        departments=_departments(requests, still_open, completed, (start, end), today),
        confidential=_confidential(start, end),
        year=_twelve_months(requests, year, month),
    )


def bounds(year: int, month: int) -> tuple[datetime, datetime]:
    """The first moment of a month of the town and the first of the next."""
    (after_year, after_month) = months_ending(year, month, count=1)[0]
    following = date(after_year + after_month // 12, after_month % 12 + 1, 1)
    return tuple(datetime.combine(day, time.min, TOWN_ZONE) for day in (date(year, month, 1), following))


def _rows(cases: QuerySet) -> list[dict]:
    return list(cases.values(*_FIELDS))


def _open_line(row: dict, today: date, calendar: WorkingCalendar) -> CouncilLine:
    late = calendar.between(row["due_on"], today) if row["due_on"] and row["due_on"] < today else 0
    return CouncilLine(
        reference=row["reference"],
        department=row["department__name"],
        nature=row["nature_name"] or str(_("À classer")),
        received_on=iso(local_day(row["received_at"])),
        day=iso(row["due_on"]),
        status=str(STATUS_LABELS[row["status"]]),
        days=late,
    )


def _completed_line(row: dict, calendar: WorkingCalendar) -> CouncilLine:
    received = local_day(row["received_at"])
    done = row["done_on"] or local_day(row["completed_at"])
    return CouncilLine(
        reference=row["reference"],
        department=row["department__name"],
        nature=row["nature_name"],
        received_on=iso(received),
        day=iso(done),
        status=str(STATUS_LABELS[row["status"]]),
        days=calendar.between(received, done),
    )


def _departments(
    requests: QuerySet, still_open: list[dict], completed: list[dict], span: tuple[datetime, datetime], today: date
) -> tuple[DepartmentCounts, ...]:
    received = Counter(
        requests.filter(received_at__gte=span[0], received_at__lt=span[1]).values_list("department__name", flat=True)
    )
    done = Counter(row["department__name"] for row in completed)
    left = Counter(row["department__name"] for row in still_open)
    late = Counter(row["department__name"] for row in still_open if row["due_on"] and row["due_on"] < today)
    names = Department.objects.values_list("name", flat=True)
    return tuple(
        DepartmentCounts(name, received[name], done[name], left[name], late[name])
        for name in names
        if received[name] or done[name] or left[name]
    )


def _confidential(start: datetime, end: datetime) -> tuple[tuple[str, str], ...]:
    kinds = sorted((kind.value for kind in CONFIDENTIAL_KINDS), key=list(KIND_LABELS).index)
    found = Counter(
        Case.objects.filter(kind__in=kinds, received_at__gte=start, received_at__lt=end).values_list("kind", flat=True)
    )
    return tuple((str(KIND_LABELS[kind]), masked(found[kind])) for kind in kinds)


def _twelve_months(requests: QuerySet, year: int, month: int) -> tuple[tuple[str, int, int], ...]:
    months = months_ending(year, month)
    start, end = bounds(*months[0])[0], bounds(year, month)[1]
    moments = requests.filter(Q(received_at__gte=start) | Q(completed_at__gte=start)).values_list(
        "received_at", "completed_at"
    )
    received, completed = Counter(), Counter()
    for came, went in moments.iterator(chunk_size=5_000):
        if start <= came < end:
            received[_name(came)] += 1
        if went and start <= went < end:
            completed[_name(went)] += 1
    names = [f"{at[0]:04d}-{at[1]:02d}" for at in months]
    return tuple((name, received[name], completed[name]) for name in names)


def _name(moment: datetime) -> str:
    return f"{moment.astimezone(TOWN_ZONE):%Y-%m}"


def month_before(day: date) -> tuple[int, int]:
    """The month that the list of a first working day is about."""
    last = day.replace(day=1) - ONE_DAY
    return last.year, last.month
