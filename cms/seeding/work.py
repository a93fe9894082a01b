"""Art. 4.2 in the demonstration: who executes, what is planned, and the few files that need someone this very day."""

from datetime import datetime
from random import Random

from intake.models import Case
from intake.policy.clocks import TOWN_ZONE
from intake.policy.roles import Actor, Role
from intake.policy.vocabulary import Status
from intake.policy.working_days import WorkingCalendar
from intake.process import Completion, assign, complete, flag, intervene, plan
from snippets.models import Employee

from .timeline import Moments

# Shares of the requests of the infrastructures, then of all that are taken in hand.
ASSIGNED, PLANNED = 0.85, 0.25
COMPLEX_REASONS = (
    "Trois services sont concernés et le terrain est à cheval sur deux propriétés.",
    "Quatrième demande au même endroit depuis le printemps. À regarder ensemble.",
)
CALLS = ("Veut savoir à quelle heure passera l'équipe.", "Absente ce matin; rappeler en fin de journée.")
TO_READ_OVER = "On a été voir pis c'est fait. Sa devrais tenir; si sa revient, rappeler nous."


def give_to_executor(case: Case, worker: Actor, moments: Moments, rng: Random) -> Actor:
    """Name who executes where the process expects it; return who works on the file from then on."""
    executor = case.department.default_executor
    if executor is None or rng.random() > ASSIGNED:
        return worker
    assign(pk=case.pk, executor=executor, by=worker, now=moments.at)
    return acting(executor) if executor.user_id else worker


def acting(employee: Employee) -> Actor:
    """Whoever executes, at work."""
    return Actor(
        label=str(employee),
        roles=frozenset({Role.EXECUTOR}),
        user_id=employee.user_id,
        phone_extension=employee.phone_extension,
    )


def plan_it(case: Case, worker: Actor, moments: Moments, rng: Random, calendar: WorkingCalendar) -> None:
    """Announce a day to the citizen, now and then."""
    if rng.random() < PLANNED and moments.later(0):
        day = calendar.add(moments.at.astimezone(TOWN_ZONE).date(), rng.randrange(1, 6))
        plan(pk=case.pk, planned_on=day, by=worker, now=moments.at)


def busy_day(*, technician: Actor, recipients: dict[int, Actor], now: datetime) -> None:
    """Flag complex cases and calls for today, write an inspection, and leave one text to be read over."""
    at_work = Case.objects.filter(kind="request", status=Status.IN_PROGRESS.value, last_event_at__lt=now)
    cases = list(at_work.order_by("due_on", "pk"))
    today = now.astimezone(TOWN_ZONE).date()
    for case, reason in zip(cases, COMPLEX_REASONS, strict=False):
        flag(pk=case.pk, is_complex=True, call_back_on=None, internal_note=reason, by=technician, now=now)
    for case, said in zip(cases[2:], CALLS, strict=False):
        flag(pk=case.pk, is_complex=False, call_back_on=today, internal_note=said, by=technician, now=now)
    for case in cases[4:5]:
        by = recipients[case.department_id]
        seen = Completion(today, by.phone_extension, "Vu sur place, à reprendre la semaine prochaine.", code="120")
        intervene(pk=case.pk, completion=seen, by=by, now=now)
    for case in cases[5:6]:
        by = recipients[case.department_id]
        done = Completion(
            today, by.phone_extension, "Fait par l'équipe du service.", TO_READ_OVER, asks_proofreading=True
        )
        complete(pk=case.pk, completion=done, by=by, now=now)
