"""Which lists exist for whom: all of them for who manages them, those of his services for a Responsable (art. 4.2, 4.5)."""

from django.http import Http404

from intake.models import OpenRequestsList
from intake.policy.roles import Actor, Role

SEEING_ALL = frozenset({Role.TECHNICIAN, Role.DIRECTOR})
MONTH = r"(?P<month>\d{4}-(?:0[1-9]|1[0-2]))"


def has_lists(actor: Actor) -> bool:
    """Say whether the actor has anything to do with lists."""
    return actor.has_any(SEEING_ALL) or bool(actor.departments)


def visible_list(actor: Actor, month: str, code: str) -> OpenRequestsList:
    """Return the list of a service for a month, or raise Http404, the same whatever the reason."""
    lists = OpenRequestsList.objects.select_related("department", "designation__employee")
    monthly = lists.filter(month=month, department__code=code).first()
    if monthly is None or not (actor.has_any(SEEING_ALL) or monthly.department_id in actor.departments):
        raise Http404
    return monthly
