"""Annexe A: what must be written to complete a request, and until when it may be reopened."""

from datetime import date, timedelta

from .refusal import Refusal
from .vocabulary import COMPLETION_CODE

LONGEST_WAITING_NOTE = 300
# A day further away is a slip of the keyboard (2206 for 2026), and the citizen would be told it.
FARTHEST_PLAN_YEARS = 5
FARTHEST_PLAN = timedelta(days=FARTHEST_PLAN_YEARS * 366)


def completion_refusals(
    *, code: str, done_on: date | None, phone_extension: str, internal_note: str, today: date
) -> list[Refusal]:
    """Return every reason why the request can't be completed yet, one a field (Annexe A, points 1 to 4)."""
    refusals = []
    if code != COMPLETION_CODE:
        refusals.append(Refusal("Annexe A", "Entrez le code 238, « Demande complétée ».", "code"))
    return refusals + _act_refusals(done_on, phone_extension, internal_note, today)


def intervention_refusals(
    *, code: str, done_on: date | None, phone_extension: str, internal_note: str, public_message: str, today: date
) -> list[Refusal]:
    """Return every reason why an act that does not complete the request can't be written as asked (Annexe A).

    Its code is any but 238, and no word to the citizen goes with it: he is told of the end, of a plan or of a question.
    """
    refusals = []
    if not code or code == COMPLETION_CODE:
        refusals.append(Refusal("Annexe A", "Choisissez le code de l'intervention.", "code"))
    if public_message.strip():
        refusals.append(
            Refusal(
                "Annexe A",
                "Ce texte part seulement avec le code 238. Pour écrire au citoyen plus tôt, planifiez l'intervention ou "
                "mettez la demande en attente.",
                "public_message",
            )
        )
    return refusals + _act_refusals(done_on, phone_extension, internal_note, today)


def _act_refusals(done_on: date | None, phone_extension: str, internal_note: str, today: date) -> list[Refusal]:
    refusals = []
    if done_on is None:
        refusals.append(Refusal("Annexe A", "Indiquez la date à laquelle le travail a été fait.", "done_on"))
    elif done_on > today:
        refusals.append(Refusal("Annexe A", "La date ne peut pas être dans le futur.", "done_on"))
    if not phone_extension.strip():
        refusals.append(Refusal("Annexe A", "Indiquez votre numéro de poste.", "phone_extension"))
    if not internal_note.strip():
        refusals.append(Refusal("Annexe A", "Écrivez une note interne : ce qui a été fait, par qui.", "internal_note"))
    return refusals


def proofreading_refusal(*, asked: bool, public_message: str) -> Refusal | None:
    """There must be a text to read over (Annexe A, point 5: « demandez l'aide du service aux citoyens »)."""
    if asked and not public_message.strip():
        return Refusal(
            "Annexe A", "Écrivez le texte à faire relire, ou retirez la demande de relecture.", "public_message"
        )
    return None


def is_before_receipt(*, done_on: date, received_on: date) -> bool:
    """Say whether the work was done before the request came: allowed, since it was already repaired; said to the person."""
    return done_on < received_on


def reopening_refusal(*, closed_on: date | None, today: date, reopening_days: int) -> Refusal | None:
    """A closed request may be reopened for `reopening_days` calendar days; later, a new one is filed."""
    if closed_on is not None and today > closed_on + timedelta(days=reopening_days):
        return Refusal(
            "2.3",
            f"Cette requête est fermée depuis plus de {reopening_days} jours. Inscrivez plutôt une nouvelle requête.",
        )
    return None


def waiting_refusals(
    *, reason: str, asks_citizen: bool, note: str, next_action_on: date | None, today: date
) -> list[Refusal]:
    """Return every reason why a request can't be put on hold as asked (art. 4.2: « en attente pour X raison »)."""
    refusals = []
    if not reason:
        refusals.append(Refusal("4.2", "Choisissez la raison de l'attente.", "reason"))
    if asks_citizen and not note.strip():
        refusals.append(Refusal("4.2", "Écrivez la question à poser au citoyen : il la recevra telle quelle.", "note"))
    if len(note) > LONGEST_WAITING_NOTE:
        words = f"Ce texte est trop long : {LONGEST_WAITING_NOTE} caractères au plus."
        refusals.append(Refusal("4.2", words, "note"))
    if next_action_on is not None and next_action_on < today:
        refusals.append(Refusal("4.2", "La prochaine action ne peut pas être dans le passé.", "next_action_on"))
    return refusals


def planning_refusal(*, planned_on: date | None, today: date) -> Refusal | None:
    """Say why a day of intervention can't be announced (art. 4.2: « action à venir »)."""
    if planned_on is None:
        return Refusal("4.2", "Indiquez la date prévue.", "planned_on")
    if planned_on < today:
        return Refusal("4.2", "La date prévue ne peut pas être dans le passé.", "planned_on")
    if planned_on - today > FARTHEST_PLAN:
        words = f"La date prévue est dans plus de {FARTHEST_PLAN_YEARS} ans : vérifiez l'année."
        return Refusal("4.2", words, "planned_on")
    return None
