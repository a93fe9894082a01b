"""Notes, complex cases (art. 4.1), calls to return (art. 3), and questions that nobody has touched (art. 2.3)."""

from datetime import date, datetime

from .clocks import Clock
from .refusal import Refusal

# Art. 2.3: « acheminer sans délai les demandes de renseignements »; our reading: one full working day.
UNTOUCHED_WORKING_DAYS = 1


def note_refusal(*, internal_note: str) -> Refusal | None:
    """A note says something."""
    if not internal_note.strip():
        return Refusal("4.1", "Écrivez la note.", "internal_note")
    return None


def flag_refusals(
    *, complex_changes: bool, call_back_on: date | None, call_back_changes: bool, internal_note: str, today: date
) -> list[Refusal]:
    """Return every reason why a file can't be flagged as asked (art. 4.1: complex cases; art. 3: calls to return)."""
    if not complex_changes and not call_back_changes:
        return [Refusal("4.1", "Rien ne change : cochez « Cas complexe » ou choisissez une date de rappel.")]
    refusals = []
    if complex_changes and not internal_note.strip():
        refusals.append(Refusal("4.1", "Écrivez pourquoi : la direction lit cette raison.", "internal_note"))
    if call_back_changes and call_back_on is not None and call_back_on < today:
        refusals.append(Refusal("3", "Le rappel ne peut pas être dans le passé.", "call_back_on"))
    return refusals


def is_left_untouched(*, received_at: datetime, today: date, clock: Clock) -> bool:
    """Say whether a question that nobody touched has waited one full working day: the day of receipt does not count."""
    if not clock.calendar.is_working_day(today):
        return False
    return today > clock.calendar.add(clock.day_zero(received_at), UNTOUCHED_WORKING_DAYS)
