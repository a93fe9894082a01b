"""A workbook that Excel opens without complaint: written row by row, so that memory stays flat whatever its length."""

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.utility import xl_col_to_name

from intake.policy.clocks import TOWN_ZONE

from .cells import Cell, CellWriter, writer_for
from .column import Column
from .sheet import ROWS_A_SHEET, RowSheet

FORMATS = {
    Cell.LONG_TEXT: {"text_wrap": True},
    Cell.INTEGER: {"align": "center"},
    Cell.DATE: {"num_format": "yyyy-mm-dd", "align": "left"},
    Cell.MOMENT: {"num_format": "yyyy-mm-dd hh:mm", "align": "left"},
}
TEXTS = (Cell.TEXT, Cell.LONG_TEXT)
LEGAL_PAPER = 5
HEADING_HEIGHT = 32
# Typed text never becomes a formula, a link or a number, not even in a heading.
AS_TYPED = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class About:
    """What the workbook says of itself. `made_at` is aware; `note` tells the filter in words."""

    title: str
    made_at: datetime
    brand_colour: str
    author: str = ""
    note: str = ""


def file_name(made_at: datetime) -> str:
    """`demandes-2026-11-24-0930.xlsx`, in the town's time."""
    return f"demandes-{made_at.astimezone(TOWN_ZONE):%Y-%m-%d-%H%M}.xlsx"


def write(
    rows: Iterable[Sequence[Any]],
    columns: Sequence[Column],
    out: IO[bytes] | Path,
    *,
    about: About,
    rows_a_sheet: int = ROWS_A_SHEET,
) -> int:
    """Write `rows` (values in the order of `columns`) to `out` and return how many there were.

    Beyond the last row of a sheet, the rest goes on to further sheets with the same heading. Raises OSError when
    `out` can't be written; whatever `rows` raises passes through, and no scratch file stays behind.
    """
    with tempfile.TemporaryDirectory(dir=_scratch_folder()) as scratch:
        target = str(out) if isinstance(out, Path) else out
        book = Workbook(target, {"constant_memory": True, "tmpdir": scratch, "use_zip64": True, **AS_TYPED})
        try:
            return _fill(book, iter(rows), columns, about, rows_a_sheet)
        except FileCreateError as error:
            raise error.args[0] from None  # the OSError within
        finally:
            for sheet in book.worksheets():
                sheet._opt_close()


def sweep_scratch(*, before: datetime) -> None:
    """Delete the scratch files that a killed process left before an aware moment: they hold rows."""
    for left in _scratch_folder().iterdir():
        with suppress(FileNotFoundError):  # an export that ends just now
            if left.stat().st_mtime <= before.timestamp():
                shutil.rmtree(left, ignore_errors=True)


def _scratch_folder() -> Path:
    """All that the program writes lives under var/, rows on their way to a workbook too."""
    folder = Path(settings.VAR) / "scratch"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _fill(book: Workbook, rows: Iterator, columns: Sequence[Column], about: About, rows_a_sheet: int) -> int:
    _describe(book, about)
    heading = book.add_format(
        {
            "bold": True,
            "font_color": "#FFFFFF",
            "bg_color": about.brand_colour,
            "text_wrap": True,
            "valign": "vcenter",
            "border": 1,
            "border_color": "#FFFFFF",
        }
    )
    formats = [book.add_format({"valign": "top", **FORMATS.get(column.cell, {})}) for column in columns]
    wrapped = {index: column.width for index, column in enumerate(columns) if column.cell is Cell.LONG_TEXT}
    writers = [_writer(column, index, formats[index]) for index, column in enumerate(columns)]
    total = 0
    while True:
        sheet = _new_sheet(book, columns, heading, about)
        written = sheet.append_rows(rows, writers, wrapped=wrapped, limit=rows_a_sheet)
        total += written
        _finish_sheet(sheet, columns, written)
        # One row is read ahead: a sheet is added only if there is something to put on it.
        first = next(rows, None) if written == rows_a_sheet else None
        if first is None:
            break
        rows = chain([first], rows)
    book.close()
    return total


def _describe(book: Workbook, about: About) -> None:
    book.set_properties(
        {
            "title": about.title,
            "author": about.author,
            "comments": about.note,
            # The file format keeps this one in UTC; Excel shows it in local time.
            "created": about.made_at.astimezone(UTC).replace(tzinfo=None),
        }
    )


def _writer(column: Column, index: int, style: Any) -> CellWriter:
    return writer_for(column.cell, xl_col_to_name(index), style._get_xf_index())


def _new_sheet(book: Workbook, columns: Sequence[Column], heading: Any, about: About) -> RowSheet:
    number = len(book.worksheets()) + 1
    name = _("Demandes") if number == 1 else _("Demandes (%(number)d)") % {"number": number}
    sheet = book.add_worksheet(name, worksheet_class=RowSheet)
    sheet.set_row(0, HEADING_HEIGHT)
    for index, column in enumerate(columns):
        sheet.set_column(index, index, column.width)
        sheet.write_string(0, index, str(column.heading), heading)
    sheet.freeze_panes(1, 1 if columns[0].stays_in_sight else 0)
    sheet.set_landscape()
    sheet.set_paper(LEGAL_PAPER)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    title = about.title.replace("&", "&&")
    sheet.set_footer(f"&L{title}&R&P / &N")
    return sheet


def _finish_sheet(sheet: RowSheet, columns: Sequence[Column], written: int) -> None:
    sheet.autofilter(0, 0, written, len(columns) - 1)
    texts = [xl_col_to_name(index) for index, column in enumerate(columns) if column.cell in TEXTS]
    if written and texts:
        # A telephone number is text on purpose: no green corner on each.
        ranges = " ".join(f"{letter}2:{letter}{written + 1}" for letter in texts)
        sheet.ignore_errors({"number_stored_as_text": ranges})
