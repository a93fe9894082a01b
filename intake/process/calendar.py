"""The town's calendar and clock, read once for a verb from closures and settings."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from intake.models import Case, CaseEvent
from intake.models import Pause as PauseRow
from intake.policy.clocks import Clock, EarlyClosing, Pause
from intake.policy.monthly import Reading
from intake.policy.roles import SYSTEM, Actor
from intake.policy.transitions import places_of
from intake.policy.vocabulary import Kind, Verb
from intake.policy.working_days import WorkingCalendar
from intake.policy.year_view import NamedClosure
from snippets.models import Closure, TownSettings

# Files written in one transaction when the calendar changes: nobody else waits for more than these.
MOVED_TOGETHER = 200
_COUNTED = ("kind", "status", "received_at", "target_working_days", "due_on", "version")


def town_calendar() -> WorkingCalendar:
    """Build the calendar from the closures of whole days."""
    return WorkingCalendar.with_closures(Closure.objects.whole_days().values_list("first_on", "last_on"))


def named_closures(first: date, last: date) -> list[NamedClosure]:
    """The closures that touch these days, half-days included, by name."""
    rows = Closure.objects.filter(first_on__lte=last, last_on__gte=first)
    return [NamedClosure(row.pk, row.label, row.first_on, row.last_on, row.closes_at) for row in rows]


def town_clock(town: TownSettings | None = None) -> Clock:
    """Build the clock from the closures and the closing time of today's settings, read here if they were not yet."""
    spans = list(Closure.objects.values_list("first_on", "last_on", "closes_at"))
    return Clock(
        calendar=WorkingCalendar.with_closures((first, last) for first, last, closes_at in spans if not closes_at),
        closing_time=(town or TownSettings.load()).closing_time,
        half_days=tuple(EarlyClosing(*span) for span in spans if span[2]),
    )


def town_reading() -> Reading:
    """How the town reads the day of the monthly list."""
    return Reading(TownSettings.load().list_reading)


def pauses_of(case: Case) -> Iterable[Pause]:
    """The times during which the citizen was awaited."""
    return [Pause(started, ended) for started, ended in case.pauses.values_list("started_on", "ended_on")]


def set_due_on(case: Case, clock: Clock) -> None:
    """Compute the due day of a case from its receipt, its target and its pauses; never typed (design, rule 3).

    Where other requests are attached, the earliest of the days promised counts (art. 2.3).
    """
    if case.target_working_days is None:
        case.due_on = None
        return
    promised, pauses = [(case.received_at, case.target_working_days)], ()
    if case.pk:
        pauses = pauses_of(case)
        attached = case.merged.filter(target_working_days__isnull=False)
        promised += attached.values_list("received_at", "target_working_days")
    case.due_on = earliest(promised, pauses, clock)


def earliest(promised: Iterable[tuple[datetime, int]], pauses: Collection[Pause], clock: Clock) -> date:
    """The earliest of the days promised: each a receipt and a target, with the pauses of the file."""
    return min(clock.due_on(received_at, target, pauses) for received_at, target in promised)


def follow_calendar(*, now: datetime, by: Actor = SYSTEM) -> int:
    """Count again the targets of open requests and questions; return how many moved. Safe to run at any time, twice.

    A closure added, changed or taken back moves what is still owed, never a legal delay nor what is done (art. 2.3:
    « délais … préétablis », in working days). Nobody did anything to the file: its last action stays, nobody is
    written to. Yet its day is not the one that people read before, so the history says from when to when, and the
    version rises: a screen that shows the old day is told. Only files that move are locked and written.
    """
    clock = town_clock()
    moved = [case.pk for case, _day in _moved(_followed(), clock)]
    together = (moved[start : start + MOVED_TOGETHER] for start in range(0, len(moved), MOVED_TOGETHER))
    return sum(_move(keys, clock, by, now) for keys in together)


def _followed() -> QuerySet[Case]:
    places: dict[Kind, list[str]] = defaultdict(list)
    for kind, status in places_of(Verb.FOLLOW_CALENDAR):
        places[kind].append(status.value)
    where = Q()
    for kind, statuses in places.items():
        where |= Q(kind=kind.value, status__in=statuses)
    return Case.objects.filter(where, target_working_days__isnull=False).only(*_COUNTED).order_by("pk")


def _moved(cases: QuerySet[Case], clock: Clock) -> list[tuple[Case, date]]:
    """The files whose day is another by the calendar of now, with that day. Three queries, whatever their number."""
    known = _Promises(cases)
    days = ((case, earliest(known.made(case), known.pauses[case.pk], clock)) for case in cases)
    return [(case, day) for case, day in days if day != case.due_on]


class _Promises:
    """What was promised on these files and on those attached to them, and the times of waiting, read at once."""

    def __init__(self, cases: QuerySet[Case]) -> None:
        keys = cases.order_by().values("pk")
        self.pauses: Mapping[int, list[Pause]] = defaultdict(list)
        for case_id, *span in PauseRow.objects.filter(case__in=keys).values_list("case", "started_on", "ended_on"):
            self.pauses[case_id].append(Pause(*span))
        self.attached: Mapping[int, list[tuple[datetime, int]]] = defaultdict(list)
        attached = Case.objects.filter(merged_into__in=keys, target_working_days__isnull=False)
        for case_id, *promise in attached.values_list("merged_into", "received_at", "target_working_days"):
            self.attached[case_id].append(tuple(promise))

    def made(self, case: Case) -> list[tuple[datetime, int]]:
        """The promises of a file: its own first."""
        return [(case.received_at, case.target_working_days), *self.attached[case.pk]]


@transaction.atomic
def _move(keys: Collection[int], clock: Clock, by: Actor, now: datetime) -> int:
    """Lock some files, count again, for someone may have acted since; write those that move, an event each."""
    events, cases = [], []
    for case, day in _moved(_followed().select_for_update().filter(pk__in=keys), clock):
        events.append(_moved_event(case, day, by, now))
        case.due_on, case.version = day, case.version + 1
        cases.append(case)
    Case.objects.bulk_update(cases, ["due_on", "version"])
    CaseEvent.objects.bulk_create(events)
    return len(cases)


def _moved_event(case: Case, day: date, by: Actor, now: datetime) -> CaseEvent:
    return CaseEvent(
        case=case,
        verb=Verb.FOLLOW_CALENDAR.value,
        at=now,
        by_id=by.user_id,
        by_label=by.label,
        from_status=case.status,
        to_status=case.status,
        changes={"due_on": [str(case.due_on or ""), str(day)]},
    )
