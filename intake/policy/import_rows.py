"""One row of another system's workbook: read, or refused with the cell and the reason; nothing is corrected in silence.

What a row becomes follows the same rules as a file that was received here: art. 4.1 (its nature decides its service),
4.2 (its Responsable), 2.3 (its first day is the day the town received it). Moments are of the town's clock.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from functools import cached_property
from typing import Any

from .clocks import local_day
from .import_cells import NO_VALUE, clean, hour_in, moment_in
from .import_mapping import IN_WORDS, LEFT_OUT, NOTHING, ImportMapping, Target
from .import_words import WAITS, Vocabulary, meaning_of
from .vocabulary import Channel, Kind, Status
from .working_days import FIRST_YEAR

LONGEST_REFERENCE, LONGEST_TEXT = 80, 10_000
_LONGEST = {
    Target.LOCATION: 250,
    Target.NAME: 80,
    Target.FIRST_NAME: 80,
    Target.ADDRESS: 200,
    Target.CITY: 100,
    Target.PHONE: 40,
    Target.EMAIL: 254,
    Target.POSTAL_CODE: 7,
}
_DONE = (Status.COMPLETED, Status.CLOSED)
_ENDED = (*_DONE, Status.WITHDRAWN, Status.OUT_OF_SCOPE)
_NEEDS_RECIPIENT = (Status.ROUTED, Status.IN_PROGRESS, Status.WAITING, *_DONE)
_MAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]+")


@dataclass(frozen=True)
class Problem:
    """Why a row can't be taken: the column that says it, None for the row itself."""

    target: Target | None
    reason: str


@dataclass(frozen=True)
class Incoming:
    """What a row says, in our words; `nature` and `department` are codes, empty when nothing is known."""

    reference: str
    kind: Kind
    status: Status
    channel: Channel
    received_at: datetime
    nature: str = ""
    department: str = ""
    waiting_reason: str = ""
    done_at: datetime | None = None
    facts: str = ""
    location: str = ""
    contact: Mapping[str, str] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True)
class ReadRow:
    """A row: its reference as written, what it says or why not; `left_out` when a person said so of one of its words."""

    reference: str = ""
    incoming: Incoming | None = None
    problems: tuple[Problem, ...] = ()
    warnings: tuple[str, ...] = ()
    left_out: bool = False


@dataclass(frozen=True)
class RowReader:
    """Reads the rows of one workbook. `recipients`: codes of the services that have a Responsable on the day `now`."""

    mapping: ImportMapping
    headings: Sequence[str]
    vocabulary: Vocabulary
    recipients: frozenset[str]
    now: datetime
    _known: dict[tuple, str | None] = field(default_factory=dict, compare=False)

    @cached_property
    def places(self) -> dict[Target, int]:
        """Where each column is. Raises BadMapping when one is missing."""
        return self.mapping.places(self.headings)

    @cached_property
    def note_places(self) -> list[int]:
        """Where the columns of the note are."""
        return self.mapping.note_places(self.headings)

    def meaning(self, target: Target, word: str, department: str) -> str | None:
        """The meaning of a word, looked for once: few words make many rows."""
        key = (target, word, department)
        if key not in self._known:
            self._known[key] = meaning_of(
                target, word, mapping=self.mapping, vocabulary=self.vocabulary, department=department
            )
        return self._known[key]

    def word(self, values: Sequence[Any], target: Target) -> tuple[str, str | None]:
        """The word of one cell and its meaning on this row, None when a person must say."""
        row = _Row(self, values)
        word = row.line(target)
        department = row.meaning(Target.DEPARTMENT) if target is Target.NATURE else ""
        return word, self.meaning(target, word, department)

    def read(self, values: Sequence[Any]) -> ReadRow:
        """Read one row; never raises, whatever the cells hold."""
        row = _Row(self, values)
        reference = row.line(Target.REFERENCE)
        words = {target: row.meaning(target) for target in (Target.KIND, Target.STATUS, Target.CHANNEL)}
        department = row.meaning(Target.DEPARTMENT)
        nature = row.meaning(Target.NATURE, department=department)
        if LEFT_OUT in (*words.values(), department, nature):
            return ReadRow(reference, left_out=True)
        if not reference:
            row.refuse(Target.REFERENCE, "Le numéro dans l'ancien système manque.")
        received_at, done_at = row.received(), row.done()
        place = _Place(row, words, nature, department)
        status = place.status(done_at)
        contact, location = row.contact(), row.bounded(Target.LOCATION)
        if row.problems:
            return ReadRow(reference, problems=tuple(row.problems))
        row.say_what_is_not_taken(received_at, done_at, status)
        incoming = Incoming(
            reference=reference,
            kind=place.kind,
            status=status,
            channel=Channel(words[Target.CHANNEL]),
            received_at=received_at,
            nature=place.nature,
            department=place.department,
            waiting_reason=place.waiting_reason(status),
            # It was over before it was written down, at the earliest when it came (art. 4.2 allows that day).
            done_at=max(done_at, received_at) if done_at and status in _ENDED else None,
            facts=row.text(Target.FACTS),
            location=location,
            contact=contact,
            note=row.note(),
        )
        return ReadRow(reference, incoming, warnings=tuple(row.warnings))


class _Row:
    """The cells of one row, and what was found wrong so far."""

    def __init__(self, reader: RowReader, values: Sequence[Any]) -> None:
        self.reader, self.values, self.places = reader, values, reader.places
        self.problems: list[Problem] = []
        self.warnings: list[str] = []

    def refuse(self, target: Target | None, reason: str) -> None:
        self.problems.append(Problem(target, reason))

    def value(self, target: Target) -> Any:
        place = self.places.get(target)
        value = self.values[place] if place is not None and place < len(self.values) else None
        if value is NO_VALUE:
            if not any(problem.target is target for problem in self.problems):
                self.refuse(target, "Cette formule n'a pas de valeur. Écrivez la valeur elle-même.")
            return None
        return value

    def text(self, target: Target) -> str:
        return self._cut(clean(self.value(target)), "Description")

    def _cut(self, text: str, what: str) -> str:
        if len(text) > LONGEST_TEXT:
            self.warnings.append(
                f"{what} : trop de texte; les {LONGEST_TEXT:,} premiers caractères sont repris.".replace(",", " ")
            )
        return text[:LONGEST_TEXT]

    def say_what_is_not_taken(self, received_at: datetime, done_at: datetime | None, status: Status) -> None:
        """Warn of an end that is not kept as it is written: nothing is corrected in silence."""
        if done_at is None:
            return
        if status not in _ENDED:
            self.warnings.append("Cette demande est ouverte : la date de la fin n'est pas reprise.")
        elif local_day(done_at) < local_day(received_at):
            self.warnings.append("La fin est écrite avant la réception : le jour de la réception est retenu.")

    def line(self, target: Target) -> str:
        text = " ".join(clean(self.value(target)).split())
        if target is Target.REFERENCE and len(text) > LONGEST_REFERENCE:
            self.refuse(target, f"Ce numéro est trop long : {LONGEST_REFERENCE} caractères au plus.")
        return text

    def bounded(self, target: Target) -> str:
        text, most = self.line(target), _LONGEST[target]
        if len(text) > most:
            self.refuse(target, f"Ce texte est trop long : {len(text)} caractères, {most} au plus.")
        return text[:most]

    def meaning(self, target: Target, *, department: str = "") -> str:
        """Return our code for the word of a cell; an unknown one is refused, a missing column has its usual meaning."""
        if target not in self.places:
            return _WITHOUT_COLUMN[target]
        word = self.line(target)
        code = self.reader.meaning(target, word, department)
        if code is None:
            shown = f"« {word[:40]} »" if word else "Une cellule vide"
            self.refuse(target, f"{shown} n'a pas encore de sens ici : {_ASKED[target]}.")
            return ""
        return code

    def received(self) -> datetime | None:
        """The moment of the receipt (art. 2.3: the delay runs from it)."""
        moment = self._moment(Target.RECEIVED, self._hour())
        if moment is None and not any(problem.target is Target.RECEIVED for problem in self.problems):
            self.refuse(Target.RECEIVED, "La date de réception manque.")
        return moment

    def done(self) -> datetime | None:
        """The moment of the end, if there is one."""
        return self._moment(Target.DONE, None) if Target.DONE in self.places else None

    def _hour(self) -> time | None:
        value = self.value(Target.RECEIVED_TIME)
        try:
            return hour_in(value)
        except ValueError as error:
            self.refuse(Target.RECEIVED_TIME, str(error))
            return None

    def _moment(self, target: Target, hour: time | None) -> datetime | None:
        try:
            moment = moment_in(self.value(target), order=self.reader.mapping.dates, hour=hour)
        except ValueError as error:
            self.refuse(target, str(error))
            return None
        if moment is None:
            return None
        today = local_day(self.reader.now)
        if local_day(moment) > today:
            self.refuse(target, "Cette date est dans le futur.")
        elif moment.year < FIRST_YEAR:
            self.refuse(
                target, f"Cette date est d'avant {FIRST_YEAR} : le calendrier de la Ville commence cette année-là."
            )
        # Today at noon may still be to come.
        return min(moment, self.reader.now)

    def contact(self) -> dict[str, str]:
        """Who filed; empty when the row says nothing of it."""
        found = {target: self.bounded(target) for target in _LONGEST if target is not Target.LOCATION}
        if found[Target.EMAIL] and not _MAIL.fullmatch(found[Target.EMAIL]):
            self.warnings.append("Le courriel n'est pas une adresse : il n'est pas repris.")
            found[Target.EMAIL] = ""
        if not any(found.values()):
            return {}
        last, first = found[Target.NAME], found[Target.FIRST_NAME]
        if not first and last.count(",") == 1:
            last, first = (part.strip() for part in last.split(","))
        return {
            "last_name": last or first or "Nom inconnu",
            "first_name": first if last else "",
            "phone": found[Target.PHONE],
            "email": found[Target.EMAIL],
            "address": found[Target.ADDRESS],
            "city": found[Target.CITY],
            "postal_code": found[Target.POSTAL_CODE].upper(),
        }

    def note(self) -> str:
        """What the old system said, in its own words, then the columns of the note."""
        places = [*(self.places[target] for target in IN_WORDS if target in self.places), *self.reader.note_places]
        told = (
            (self.reader.headings[place], clean(self.values[place])) for place in places if place < len(self.values)
        )
        return self._cut("\n".join(f"{heading} : {text}" for heading, text in told if text), "Note")


_WITHOUT_COLUMN = {
    Target.KIND: Kind.REQUEST.value,
    Target.STATUS: Status.ROUTED.value,
    Target.CHANNEL: Channel.PHONE.value,
    Target.NATURE: NOTHING,
    Target.DEPARTMENT: NOTHING,
}
_ASKED = {
    Target.KIND: "dites de quelle sorte il s'agit",
    Target.STATUS: "dites à quel état il correspond",
    Target.CHANNEL: "dites à quel canal il correspond",
    Target.NATURE: "dites à quelle nature de la grille il correspond",
    Target.DEPARTMENT: "dites à quel service il correspond",
}
_NOT_IMPORTED = {
    Kind.COMPLAINT.value: "Une plainte ne s'importe pas : elle est scellée dès sa réception (art. 4.5).",
    Kind.CLAIM.value: "Une réclamation ne s'importe pas : elle s'inscrit au greffe (art. 4.1).",
    Kind.ACCESS_REQUEST.value: "Une demande d'accès ne s'importe pas : elle s'inscrit au greffe (art. 4.6).",
}


class _Place:
    """Where a row goes: its kind, nature, service and status, and what stands in the way."""

    def __init__(self, row: _Row, words: Mapping[Target, str], nature: str, department: str) -> None:
        self.row, self.wanted = row, words[Target.STATUS]
        self.kind = Kind(words[Target.KIND]) if words[Target.KIND] else Kind.REQUEST
        if self.kind.value in _NOT_IMPORTED:
            row.refuse(Target.KIND, _NOT_IMPORTED[self.kind.value])
        self.nature = "" if nature == NOTHING else nature
        said = "" if department == NOTHING else department
        # The nature decides the service (art. 4.1).
        self.department = row.reader.vocabulary.department_of.get(self.nature, said)
        if said and self.department != said:
            row.warnings.append(
                "La nature est d'un autre service que celui écrit : le service de la nature est retenu."
            )

    def status(self, done_at: datetime | None) -> Status:
        """Return the status that the row gets; an open request that nobody can receive waits with the technician."""
        status = Status.WAITING if self.wanted.startswith(WAITS) else Status(self.wanted or Status.RECEIVED.value)
        if self.kind is Kind.INQUIRY:
            status = _of_inquiry(status)
        if status in _ENDED and done_at is None and not self._refused(Target.DONE):
            self.row.refuse(Target.DONE, "Cette demande est terminée : la date de la fin manque.")
        if self.kind is Kind.REQUEST and status in _NEEDS_RECIPIENT:
            return self._routed(status)
        return status

    def waiting_reason(self, status: Status) -> str:
        """The code of the reason, for a wait."""
        return self.wanted.removeprefix(WAITS) if status is Status.WAITING else ""

    def _refused(self, target: Target) -> bool:
        return any(problem.target is target for problem in self.row.problems)

    def _routed(self, status: Status) -> Status:
        if not self.nature and status in _DONE:
            if not self._refused(Target.NATURE):
                self.row.refuse(Target.NATURE, "Une requête terminée demande une nature de la grille : choisissez-la.")
        elif not self.nature:
            self.row.warnings.append("Sans nature connue : la requête reste à classer.")
            return Status.RECEIVED
        elif self.department not in self.row.reader.recipients:
            if status in _DONE:
                words = (
                    f"Le service {self.department} n'a pas de Responsable désigné (Annexe C) : inscrivez-le d'abord."
                )
                self.row.refuse(Target.DEPARTMENT, words)
            else:
                words = f"Le service {self.department} n'a pas de Responsable désigné : la requête reste à confier."
                self.row.warnings.append(words)
                return Status.RECEIVED
        return status


def _of_inquiry(status: Status) -> Status:
    """An inquiry is answered and closed in one gesture (art. 4.1): it has no other life."""
    if status is Status.WITHDRAWN:
        return status
    return Status.CLOSED if status in _ENDED else Status.RECEIVED
