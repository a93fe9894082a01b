"""How a citizen is reached (art. 4.3, 4.4): what is corrected or completed of it, and the day of the facts of a complaint."""

from collections.abc import Collection
from dataclasses import dataclass, fields, replace
from datetime import date

from .cleaning import clean_line, clean_phone, clean_postal_code
from .complaint import contact_lacks
from .counter import REQUIRED_CONTACT
from .refusal import Refusal
from .vocabulary import Kind


@dataclass(frozen=True)
class Coordinates:
    """Address, telephone and e-mail; what is empty is unknown. Who the person is is not here: it is not corrected so."""

    address: str = ""
    city: str = ""
    postal_code: str = ""
    phone: str = ""
    email: str = ""


NAMES = tuple(field.name for field in fields(Coordinates))

_REQUIRED_WORDS = {
    "address": "Écrivez l'adresse : numéro et rue.",
    "city": "Écrivez la municipalité.",
    "phone": "Écrivez le téléphone.",
}
_LACKING_WORDS = {
    "address": "Écrivez votre adresse : numéro et rue.",
    "phone": "Écrivez votre téléphone ou votre courriel.",
}
NOBODY_TO_REACH = Refusal("4.3", "Personne n'est inscrit à ce dossier : il n'y a pas de coordonnées à corriger.")
NOTHING_CHANGED = Refusal("4.3", "Rien n'a changé : corrigez l'adresse, le téléphone ou le courriel.")


def changed(before: Coordinates, after: Coordinates) -> tuple[str, ...]:
    """Name the fields that differ: what an event may say of a correction (art. 4.5), never what they held."""
    return tuple(name for name in NAMES if getattr(before, name) != getattr(after, name))


def tidied(before: Coordinates, given: Coordinates) -> Coordinates:
    """Return what was given in its one form; what is as it was before stays to the letter."""
    lines = Coordinates(**{name: clean_line(getattr(given, name)) for name in NAMES})
    tidy = replace(
        lines,
        phone=clean_phone(lines.phone) or lines.phone,
        postal_code=clean_postal_code(lines.postal_code) or lines.postal_code,
    )
    same = {name: getattr(before, name) for name in NAMES if getattr(lines, name) == clean_line(getattr(before, name))}
    return replace(tidy, **same)


def completed(before: Coordinates, given: Coordinates) -> Coordinates:
    """Return what is known once something is added: an empty answer takes nothing away."""
    return replace(before, **{name: value for name in NAMES if (value := getattr(given, name))})


def writing_refusals(before: Coordinates, after: Coordinates) -> list[Refusal]:
    """Say which of the new details can't be what it says; an older one that stays is not judged again."""
    new, found = changed(before, after), []
    if "phone" in new and after.phone and clean_phone(after.phone) is None:
        found.append(Refusal("4.3", "Écrivez un numéro à 10 chiffres, comme 450 555-0123.", "phone"))
    if "postal_code" in new and after.postal_code and clean_postal_code(after.postal_code) is None:
        found.append(Refusal("4.3", "Écrivez un code postal comme J0R 1T0.", "postal_code"))
    return found


def correction_refusals(kind: Kind, before: Coordinates, after: Coordinates) -> list[Refusal]:
    """Say why the details can't be corrected so: nothing changes, or what its kind requires (art. 4.3) would be lost."""
    new = changed(before, after)
    if not new:
        return [NOTHING_CHANGED]
    lost = [name for name in REQUIRED_CONTACT[kind] if name in new and not getattr(after, name)]
    return writing_refusals(before, after) + [Refusal("4.3", _REQUIRED_WORDS[name], name) for name in lost]


def completion_refusals(before: Coordinates, after: Coordinates, *, was_asked: bool, by_citizen: bool) -> list[Refusal]:
    """Say why the details of a complaint can't be completed so (art. 4.4: « coordonnées complètes »).

    The citizen completes what he was asked for, wholly; an e-mail that is known is not replaced from the tracking page:
    it is where the code that signs is sent.
    """
    if not changed(before, after):
        return []
    found = writing_refusals(before, after)
    if not by_citizen:
        return found
    if not was_asked:
        return [Refusal("4.4", "Vos coordonnées ne sont pas demandées : écrivez-nous plutôt ce qui a changé.", "text")]
    if before.email and after.email != before.email:
        found.append(Refusal("4.4", "Pour changer de courriel, écrivez-le dans votre réponse.", "text"))
    lacking = contact_lacks(after.address, after.phone or after.email)
    return found + [Refusal("4.4", _LACKING_WORDS[name], name) for name in lacking]


def facts_day_refusals(
    day: date, *, today: date, began_on: date | None, known: date | None, was_asked: bool
) -> list[Refusal]:
    """Say why this can't be written down as the day of the facts (art. 4.4): what the citizen wrote is not replaced unasked."""
    if known is not None and not was_asked:
        return [Refusal("4.4", "La date des faits est déjà inscrite.", "facts_on")]
    if day > today:
        return [Refusal("4.4", "La date des faits ne peut pas être dans le futur.", "facts_on")]
    if began_on is not None and day < began_on:
        return [Refusal("4.4", "La date des derniers faits ne peut pas précéder celle des premiers.", "facts_on")]
    return []


def unanswered(missing: Collection[str], answered: Collection[str]) -> list[str]:
    """What the citizen is still asked for once this has its answer."""
    return [item for item in missing if item not in answered]
