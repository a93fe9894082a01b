"""Art. 4.1, « réclamation »: what a notice says, what is missing in it, and how the clerk ends it. Nothing admits liability."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from .legal_clocks import CLAIM_DAYS, CitizenDelay, citizen_delay
from .refusal import Refusal
from .vocabulary import CLAIM_DECISIONS, Status
from .working_days import WorkingCalendar


class DamageType(Enum):
    """« un dommage à la propriété, un dommage corporel ou un autre dommage » (art. 4.1)."""

    PROPERTY = "property"
    BODILY = "bodily"
    OTHER = "other"


@dataclass(frozen=True)
class NoticeFacts:
    """What the clerk needs to look into a claim; whatever is unknown is empty."""

    event_on: date | None
    event_place: str
    damage_type: DamageType | None
    what_happened: str
    damage: str
    name: str
    address: str


def gaps(notice: NoticeFacts) -> list[Refusal]:
    """Name what a notice still lacks; it is asked for, and the notice counts from its receipt all the same.

    A request that turns out to be a claim lacks most of it: the citizen was never asked.
    """
    asked = (
        (notice.event_on, "La date de l'événement", "event_on"),
        (notice.event_place, "Le lieu de l'événement", "event_place"),
        (notice.damage_type, "La sorte de dommage", "damage_type"),
        (notice.what_happened, "Ce qui s'est passé", "facts"),
        (notice.damage, "La description du dommage", "damage"),
        (notice.name, "Le nom de la personne qui réclame", "name"),
        (notice.address, "Son adresse", "address"),
    )
    return [Refusal("4.1", words, field) for value, words, field in asked if not value]


def notice_delay(
    event_on: date | None, damage_type: DamageType | None, calendar: WorkingCalendar
) -> CitizenDelay | None:
    """Return the delay of the notice (C-19 art. 585, fifteen days), to be shown, never to refuse with.

    None for an injury (C.c.Q. 2930: no notice is required of whoever was hurt) and while the event has no date.
    """
    if event_on is None or damage_type is DamageType.BODILY:
        return None
    return citizen_delay(event_on, CLAIM_DAYS, calendar)


def decision_refusals(*, outcome: Status | None, reply: str) -> list[Refusal]:
    """Return every reason why a claim can't be decided as asked: an outcome, and the words that the citizen will read."""
    refusals = []
    if outcome not in CLAIM_DECISIONS:
        refusals.append(Refusal("4.1", "Choisissez la décision.", "outcome"))
    if not reply.strip():
        refusals.append(Refusal("4.1", "Écrivez la décision et ses raisons : le citoyen les lira.", "reply"))
    return refusals
