"""From an account to an Actor: roles are groups, own departments are the designations of the day."""

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from intake.policy.rights import Account
from intake.policy.roles import GROUP_NAMES, Actor, Role
from snippets.availability.own import own_employee, tied_employee
from snippets.models import Designation, Employee

from .people import Investigator

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

_ROLE_OF_GROUP = {name: role for role, name in GROUP_NAMES.items()}


def actor_for(user: "AbstractBaseUser | AnonymousUser", *, on: date | None = None) -> Actor:
    """Return who this account is on a day (today by default): roles, own departments, extension.

    An inactive or anonymous account is an actor without any role. Remembered on the account for the length of a
    request, so that ten questions cost the queries of one.
    """
    day = on or timezone.localdate()
    if not user.is_active or user.pk is None:
        return Actor(label="")
    remembered = getattr(user, "_guichet_actor", None)
    if remembered and remembered[0] == day:
        return remembered[1]
    actor = _read_actor(user, day)
    user._guichet_actor = (day, actor)
    return actor


def roles_of(user: "AbstractBaseUser") -> frozenset[Role]:
    """The roles that an account holds, active or not."""
    # Through all(), so that a list of accounts may fetch the groups of all at once.
    return frozenset(_ROLE_OF_GROUP[group.name] for group in user.groups.all() if group.name in _ROLE_OF_GROUP)


def employee_of(user: "AbstractBaseUser") -> Employee | None:
    """The employee in office whose account this is, if any."""
    return own_employee(user)


def account_of(user: "AbstractBaseUser") -> Account:
    """What decides who may touch this account (intake/policy/rights.py)."""
    return Account(
        user_id=user.pk,
        roles=_roles_now(user),
        is_emergency=user.is_superuser,
        works_here=employee_of(user) is not None,
    )


def signs_annex_c(employee: Employee, *, on: date) -> bool:
    """Say whether this employee signs designations: he heads a service, or receives its requests now or later."""
    lasting = Q(effective_until__isnull=True) | Q(effective_until__gte=on)
    return employee.heads_of.filter(is_active=True).exists() or employee.designations.filter(lasting).exists()


def _roles_now(user: "AbstractBaseUser") -> frozenset[Role]:
    named = Investigator.objects.filter(user_id=user.pk, ended_at__isnull=True).exists()
    return roles_of(user) | ({Role.INVESTIGATOR} if named else frozenset())


def _read_actor(user: "AbstractBaseUser", day: date) -> Actor:
    roles = _roles_now(user)
    employee = tied_employee(user)
    departments: frozenset[int] = frozenset()
    extension = employee.phone_extension if employee else ""
    if Role.RECIPIENT in roles:
        mine = Designation.objects.effective_on(day).filter(employee__user=user)
        held = list(mine.values_list("department_id", "phone_extension"))
        departments = frozenset(department_id for department_id, _ in held)
        extension = extension or (held[0][1] if held else "")
    return Actor(
        label=str(employee or user.get_full_name() or user.get_username()),
        roles=roles,
        user_id=user.pk,
        departments=departments,
        phone_extension=extension,
        everything=user.is_superuser,
    )
