"""Complaints (art. 4.1, 4.4): admissibility gives every reason; a person decides, never the software (A-2.1 art. 65.2)."""

from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from .legal_clocks import COMPLAINT_DAYS, CitizenDelay, citizen_delay
from .working_days import WorkingCalendar


class Obstacle(Enum):
    """Why a complaint can't be treated as it stands (art. 4.1, 4.4)."""

    NOT_WRITTEN = "not_written"
    UNSIGNED = "unsigned"
    ANONYMOUS = "anonymous"
    INCOMPLETE_CONTACT = "incomplete_contact"
    LATE = "late"
    PRIVATE_DISPUTE = "private_dispute"
    OUT_OF_FIELD = "out_of_field"


ARTICLES = {
    Obstacle.NOT_WRITTEN: "4.1",
    Obstacle.UNSIGNED: "4.1",
    Obstacle.ANONYMOUS: "4.1",
    Obstacle.INCOMPLETE_CONTACT: "4.4",
    Obstacle.LATE: "4.4",
    Obstacle.PRIVATE_DISPUTE: "4.1",
    Obstacle.OUT_OF_FIELD: "4.1",
}
# What the citizen can still mend: he is asked for it before anyone rejects the complaint.
CURABLE = frozenset({Obstacle.NOT_WRITTEN, Obstacle.UNSIGNED, Obstacle.INCOMPLETE_CONTACT})


@dataclass(frozen=True)
class ComplaintFacts:
    """What is known of a complaint when someone asks whether it can be treated."""

    received_on: date
    is_written: bool
    is_signed: bool
    complainant_name: str
    address: str
    phone_or_email: str
    facts_on: tuple[date, ...]  # every date of the facts; repeated facts count from the last one
    is_private_dispute: bool = False
    concerns_the_town: bool = True
    endangers_safety: bool = False


@dataclass(frozen=True)
class Admissibility:
    """Every obstacle, in the order of the policy, and whether danger makes it be treated all the same."""

    obstacles: tuple[Obstacle, ...]
    # Art. 4.1: « sauf si la plainte concerne une situation … qui met en péril la sécurité des biens et des personnes ».
    safety_exception: bool = False
    delay: CitizenDelay | None = None  # None while no date of the facts is known
    curable: tuple[Obstacle, ...] = field(default=())
    lacking: tuple[str, ...] = ()  # of the contact details

    @property
    def is_clear(self) -> bool:
        """Nothing stands in the way."""
        return not self.obstacles


def contact_lacks(address: str, phone_or_email: str) -> tuple[str, ...]:
    """Name what « les coordonnées complètes » (4.4) still lack: an address, and a way to call or to write."""
    asked = (("address", address), ("phone", phone_or_email))
    return tuple(name for name, given in asked if not given.strip())


def admissibility(facts: ComplaintFacts, calendar: WorkingCalendar) -> Admissibility:
    """Return every reason against treating a complaint; it decides nothing."""
    delay = citizen_delay(max(facts.facts_on), COMPLAINT_DAYS, calendar) if facts.facts_on else None
    anonymous = not facts.complainant_name.strip()
    lacking = () if anonymous else contact_lacks(facts.address, facts.phone_or_email)
    checks = (
        (Obstacle.NOT_WRITTEN, not facts.is_written),
        (Obstacle.ANONYMOUS, anonymous),
        (Obstacle.UNSIGNED, not facts.is_signed),
        (Obstacle.INCOMPLETE_CONTACT, bool(lacking)),
        (Obstacle.LATE, delay is not None and delay.is_late(facts.received_on)),
        (Obstacle.PRIVATE_DISPUTE, facts.is_private_dispute),
        (Obstacle.OUT_OF_FIELD, not facts.concerns_the_town),
    )
    obstacles = tuple(obstacle for obstacle, stands in checks if stands)
    return Admissibility(
        obstacles=obstacles,
        safety_exception=facts.endangers_safety,
        delay=delay,
        curable=tuple(obstacle for obstacle in obstacles if obstacle in CURABLE),
        lacking=lacking,
    )
