"""Who may see which file (art. 4.5) and in which role people act (art. 4.1); the matrix is §3 of the domain notes."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from .vocabulary import Kind, Status


class Role(Enum):
    """The roles of the policy; a person may hold several."""

    COMMUNICATIONS = "communications"
    TECHNICIAN = "technician"
    RECIPIENT = "designated_recipient"
    DIRECTOR = "citizen_service_director"
    CLERK = "clerk"
    EXPERIENCE = "experience_lead"
    COUNCIL = "council"
    EMPLOYEE = "employee"
    ADMINISTRATOR = "administrator"


# The groups of the admin, made by code; the name is what people read.
GROUP_NAMES = {
    Role.COMMUNICATIONS: "Communications",
    Role.TECHNICIAN: "Technicien du Service aux citoyens",
    Role.RECIPIENT: "Responsables de la réception des requêtes",
    Role.DIRECTOR: "Direction du Service aux citoyens",
    Role.CLERK: "Greffe et accès à l'information",
    Role.EXPERIENCE: "Expérience citoyen",
    Role.COUNCIL: "Élus",
    Role.EMPLOYEE: "Employés",
    Role.ADMINISTRATOR: "Administration technique",
}


class Reach(Enum):
    """How far a role sees within one kind."""

    OWN = "own"  # the departments whose requests the person receives
    ALL = "all"


@dataclass(frozen=True)
class Sight:
    """A role sees this kind this far, in these statuses (empty: all)."""

    role: Role
    kind: Kind
    reach: Reach
    statuses: frozenset[Status] = frozenset()


# Art. 4.5 « En aucun cas la Ville ne divulguera le nom du plaignant… ». What is not in this table is not seen.
_UNTIL_HANDED_OVER = frozenset({Status.RECEIVED})
SIGHTS = (
    Sight(Role.TECHNICIAN, Kind.REQUEST, Reach.ALL),
    Sight(Role.TECHNICIAN, Kind.INQUIRY, Reach.ALL),
    # Art. 4.4: « formulée au Technicien »; he reads until the file is handed over.
    Sight(Role.TECHNICIAN, Kind.COMPLAINT, Reach.ALL, _UNTIL_HANDED_OVER),
    Sight(Role.TECHNICIAN, Kind.CLAIM, Reach.ALL, _UNTIL_HANDED_OVER),
    Sight(Role.TECHNICIAN, Kind.ACCESS_REQUEST, Reach.ALL, _UNTIL_HANDED_OVER),
    Sight(Role.RECIPIENT, Kind.REQUEST, Reach.OWN),
    Sight(Role.RECIPIENT, Kind.INQUIRY, Reach.OWN),
    Sight(Role.DIRECTOR, Kind.REQUEST, Reach.ALL),
    Sight(Role.DIRECTOR, Kind.INQUIRY, Reach.ALL),
    # Art. 4.4: the director is in charge of the investigation and of the follow-up.
    Sight(Role.DIRECTOR, Kind.COMPLAINT, Reach.ALL),
    # Art. 4.1 (réclamation) and 4.6: the clerk.
    Sight(Role.CLERK, Kind.CLAIM, Reach.ALL),
    Sight(Role.CLERK, Kind.ACCESS_REQUEST, Reach.ALL),
)

# Opening one of these leaves a trace.
CONFIDENTIAL_KINDS = frozenset({Kind.COMPLAINT, Kind.CLAIM, Kind.ACCESS_REQUEST})

# §3, « Requester identity »: who, among those who see a file, also reads who filed it.
IDENTITY_SEEING_ROLES = frozenset({Role.TECHNICIAN, Role.RECIPIENT, Role.DIRECTOR, Role.CLERK})

# §3, Exports: complaints are never exported, by anyone; these roles export the rest of what they see.
EXPORTING_ROLES = frozenset({Role.TECHNICIAN, Role.RECIPIENT, Role.DIRECTOR, Role.CLERK})
NEVER_EXPORTED = frozenset({Kind.COMPLAINT})
# A Responsable exports without identities.
IDENTITY_EXPORTING_ROLES = frozenset({Role.TECHNICIAN, Role.DIRECTOR, Role.CLERK})


@dataclass(frozen=True)
class Actor:
    """Who acts: a name to write in the history, roles, and the departments whose requests the person receives.

    `user_id` is None for the citizen and for the system. `everything` is the emergency account of art. 3.
    """

    label: str
    roles: frozenset[Role] = frozenset()
    user_id: int | None = None
    departments: frozenset[int] = frozenset()
    phone_extension: str = ""
    everything: bool = False

    def has_any(self, roles: Iterable[Role]) -> bool:
        """Say whether the actor holds one of these roles."""
        return self.everything or not self.roles.isdisjoint(roles)


CITIZEN = Actor(label="Citoyen")
SYSTEM = Actor(label="Guichet")


def sights_of(actor: Actor) -> list[Sight]:
    """List what the actor's roles let him see."""
    return [sight for sight in SIGHTS if sight.role in actor.roles]


def sees(actor: Actor, *, kind: Kind, status: Status, department_id: int) -> bool:
    """Say whether a file with these facts exists for the actor (art. 4.5).

    The same rule as `Case.objects.visible_to(user)`, for one file; a test holds the two together.
    """
    if actor.everything:
        return True
    return any(
        sight.kind is kind
        and (not sight.statuses or status in sight.statuses)
        and (sight.reach is Reach.ALL or department_id in actor.departments)
        for sight in sights_of(actor)
    )


def may_export(actor: Actor, kind: Kind) -> bool:
    """Say whether the actor may take files of this kind out as a workbook."""
    return kind not in NEVER_EXPORTED and actor.has_any(EXPORTING_ROLES)
