"""The officials' list of a month, read from the files (art. 4.1): requests still open, requests completed in the month."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from intake.models import Case, CaseEvent, Pause
from intake.models.choices import KIND_LABELS, STATUS_LABELS
from intake.policy import clocks
from intake.policy.clocks import TOWN_ZONE, Clock, local_day
from intake.policy.council import CouncilData, CouncilLine, DepartmentCounts, iso, masked, months_ending
from intake.policy.performance import Standing, delay, standing
from intake.policy.roles import CONFIDENTIAL_KINDS
from intake.policy.vocabulary import OPEN_REQUEST_STATUSES, Kind, Status
from snippets.models import Department

_FIELDS = (
    "pk",
    "reference",
    "department__name",
    "nature_name",
    "received_at",
    "due_on",
    "done_on",
    "completed_at",
    "then",
)
_OPEN = [status.value for status in OPEN_REQUEST_STATUSES]


@dataclass(frozen=True)
class _Then:
    """The moment that the list is about: its day, the town's clock, and the times during which a citizen was awaited."""

    today: date
    clock: Clock
    pauses: Mapping[int, list[clocks.Pause]]

    def standing(self, row: dict) -> Standing:
        """Where an open request stands: while the citizen is awaited it is not late (as on the director's page)."""
        stopped = any(
            pause.started_on <= self.today and (pause.ended_on is None or pause.ended_on > self.today)
            for pause in self.pauses[row["pk"]]
        )
        return standing(due_on=row["due_on"], stopped=stopped, today=self.today, soon=self.today)


def council_data(*, year: int, month: int, now: datetime, clock: Clock) -> CouncilData:
    """Read the list about a month: what was open at `now`, what was completed in the month. Seven queries, whatever the size.

    `now` may be past, for a list that could not be made on its day: the history says what was open then. What has no
    history stays as it is known today: the service, the nature, the due day.
    """
    start, end = bounds(year, month)
    requests = Case.objects.filter(kind=Kind.REQUEST.value)
    then = _Then(local_day(now), clock, _pauses(start))
    still_open = _rows(_open_at(requests, now).order_by("department__sort_order", "received_at", "pk"))
    completed = requests.filter(completed_at__gte=start, completed_at__lt=end).annotate(then=_status_at(now))
    done = _rows(completed.order_by("department__sort_order", "completed_at", "pk"))
    return CouncilData(
        month=f"{year:04d}-{month:02d}",
        made_on=then.today.isoformat(),
        open=tuple(_open_line(row, then) for row in still_open),
        completed=tuple(_completed_line(row, then) for row in done),
        departments=_departments(requests, still_open, done, (start, end), then),
        confidential=_confidential(start, end),
        year=_twelve_months(requests, year, month),
    )


def _open_at(requests: QuerySet, now: datetime) -> QuerySet:
    """The requests that were open at a moment: those that still are, and those that ended since."""
    known = requests.filter(Q(status__in=_OPEN) | Q(completed_at__gt=now) | Q(closed_at__gt=now), received_at__lte=now)
    return known.annotate(then=_status_at(now)).filter(then__in=_OPEN)


def _status_at(now: datetime) -> Subquery:
    events = CaseEvent.objects.filter(case=OuterRef("pk"), at__lte=now).order_by("-at", "-pk")
    return Subquery(events.values("to_status")[:1])


def _pauses(since: datetime) -> Mapping[int, list[clocks.Pause]]:
    """The times during which a citizen was awaited, of requests that are open or ended since a moment."""
    about = Q(case__status__in=_OPEN) | Q(case__completed_at__gte=since) | Q(case__closed_at__gte=since)
    found: dict[int, list[clocks.Pause]] = defaultdict(list)
    waits = Pause.objects.filter(about, case__kind=Kind.REQUEST.value)
    for case_id, *span in waits.values_list("case_id", "started_on", "ended_on"):
        found[case_id].append(clocks.Pause(*span))
    return found


def bounds(year: int, month: int) -> tuple[datetime, datetime]:
    """The first moment of a month of the town and the first of the next."""
    (after_year, after_month) = months_ending(year, month, count=1)[0]
    following = date(after_year + after_month // 12, after_month % 12 + 1, 1)
    return tuple(datetime.combine(day, time.min, TOWN_ZONE) for day in (date(year, month, 1), following))


def _rows(cases: QuerySet) -> list[dict]:
    return list(cases.values(*_FIELDS))


def _open_line(row: dict, then: _Then) -> CouncilLine:
    where, status = then.standing(row), str(STATUS_LABELS[row["then"]])
    if where is Standing.STOPPED:
        status = _("%(status)s (échéance suspendue)") % {"status": status}
    return CouncilLine(
        reference=row["reference"],
        department=row["department__name"],
        nature=row["nature_name"] or str(_("À classer")),
        received_on=iso(local_day(row["received_at"])),
        day=iso(row["due_on"]),
        status=status,
        days=then.clock.calendar.between(row["due_on"], then.today) if where is Standing.LATE else 0,
    )


def _completed_line(row: dict, then: _Then) -> CouncilLine:
    done = row["done_on"] or local_day(row["completed_at"])
    zero = then.clock.day_zero(row["received_at"])
    return CouncilLine(
        reference=row["reference"],
        department=row["department__name"],
        nature=row["nature_name"],
        received_on=iso(local_day(row["received_at"])),
        day=iso(done),
        status=str(STATUS_LABELS[row["then"] or Status.COMPLETED.value]),
        days=delay(zero, done, then.pauses[row["pk"]], then.clock.calendar),
    )


def _departments(
    requests: QuerySet, still_open: list[dict], completed: list[dict], span: tuple[datetime, datetime], then: _Then
) -> tuple[DepartmentCounts, ...]:
    received = Counter(
        requests.filter(received_at__gte=span[0], received_at__lt=span[1]).values_list("department__name", flat=True)
    )
    done = Counter(row["department__name"] for row in completed)
    left = Counter(row["department__name"] for row in still_open)
    late = Counter(row["department__name"] for row in still_open if then.standing(row) is Standing.LATE)
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
