"""Which designations exist for whom: all for who keeps them, one's own for who signs it (Annexe C)."""

from django.db.models import Q, QuerySet
from django.http import Http404

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
