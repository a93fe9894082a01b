"""The town's calendar and clock, read once for a verb from closures and settings."""

from collections.abc import Iterable
from datetime import date

from intake.models import Case
from intake.policy.clocks import Clock, EarlyClosing, Pause
from intake.policy.monthly import Reading
from intake.policy.working_days import WorkingCalendar
from intake.policy.year_view import NamedClosure
from snippets.models import Closure, TownSettings


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
    case.due_on = min(clock.due_on(received_at, target, pauses) for received_at, target in promised)
