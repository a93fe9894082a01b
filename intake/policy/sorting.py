"""Sorting what comes in (art. 4.1): duplicates, what the town can't do, what its author takes back, what is of another kind."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from .refusal import Refusal
from .roles import CONFIDENTIAL_KINDS
from .vocabulary import OPEN_REQUEST_STATUSES, Kind, Status


@dataclass(frozen=True)
class MasterFacts:
    """What decides whether another request may be attached to this one."""

    reference: str
    kind: Kind
    status: Status
    merged_into: str = ""  # the reference of its own master


def merging_refusal(*, reference: str, has_attached: bool, master: MasterFacts | None) -> Refusal | None:
    """Say why a request can't be attached to another; `master` is None when the actor sees no file of that number.

    One level only: a request that others are attached to is never attached itself, so that no circle can form.
    """
    reason = ""
    if master is None:
        reason = "Aucune requête ne porte ce numéro. Vérifiez-le."
    elif master.reference == reference:
        reason = "C'est le numéro de cette requête. Écrivez celui de l'autre."
    elif master.kind is not Kind.REQUEST:
        reason = f"Le dossier {master.reference} n'est pas une requête."
    elif master.merged_into:
        reason = f"La requête {master.reference} est déjà rattachée à {master.merged_into} : écrivez plutôt ce numéro."
    elif master.status not in OPEN_REQUEST_STATUSES:
        reason = f"La requête {master.reference} n'est plus ouverte. Rouvrez-la d'abord, ou gardez celle-ci."
    elif has_attached:
        reason = "D'autres requêtes sont rattachées à celle-ci. Rattachez plutôt l'autre à celle-ci."
    return Refusal("4.1", reason, "master") if reason else None


@dataclass(frozen=True)
class Attached:
    """A request that waits for the same intervention: what decides its place when the one it is attached to leaves."""

    case_id: int
    received_at: datetime


def in_line(attached: Iterable[Attached]) -> list[int]:
    """Say who takes the place of a request that leaves, then who follows: the eldest first (art. 2.3, same care for all).

    The case ids, in that order; nobody when nothing was attached.
    """
    return [one.case_id for one in sorted(attached, key=lambda one: (one.received_at, one.case_id))]


def successor_status(leaving: Status) -> Status:
    """Say at which step the eldest takes up: where the work stands, since only one person leaves it (art. 2.3).

    A wait ends: it was for whoever leaves, or is said again by whoever has the work in hand.
    """
    return Status.IN_PROGRESS if leaving is Status.WAITING else leaving


def withdrawal_refusals(*, kind: Kind, asked_by: str, in_writing: bool) -> list[Refusal]:
    """Say what is missing for its author to take a file back: who asked, and a writing for a complaint (art. 4.4)."""
    refusals = []
    if not asked_by.strip():
        refusals.append(Refusal("4.1", "Écrivez qui demande le retrait, et comment.", "asked_by"))
    if kind is Kind.COMPLAINT and not in_writing:
        refusals.append(Refusal("4.4", "Une plainte se retire par écrit, comme elle se dépose.", "in_writing"))
    return refusals


# Shorter, what the citizen wrote may be all that there is to say (« trou rue Principale »).
SHORTEST_COPY = 25


def opens_to_services(*, source: Kind, target: Kind | None) -> bool:
    """Say whether a service will read, once reclassified, what only a few people read (art. 4.5)."""
    return target is not None and source in CONFIDENTIAL_KINDS and target not in CONFIDENTIAL_KINDS


def reclassifying_refusals(
    *, source: Kind, target: Kind | None, reason: str, facts: str = "", words: str = ""
) -> list[Refusal]:
    """Say why a file can't become one of another kind (art. 4.1: the technician « définit sa classification »).

    Art. 4.5: a confidential file opens to a service only with `facts` written for it; `words` are what it said until then.
    """
    refusals = []
    if target is None:
        refusals.append(Refusal("4.1", "Choisissez la nouvelle sorte de dossier.", "kind"))
    elif target is source:
        refusals.append(Refusal("4.1", "Le dossier est déjà de cette sorte.", "kind"))
    if opens_to_services(source=source, target=target):
        refusals += _rewriting_refusals(facts, words)
    if not reason.strip():
        refusals.append(Refusal("4.1", "Écrivez pourquoi le dossier change de sorte.", "internal_note"))
    return refusals


def _rewriting_refusals(facts: str, words: str) -> list[Refusal]:
    if not facts.strip():
        reason = "Écrivez les faits pour le service : il ne lira pas ce que le citoyen a écrit."
        return [Refusal("4.5", reason, "facts")]
    # Copied, alone or with something around it; a few words of his are anyone's.
    copied = _one_line(words)
    if len(copied) >= SHORTEST_COPY and copied in _one_line(facts):
        reason = "Ce sont les mots du citoyen. Réécrivez les faits, sans nommer personne."
        return [Refusal("4.5", reason, "facts")]
    return []


def _one_line(text: str) -> str:
    return " ".join(text.split()).casefold()


# Shorter, it is a word of every address (« rue »).
SHORTEST_STREET = 4


def same_street(first: str, second: str) -> bool:
    """Say whether two places, folded and without their civic number, name the same street."""
    one, other = (place.split(",")[0].strip() for place in (first, second))
    if min(len(one), len(other)) < SHORTEST_STREET:
        return False
    return one in second or other in first
