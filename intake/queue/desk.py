"""Who looks at the queue, on which day, and who receives for each service then: read once a request, asked everywhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone

from intake.models import actor_for
from intake.policy.roles import CONFIDENTIAL_KINDS, Actor, Role, identity_sights_of, sights_of
from intake.process.calendar import town_calendar
from snippets.availability.substitutes import designations_on
from snippets.availability.words import Said, said_of
from snippets.models import Designation, TownSettings

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


@dataclass(frozen=True)
class Desk:
    """The actor, the town's day, the last day that is « bientôt », the designations in force and their statuses."""

    actor: Actor
    today: date
    soon: date
    recipients: Mapping[int, Designation]
    statuses: Mapping[int, Said]  # of those who receive, by service (Annexe B)

    def acts_as(self, role: Role) -> bool:
        """Say whether the actor holds this role (the emergency account holds them all but a service of its own)."""
        return self.actor.has_any({role})

    @property
    def sees_identity(self) -> bool:
        """Say whether there are files whose author may be read; of which, the file says (identity.py)."""
        return self.actor.everything or bool(identity_sights_of(self.actor))

    @property
    def sees_confidential(self) -> bool:
        """Say whether some complaint, claim or access request may exist for the actor."""
        return self.actor.everything or any(sight.kind in CONFIDENTIAL_KINDS for sight in sights_of(self.actor))


def has_sight(user: "AbstractBaseUser") -> bool:
    """Say whether the account sees any file at all (art. 4.5): for others the queue does not exist."""
    actor = actor_for(user)
    return actor.everything or bool(sights_of(actor))


def desk_for(user: "AbstractBaseUser", *, on: date | None = None) -> Desk:
    """Read the desk of an account, today by default: five or six queries, whatever the number of files."""
    today = on or timezone.localdate()
    return desk_of(actor_for(user, on=today), today)


def desk_of(actor: Actor, today: date) -> Desk:
    """Read the desk of an actor on a day of the town."""
    calendar = town_calendar()
    in_force = designations_on(today)
    now, town = timezone.localtime(), TownSettings.load()
    stale_after = town.status_stale_after
    return Desk(
        actor=actor,
        today=today,
        soon=calendar.add(today, town.due_soon_working_days),
        recipients={designation.department_id: designation for designation in in_force},
        statuses={d.department_id: said_of(d.employee, now=now, stale_after=stale_after) for d in in_force},
    )
