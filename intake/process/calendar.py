"""The town's calendar and clock, read once for a verb from closures and settings."""

from collections.abc import Iterable

from intake.models import Case
from intake.policy.clocks import Clock, Pause
from intake.policy.working_days import WorkingCalendar
from snippets.models import Closure, TownSettings


def town_clock() -> Clock:
    """Build the clock from the closures and the closing time of today's settings."""
    spans = Closure.objects.values_list("first_on", "last_on")
    town = TownSettings.objects.only("closing_time").first() or TownSettings()
    return Clock(calendar=WorkingCalendar.with_closures(spans), closing_time=town.closing_time)


def pauses_of(case: Case) -> Iterable[Pause]:
    """The times during which the citizen was awaited."""
    return [Pause(started, ended) for started, ended in case.pauses.values_list("started_on", "ended_on")]


def set_due_on(case: Case, clock: Clock) -> None:
    """Compute the due day of a case from its receipt, its target and its pauses; never typed (design, rule 3)."""
    if case.target_working_days is None:
        case.due_on = None
        return
    pauses = pauses_of(case) if case.pk else ()
    case.due_on = clock.due_on(case.received_at, case.target_working_days, pauses)
