"""What needs me first: one rule a line, in the order in which a role works; the database sorts by it."""

from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from django.db.models import Case as Choice
from django.db.models import CharField, DateField, F, IntegerField, Q, Value, When
from django.db.models.functions import Cast

from intake.models import CaseQuerySet, deemed_refused_q, overdue_q
from intake.policy.roles import CONFIDENTIAL_KINDS, Role
from intake.policy.vocabulary import (
    ACCESS_DECISIONS,
    ANSWERED_STATUSES,
    OPEN_STATUSES,
    Kind,
    Priority,
    Status,
)
from snippets.models import Execution, ProcessSchema

from .desk import Desk


class Need(Enum):
    """Why a file is on someone's list."""

    CALL_BACK = "call_back"
    COMPLEX = "complex"
    DANGER_TO_ROUTE = "danger_to_route"
    DANGER_TO_TAKE = "danger_to_take"
    EXAMINE = "examine"
    CLASSIFY = "classify"
    NO_RECIPIENT = "no_recipient"
    ROUTE = "route"
    ASSIGN = "assign"
    TAKE = "take"
    PROOFREAD = "proofread"
    PLANNED = "planned"
    ANSWER = "answer"
    CLOSE = "close"
    OVERDUE = "overdue"
    FOLLOW_UP = "follow_up"
    DUE_SOON = "due_soon"
    AWAITED = "awaited"
    FINISH = "finish"
    # The clerk's and the general director's (art. 4.1, 4.6).
    DEEMED_REFUSED = "deemed_refused"
    POST_ANSWER = "post_answer"
    DECIDE = "decide"


class NeedRule(NamedTuple):
    """Files of this rule have this need, at this rank (small first)."""

    need: Need
    rank: int
    rule: Q


NOTHING = 99
# Within these ranks the nearest (or most passed) due day comes first; within the others, the oldest receipt.
BY_DUE_DAY = (1, 20, 50, 60)

UNDECIDED_STATUSES = (Status.SEARCHING, Status.CLARIFYING, Status.THIRD_PARTY_NOTICE)
_REQUEST, _INQUIRY = Q(kind=Kind.REQUEST.value), Q(kind=Kind.INQUIRY.value)
_RECEIVED, _ROUTED = Q(status=Status.RECEIVED.value), Q(status=Status.ROUTED.value)
_OPEN = Q(status__in=[status.value for status in OPEN_STATUSES])
_DANGER = Q(priority=Priority.P1.value)
_WAITING = Q(status=Status.WAITING.value)
_AT_WORK = Q(status__in=[Status.IN_PROGRESS.value, Status.SCHEDULED.value])
_COMPLETED = Q(status=Status.COMPLETED.value)
_CLERKS = Q(kind__in=[Kind.CLAIM.value, Kind.ACCESS_REQUEST.value])
_ACCESS = Q(kind=Kind.ACCESS_REQUEST.value)
_UNDECIDED = Q(status__in=[status.value for status in UNDECIDED_STATUSES])
_DECIDED = Q(status__in=[status.value for status in ACCESS_DECISIONS])
_INVESTIGATING = Q(status=Status.INVESTIGATING.value)
_ANSWERED = Q(status__in=[status.value for status in ANSWERED_STATUSES])
_AT_STUDY = Q(status__in=[Status.TRANSMITTED.value, Status.INVESTIGATING.value]) | _UNDECIDED
_COMPLAINT = Q(kind=Kind.COMPLAINT.value)
CONFIDENTIAL = Q(kind__in=[kind.value for kind in CONFIDENTIAL_KINDS])


def call_back_q(desk: Desk) -> Q:
    """Open files whose citizen is to be called back today, or was to be (art. 3: « retourner les appels »)."""
    return _OPEN & Q(call_back_on__lte=desk.today)


def unassigned_q() -> Q:
    """Requests whose process expects someone to execute, and nobody in office does (art. 4.2)."""
    expecting = ProcessSchema.objects.filter(execution=Execution.EXPECTED.value).values("code")
    nobody = Q(executor__isnull=True) | Q(executor__is_active=False)
    return _REQUEST & Q(process_schema__in=expecting) & (_ROUTED | _AT_WORK | _WAITING) & nobody


def open_requests_q() -> Q:
    """Requests on which something is still to be done (RNC, art. 4.1)."""
    return _REQUEST & Q(status__in=[status.value for status in OPEN_STATUSES])


def without_recipient(desk: Desk) -> Q:
    """Files of a service that nobody receives for today (Annexe C)."""
    return ~Q(department_id__in=list(desk.recipients))


def need_rules(desk: Desk) -> list[NeedRule]:
    """Gather the rules of every role of the actor; the first that fits a file says its need."""
    rules: list[NeedRule] = []
    for role, rules_of in _BY_ROLE.items():
        if desk.acts_as(role):
            rules.extend(rules_of(desk))
    return sorted(rules, key=lambda rule: rule.rank)


def _technician(desk: Desk) -> Iterator[NeedRule]:
    new = _RECEIVED & _REQUEST
    yield NeedRule(Need.CALL_BACK, 2, (_REQUEST | _INQUIRY) & call_back_q(desk))
    yield NeedRule(Need.PROOFREAD, 4, _COMPLETED & _REQUEST & Q(awaits_proofreading=True))
    yield NeedRule(Need.DANGER_TO_ROUTE, 10, new & _DANGER)
    # Art. 4.4: « formulée au Technicien », who hands it over.
    yield NeedRule(Need.EXAMINE, 20, _COMPLAINT & _RECEIVED)
    yield NeedRule(Need.CLASSIFY, 30, new & Q(nature__isnull=True))
    yield NeedRule(Need.NO_RECIPIENT, 30, new & without_recipient(desk))
    yield NeedRule(Need.ROUTE, 30, new)
    yield NeedRule(Need.ANSWER, 30, _RECEIVED & _INQUIRY)
    yield NeedRule(Need.CLOSE, 40, _COMPLETED & _REQUEST)
    yield NeedRule(Need.OVERDUE, 50, overdue_q(on=desk.today) & _REQUEST)
    yield NeedRule(Need.FOLLOW_UP, 55, _WAITING & Q(next_action_on__lte=desk.today))
    yield NeedRule(Need.AWAITED, 70, _WAITING & Q(clock_stopped_on__isnull=False))


def _recipient(desk: Desk) -> Iterator[NeedRule]:
    mine = Q(department_id__in=desk.actor.departments)
    requests = mine & _REQUEST
    # Once someone else executes, taking it in hand is his.
    in_my_hands = Q(executor__isnull=True) | Q(executor__user_id=desk.actor.user_id)
    yield NeedRule(Need.CALL_BACK, 2, mine & (_REQUEST | _INQUIRY) & call_back_q(desk))
    yield NeedRule(Need.DANGER_TO_TAKE, 10, requests & _ROUTED & _DANGER)
    yield NeedRule(Need.ASSIGN, 30, requests & unassigned_q())
    yield NeedRule(Need.TAKE, 30, requests & _ROUTED & in_my_hands)
    yield NeedRule(Need.ANSWER, 30, mine & _INQUIRY & _RECEIVED)
    yield NeedRule(Need.PLANNED, 45, requests & _planned_q(desk) & in_my_hands)
    yield NeedRule(Need.OVERDUE, 50, requests & ~_RECEIVED & overdue_q(on=desk.today))
    yield NeedRule(Need.FOLLOW_UP, 55, requests & _WAITING & Q(next_action_on__lte=desk.today))
    yield NeedRule(Need.DUE_SOON, 60, requests & _AT_WORK & Q(due_on__lte=desk.soon))
    yield NeedRule(Need.FINISH, 80, requests & _AT_WORK)


def _executor(desk: Desk) -> Iterator[NeedRule]:
    """Art. 4.2, note: « Responsables de l'exécution des requêtes et de leur suivi »."""
    if desk.actor.user_id is None:
        return
    requests = Q(executor__user_id=desk.actor.user_id) & _REQUEST
    yield NeedRule(Need.DANGER_TO_TAKE, 10, requests & _ROUTED & _DANGER)
    yield NeedRule(Need.TAKE, 30, requests & _ROUTED)
    yield NeedRule(Need.PLANNED, 45, requests & _planned_q(desk))
    yield NeedRule(Need.OVERDUE, 50, requests & overdue_q(on=desk.today))
    yield NeedRule(Need.DUE_SOON, 60, requests & _AT_WORK & Q(due_on__lte=desk.soon))
    yield NeedRule(Need.FINISH, 80, requests & _AT_WORK)


def _planned_q(desk: Desk) -> Q:
    return Q(status=Status.SCHEDULED.value, planned_on__lte=desk.today)


def _complaints(desk: Desk) -> Iterator[NeedRule]:
    """What whoever is in charge of a complaint does next (art. 4.4); who is, `visible_to` says."""
    yield NeedRule(Need.EXAMINE, 20, _COMPLAINT & Q(status__in=[Status.RECEIVED.value, Status.UNDER_REVIEW.value]))
    # The citizen's delay is over: a person decides, the date decides nothing.
    yield NeedRule(
        Need.FOLLOW_UP, 25, _COMPLAINT & Q(status=Status.INCOMPLETE.value, complaint__complete_until__lt=desk.today)
    )
    yield NeedRule(Need.CLOSE, 70, _COMPLAINT & _ANSWERED)


def _director(desk: Desk) -> Iterator[NeedRule]:
    # Art. 4.1: « de la gestion des cas complexes », listed first.
    yield NeedRule(Need.COMPLEX, 1, (_REQUEST | _INQUIRY) & _OPEN & Q(is_complex=True))
    yield from _complaints(desk)
    yield NeedRule(Need.OVERDUE, 50, overdue_q(on=desk.today))
    yield NeedRule(Need.NO_RECIPIENT, 58, open_requests_q() & without_recipient(desk))
    yield NeedRule(Need.DECIDE, 80, _COMPLAINT & _INVESTIGATING)


def _clerk(desk: Desk) -> Iterator[NeedRule]:
    yield from _access(desk)
    yield NeedRule(Need.EXAMINE, 25, _CLERKS & _RECEIVED)
    yield NeedRule(Need.CLOSE, 70, _CLERKS & _ANSWERED)
    yield NeedRule(Need.DECIDE, 80, _CLERKS & _AT_STUDY)


def _access(desk: Desk) -> Iterator[NeedRule]:
    """The delays of the law come first: what they let pass is a refusal (A-2.1 art. 52)."""
    yield NeedRule(Need.DEEMED_REFUSED, 20, deemed_refused_q(on=desk.today))
    yield NeedRule(Need.POST_ANSWER, 20, _ACCESS & _DECIDED)
    yield NeedRule(Need.OVERDUE, 20, _ACCESS & overdue_q(on=desk.today))
    yield NeedRule(Need.DUE_SOON, 20, _ACCESS & _UNDECIDED & Q(due_on__lte=desk.soon))


def _general_director(desk: Desk) -> Iterator[NeedRule]:
    """« agissant à titre de Responsable de l'accès » (art. 4.6)."""
    yield from _access(desk)
    yield from _complaints(desk)
    yield NeedRule(Need.DECIDE, 80, _ACCESS & _UNDECIDED | _COMPLAINT & _INVESTIGATING)


_BY_ROLE = {
    Role.TECHNICIAN: _technician,
    Role.RECIPIENT: _recipient,
    Role.EXECUTOR: _executor,
    Role.DIRECTOR: _director,
    Role.CLERK: _clerk,
    Role.GENERAL_DIRECTOR: _general_director,
}


def with_needs(cases: CaseQuerySet, desk: Desk) -> CaseQuerySet:
    """Add `need`, `need_rank` and `need_day` to each file, for this desk; no more queries than before."""
    rules = need_rules(desk)
    return cases.annotate(
        need=_choose(rules, "need", Value(""), CharField()),
        need_rank=_choose(rules, "rank", Value(NOTHING), IntegerField()),
    ).annotate(
        need_day=Choice(When(need_rank__in=BY_DUE_DAY, then=F("due_on")), default=None, output_field=DateField())
    )


def _choose(rules: list[NeedRule], part: str, default: Value, output: CharField | IntegerField) -> Choice:
    whens = [When(rule.rule, then=_value(getattr(rule, part))) for rule in rules]
    # When no rule can hold, only the default is left, and PostgreSQL reads a bare number as the place of a column.
    return Choice(*whens, default=Cast(default, output), output_field=output)


def _value(part: Need | int) -> Value:
    return Value(part.value if isinstance(part, Need) else part)


NEED_ORDER = ("need_rank", "need_day", "received_at", "pk")
