"""Who may see which file (art. 4.5) and in which role people act (art. 4.1); the matrix is §3 of the domain notes."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from .vocabulary import Charge, Kind, Status


class Role(Enum):
    """The roles of the policy; a person may hold several."""

    COMMUNICATIONS = "communications"
    TECHNICIAN = "technician"
    RECIPIENT = "designated_recipient"
    EXECUTOR = "executor"
    DIRECTOR = "citizen_service_director"
    GENERAL_DIRECTOR = "general_director"
    CLERK = "clerk"
    EXPERIENCE = "experience_lead"
    COUNCIL = "council"
    EMPLOYEE = "employee"
    ADMINISTRATOR = "administrator"
    # No group: who filed this very file, whoever is named to an investigation today, and the program itself.
    REQUESTER = "requester"
    INVESTIGATOR = "investigator"
    SYSTEM = "system"


# The groups of the admin, made by code; the name is what people read.
GROUP_NAMES = {
    Role.COMMUNICATIONS: "Communications",
    Role.TECHNICIAN: "Technicien du Service aux citoyens",
    Role.RECIPIENT: "Responsables de la réception des requêtes",
    Role.EXECUTOR: "Responsables de l'exécution",
    Role.DIRECTOR: "Direction du Service aux citoyens",
    Role.GENERAL_DIRECTOR: "Direction générale",
    Role.CLERK: "Greffe et accès à l'information",
    Role.EXPERIENCE: "Expérience citoyen",
    Role.COUNCIL: "Élus",
    Role.EMPLOYEE: "Employés",
    Role.ADMINISTRATOR: "Administration technique",
}


class Reach(Enum):
    """How far a role sees within one kind."""

    OWN = "own"  # the departments whose requests the person receives
    ASSIGNED = "assigned"  # the files that the person executes
    IN_CHARGE = "in_charge"  # the complaints that this role answers for
    NAMED = "named"  # the complaints whose investigation the person was named to
    FILED = "filed"  # the file that the person filed
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
    # Art. 4.2, note: who executes sees what was assigned to him.
    Sight(Role.EXECUTOR, Kind.REQUEST, Reach.ASSIGNED),
    Sight(Role.RECIPIENT, Kind.REQUEST, Reach.ASSIGNED),
    Sight(Role.DIRECTOR, Kind.REQUEST, Reach.ALL),
    Sight(Role.DIRECTOR, Kind.INQUIRY, Reach.ALL),
    # Art. 4.4: the director is in charge of the investigation, unless the complaint targets the director.
    Sight(Role.DIRECTOR, Kind.COMPLAINT, Reach.IN_CHARGE),
    Sight(Role.GENERAL_DIRECTOR, Kind.COMPLAINT, Reach.IN_CHARGE),
    # Art. 4.5: only those named to the investigation, whatever else they do.
    Sight(Role.INVESTIGATOR, Kind.COMPLAINT, Reach.NAMED, frozenset({Status.INVESTIGATING})),
    # Art. 4.1 (réclamation) and 4.6: the clerk; the general director is « Responsable de l'accès à l'information ».
    Sight(Role.CLERK, Kind.CLAIM, Reach.ALL),
    Sight(Role.GENERAL_DIRECTOR, Kind.CLAIM, Reach.ALL),
    Sight(Role.CLERK, Kind.ACCESS_REQUEST, Reach.ALL),
    Sight(Role.GENERAL_DIRECTOR, Kind.ACCESS_REQUEST, Reach.ALL),
    # Whoever filed it follows it with reference and code (art. 2.3).
    *(Sight(Role.REQUESTER, kind, Reach.FILED) for kind in Kind),
    # The program moves open files to a new Responsable (Annexe C); it has no business with the rest.
    Sight(Role.SYSTEM, Kind.REQUEST, Reach.ALL),
)

# Which complaints a role answers for.
CHARGES = {Role.DIRECTOR: Charge.DIRECTOR, Role.GENERAL_DIRECTOR: Charge.GENERAL_DIRECTOR}

# Opening one of these leaves a trace.
CONFIDENTIAL_KINDS = frozenset({Kind.COMPLAINT, Kind.CLAIM, Kind.ACCESS_REQUEST})

# §3, « Requester identity »: who, among those who see a file, also reads who filed it; `identity_sights_of` says which.
# Not who executes (a town where the Surintendant is also the one complained of): he sees the place and the work.
IDENTITY_SEEING_ROLES = frozenset(
    {
        Role.TECHNICIAN,
        Role.RECIPIENT,
        Role.DIRECTOR,
        Role.GENERAL_DIRECTOR,
        Role.CLERK,
        Role.INVESTIGATOR,
    }
)

# §3, Exports: complaints are never exported, by anyone; each role exports these kinds, as far as it sees them.
NEVER_EXPORTED = frozenset({Kind.COMPLAINT})
_WORK = frozenset({Kind.REQUEST, Kind.INQUIRY})
EXPORTED_BY = {
    Role.TECHNICIAN: _WORK,
    Role.RECIPIENT: _WORK,
    Role.DIRECTOR: _WORK,
    Role.CLERK: frozenset({Kind.CLAIM, Kind.ACCESS_REQUEST}),
}
EXPORTING_ROLES = frozenset(EXPORTED_BY)
# A Responsable exports without identities.
IDENTITY_EXPORTING_ROLES = frozenset({Role.TECHNICIAN, Role.DIRECTOR, Role.CLERK})


@dataclass(frozen=True)
class Actor:
    """Who acts: a name to write in the history, roles, and the departments whose requests the person receives.

    `user_id` is None for the citizen and for the system; `case_id` is the one file that a citizen follows.
    `everything` is the emergency account of art. 3.
    """

    label: str
    roles: frozenset[Role] = frozenset()
    user_id: int | None = None
    departments: frozenset[int] = frozenset()
    phone_extension: str = ""
    everything: bool = False
    case_id: int | None = None

    def has_any(self, roles: Iterable[Role]) -> bool:
        """Say whether the actor holds one of these roles."""
        return self.everything or not self.roles.isdisjoint(roles)

    def answers_for(self) -> frozenset[Charge]:
        """The charges that the actor's roles hold."""
        return frozenset(charge for role, charge in CHARGES.items() if role in self.roles)


CITIZEN = Actor(label="Citoyen")
SYSTEM = Actor(label="Guichet", roles=frozenset({Role.SYSTEM}))


def citizen_of(case_id: int) -> Actor:
    """The citizen who proved, with reference and tracking code, that this file is his."""
    return Actor(label=CITIZEN.label, roles=frozenset({Role.REQUESTER}), case_id=case_id)


@dataclass(frozen=True)
class FileFacts:
    """What decides who sees a file; ids are those of accounts (`executor`, `investigators`) and services."""

    kind: Kind
    status: Status
    department_id: int
    case_id: int | None = None
    executor: int | None = None
    charge: Charge | None = None
    investigators: frozenset[int] = frozenset()


def sights_of(actor: Actor) -> list[Sight]:
    """List what the actor's roles let him see."""
    return [sight for sight in SIGHTS if sight.role in actor.roles]


def sees(actor: Actor, facts: FileFacts) -> bool:
    """Say whether a file with these facts exists for the actor (art. 4.5).

    The same rule as `Case.objects.visible_to(user)`, for one file; a test holds the two together.
    """
    return actor.everything or _allowed(sights_of(actor), actor, facts)


def _allowed(sights: Iterable[Sight], actor: Actor, facts: FileFacts) -> bool:
    return any(
        sight.kind is facts.kind
        and (not sight.statuses or facts.status in sight.statuses)
        and _reaches(sight, actor, facts)
        for sight in sights
    )


def _reaches(sight: Sight, actor: Actor, facts: FileFacts) -> bool:
    match sight.reach:
        case Reach.ALL:
            return True
        case Reach.OWN:
            return facts.department_id in actor.departments
        case Reach.ASSIGNED:
            return actor.user_id is not None and facts.executor == actor.user_id
        case Reach.IN_CHARGE:
            return facts.charge is not None and facts.charge is CHARGES.get(sight.role)
        case Reach.NAMED:
            return actor.user_id is not None and actor.user_id in facts.investigators
        case Reach.FILED:
            return actor.case_id is not None and facts.case_id == actor.case_id


def identity_sights_of(actor: Actor) -> list[Sight]:
    """List, among what the actor's roles let him see, the files whose author he also reads (§3, « Requester identity »).

    Decided with each file, never by a role alone: whoever executes a file of another service, or is named to an
    investigation, learns nothing of who filed the files that were given to him to execute.
    """
    return [
        sight for sight in sights_of(actor) if sight.role in IDENTITY_SEEING_ROLES and sight.reach is not Reach.ASSIGNED
    ]


def sees_identity(actor: Actor, facts: FileFacts) -> bool:
    """Say whether the actor reads who filed a file with these facts; the same rule as `intake.models.identity_q`."""
    return actor.everything or _allowed(identity_sights_of(actor), actor, facts)


def may_export(actor: Actor, kind: Kind) -> bool:
    """Say whether the actor may take files of this kind out as a workbook."""
    if kind in NEVER_EXPORTED:
        return False
    return actor.everything or any(kind in kinds for role, kinds in EXPORTED_BY.items() if role in actor.roles)
