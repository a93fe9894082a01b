"""The allowed changes of status, one line each with its article; what is not here is refused (art. 4.1, 4.2, Annexe A)."""

from dataclasses import dataclass

from .refusal import Refusal
from .roles import Actor, Role
from .vocabulary import Kind, Status, Verb

_TEC = frozenset({Role.TECHNICIAN})
_TEC_DIR = frozenset({Role.TECHNICIAN, Role.DIRECTOR})
_RES_TEC = frozenset({Role.RECIPIENT, Role.TECHNICIAN})
_RES_TEC_DIR = frozenset({Role.RECIPIENT, Role.TECHNICIAN, Role.DIRECTOR})


@dataclass(frozen=True)
class Transition:
    """From one status, a verb leads to another for these roles; `article` says why."""

    kind: Kind
    source: Status
    verb: Verb
    target: Status
    roles: frozenset[Role]
    article: str


def _request(source: Status, verb: Verb, target: Status, roles: frozenset[Role], article: str) -> Transition:
    return Transition(Kind.REQUEST, source, verb, target, roles, article)


TRANSITIONS = (
    # The technician « définit sa classification » (4.1); the grid only proposes.
    _request(Status.RECEIVED, Verb.CLASSIFY, Status.RECEIVED, _TEC, "4.1"),
    _request(Status.ROUTED, Verb.CLASSIFY, Status.RECEIVED, _TEC, "4.1"),
    _request(Status.RECEIVED, Verb.ROUTE, Status.ROUTED, _TEC, "4.1"),
    # The Responsable takes it in hand (4.2).
    _request(Status.ROUTED, Verb.TAKE, Status.IN_PROGRESS, _RES_TEC, "4.2"),
    # « en attente pour X raison » (4.2).
    _request(Status.ROUTED, Verb.WAIT, Status.WAITING, _RES_TEC, "4.2"),
    _request(Status.IN_PROGRESS, Verb.WAIT, Status.WAITING, _RES_TEC, "4.2"),
    _request(Status.SCHEDULED, Verb.WAIT, Status.WAITING, _RES_TEC, "4.2"),
    _request(Status.WAITING, Verb.RESUME, Status.IN_PROGRESS, _RES_TEC, "4.2"),
    # Annexe A: whoever did the work completes it with code 238.
    _request(Status.ROUTED, Verb.COMPLETE, Status.COMPLETED, _RES_TEC, "Annexe A"),
    _request(Status.IN_PROGRESS, Verb.COMPLETE, Status.COMPLETED, _RES_TEC, "Annexe A"),
    _request(Status.SCHEDULED, Verb.COMPLETE, Status.COMPLETED, _RES_TEC, "Annexe A"),
    _request(Status.WAITING, Verb.COMPLETE, Status.COMPLETED, _RES_TEC, "Annexe A"),
    # « transmet les informations au Technicien … afin que celui-ci puisse effectuer le processus de clôture » (4.1).
    _request(Status.COMPLETED, Verb.CLOSE, Status.CLOSED, _TEC, "4.1"),
    _request(Status.COMPLETED, Verb.REOPEN, Status.IN_PROGRESS, _TEC_DIR, "2.3"),
    _request(Status.CLOSED, Verb.REOPEN, Status.IN_PROGRESS, _TEC_DIR, "2.3"),
    # « gérée au premier contact … ne nécessite aucun suivi » (4.1): answered and closed in one gesture.
    Transition(Kind.INQUIRY, Status.RECEIVED, Verb.ANSWER, Status.CLOSED, _RES_TEC_DIR, "4.1"),
)

_BY_KEY = {(t.kind, t.source, t.verb): t for t in TRANSITIONS}

# The policy's word for each role, in a sentence.
ROLE_PHRASES = {
    Role.TECHNICIAN: "le Technicien du Service aux citoyens",
    Role.RECIPIENT: "le Responsable",
    Role.DIRECTOR: "la direction du Service aux citoyens",
    Role.CLERK: "le greffe",
}


def transition_for(kind: Kind, source: Status, verb: Verb) -> Transition | None:
    """Return the line of the table, or None when the change does not exist."""
    return _BY_KEY.get((kind, source, verb))


def refusal(kind: Kind, source: Status, verb: Verb, actor: Actor) -> Refusal | None:
    """Say why the actor can't do this now, or None if he can."""
    transition = transition_for(kind, source, verb)
    if transition is None:
        return Refusal("4.2", "Cette action n'est pas possible à cette étape du dossier.")
    if not actor.has_any(transition.roles):
        who = " ou ".join(ROLE_PHRASES[role] for role in ROLE_PHRASES if role in transition.roles)
        return Refusal(transition.article, f"Seul peut le faire : {who} (art. {transition.article}).")
    return None


def verbs_from(kind: Kind, source: Status) -> list[Verb]:
    """List the verbs that exist from this status, in the order of the table."""
    return [t.verb for t in TRANSITIONS if t.kind is kind and t.source is source]
