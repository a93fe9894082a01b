"""Annexe C: who signs a designation, and when it has effect."""

from dataclasses import dataclass
from datetime import date

from .refusal import Refusal
from .roles import Actor, Role

RECIPIENT, HEAD = "recipient", "head"


@dataclass(frozen=True)
class Signers:
    """The accounts that may sign: the employee who is designated and the head of the service, None without account."""

    recipient: int | None
    head: int | None

    @property
    def same_person(self) -> bool:
        """The head designates himself: the director signs in his place (tricky case 4)."""
        return self.head is not None and self.head == self.recipient


def signing_refusal(part: str, signers: Signers, actor: Actor) -> Refusal | None:
    """Say why this account can't give this signature; None when it can. Nobody signs for someone else."""
    if part == RECIPIENT and actor.user_id is not None and actor.user_id == signers.recipient:
        return None
    if part == HEAD and signers.same_person:
        if Role.DIRECTOR in actor.roles and actor.user_id != signers.recipient:
            return None
        return Refusal("Annexe C", "La direction du Service aux citoyens signe quand le Responsable dirige le service.")
    if part == HEAD and actor.user_id is not None and actor.user_id == signers.head:
        return None
    who = "la personne désignée" if part == RECIPIENT else "la direction du service"
    return Refusal("Annexe C", f"Seule {who} peut signer ici.")


def replacement_refusals(
    *, first: date | None, last: date | None, starts: date, ends: date | None, same_employee: bool, today: date
) -> list[Refusal]:
    """Return every reason why a temporary replacement can't be written; `starts` and `ends` are those of the one replaced."""
    refusals = []
    if first is None:
        refusals.append(Refusal("Annexe C", "Indiquez le premier jour du remplacement.", "first"))
    if last is None:
        refusals.append(Refusal("Annexe C", "Indiquez le dernier jour du remplacement.", "last"))
    if same_employee:
        refusals.append(Refusal("Annexe C", "Choisissez une autre personne que le Responsable.", "employee"))
    if first is None or last is None:
        return refusals
    if first < today:
        refusals.append(Refusal("Annexe C", "Le remplacement ne peut pas commencer dans le passé.", "first"))
    if last < first:
        refusals.append(Refusal("Annexe C", "Le dernier jour ne peut pas précéder le premier.", "last"))
    if first < starts or (ends is not None and last > ends):
        refusals.append(Refusal("Annexe C", "Le remplacement doit tenir dans la désignation remplacée.", "last"))
    return refusals
