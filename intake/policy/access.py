"""Art. 4.6: access to documents; one extension, a refusal that says why, a third party who is heard, reminders in time.

A clock says what is late; it refuses nothing to a citizen, and a late answer is still an answer (A-2.1 art. 52, 65.2).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from .legal_clocks import (
    EXTENSION_DAYS,
    AccessClock,
    last_working_day_until,
    legal_date,
)
from .refusal import Refusal
from .vocabulary import ACCESS_DECISIONS, Status
from .working_days import ONE_DAY, WorkingCalendar

THIRD_PARTY_DAYS = 20  # art. 49: the firm has twenty days to be heard.
DECISION_AFTER_DAYS = 15  # art. 49: decision within fifteen days of its words, or of the end of its delay.
# « Motiver tout refus ou tout refus partiel … et indiquer la disposition de loi » (art. 4.6).
REASONED = (Status.REFUSED, Status.PARTIAL)
# A provision whose text nobody pasted yet begins like this; a letter never leaves with it.
TEXT_TO_FILL = "À compléter"


@dataclass(frozen=True)
class Provision:
    """An article on which a refusal relies, with its text."""

    article: str
    text: str

    @property
    def is_filled(self) -> bool:
        """Say whether the text of the law is there."""
        return bool(self.text.strip()) and not self.text.lstrip().startswith(TEXT_TO_FILL)


def extension_refusals(*, clock: AccessClock, days: int | None, reason: str, today: date) -> list[Refusal]:
    """Return every reason why the delay can't be extended as asked (art. 4.6; A-2.1 art. 47, last paragraph)."""
    refusals = []
    if clock.extended:
        refusals.append(Refusal("4.6", "Le délai a déjà été prolongé : il ne peut l'être qu'une fois."))
    elif not clock.may_be_extended(today):
        refusals.append(
            Refusal("4.6", "Le délai de 20 jours est passé : l'avis de prolongation devait partir avant sa fin.")
        )
    if days is None or not 1 <= days <= EXTENSION_DAYS:
        refusals.append(Refusal("4.6", f"Une prolongation va de 1 à {EXTENSION_DAYS} jours.", "days"))
    if not reason.strip():
        refusals.append(
            Refusal("4.6", "Écrivez pourquoi il faut plus de temps : le citoyen lira cette raison.", "reason")
        )
    return refusals


@dataclass(frozen=True)
class Decision:
    """What is decided on an access request, before it is written anywhere."""

    outcome: Status | None
    explanation: str = ""
    given: str = ""
    withheld: str = ""
    provisions: Sequence[Provision] = ()
    has_body: bool = False


def decision_refusals(decision: Decision) -> list[Refusal]:
    """Return every reason why a decision can't be taken as it stands (art. 4.6; A-2.1 art. 48, 50, 51)."""
    if decision.outcome not in ACCESS_DECISIONS:
        return [Refusal("4.6", "Choisissez la décision.", "outcome")]
    refusals = []
    if decision.outcome in REASONED:
        refusals += _reasons_missing(decision)
    if decision.outcome in (Status.GRANTED, Status.PARTIAL) and not decision.given.strip():
        refusals.append(Refusal("4.6", "Nommez les documents remis.", "given"))
    if decision.outcome is Status.TRANSFERRED and not decision.has_body:
        refusals.append(Refusal("4.6", "Choisissez l'organisme qui a les documents (A-2.1, art. 48).", "body"))
    return refusals


def _reasons_missing(decision: Decision) -> list[Refusal]:
    refusals = []
    if not decision.provisions:
        refusals.append(
            Refusal("4.6", "Choisissez la disposition de la loi sur laquelle le refus s'appuie.", "provisions")
        )
    empty = [provision.article for provision in decision.provisions if not provision.is_filled]
    if empty:
        refusals.append(
            Refusal(
                "4.6",
                f"Le texte officiel de l'article {', '.join(empty)} n'est pas encore inscrit. Collez-le d'abord dans "
                "« Dispositions de la Loi sur l'accès » : la lettre doit le citer.",
                "provisions",
            )
        )
    if not decision.explanation.strip():
        refusals.append(Refusal("4.6", "Motivez le refus en mots simples : le citoyen lira ce texte.", "explanation"))
    if not decision.withheld.strip():
        refusals.append(Refusal("4.6", "Nommez les documents ou les renseignements refusés.", "withheld"))
    return refusals


# --- The firm that must be heard (A-2.1 art. 25, 49) --------------------------------------------------


@dataclass(frozen=True)
class ThirdPartyClock:
    """Until when the third party may be heard, and until when the town then decides."""

    heard_until: date
    legal: date
    internal: date


def third_party_clock(notified_on: date, calendar: WorkingCalendar, *, heard_on: date | None = None) -> ThirdPartyClock:
    """Count twenty days to be heard, then fifteen to decide, from the words of the third party or the end of its delay."""
    heard_until = legal_date(notified_on, THIRD_PARTY_DAYS)
    legal = legal_date(min(heard_on or heard_until, heard_until), DECISION_AFTER_DAYS)
    return ThirdPartyClock(heard_until, legal, last_working_day_until(legal, calendar))


def third_party_refusals(*, legal_on: date, party: str, today: date) -> list[Refusal]:
    """Return every reason why the notice to a third party can't leave (A-2.1 art. 49: within the delay to answer)."""
    refusals = []
    if today > legal_on:
        refusals.append(
            Refusal("4.6", "L'avis au tiers devait partir avant la fin du délai de réponse (A-2.1, art. 49).")
        )
    if not party.strip():
        refusals.append(Refusal("4.6", "Nommez le tiers qui doit être avisé.", "party"))
    return refusals


# --- Reminders to the clerk ---------------------------------------------------------------------------


class Step(Enum):
    """When the clerk is reminded: working days before the internal day, that day, and the day after the legal one."""

    FIVE_DAYS = "5"
    TWO_DAYS = "2"
    TODAY = "0"
    EXPIRED = "expired"


BEFORE = ((Step.FIVE_DAYS, 5), (Step.TWO_DAYS, 2), (Step.TODAY, 0))


@dataclass(frozen=True)
class Reminder:
    """One reminder; `key` tells it from those of the same file before its delay was extended."""

    step: Step
    key: str


def reminder_due(*, internal: date, legal: date, calendar: WorkingCalendar, on: date) -> Reminder | None:
    """Return the reminder that is due on this day, the latest if several days were missed; None before the first."""
    found = [step for step, days in BEFORE if on >= working_days_before(internal, days, calendar)]
    if on > legal:
        found.append(Step.EXPIRED)
    return Reminder(found[-1], f"{legal.isoformat()}/{found[-1].value}") if found else None


def working_days_before(day: date, count: int, calendar: WorkingCalendar) -> date:
    """Return the `count`-th working day before a working day; `count` 0 gives the day itself."""
    for _ in range(count):
        day = last_working_day_until(day - ONE_DAY, calendar)
    return day


# --- The documents that a service is asked for ---------------------------------------------------------


def task_refusals(
    *, department: object | None, wanted: str, due_on: date | None, today: date, names: Iterable[str]
) -> list[Refusal]:
    """Return every reason why a service can't be asked for documents; it must not learn who asks (A-2.1 art. 62)."""
    refusals = []
    if department is None:
        refusals.append(Refusal("4.6", "Choisissez le service.", "department"))
    if not wanted.strip():
        refusals.append(Refusal("4.6", "Décrivez les documents à fournir.", "wanted"))
    elif _names_whoever_asks(wanted, names):
        refusals.append(
            Refusal("4.6", "Retirez le nom de la personne qui demande : le service n'a pas à le connaître.", "wanted")
        )
    if due_on is None or due_on < today:
        refusals.append(Refusal("4.6", "Indiquez un jour à venir pour la réponse du service.", "due_on"))
    return refusals


def _names_whoever_asks(text: str, names: Iterable[str]) -> bool:
    """A family name alone may be that of a street; with the first name it is the person."""
    said, parts = text.casefold(), [name.strip().casefold() for name in names if name.strip()]
    return bool(parts) and all(part in said for part in parts)


def answer_refusals(*, held: bool | None, note: str) -> list[Refusal]:
    """Return what a service still has to say: it has the documents or not, and where it looked if not (A-2.1 art. 42)."""
    if held is None:
        return [Refusal("4.6", "Dites si le service a ces documents.", "held")]
    if not held and not note.strip():
        return [Refusal("4.6", "Dites où vous avez cherché.", "note")]
    return []
