"""The ready-made views of the queue: each is a link that can be sent to a colleague, who sees his own files in it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from intake.models import overdue_q
from intake.models.access import UNANSWERED
from intake.policy.roles import Role
from intake.policy.vocabulary import OPEN_STATUSES, InquiryType, Kind, Status

from .desk import Desk
from .needs import CONFIDENTIAL, NEED_ORDER, NOTHING, open_requests_q, without_recipient

NEWEST, BY_DAY = ("-received_at", "-pk"), ("due_on", "received_at", "pk")
ACCESS_ROLES = frozenset({Role.CLERK, Role.GENERAL_DIRECTOR})
COMPLIMENTS = Q(kind=Kind.INQUIRY.value, inquiry_type=InquiryType.COMPLIMENT.value)
WITHOUT_ANSWER = Q(kind=Kind.ACCESS_REQUEST.value, status__in=UNANSWERED)
OPEN_Q = Q(status__in=[status.value for status in OPEN_STATUSES])
# Closed files are most of the table; whatever needs someone is among the others, which an index finds.
NOT_CLOSED = Q(status__in=[status.value for status in Status if status is not Status.CLOSED])


@dataclass(frozen=True)
class Tab:
    """A ready-made view: its key in the address, its name, which files, in which order, and for whom it exists."""

    key: str
    label: str | Promise
    rule: Callable[[Desk], Q]
    order: tuple[str, ...] = NEED_ORDER
    counted: bool = True
    confidential: bool = False
    roles: frozenset[Role] = frozenset()

    def exists_for(self, desk: Desk) -> bool:
        """Say whether this desk has the view."""
        if self.roles and not desk.actor.has_any(self.roles):
            return False
        return desk.sees_confidential or not self.confidential


def mine(desk: Desk) -> Q:
    """Files that are in the actor's hands now, by his roles (art. 4.1, 4.4, 4.6)."""
    request, inquiry = Q(kind=Kind.REQUEST.value), Q(kind=Kind.INQUIRY.value)
    received = Q(status=Status.RECEIVED.value)
    found = Q(pk__in=[])
    if desk.acts_as(Role.TECHNICIAN):
        found |= (request | inquiry) & received | request & Q(status=Status.COMPLETED.value)
        found |= Q(kind=Kind.COMPLAINT.value) & received
    if desk.acts_as(Role.DIRECTOR):
        found |= Q(kind=Kind.COMPLAINT.value) & OPEN_Q
    if desk.acts_as(Role.CLERK):
        found |= Q(kind__in=[Kind.CLAIM.value, Kind.ACCESS_REQUEST.value]) & OPEN_Q
    if desk.acts_as(Role.EXECUTOR) and desk.actor.user_id is not None:
        found |= Q(executor__user_id=desk.actor.user_id) & request & OPEN_Q
    if desk.acts_as(Role.GENERAL_DIRECTOR):
        found |= WITHOUT_ANSWER | Q(kind=Kind.COMPLAINT.value) & OPEN_Q
    if desk.actor.departments:
        own = Q(department_id__in=desk.actor.departments)
        found |= own & (request & OPEN_Q & ~received | inquiry & received)
    return found


TO_DO, OPEN, OVERDUE, ORPHANS, ALL = "a-traiter", "ouvertes", "en-retard", "sans-responsable", "toutes"
TABS = (
    Tab(TO_DO, _("À traiter"), lambda desk: NOT_CLOSED & Q(need_rank__lt=NOTHING)),
    Tab(OPEN, _("Ouvertes"), lambda desk: OPEN_Q),
    Tab(OVERDUE, _("En retard"), lambda desk: overdue_q(on=desk.today), order=("due_on", "received_at", "pk")),
    Tab("a-moi", _("À moi"), mine),
    Tab(ORPHANS, _("Sans Responsable"), lambda desk: open_requests_q() & without_recipient(desk)),
    Tab("confidentielles", _("Confidentielles"), lambda desk: CONFIDENTIAL, order=NEWEST, confidential=True),
    # Art. 4.6: what the law counts, the nearest day first.
    Tab("delais-acces", _("Délais d'accès"), lambda desk: WITHOUT_ANSWER, order=BY_DAY, roles=ACCESS_ROLES),
    # Art. 4.8: praise reaches the direction, answered or not; a list to read, nothing that ranks anyone.
    Tab(
        "felicitations",
        _("Félicitations"),
        lambda desk: COMPLIMENTS,
        order=NEWEST,
        counted=False,
        roles=frozenset({Role.DIRECTOR}),
    ),
    Tab("fermees", _("Fermées"), lambda desk: Q(status=Status.CLOSED.value), order=NEWEST, counted=False),
    Tab(ALL, _("Toutes"), lambda desk: Q(), order=NEWEST, counted=False),
)
_BY_KEY = {tab.key: tab for tab in TABS}


def tab_for(key: str, desk: Desk, *, searching: bool) -> Tab:
    """Return the view of this key; without one, what needs me first, or everything when a search is under way."""
    tab = _BY_KEY.get(key)
    if tab is None or not tab.exists_for(desk):
        return _BY_KEY[ALL if searching else TO_DO]
    return tab
