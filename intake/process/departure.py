"""Someone leaves: only once nothing rests on him any more (a designation, a service, open files); and someone comes back."""

from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q

from intake.models import Case, Investigator, account_of
from intake.policy.clocks import local_day
from intake.policy.refusal import Refusal
from intake.policy.rights import touch_refusal
from intake.policy.roles import Actor
from snippets.models import Department, Designation, Employee

from .rights import NEW_ACCOUNT, RightsGesture, carry_out, name_of
from .steps import Refused

DEPART, REINSTATE = "depart", "reinstate"


@dataclass
class Ties:
    """What rests on an employee: designations not over, services he heads, open files one may see, and whether there are more."""

    designations: list[Designation] = field(default_factory=list)
    headed: list[Department] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    # Files that whoever looks may not know of: said without a number nor a kind (art. 4.5).
    others: bool = False

    def __bool__(self) -> bool:
        return bool(self.designations or self.headed or self.cases or self.others)


class StillHolds(Refused):
    """He can't leave yet; `ties` say what to hand over first."""

    def __init__(self, employee: Employee, ties: Ties) -> None:
        self.ties = ties
        super().__init__(
            Refusal(
                "4.1",
                f"{employee} ne peut pas encore être retiré : des dossiers ou des fonctions reposent sur cette "
                "personne. Confiez-les d'abord à quelqu'un d'autre.",
            )
        )


def ties_of(employee: Employee, *, seen_by: Actor, now: datetime) -> Ties:
    """List what rests on an employee today, as far as `seen_by` may know."""
    today = local_day(now)
    lasting = Q(effective_until__isnull=True) | Q(effective_until__gte=today)
    mine = Case.objects.open().filter(Q(executor=employee) | Q(designation__employee=employee))
    visible = mine.visible_to_actor(seen_by).select_related("department").order_by("received_at", "pk").distinct()
    named = Investigator.objects.filter(user_id=employee.user_id or 0, ended_at__isnull=True)
    return Ties(
        designations=list(employee.designations.filter(lasting).select_related("department")),
        headed=list(employee.heads_of.filter(is_active=True)),
        cases=list(visible),
        others=named.exists() or mine.distinct().count() > len(visible),
    )


def depart(*, employee: Employee, by: Actor, now: datetime) -> None:
    """Take an employee out of office and close his account; his roles go, his acts stay signed.

    Raises Refused, or StillHolds with what must be handed over first; nothing has changed then.
    """
    carry_out(
        RightsGesture(DEPART, by, now, str(employee), employee.user),
        judge=lambda: _employee_refusal(employee, by),
        do=lambda: _leave(employee, by, now),
    )


def _employee_refusal(employee: Employee, by: Actor) -> Refusal | None:
    return touch_refusal(by, account_of(employee.user) if employee.user else NEW_ACCOUNT)


def _leave(employee: Employee, by: Actor, now: datetime) -> None:
    employee = Employee.objects.select_for_update().get(pk=employee.pk)
    ties = ties_of(employee, seen_by=by, now=now)
    if ties:
        raise StillHolds(employee, ties)
    employee.is_active = False
    employee.save(update_fields=["is_active"])
    if employee.user is not None:
        _close(employee.user)


def close_account(*, account: AbstractBaseUser, by: Actor, now: datetime) -> None:
    """Close an account that is no employee's (an official, for instance). Raises Refused."""
    carry_out(
        RightsGesture(DEPART, by, now, name_of(account), account),
        judge=lambda: touch_refusal(by, account_of(account)),
        do=lambda: _close(account),
    )


def _close(account: AbstractBaseUser) -> None:
    """Whoever comes back is given his roles anew, one by one."""
    account.is_active = False
    account.save(update_fields=["is_active"])
    account.groups.clear()


def reinstate(*, employee: Employee, by: Actor, now: datetime) -> None:
    """Put an employee back in office, with his account and no role. Raises Refused."""
    carry_out(
        RightsGesture(REINSTATE, by, now, str(employee), employee.user),
        judge=lambda: _employee_refusal(employee, by),
        do=lambda: _come_back(employee),
    )


def _come_back(employee: Employee) -> None:
    employee.is_active = True
    employee.save(update_fields=["is_active"])
    if employee.user is not None:
        _open(employee.user)


def open_account(*, account: AbstractBaseUser, by: Actor, now: datetime) -> None:
    """Open again an account that is no employee's, without any role. Raises Refused."""
    carry_out(
        RightsGesture(REINSTATE, by, now, name_of(account), account),
        judge=lambda: touch_refusal(by, account_of(account)),
        do=lambda: _open(account),
    )


def _open(account: AbstractBaseUser) -> None:
    account.is_active = True
    account.save(update_fields=["is_active"])
