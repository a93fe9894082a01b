"""Which column of another system's workbook says what, and which of its words means which of ours (art. 4.1, 2.3).

Mapped once, the answer is remembered: headings are known by their words, so that a column that moved is still found.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from .list_answers import folded, text_in

LONGEST_NAME, LONGEST_WORD, MOST_WORDS = 80, 200, 2_000
# What an old word may mean besides one of ours.
LEFT_OUT, NOTHING = "-", "none"
EMPTY = ""  # the folded form of an empty cell, which may be given a meaning too


class Target(Enum):
    """What a column may say. The due day is not here: it is computed, never typed (art. 2.3)."""

    REFERENCE = "reference"
    RECEIVED = "received"
    RECEIVED_TIME = "received_time"
    KIND = "kind"
    NATURE = "nature"
    DEPARTMENT = "department"
    STATUS = "status"
    DONE = "done"
    CHANNEL = "channel"
    FACTS = "facts"
    LOCATION = "location"
    NAME = "name"
    FIRST_NAME = "first_name"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    CITY = "city"
    POSTAL_CODE = "postal_code"
    NOTE = "note"


class DateOrder(Enum):
    """How the other system writes a date in figures such as 03/04/2024; unless said, what can be read two ways is refused."""

    SAID = ""
    DAY_FIRST = "jma"
    MONTH_FIRST = "mja"


REQUIRED = (Target.REFERENCE, Target.RECEIVED)
# Targets whose words are those of the other system: each distinct one is recognised or given a meaning.
IN_WORDS = (Target.KIND, Target.NATURE, Target.DEPARTMENT, Target.STATUS, Target.CHANNEL)
IDENTITY = (
    Target.NAME,
    Target.FIRST_NAME,
    Target.PHONE,
    Target.EMAIL,
    Target.ADDRESS,
    Target.CITY,
    Target.POSTAL_CODE,
)
# The note gathers several columns; no name nor contact may go there: who executes reads notes, not names (art. 4.5).
GATHERED = Target.NOTE

# Headings met in exports of other systems, folded; the first words are the surest.
_HEADINGS: dict[Target, tuple[str, ...]] = {
    Target.REFERENCE: (
        "numero de requete",
        "no requete",
        "no de requete",
        "numero de dossier",
        "no dossier",
        "numero",
        "no",
        "no.",
        "n°",
        "reference",
        "id",
        "identifiant",
        "ticket",
        "case number",
    ),
    Target.RECEIVED: (
        "date de reception",
        "recue le",
        "recu le",
        "date recue",
        "date de creation",
        "creee le",
        "cree le",
        "date de la demande",
        "date d'ouverture",
        "date ouverture",
        "date",
        "created",
        "date created",
    ),
    Target.RECEIVED_TIME: ("heure de reception", "heure", "heure de creation"),
    Target.KIND: ("sorte", "type de demande", "type", "genre"),
    Target.NATURE: (
        "code de nature",
        "nature",
        "nature de la requete",
        "categorie",
        "sujet",
        "objet",
        "motif",
        "type de requete",
    ),
    Target.DEPARTMENT: ("service", "service municipal", "departement", "direction", "service responsable"),
    Target.STATUS: ("etat", "statut", "status", "etat de la requete", "statut de la requete"),
    Target.DONE: (
        "date de fin",
        "date de fermeture",
        "fermee le",
        "ferme le",
        "completee le",
        "terminee le",
        "date completee",
        "date de completion",
        "date effectuee",
        "date de cloture",
        "faite le",
        "closed",
        "date closed",
    ),
    Target.CHANNEL: ("canal", "mode de reception", "provenance", "origine", "source", "moyen"),
    Target.FACTS: ("expose des faits", "description", "description de la requete", "details", "faits", "demande"),
    Target.LOCATION: (
        "lieu",
        "lieu de l'intervention",
        "emplacement",
        "endroit",
        "localisation",
        "adresse de l'intervention",
        "adresse des travaux",
        "rue",
    ),
    Target.NAME: (
        "nom de famille",
        "nom",
        "demandeur",
        "nom du demandeur",
        "citoyen",
        "nom du citoyen",
        "requerant",
        "nom complet",
        "plaignant",
    ),
    Target.FIRST_NAME: ("prenom", "prenom du demandeur"),
    Target.PHONE: ("telephone", "tel", "tel.", "no de telephone", "numero de telephone", "cellulaire"),
    Target.EMAIL: ("courriel", "adresse courriel", "email", "e-mail", "adresse electronique"),
    Target.ADDRESS: ("adresse du demandeur", "adresse du citoyen", "adresse", "adresse civique"),
    Target.CITY: ("ville", "municipalite"),
    Target.POSTAL_CODE: ("code postal",),
    Target.NOTE: ("note", "notes", "note interne", "notes internes", "commentaire", "commentaires", "suivi"),
}


class BadMapping(ValueError):
    """The mapping can't be used; the words, in French, say why."""


@dataclass(frozen=True)
class ImportMapping:
    """The system that is left, the heading of each target's column, and what its words mean.

    `columns`: heading, as it is written, by target; `note` the headings gathered in the internal note. `values`: for the
    targets of IN_WORDS, the code of ours (or LEFT_OUT, NOTHING) by folded word of theirs.
    """

    system: str
    columns: Mapping[Target, str]
    note: tuple[str, ...] = ()
    values: Mapping[Target, Mapping[str, str]] = field(default_factory=dict)
    dates: DateOrder = DateOrder.SAID

    def as_json(self) -> dict[str, Any]:
        """Return what `mapping_of` reads again."""
        return {
            "system": self.system,
            "columns": {target.value: heading for target, heading in self.columns.items()},
            "note": list(self.note),
            "dates": self.dates.value,
            "values": {target.value: dict(words) for target, words in self.values.items()},
        }

    def places(self, headings: Sequence[str]) -> dict[Target, int]:
        """Where each column is among these headings. Raises BadMapping naming those that are missing."""
        where = {folded(heading): index for index, heading in reversed(list(enumerate(headings)))}
        wanted = [*self.columns.values(), *self.note]
        missing = [heading for heading in wanted if folded(heading) not in where]
        if missing:
            names = ", ".join(f"« {heading} »" for heading in dict.fromkeys(missing))
            raise BadMapping(f"Le classeur n'a pas ces colonnes : {names}.")
        return {target: where[folded(heading)] for target, heading in self.columns.items()}

    def note_places(self, headings: Sequence[str]) -> list[int]:
        """Where the columns of the note are; those that the file does not have were refused by `places`."""
        where = {folded(heading): index for index, heading in reversed(list(enumerate(headings)))}
        return [where[folded(heading)] for heading in self.note if folded(heading) in where]

    def meaning(self, target: Target, word: str) -> str | None:
        """What a person said that this word of the other system means, or None."""
        return self.values.get(target, {}).get(word)


def mapping_of(data: Any) -> ImportMapping:
    """Read a mapping that was stored or written by hand. Raises BadMapping, in French."""
    if not isinstance(data, dict):
        raise BadMapping("La correspondance n'est pas un objet JSON.")
    system = " ".join(text_in(data.get("system")).split())
    if not system or len(system) > LONGEST_NAME:
        raise BadMapping(f"Écrivez le nom de l'ancien système, {LONGEST_NAME} caractères au plus.")
    columns = _columns(data.get("columns"))
    note = data.get("note") or []
    if not isinstance(note, list) or not all(isinstance(heading, str) for heading in note):
        raise BadMapping("« note » est une liste de titres de colonnes.")
    missing = [target for target in REQUIRED if target not in columns]
    if missing:
        raise BadMapping("Il manque la colonne du numéro dans l'ancien système ou celle de la date de réception.")
    hidden = {folded(heading) for target, heading in columns.items() if target in IDENTITY}
    told = [heading for heading in note if folded(heading) in hidden]
    if told:
        raise BadMapping(f"« {told[0]} » identifie une personne : cette colonne ne va pas dans la note (art. 4.5).")
    return ImportMapping(system, columns, tuple(note), _values(data.get("values")), _dates(data.get("dates")))


def _dates(word: Any) -> DateOrder:
    try:
        return DateOrder(word or "")
    except ValueError:
        raise BadMapping("« dates » est « jma », « mja » ou vide.") from None


def _columns(data: Any) -> dict[Target, str]:
    if not isinstance(data, dict):
        raise BadMapping("« columns » donne le titre d'une colonne pour chaque renseignement.")
    known = {target.value: target for target in Target if target is not GATHERED}
    unknown = [str(key) for key in data if key not in known]
    if unknown:
        raise BadMapping(f"« {unknown[0][:40]} » n'est pas un renseignement connu. Connus : {', '.join(known)}.")
    columns = {known[key]: heading.strip() for key, heading in data.items() if isinstance(heading, str)}
    if len(columns) != len(data) or not all(columns.values()):
        raise BadMapping("Chaque renseignement de « columns » prend un titre de colonne.")
    return columns


def _values(data: Any) -> dict[Target, dict[str, str]]:
    if data is None:
        return {}
    known = {target.value: target for target in IN_WORDS}
    if not isinstance(data, dict) or not set(data) <= set(known):
        raise BadMapping(f"« values » donne le sens des mots de l'ancien système pour : {', '.join(known)}.")
    values = {}
    for key, words in data.items():
        good = isinstance(words, dict) and all(isinstance(code, str) for code in words.values())
        if not good or len(words) > MOST_WORDS:
            raise BadMapping(f"« values.{key} » donne un code de Guichet pour chaque mot de l'ancien système.")
        values[known[key]] = {folded(word)[:LONGEST_WORD]: code.strip() for word, code in words.items()}
    return values


def guess(headings: Sequence[str]) -> dict[Target, str]:
    """Propose a column for each target that a heading names, accents and capitals forgiven; each column once."""
    by_word = {folded(heading): heading for heading in reversed(headings)}
    found: dict[Target, str] = {}
    for target, words in _HEADINGS.items():
        heading = next((by_word[word] for word in words if word in by_word), None)
        if heading is not None and heading not in found.values():
            found[target] = heading
    return found


def known_headings(values: Iterable[Any]) -> int:
    """Count the cells of a row that name a target: how much the row looks like headings."""
    words = {word for names in _HEADINGS.values() for word in names}
    return sum(isinstance(value, str) and folded(value) in words for value in values)


def titled(values: Sequence[Any], letters: Sequence[str]) -> list[str]:
    """Return one distinct title a column: its heading, « Colonne C » without one, « Nom (2) » the second time."""
    titles: list[str] = []
    seen: dict[str, int] = {}
    for value, letter in zip(values, letters, strict=True):
        title = " ".join(text_in(value).split())[:LONGEST_WORD] or f"Colonne {letter}"
        count = seen[folded(title)] = seen.get(folded(title), 0) + 1
        titles.append(title if count == 1 else f"{title} ({count})")
    return titles
