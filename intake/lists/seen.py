"""Which lists exist for whom (art. 4.2, 4.5; the matrix is §3 of the domain notes).

All of them for the technician and the director, those of his services for a Responsable; to read only, without the
files, for the general director, citizen experience and whoever executes.
"""

from django.db.models import Q, QuerySet
from django.http import Http404

from intake.models import Case, OpenRequestsLine, OpenRequestsList
from intake.policy.roles import Actor, Role

SEEING_ALL = frozenset({Role.TECHNICIAN, Role.DIRECTOR})
# « R » and « M » in the matrix: every list, of requests by number, nature and days; no place, no words, no workbook.
READING_ALL = frozenset({Role.GENERAL_DIRECTOR, Role.EXPERIENCE})
MONTH = r"(?P<month>\d{4}-(?:0[1-9]|1[0-2]))"


def has_lists(actor: Actor) -> bool:
    """Say whether the actor has anything to do with lists."""
    return actor.has_any(SEEING_ALL | READING_ALL | {Role.EXECUTOR}) or bool(actor.departments)


def lists_of(actor: Actor) -> QuerySet[OpenRequestsList]:
    """The lists that exist for the actor, to answer or only to read."""
    lists = OpenRequestsList.objects.select_related("department", "designation__employee")
    if actor.has_any(SEEING_ALL | READING_ALL):
        return lists
    mine = Q(department_id__in=actor.departments)
    if actor.has_any({Role.EXECUTOR}):
        mine |= Q(pk__in=OpenRequestsLine.objects.filter(case__in=executed_by(actor)).values("list"))
    return lists.filter(mine)


def executed_by(actor: Actor) -> QuerySet[Case]:
    """The requests that the actor executes and sees today."""
    return Case.objects.visible_to_actor(actor).filter(executor__user_id=actor.user_id)


def answers(actor: Actor, monthly: OpenRequestsList) -> bool:
    """Say whether the actor has the files of a list too, and so its workbook and the form to answer it."""
    return actor.has_any(SEEING_ALL) or monthly.department_id in actor.departments


def readable_list(actor: Actor, month: str, code: str) -> OpenRequestsList:
    """Return the list of a service for a month, or raise Http404, the same whatever the reason."""
    monthly = lists_of(actor).filter(month=month, department__code=code).first()
    if monthly is None:
        raise Http404
    return monthly


def visible_list(actor: Actor, month: str, code: str) -> OpenRequestsList:
    """Return a list whose files the actor has, as `answers` says, or raise Http404, the same whatever the reason."""
    monthly = readable_list(actor, month, code)
    if not answers(actor, monthly):
        raise Http404
    return monthly
