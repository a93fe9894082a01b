"""Annexe C: who signs a designation, when it has effect, and what may still change in it."""

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


@dataclass(frozen=True)
class Standing:
    """What decides what may still change in a designation: its days, and who has signed it."""

    starts: date
    ends: date | None
    by_recipient: bool
    by_head: bool

    @property
    def signed(self) -> bool:
        """Somebody has signed what it says: the service, the person, the days."""
        return self.by_recipient or self.by_head

    def had_effect(self, today: date) -> bool:
        """Requests may have gone to this person already."""
        return self.by_recipient and self.by_head and self.starts <= today


def rewriting_refusal(standing: Standing) -> Refusal | None:
    """Say why the service, the person and the days of a designation do not change any more; None while nobody has signed."""
    if not standing.signed:
        return None
    return Refusal(
        "Annexe C",
        "Cette désignation porte une signature : le service, la personne et les dates ne changent plus. "
        "Mettez-y fin, puis écrivez une nouvelle désignation, à faire signer.",
    )


def ending_refusal(standing: Standing, last: date | None) -> Refusal | None:
    """Say why a designation can't end on this day: it ends sooner than what was signed, never later."""
    if last is None:
        return Refusal("Annexe C", "Indiquez le dernier jour de la désignation.", "last")
    if last < standing.starts:
        return Refusal("Annexe C", "Le dernier jour ne peut pas précéder le premier.", "last")
    if standing.ends is not None and last > standing.ends:
        return Refusal(
            "Annexe C", "Pour prolonger, écrivez une nouvelle désignation : elle porte deux signatures.", "last"
        )
    return None


def withdrawal_refusal(standing: Standing, *, kept: bool, today: date) -> Refusal | None:
    """Say why a designation stays; `kept`: a file or a signed form goes with it."""
    if kept or standing.had_effect(today):
        return Refusal("Annexe C", "Cette désignation a servi : elle reste. Mettez-y fin en écrivant son dernier jour.")
    return None
