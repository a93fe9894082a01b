"""To whom a complaint is never given: those whom it targets, by name or by their post (art. 4.4, 4.5; domain cases 7 and 8)."""

from datetime import datetime

from django.contrib.auth import get_user_model

from intake.models import Case
from intake.models.actors import roles_of
from intake.policy.complaint_target import Target, barred_roles
from intake.policy.roles import CHARGES, Role
from intake.policy.vocabulary import Charge

HOLDERS = {charge: role for role, charge in CHARGES.items()}


def barred_from(case: Case, charge: Charge) -> frozenset[Role]:
    """The roles to whom this complaint is never given once it is in this charge: those that it targets (art. 4.5)."""
    target = case.complaint.target
    return barred_roles(Target(target) if target else None, charge)


def roles_of_accused(case: Case) -> frozenset[Role]:
    """The roles that those inscribed as targeted hold."""
    keys = [one.employee_key for one in case.accused.all() if one.employee_key]
    users = get_user_model().objects.filter(employee__pk__in=keys).prefetch_related("groups")
    return frozenset(role for user in users for role in roles_of(user))


def end_barred_mandates(case: Case, charge: Charge, *, now: datetime) -> None:
    """End the part of those to whom a complaint in this charge is never given."""
    barred = barred_from(case, charge)
    for one in case.investigators.filter(ended_at__isnull=True).select_related("user"):
        if roles_of(one.user) & barred:
            one.ended_at = now
            one.save(update_fields=["ended_at"])


def refuses_charge(case: Case, charge: Charge) -> bool:
    """Say whether a complaint can't be put in this charge: it targets whoever holds it."""
    holder = HOLDERS[charge]
    return holder in barred_from(case, charge) or holder in roles_of_accused(case)
