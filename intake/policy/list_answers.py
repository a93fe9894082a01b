"""What a Responsable answers for a line of the monthly list (art. 4.2): completed, waiting for a reason, or an action to come.

Cells come from a workbook that people sorted, pasted into and coloured: what can be read without guessing is read, the
rest is named by cell, and nothing is corrected in silence.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Any

_EXCEL_DAY_ZERO = date(1899, 12, 30)
# 2000-01-01 to 2100-01-01: a number outside is no day that a list could hold.
_FIRST_SERIAL, _LAST_SERIAL = 36_526, 73_051
_MONTHS = (
    "janvier",
    "fevrier",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T]00:00(?::00)?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_IN_WORDS = re.compile(r"(?:le )?(\d{1,2})(?:er)? ([a-z]+)\.? (\d{4})")
LAST_MONTH = 12


class Column(Enum):
    """The columns to answer in."""

    DONE_ON = "done_on"
    REASON = "reason"
    PLANNED_ON = "planned_on"
    PUBLIC_MESSAGE = "public_message"
    INTERNAL_NOTE = "internal_note"


class Answer(Enum):
    """« requêtes complétées, en attente pour X raison, action à venir » (art. 4.2)."""

    COMPLETED = "completed"
    WAITING = "waiting"
    PLANNED = "planned"


@dataclass(frozen=True)
class CellProblem:
    """What can't be read, in which column, in words for the person who typed it."""

    column: Column | None
    reason: str


@dataclass(frozen=True)
class GivenLine:
    """One answer, read; `reason` is the code of the town's list."""

    answer: Answer
    day: date | None = None
    reason: str = ""
    public_message: str = ""
    internal_note: str = ""


def adds_words(given: GivenLine, *, internal: Iterable[str], public: Iterable[str]) -> bool:
    """Say whether a note of the answer is not among those that were kept: such an answer is never "nothing new" (art. 4.2)."""
    kept = ((given.internal_note, internal), (given.public_message, public))
    return any(note and _spaced(note) not in {_spaced(other) for other in others} for note, others in kept)


def _spaced(text: str) -> str:
    return " ".join(text.split())


def folded(text: str) -> str:
    """Return text as people compare it: small letters, no accents, single spaces."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).replace("’", "'").split())


def day_in(value: Any) -> date | None:
    """Read a day from a cell: a date, a day number of Excel, 2026-05-03, 25/05/2026 or « 3 mai 2026 ».

    An empty cell is None. Raises ValueError, in French, for a day that does not exist and for what could be two days.
    """
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _day_of_serial(value)
    return _day_in_text(str(value).strip())


def _day_of_serial(number: float) -> date:
    if _FIRST_SERIAL <= number < _LAST_SERIAL and number == int(number):
        return _EXCEL_DAY_ZERO + timedelta(days=int(number))
    raise ValueError(f"« {str(number)[:20]} » n'est pas une date. Écrivez-la comme 2026-05-25.")


def _day_in_text(text: str) -> date:
    plain = folded(text)
    if match := _ISO.fullmatch(plain):
        return _existing(text, *(int(part) for part in match.groups()))
    if match := _DAY_FIRST.fullmatch(plain):
        day, month, year = (int(part) for part in match.groups())
        if day != month and day <= LAST_MONTH:
            raise ValueError(f"« {text} » peut se lire de deux façons. Écrivez la date comme 2026-05-25.")
        return _existing(text, year, month, day)
    if (match := _IN_WORDS.fullmatch(plain)) and match.group(2) in _MONTHS:
        return _existing(text, int(match.group(3)), _MONTHS.index(match.group(2)) + 1, int(match.group(1)))
    raise ValueError(f"« {text[:40]} » n'est pas une date. Écrivez-la comme 2026-05-25.")


def _existing(text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"« {text} » n'existe pas dans le calendrier.") from None


def text_in(value: Any) -> str:
    """Read a text from a cell; a number keeps its digits."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def answer_in(cells: Mapping[Column, Any], *, reasons: Mapping[str, str]) -> tuple[GivenLine | None, list[CellProblem]]:
    """Read the answer of one line, or every reason why it can't be read; (None, []) when nothing was answered.

    `reasons` maps the folded label of each reason to wait to its code (art. 4.2).
    """
    problems: list[CellProblem] = []
    done_on, planned_on = (_day(cells, column, problems) for column in (Column.DONE_ON, Column.PLANNED_ON))
    reason = _reason(cells, reasons, problems)
    notes = {
        "public_message": text_in(cells.get(Column.PUBLIC_MESSAGE)),
        "internal_note": text_in(cells.get(Column.INTERNAL_NOTE)),
    }
    if problems:
        return None, problems
    given = [
        line
        for line in (
            GivenLine(Answer.COMPLETED, day=done_on, **notes) if done_on else None,
            GivenLine(Answer.WAITING, reason=reason, **notes) if reason else None,
            GivenLine(Answer.PLANNED, day=planned_on, **notes) if planned_on else None,
        )
        if line
    ]
    if len(given) > 1:
        return None, [CellProblem(None, "Une seule réponse par requête : complétée, en attente ou action à venir.")]
    if not given and any(notes.values()):
        return None, [CellProblem(None, "Une note sans réponse : dites si c'est complété, en attente ou à venir.")]
    return (given[0] if given else None), []


def _day(cells: Mapping[Column, Any], column: Column, problems: list[CellProblem]) -> date | None:
    try:
        return day_in(cells.get(column))
    except ValueError as error:
        problems.append(CellProblem(column, str(error)))
        return None


def _reason(cells: Mapping[Column, Any], reasons: Mapping[str, str], problems: list[CellProblem]) -> str:
    text = text_in(cells.get(Column.REASON))
    code = reasons.get(folded(text), "") if text else ""
    if text and not code:
        problems.append(CellProblem(Column.REASON, f"« {text[:40]} » n'est pas une raison de la liste déroulante."))
    return code
