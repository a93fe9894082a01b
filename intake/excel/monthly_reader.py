"""Reading back the workbook of a monthly list, whatever was done to it: sorted, columns moved, rows deleted, coloured.

Columns are known by their headings, lines by their hidden key; nothing is decided here about what may be applied.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import IO, Any

from django.utils.translation import gettext as _

from intake.policy.import_cells import clean
from intake.policy.list_answers import CellProblem, Column, GivenLine, answer_in, folded
from intake.policy.references import parse_reference

from .monthly_book import ANSWERS, HEADINGS, KEY, KNOWN
from .safe_book import NO_VALUE, Row, SafeBook, UnreadableBook, opened

MOST_LINES = 5_000
LOOKED_FOR_HEADINGS = 30
NOTES = (Column.PUBLIC_MESSAGE, Column.INTERNAL_NOTE)


@dataclass(frozen=True)
class ReadProblem:
    """What can't be read: sheet, cell (or row) and the words for people."""

    sheet: str
    place: str
    reason: str


@dataclass(frozen=True)
class ReadLine:
    """One row of the workbook: its key and reference as they stand there, what is known as it came back, the answer."""

    sheet: str
    row: int
    key: str
    reference: str
    known: Mapping[str, Any] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    answer: GivenLine | None = None
    problems: tuple[ReadProblem, ...] = ()


def read(file: IO[bytes], *, reasons: Mapping[str, str]) -> list[ReadLine]:
    """Return the lines of the workbook, in its order. Raises UnreadableBook when it is not one of a list at all.

    `reasons` maps the folded label of each reason to wait to its code.
    """
    with opened(file) as book:
        lines = [line for sheet in book.sheet_names for line in _sheet_lines(book, sheet, reasons)]
    if not lines:
        raise UnreadableBook(
            _("Aucune ligne de liste n'a été trouvée. Téléversez le classeur reçu avec la liste du mois.")
        )
    return lines


def _sheet_lines(book: SafeBook, sheet: str, reasons: Mapping[str, str]) -> list[ReadLine]:
    places: dict[str, int] = {}
    lines = []
    for position, row in enumerate(book.rows(sheet, most=MOST_LINES + LOOKED_FOR_HEADINGS)):
        if not places:
            if position >= LOOKED_FOR_HEADINGS:
                break
            places = _headings_in(row)
            if places:
                _refuse_headings(sheet, row)
            continue
        if not _is_beside_the_list(row, places):
            lines.append(_line(sheet, row, places, reasons))
    return lines


def _is_beside_the_list(row: Row, places: Mapping[str, int]) -> bool:
    """Say whether this row is a person's own words (a total, a remark): no key, no number of a request, no answer."""

    def text_of(key: str) -> str:
        index = places.get(key)
        value = row.values[index] if index is not None and index < len(row.values) else None
        return "" if value is None else str(value)

    answered = any(text_of(heading.key) for heading in ANSWERS)
    return not (answered or text_of(KEY.key) or parse_reference(text_of("reference")))


def _headings_in(row: Row) -> dict[str, int]:
    """Return where each column is, if this row holds the headings (number and key at least)."""
    titles = {folded(str(heading.title)): heading.key for heading in HEADINGS}
    found: dict[str, int] = {}
    for index, value in enumerate(row.values):
        key = titles.get(folded(value)) if isinstance(value, str) else None
        if key is not None and key not in found:
            found[key] = index
    return found if {"reference", KEY.key} <= found.keys() else {}


def _refuse_headings(sheet: str, row: Row) -> None:
    """Raise UnreadableBook when a column to answer in is missing or doubled: its answers would be lost without a word."""
    titles = Counter(folded(value) for value in row.values if isinstance(value, str))
    missing = [str(heading.title) for heading in ANSWERS if not titles[folded(str(heading.title))]]
    doubled = [str(heading.title) for heading in ANSWERS if titles[folded(str(heading.title))] > 1]
    for names, words in (
        (
            missing,
            _("Dans la feuille « %(sheet)s », ligne %(row)d, il manque : %(titles)s. Remettez les titres reçus."),
        ),
        (doubled, _("Dans la feuille « %(sheet)s », ligne %(row)d, ces titres y sont deux fois : %(titles)s.")),
    ):
        if names:
            quoted = ", ".join(f"« {name} »" for name in names)
            raise UnreadableBook(words % {"sheet": sheet, "row": row.number, "titles": quoted})


def _note(value: Any) -> str:
    """A note as its author read it in the cell, though Excel made a number, a day or an hour of it: « 0,5 », « 14:30 »."""
    if isinstance(value, time):
        return f"{value:%H:%M}"
    text = clean(value)
    return text.replace(".", ",") if isinstance(value, float) else text


def _line(sheet: str, row: Row, places: Mapping[str, int], reasons: Mapping[str, str]) -> ReadLine:
    def value_of(key: str) -> Any:
        index = places.get(key)
        return row.values[index] if index is not None and index < len(row.values) else None

    addresses = {key: row.address(index) for key, index in places.items()}
    cells = {Column(heading.key): value_of(heading.key) for heading in ANSWERS}
    unknown = [column for column, value in cells.items() if value is NO_VALUE]
    cells |= {column: _note(cells[column]) for column in NOTES if column not in unknown}
    if unknown:
        words = _("Cette formule n'a pas de valeur. Écrivez la valeur elle-même.")
        answer, problems = None, [CellProblem(column, words) for column in unknown]
    else:
        answer, problems = answer_in(cells, reasons=reasons)
    return ReadLine(
        sheet=sheet,
        row=row.number,
        key=str(value_of(KEY.key) or ""),
        reference=str(value_of("reference") or ""),
        known={heading.key: _plain(value_of(heading.key)) for heading in KNOWN if heading.key in places},
        places=addresses,
        answer=answer,
        problems=tuple(
            ReadProblem(sheet, _place(problem.column, addresses, row.number), problem.reason) for problem in problems
        ),
    )


def _place(column: Column | None, addresses: Mapping[str, str], row: int) -> str:
    if column is not None and column.value in addresses:
        return addresses[column.value]
    return _("ligne %(row)d") % {"row": row}


def _plain(value: Any) -> str:
    """A known cell as it was written: days as ISO days, the rest as text."""
    if value is None or value is NO_VALUE:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
