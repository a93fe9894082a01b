"""Which files exist for an actor, for the database: the same rule as `intake.policy.roles.sees` for one file (art. 4.5)."""

from collections.abc import Iterable

from django.db.models import Q

from intake.policy.roles import CHARGES, Actor, Reach, Sight, identity_sights_of, sights_of
from intake.policy.vocabulary import Charge, Status

from .people import Investigator

NOTHING = Q(pk__in=[])


def sights_q(actor: Actor) -> Q:
    """Return the condition on files that the actor's roles allow."""
    return Q() if actor.everything else _allowed_q(sights_of(actor), actor)


def identity_q(actor: Actor) -> Q:
    """Return the condition on files whose author the actor reads: `intake.policy.roles.sees_identity`, for the database.

    To be asked of files that he sees: empty when he reads the author of all of them.
    """
    known = identity_sights_of(actor)
    if actor.everything or known == sights_of(actor):
        return Q()
    return _allowed_q(known, actor)


def _allowed_q(sights: Iterable[Sight], actor: Actor) -> Q:
    # One condition a reach, not one a sight: the database then finds its index.
    kinds: dict[tuple[Reach, frozenset[Status], Charge | None], list[str]] = {}
    for sight in sights:
        kinds.setdefault(_sameness(sight), []).append(sight.kind.value)
    allowed = NOTHING
    for (reach, statuses, charge), seen in kinds.items():
        rule = Q(kind__in=seen) & _reach_q(reach, charge, actor)
        if statuses:
            rule &= Q(status__in=sorted(status.value for status in statuses))
        allowed |= rule
    return allowed


def _sameness(sight: Sight) -> tuple[Reach, frozenset[Status], Charge | None]:
    return sight.reach, sight.statuses, CHARGES.get(sight.role) if sight.reach is Reach.IN_CHARGE else None


def _reach_q(reach: Reach, charge: Charge | None, actor: Actor) -> Q:
    """`intake.policy.roles._reaches`, for the database."""
    match reach:
        case Reach.ALL:
            return Q()
        case Reach.OWN:
            return Q(department_id__in=actor.departments)
        case Reach.ASSIGNED:
            return Q(executor__user_id=actor.user_id) if actor.user_id is not None else NOTHING
        case Reach.IN_CHARGE:
            return Q(charge=charge.value if charge else None)
        case Reach.NAMED:
            named = Investigator.objects.filter(user_id=actor.user_id, ended_at__isnull=True, accepted_at__isnull=False)
            return Q(pk__in=named.values("case_id"))
        case Reach.FILED:
            return Q(pk=actor.case_id) if actor.case_id is not None else NOTHING
