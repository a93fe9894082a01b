"""The allowed changes of status, one line each with its article; what is not here is refused (art. 4.1 to 4.6, Annexe A)."""

from collections.abc import Iterable
from dataclasses import dataclass

from .refusal import Refusal
from .roles import Actor, Role
from .vocabulary import (
    ACCESS_DECISIONS,
    CLAIM_DECISIONS,
    OPEN_REQUEST_STATUSES,
    Kind,
    Status,
    Verb,
)

S = Status
TEC, RES, EXE, DIR, DG, GRE = (
    Role.TECHNICIAN,
    Role.RECIPIENT,
    Role.EXECUTOR,
    Role.DIRECTOR,
    Role.GENERAL_DIRECTOR,
    Role.CLERK,
)
CIT, SYS, INV = Role.REQUESTER, Role.SYSTEM, Role.INVESTIGATOR


@dataclass(frozen=True)
class Transition:
    """From one status, a verb leads to one of `targets` for these roles; `article` says why."""

    kind: Kind
    source: Status
    verb: Verb
    targets: tuple[Status, ...]
    roles: frozenset[Role]
    article: str

    @property
    def target(self) -> Status:
        """Where it leads when nobody chooses: the first target."""
        return self.targets[0]


def _lines(
    kind: Kind,
    sources: Status | Iterable[Status],
    verb: Verb,
    targets: Status | tuple[Status, ...] | None,
    roles: tuple[Role, ...],
    article: str,
) -> list[Transition]:
    """One line a source; `targets` None: the verb leaves the file where it stands."""
    one = (sources,) if isinstance(sources, Status) else tuple(sources)
    ends = (targets,) if isinstance(targets, Status) else targets
    return [Transition(kind, source, verb, ends or (source,), frozenset(roles), article) for source in one]


_WORKED_ON = (S.ROUTED, S.IN_PROGRESS, S.SCHEDULED)
_ROUTED_ON = (*_WORKED_ON, S.WAITING)
_ACTIVE = {
    Kind.REQUEST: OPEN_REQUEST_STATUSES,
    Kind.INQUIRY: (S.RECEIVED,),
    Kind.COMPLAINT: (S.RECEIVED, S.UNDER_REVIEW, S.INCOMPLETE, S.INVESTIGATING),
    Kind.CLAIM: (S.RECEIVED, S.TRANSMITTED, S.INVESTIGATING),
    Kind.ACCESS_REQUEST: (S.RECEIVED, S.SEARCHING, S.CLARIFYING, S.THIRD_PARTY_NOTICE),
}
_STATUSES = {
    Kind.REQUEST: (*OPEN_REQUEST_STATUSES, S.COMPLETED, S.CLOSED, S.MERGED, S.OUT_OF_SCOPE, S.WITHDRAWN),
    Kind.INQUIRY: (S.RECEIVED, S.CLOSED, S.WITHDRAWN),
    Kind.COMPLAINT: (*_ACTIVE[Kind.COMPLAINT], S.FOUNDED, S.UNFOUNDED, S.INADMISSIBLE, S.CLOSED, S.WITHDRAWN),
    Kind.CLAIM: (*_ACTIVE[Kind.CLAIM], *CLAIM_DECISIONS, S.CLOSED, S.WITHDRAWN),
    Kind.ACCESS_REQUEST: (
        *_ACTIVE[Kind.ACCESS_REQUEST],
        *ACCESS_DECISIONS,
        S.SENT,
        S.UNDER_REVIEW_CAI,
        S.CLOSED,
        S.WITHDRAWN,
    ),
}

_REQUEST = [
    # The technician « définit sa classification » (4.1); the grid only proposes.
    *_lines(Kind.REQUEST, (S.RECEIVED, S.ROUTED), Verb.CLASSIFY, S.RECEIVED, (TEC,), "4.1"),
    *_lines(Kind.REQUEST, S.RECEIVED, Verb.ROUTE, S.ROUTED, (TEC,), "4.1"),
    # The secretary receives, the Surintendant or the chief engineer executes (4.2, note).
    *_lines(Kind.REQUEST, _ROUTED_ON, Verb.ASSIGN, None, (RES, TEC), "4.2"),
    # The Responsable, or who executes, takes it in hand (4.2).
    *_lines(Kind.REQUEST, S.ROUTED, Verb.TAKE, S.IN_PROGRESS, (RES, EXE, TEC), "4.2"),
    # « action à venir » (4.2); planned again when the day changes.
    *_lines(Kind.REQUEST, _WORKED_ON, Verb.PLAN, S.SCHEDULED, (RES, EXE, TEC), "4.2"),
    # « en attente pour X raison » (4.2).
    *_lines(Kind.REQUEST, _WORKED_ON, Verb.WAIT, S.WAITING, (RES, TEC), "4.2"),
    *_lines(Kind.REQUEST, S.WAITING, Verb.RESUME, S.IN_PROGRESS, (RES, TEC), "4.2"),
    # Annexe A: whoever did the work completes it with code 238.
    *_lines(Kind.REQUEST, _ROUTED_ON, Verb.COMPLETE, S.COMPLETED, (RES, EXE, TEC), "Annexe A"),
    # Annexe A, point 5: « demandez l'aide du service aux citoyens ».
    *_lines(Kind.REQUEST, S.COMPLETED, Verb.PROOFREAD, None, (TEC,), "Annexe A"),
    # « transmet les informations au Technicien … afin que celui-ci puisse effectuer le processus de clôture » (4.1).
    *_lines(Kind.REQUEST, S.COMPLETED, Verb.CLOSE, S.CLOSED, (TEC,), "4.1"),
    *_lines(Kind.REQUEST, (S.COMPLETED, S.CLOSED), Verb.REOPEN, S.IN_PROGRESS, (TEC, DIR), "2.3"),
    *_lines(Kind.REQUEST, (S.RECEIVED, S.ROUTED), Verb.MERGE, S.MERGED, (TEC,), "4.1"),
    # « assurer un suivi constant » (2.3) to each of those who reported the same thing.
    *_lines(Kind.REQUEST, S.MERGED, Verb.FOLLOW, None, (SYS,), "2.3"),
    # The request they were attached to is taken back or is of another kind: the eldest takes its place, at its step.
    *_lines(
        Kind.REQUEST,
        S.MERGED,
        Verb.SUCCEED,
        (S.RECEIVED, S.ROUTED, S.IN_PROGRESS, S.SCHEDULED, S.MERGED),
        (SYS,),
        "2.3",
    ),
    *_lines(Kind.REQUEST, (S.RECEIVED, S.ROUTED), Verb.DECLARE_OUT_OF_SCOPE, S.OUT_OF_SCOPE, (TEC,), "4.1"),
    *_lines(Kind.REQUEST, OPEN_REQUEST_STATUSES, Verb.WITHDRAW, S.WITHDRAWN, (TEC,), "4.1"),
    *_lines(Kind.REQUEST, OPEN_REQUEST_STATUSES, Verb.RECLASSIFY, S.RECEIVED, (TEC,), "4.1"),
    # « assurer un suivi constant » (2.3): the citizen adds to his request; if it waited for him, it is taken up again.
    *_lines(Kind.REQUEST, (S.RECEIVED, *_WORKED_ON), Verb.SUPPLY, None, (CIT, TEC), "2.3"),
    *_lines(Kind.REQUEST, S.WAITING, Verb.SUPPLY, (S.IN_PROGRESS, S.WAITING), (CIT, TEC), "2.3"),
    # « nom, adresse complète et numéro de téléphone » (4.3): a detail that is wrong is corrected as long as the file is kept.
    *_lines(Kind.REQUEST, _STATUSES[Kind.REQUEST], Verb.CORRECT, None, (TEC,), "4.3"),
    *_lines(Kind.REQUEST, OPEN_REQUEST_STATUSES, Verb.FLAG, None, (TEC, RES, DIR), "4.1"),
    *_lines(Kind.REQUEST, _STATUSES[Kind.REQUEST], Verb.NOTE, None, (TEC, RES, EXE, DIR), "4.1"),
    # Annexe C: open files follow the designation.
    *_lines(Kind.REQUEST, _ROUTED_ON, Verb.REDESIGNATE, None, (SYS, TEC), "Annexe C"),
    # « délais … préétablis » (2.3) in working days: a closure added later moves the targets still owed.
    *_lines(Kind.REQUEST, OPEN_REQUEST_STATUSES, Verb.FOLLOW_CALENDAR, None, (SYS,), "2.3"),
]

_INQUIRY = [
    # « gérée au premier contact … ne nécessite aucun suivi » (4.1): answered and closed in one gesture.
    *_lines(Kind.INQUIRY, S.RECEIVED, Verb.ANSWER, S.CLOSED, (RES, TEC, DIR), "4.1"),
    *_lines(Kind.INQUIRY, S.RECEIVED, Verb.CLASSIFY, S.RECEIVED, (TEC,), "4.1"),
    *_lines(Kind.INQUIRY, S.RECEIVED, Verb.RECLASSIFY, S.RECEIVED, (TEC,), "4.1"),
    *_lines(Kind.INQUIRY, S.RECEIVED, Verb.WITHDRAW, S.WITHDRAWN, (TEC,), "4.1"),
    *_lines(Kind.INQUIRY, S.RECEIVED, Verb.SUPPLY, None, (CIT, TEC), "2.3"),
    *_lines(Kind.INQUIRY, _STATUSES[Kind.INQUIRY], Verb.CORRECT, None, (TEC,), "4.3"),
    *_lines(Kind.INQUIRY, S.RECEIVED, Verb.FLAG, None, (TEC, RES, DIR), "4.1"),
    *_lines(Kind.INQUIRY, _STATUSES[Kind.INQUIRY], Verb.NOTE, None, (TEC, RES, DIR), "4.1"),
    *_lines(Kind.INQUIRY, S.RECEIVED, Verb.FOLLOW_CALENDAR, None, (SYS,), "2.3"),
]

_IN_REVIEW = (S.UNDER_REVIEW, S.INCOMPLETE, S.INVESTIGATING)
_HANDED_OVER = tuple(status for status in _STATUSES[Kind.COMPLAINT] if status not in (S.RECEIVED, S.INCOMPLETE))
_COMPLAINT = [
    # « formulée au Technicien » (4.4), who hands it over to whoever is in charge of it.
    *_lines(Kind.COMPLAINT, S.RECEIVED, Verb.HAND_OVER, S.UNDER_REVIEW, (TEC,), "4.4"),
    # A complaint that targets the director goes to the general director.
    *_lines(Kind.COMPLAINT, S.RECEIVED, Verb.ENTRUST, None, (TEC, DIR, DG), "4.4"),
    *_lines(Kind.COMPLAINT, _IN_REVIEW, Verb.ENTRUST, None, (DIR, DG), "4.4"),
    *_lines(Kind.COMPLAINT, S.RECEIVED, Verb.ASK, S.INCOMPLETE, (TEC, DIR, DG), "4.4"),
    *_lines(Kind.COMPLAINT, S.UNDER_REVIEW, Verb.ASK, S.INCOMPLETE, (DIR, DG), "4.4"),
    # A word added to a complaint that is still unsigned leaves it to be signed (4.1).
    *_lines(Kind.COMPLAINT, S.INCOMPLETE, Verb.SUPPLY, (S.UNDER_REVIEW, S.INCOMPLETE), (CIT, TEC, DIR, DG), "4.4"),
    *_lines(Kind.COMPLAINT, S.RECEIVED, Verb.SUPPLY, None, (CIT, TEC, DIR, DG), "4.4"),
    *_lines(Kind.COMPLAINT, (S.UNDER_REVIEW, S.INVESTIGATING), Verb.SUPPLY, None, (CIT, DIR, DG), "4.4"),
    # « les coordonnées complètes » (4.4): once nothing else is missing, the complaint is read again.
    *_lines(Kind.COMPLAINT, S.RECEIVED, Verb.CORRECT, None, (TEC, DIR, DG), "4.4"),
    *_lines(Kind.COMPLAINT, S.INCOMPLETE, Verb.CORRECT, (S.UNDER_REVIEW, S.INCOMPLETE), (DIR, DG), "4.4"),
    *_lines(Kind.COMPLAINT, _HANDED_OVER, Verb.CORRECT, None, (DIR, DG), "4.4"),
    # « Le Directeur du Service aux citoyens est en charge de l'enquête et du suivi » (4.4).
    *_lines(Kind.COMPLAINT, S.UNDER_REVIEW, Verb.ADMIT, S.INVESTIGATING, (DIR, DG), "4.4"),
    *_lines(Kind.COMPLAINT, (S.UNDER_REVIEW, S.INCOMPLETE), Verb.REJECT, S.INADMISSIBLE, (DIR, DG), "4.1"),
    *_lines(Kind.COMPLAINT, (S.UNDER_REVIEW, S.INVESTIGATING), Verb.NAME_INVESTIGATOR, None, (DIR, DG), "4.5"),
    # « rencontrés et écoutés au cours de l'enquête » (4.4).
    *_lines(Kind.COMPLAINT, S.INVESTIGATING, Verb.LOG, None, (DIR, DG, INV), "4.4"),
    *_lines(Kind.COMPLAINT, S.INVESTIGATING, Verb.CONCLUDE, (S.UNFOUNDED, S.FOUNDED), (DIR, DG), "4.4.1"),
    *_lines(Kind.COMPLAINT, (S.FOUNDED, S.UNFOUNDED), Verb.CLOSE, S.CLOSED, (DIR, DG), "4.4"),
    *_lines(Kind.COMPLAINT, S.RECEIVED, Verb.WITHDRAW, S.WITHDRAWN, (TEC, DIR, DG), "4.4"),
    *_lines(Kind.COMPLAINT, _IN_REVIEW, Verb.WITHDRAW, S.WITHDRAWN, (DIR, DG), "4.4"),
    # « sauf si la plainte concerne une situation … qui met en péril la sécurité » (4.1).
    *_lines(Kind.COMPLAINT, S.RECEIVED, Verb.OPEN_LINKED, None, (TEC, DIR, DG), "4.1"),
    *_lines(Kind.COMPLAINT, (*_IN_REVIEW, S.INADMISSIBLE), Verb.OPEN_LINKED, None, (DIR, DG), "4.1"),
    *_lines(Kind.COMPLAINT, S.RECEIVED, Verb.RECLASSIFY, S.RECEIVED, (TEC, DIR, DG), "4.1"),
    *_lines(Kind.COMPLAINT, (S.UNDER_REVIEW, S.INCOMPLETE), Verb.RECLASSIFY, S.RECEIVED, (DIR, DG), "4.1"),
    *_lines(Kind.COMPLAINT, _STATUSES[Kind.COMPLAINT], Verb.NOTE, None, (DIR, DG), "4.4"),
]

_CLAIM = [
    # A claim goes to the clerk (4.1; C-19 art. 585).
    *_lines(Kind.CLAIM, S.RECEIVED, Verb.TRANSMIT, S.TRANSMITTED, (TEC, GRE), "4.1"),
    *_lines(Kind.CLAIM, S.TRANSMITTED, Verb.INVESTIGATE, S.INVESTIGATING, (GRE,), "4.1"),
    *_lines(Kind.CLAIM, (S.TRANSMITTED, S.INVESTIGATING), Verb.DECIDE, CLAIM_DECISIONS, (GRE,), "4.1"),
    *_lines(Kind.CLAIM, CLAIM_DECISIONS, Verb.CLOSE, S.CLOSED, (GRE,), "4.1"),
    *_lines(Kind.CLAIM, S.RECEIVED, Verb.OPEN_LINKED, None, (TEC, GRE), "4.1"),
    *_lines(Kind.CLAIM, (S.TRANSMITTED, S.INVESTIGATING), Verb.OPEN_LINKED, None, (GRE,), "4.1"),
    *_lines(Kind.CLAIM, S.RECEIVED, Verb.SUPPLY, None, (CIT, TEC, GRE), "4.1"),
    *_lines(Kind.CLAIM, (S.TRANSMITTED, S.INVESTIGATING), Verb.SUPPLY, None, (CIT, GRE), "4.1"),
    *_lines(Kind.CLAIM, S.RECEIVED, Verb.CORRECT, None, (TEC, GRE), "4.3"),
    *_lines(Kind.CLAIM, _STATUSES[Kind.CLAIM][1:], Verb.CORRECT, None, (GRE,), "4.3"),
    *_lines(Kind.CLAIM, S.RECEIVED, Verb.WITHDRAW, S.WITHDRAWN, (TEC, GRE), "4.1"),
    *_lines(Kind.CLAIM, (S.TRANSMITTED, S.INVESTIGATING), Verb.WITHDRAW, S.WITHDRAWN, (GRE,), "4.1"),
    *_lines(Kind.CLAIM, S.RECEIVED, Verb.RECLASSIFY, S.RECEIVED, (TEC, GRE), "4.1"),
    *_lines(Kind.CLAIM, (S.TRANSMITTED, S.INVESTIGATING), Verb.RECLASSIFY, S.RECEIVED, (GRE,), "4.1"),
    *_lines(Kind.CLAIM, _STATUSES[Kind.CLAIM], Verb.NOTE, None, (GRE,), "4.1"),
]

_ACCESS = [
    # « le Directeur Général, agissant à titre de Responsable de l'accès »; the clerk prepares and extends (4.6).
    *_lines(Kind.ACCESS_REQUEST, S.RECEIVED, Verb.SEARCH, S.SEARCHING, (GRE, DG), "4.6"),
    *_lines(Kind.ACCESS_REQUEST, _ACTIVE[Kind.ACCESS_REQUEST], Verb.ASK_DOCUMENTS, None, (GRE, DG), "4.6"),
    *_lines(Kind.ACCESS_REQUEST, S.SEARCHING, Verb.CLARIFY, S.CLARIFYING, (GRE, DG), "4.6"),
    *_lines(Kind.ACCESS_REQUEST, S.CLARIFYING, Verb.SUPPLY, S.SEARCHING, (CIT, GRE, DG), "4.6"),
    *_lines(
        Kind.ACCESS_REQUEST,
        (S.RECEIVED, S.SEARCHING, S.THIRD_PARTY_NOTICE),
        Verb.SUPPLY,
        None,
        (CIT, GRE, DG),
        "4.6",
    ),
    *_lines(Kind.ACCESS_REQUEST, _STATUSES[Kind.ACCESS_REQUEST], Verb.CORRECT, None, (GRE, DG), "4.6"),
    *_lines(Kind.ACCESS_REQUEST, S.SEARCHING, Verb.NOTIFY_THIRD_PARTY, S.THIRD_PARTY_NOTICE, (GRE, DG), "4.6"),
    *_lines(Kind.ACCESS_REQUEST, S.THIRD_PARTY_NOTICE, Verb.RESUME, S.SEARCHING, (GRE, DG), "4.6"),
    # « le greffier pourra alors prolonger ledit délai » (4.6).
    *_lines(Kind.ACCESS_REQUEST, _ACTIVE[Kind.ACCESS_REQUEST], Verb.EXTEND, None, (GRE, DG), "4.6"),
    *_lines(
        Kind.ACCESS_REQUEST,
        (S.SEARCHING, S.CLARIFYING, S.THIRD_PARTY_NOTICE),
        Verb.DECIDE,
        ACCESS_DECISIONS,
        (DG, GRE),
        "4.6",
    ),
    # « Donner avis au requérant, par courrier » (4.6).
    *_lines(Kind.ACCESS_REQUEST, ACCESS_DECISIONS, Verb.SEND, S.SENT, (GRE, DG), "4.6"),
    *_lines(Kind.ACCESS_REQUEST, (S.SENT, S.UNDER_REVIEW_CAI), Verb.CLOSE, S.CLOSED, (GRE, DG), "4.6"),
    # art. 135: recourse to the Commission d'accès à l'information.
    *_lines(Kind.ACCESS_REQUEST, (S.SENT, S.CLOSED), Verb.REVIEW, S.UNDER_REVIEW_CAI, (GRE, DG), "4.6"),
    *_lines(Kind.ACCESS_REQUEST, _ACTIVE[Kind.ACCESS_REQUEST], Verb.WITHDRAW, S.WITHDRAWN, (GRE, DG), "4.6"),
    *_lines(Kind.ACCESS_REQUEST, S.RECEIVED, Verb.RECLASSIFY, S.RECEIVED, (TEC, GRE, DG), "4.1"),
    *_lines(Kind.ACCESS_REQUEST, S.SEARCHING, Verb.RECLASSIFY, S.RECEIVED, (GRE, DG), "4.1"),
    *_lines(Kind.ACCESS_REQUEST, _STATUSES[Kind.ACCESS_REQUEST], Verb.NOTE, None, (GRE, DG), "4.6"),
]

TRANSITIONS = (*_REQUEST, *_INQUIRY, *_COMPLAINT, *_CLAIM, *_ACCESS)

_BY_KEY = {(t.kind, t.source, t.verb): t for t in TRANSITIONS}

# The policy's word for each role, in a sentence.
ROLE_PHRASES = {
    Role.TECHNICIAN: "le Technicien du Service aux citoyens",
    Role.RECIPIENT: "le Responsable",
    Role.EXECUTOR: "la personne qui exécute le travail",
    Role.DIRECTOR: "la direction du Service aux citoyens",
    Role.GENERAL_DIRECTOR: "la direction générale",
    Role.CLERK: "le greffe",
    Role.INVESTIGATOR: "une personne chargée de l'enquête",
    Role.REQUESTER: "le citoyen",
}


def statuses_of(kind: Kind) -> tuple[Status, ...]:
    """List the statuses that a file of this kind may have, in the order of its life."""
    return _STATUSES[kind]


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


def places_of(verb: Verb) -> list[tuple[Kind, Status]]:
    """List where a verb exists, as (kind, status)."""
    return [(t.kind, t.source) for t in TRANSITIONS if t.verb is verb]


def verbs_from(kind: Kind, source: Status) -> list[Verb]:
    """List the verbs that exist from this status, in the order of the table."""
    return [t.verb for t in TRANSITIONS if t.kind is kind and t.source is source]
