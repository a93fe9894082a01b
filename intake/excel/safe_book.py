"""Opening a workbook that someone sent: what it must not be is said in French; nothing in it is ever run.

Values are read, formulas give the value that Excel last computed. Nothing here trusts sizes that the file declares.
"""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from .bombs import is_bomb

# A list of five thousand lines weighs less than one megabyte.
BIGGEST_FILE = 20 * 1024 * 1024
BIGGEST_UNZIPPED = 200 * 1024 * 1024
MOST_PARTS = 2_000
MOST_COLUMNS = 200
MOST_ROWS_LOOKED_AT = 200_000  # LibreOffice may keep many empty rows
_OLD_OR_ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"


class UnreadableBook(Exception):
    """The file can't be read as a workbook; the words, in French, say why and what to do."""


class FormulaWithoutValue:
    """A formula whose value is not in the file: the program that saved it did not compute it."""


NO_VALUE = FormulaWithoutValue()


@dataclass(frozen=True)
class Row:
    """One row of a sheet: its number as Excel shows it and its values from column A on."""

    number: int
    values: tuple[Any, ...]

    def address(self, index: int) -> str:
        """« C12 »."""
        return f"{get_column_letter(index + 1)}{self.number}"


class SafeBook:
    """A workbook opened for reading, twice: once for values, once to know which cells are formulas."""

    def __init__(self, values: Any, formulas: Any) -> None:
        self._values, self._formulas = values, formulas

    @property
    def sheet_names(self) -> list[str]:
        """The names of the sheets with cells, hidden ones included."""
        return [sheet.title for sheet in self._values.worksheets]

    def rows(self, sheet: str, *, most: int) -> Iterator[Row]:
        """Give the rows of a sheet that hold something. Raises UnreadableBook after `most` of them, or if it is damaged."""
        given = 0
        try:
            pairs = zip(
                self._values[sheet].iter_rows(max_col=MOST_COLUMNS),
                self._formulas[sheet].iter_rows(max_col=MOST_COLUMNS),
                strict=False,
            )
            for number, (cells, sources) in enumerate(pairs, start=1):
                _refuse_more(sheet, number, MOST_ROWS_LOOKED_AT)
                values = tuple(_value(cell, source) for cell, source in zip(cells, sources, strict=False))
                if all(value is None for value in values):
                    continue
                given += 1
                _refuse_more(sheet, given, most)
                yield Row(number, values)
        except UnreadableBook:
            raise
        except Exception as error:  # openpyxl raises whatever its parser met
            raise UnreadableBook(_damaged()) from error


def _refuse_more(sheet: str, count: int, most: int) -> None:
    if count > most:
        words = _("La feuille « %(sheet)s » a plus de %(most)d lignes : c'est trop. Elle n'a pas été lue.")
        raise UnreadableBook(words % {"sheet": sheet, "most": most})


def _damaged() -> str:
    return _("Ce classeur est abîmé et ne peut pas être lu. Ouvrez-le dans Excel, enregistrez-le, puis réessayez.")


def _is_formula(value: Any) -> bool:
    return isinstance(value, ArrayFormula | DataTableFormula) or (isinstance(value, str) and value.startswith("="))


def _value(cell: Any, source: Any) -> Any:
    value = cell.value
    if value is None and _is_formula(source.value):
        return NO_VALUE
    return value.strip() or None if isinstance(value, str) else value


@contextmanager
def opened(file: IO[bytes]) -> Iterator[SafeBook]:
    """Open a workbook. Raises UnreadableBook, in French, for what is not one that may be read."""
    refuse_what_is_no_book(file)
    values = formulas = None
    try:
        try:
            # Bounded in memory: rows are parsed as they are read. Links to other files are left out.
            values = load_workbook(file, read_only=True, data_only=True, keep_links=False)
            formulas = load_workbook(file, read_only=True, data_only=False, keep_links=False)
        except Exception as error:
            raise UnreadableBook(_damaged()) from error
        yield SafeBook(values, formulas)
    finally:
        for book in (values, formulas):
            if book is not None:
                book.close()


def refuse_what_is_no_book(file: IO[bytes]) -> None:
    """Look at the container before anything parses it: kind, size, macros, a bomb. Raises UnreadableBook."""
    file.seek(0, 2)
    size = file.tell()
    file.seek(0)
    head = file.read(8)
    if size == 0:
        raise UnreadableBook(_("Ce fichier est vide."))
    if size > BIGGEST_FILE:
        raise UnreadableBook(_("Ce fichier est trop gros : %(most)d Mo au plus.") % {"most": BIGGEST_FILE // 1024**2})
    if head == _OLD_OR_ENCRYPTED:
        raise UnreadableBook(
            _(
                "Ce classeur est protégé par un mot de passe ou enregistré dans l'ancien format .xls. "
                "Dans Excel, choisissez « Enregistrer sous », puis « Classeur Excel (.xlsx) », sans mot de passe."
            )
        )
    if not head.startswith(_ZIP):
        raise UnreadableBook(_("Ce fichier n'est pas un classeur Excel (.xlsx)."))
    try:
        with zipfile.ZipFile(file) as container:
            _refuse_container(container)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError) as error:
        raise UnreadableBook(_damaged()) from error
    file.seek(0)


def _refuse_container(container: zipfile.ZipFile) -> None:
    parts = container.infolist()
    names = {part.filename for part in parts}
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise UnreadableBook(_("Ce classeur contient des macros. Enregistrez-le comme « Classeur Excel (.xlsx) »."))
    too_much = len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > BIGGEST_UNZIPPED
    if too_much or is_bomb(container):
        raise UnreadableBook(_("Ce classeur est anormalement gros une fois ouvert. Il n'a pas été lu."))
    if "xl/workbook.xml" not in names:
        raise UnreadableBook(_("Ce fichier n'est pas un classeur Excel (.xlsx)."))
