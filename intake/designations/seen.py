"""Which designations exist for whom: all for who keeps them, one's own for who signs it (Annexe C)."""

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q, QuerySet
from django.http import Http404
from django.urls import reverse

from intake.models import actor_for
from intake.policy.roles import Actor, Role
from snippets.models import Designation

SEEING_ALL = frozenset({Role.TECHNICIAN, Role.DIRECTOR})


def visible_designations(actor: Actor) -> QuerySet[Designation]:
    """Return the designations that exist for the actor, with what a page shows."""
    designations = Designation.objects.select_related(
        "department__head", "employee__availability", "replaces__employee"
    )
    if actor.has_any(SEEING_ALL):
        return designations
    if actor.user_id is None:
        return designations.none()
    mine = Q(employee__user_id=actor.user_id) | Q(department__head__user_id=actor.user_id)
    return designations.filter(mine)


def visible_designation(user: object, pk: int) -> Designation:
    """Return one designation, or raise Http404, the same whatever the reason."""
    designation = visible_designations(actor_for(user)).filter(pk=pk).first()
    if designation is None:
        raise Http404
    return designation


class DesignationURLFinder:
    """Where Wagtail's lists and reports lead for a designation: its page here, for who sees them all."""

    def __init__(self, user: AbstractBaseUser | None = None) -> None:
        self._sees = user is None or actor_for(user).has_any(SEEING_ALL)

    def get_edit_url(self, instance: Designation) -> str | None:
        """Return its address, or None."""
        return reverse("intake_designations:one", args=[instance.pk]) if self._sees else None
