"""The workbook of another system, read once: its sheet, its headings and the values of its rows, kept as JSON.

Reading 5,000 rows of a workbook takes seconds, reading them again from here a tenth of one: each step of the import looks
at the same values. Formulas give the value that Excel last computed; nothing is run.
"""

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import IO, Any

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from intake.policy.import_cells import NO_VALUE
from intake.policy.import_mapping import known_headings, titled
from intake.policy.list_answers import folded

from .safe_book import NO_VALUE as NOT_COMPUTED
from .safe_book import Row, SafeBook, UnreadableBook, opened

MOST_ROWS = 50_000
LOOKED_FOR_HEADINGS = 30


@dataclass(frozen=True)
class StagedRow:
    """One row: its number as Excel shows it and its values, column A first."""

    number: int
    values: Sequence[Any]


@dataclass(frozen=True)
class Staged:
    """What was read: the sheet, the names of the others, one distinct heading a column, the rows under it."""

    sheet: str
    other_sheets: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[StagedRow, ...]

    def place(self, index: int | None, row: int) -> str:
        """« C12 », or « ligne 12 » when it is no column in particular."""
        return f"{get_column_letter(index + 1)}{row}" if index is not None else _("ligne %(row)d") % {"row": row}


def stage(file: IO[bytes], *, sheet: str = "") -> Staged:
    """Read a workbook: the sheet named, else the one whose headings are best known. Raises UnreadableBook, in French."""
    with opened(file) as book:
        name = _named(book, sheet) if sheet else _best_sheet(book)
        heading, rows = _under_heading(list(book.rows(name, most=MOST_ROWS + LOOKED_FOR_HEADINGS)))
        others = tuple(other for other in book.sheet_names if other != name)
    if not rows:
        raise UnreadableBook(_("La feuille « %(sheet)s » n'a aucune ligne sous ses titres.") % {"sheet": name})
    width = max(_width(row) for row in (heading, *rows))
    letters = [get_column_letter(index + 1) for index in range(width)]
    return Staged(
        sheet=name,
        other_sheets=others,
        headings=tuple(titled(_padded(heading, width), letters)),
        rows=tuple(StagedRow(row.number, [_of_ours(value) for value in _padded(row, width)]) for row in rows),
    )


def _named(book: SafeBook, sheet: str) -> str:
    found = next((name for name in book.sheet_names if folded(name) == folded(sheet)), None)
    if found is None:
        words = _("Ce classeur n'a pas de feuille « %(sheet)s ». Il a : %(names)s.")
        raise UnreadableBook(words % {"sheet": sheet, "names": ", ".join(book.sheet_names)})
    return found


def _best_sheet(book: SafeBook) -> str:
    """The sheet with the most known headings; the first of them when several have as many."""
    if not book.sheet_names:
        raise UnreadableBook(_("Ce classeur n'a aucune feuille de calcul."))
    scores = {name: _known_in(_first_rows(book, name)) for name in book.sheet_names}
    return max(scores, key=scores.__getitem__)


def _first_rows(book: SafeBook, sheet: str) -> list[Row]:
    rows = book.rows(sheet, most=MOST_ROWS + LOOKED_FOR_HEADINGS)
    return [row for row, _count in zip(rows, range(LOOKED_FOR_HEADINGS), strict=False)]


def _known_in(rows: Sequence[Row]) -> int:
    return max((known_headings(row.values) for row in rows), default=0)


def _under_heading(rows: list[Row]) -> tuple[Row, list[Row]]:
    """Find the row of headings near the top, and what is under it: titles and logos above are left aside."""
    near = rows[:LOOKED_FOR_HEADINGS]
    if not near:
        raise UnreadableBook(_("Ce classeur est vide."))
    known = [known_headings(row.values) for row in near]
    if max(known):
        place = known.index(max(known))
    else:
        texts = [sum(isinstance(value, str) for value in row.values) for row in near]
        place = next((index for index, count in enumerate(texts) if count > 1), 0)
    return near[place], rows[place + 1 :]


def _width(row: Row) -> int:
    return max(index for index, value in enumerate(row.values, start=1) if value is not None)


def _padded(row: Row, width: int) -> list[Any]:
    return [*row.values[:width], *[None] * (width - len(row.values))]


def _of_ours(value: Any) -> Any:
    return NO_VALUE if value is NOT_COMPUTED else value


def dump(staged: Staged, out: IO[bytes]) -> None:
    """Write what was read, compressed, so that `load` gives it again."""
    content = {
        "sheet": staged.sheet,
        "other_sheets": staged.other_sheets,
        "headings": staged.headings,
        "rows": [[row.number, [_packed(value) for value in row.values]] for row in staged.rows],
    }
    with gzip.GzipFile(fileobj=out, mode="wb", mtime=0) as packed:
        packed.write(json.dumps(content, ensure_ascii=True).encode())


def load(file: IO[bytes]) -> Staged:
    """Read what `dump` wrote."""
    with gzip.GzipFile(fileobj=file, mode="rb") as packed:
        content = json.load(packed)
    return Staged(
        sheet=content["sheet"],
        other_sheets=tuple(content["other_sheets"]),
        headings=tuple(content["headings"]),
        rows=tuple(StagedRow(number, [_unpacked(value) for value in values]) for number, values in content["rows"]),
    )


def _packed(value: Any) -> Any:
    """JSON has no days: they are lists of a letter and a text."""
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if value is NO_VALUE:
        return ["formula", ""]
    if isinstance(value, datetime):
        return ["moment", value.isoformat()]
    if isinstance(value, date):
        return ["day", value.isoformat()]
    if isinstance(value, time):
        return ["hour", value.isoformat()]
    if isinstance(value, timedelta):
        minutes, seconds = divmod((value % timedelta(days=1)).seconds, 60)
        return ["hour", time(minutes // 60, minutes % 60, seconds).isoformat()]
    return str(value)


def _unpacked(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    kind, text = value
    match kind:
        case "moment":
            return datetime.fromisoformat(text)
        case "day":
            return date.fromisoformat(text)
        case "hour":
            return time.fromisoformat(text)
    return NO_VALUE
