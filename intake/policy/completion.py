"""Annexe A: what must be written to complete a request, and until when it may be reopened."""

from datetime import date, timedelta

from .refusal import Refusal
from .vocabulary import COMPLETION_CODE


def completion_refusals(
    *, code: str, done_on: date | None, phone_extension: str, internal_note: str, today: date
) -> list[Refusal]:
    """Return every reason why the request can't be completed yet, one a field (Annexe A, points 1 to 4)."""
    refusals = []
    if code != COMPLETION_CODE:
        refusals.append(Refusal("Annexe A", "Entrez le code 238, « Demande complétée ».", "code"))
    if done_on is None:
        refusals.append(Refusal("Annexe A", "Indiquez la date à laquelle le travail a été fait.", "done_on"))
    elif done_on > today:
        refusals.append(Refusal("Annexe A", "La date ne peut pas être dans le futur.", "done_on"))
    if not phone_extension.strip():
        refusals.append(Refusal("Annexe A", "Indiquez votre numéro de poste.", "phone_extension"))
    if not internal_note.strip():
        refusals.append(Refusal("Annexe A", "Écrivez une note interne : ce qui a été fait, par qui.", "internal_note"))
    return refusals


def reopening_refusal(*, closed_on: date | None, today: date, reopening_days: int) -> Refusal | None:
    """A closed request may be reopened for `reopening_days` calendar days; later, a new one is filed."""
    if closed_on is not None and today > closed_on + timedelta(days=reopening_days):
        return Refusal(
            "2.3",
            f"Cette requête est fermée depuis plus de {reopening_days} jours. Inscrivez plutôt une nouvelle requête.",
        )
    return None
