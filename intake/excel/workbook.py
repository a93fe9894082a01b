"""A workbook that Excel opens without complaint: written row by row, so that memory stays flat whatever its length."""

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError

from intake.policy.clocks import TOWN_ZONE

from .column import Column
from .paper import LEGAL_PAPER, About, Paper, fill_divided, fill_one
from .sheet import ROWS_A_SHEET

# Typed text never becomes a formula, a link or a number, not even in a heading.
AS_TYPED = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
__all__ = ["AS_TYPED", "LEGAL_PAPER", "MEDIA_TYPE", "About", "file_name", "sweep_scratch", "write"]
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def file_name(made_at: datetime, extension: str = "xlsx") -> str:
    """`demandes-2026-11-24-0930.xlsx`, in the town's time."""
    return f"demandes-{made_at.astimezone(TOWN_ZONE):%Y-%m-%d-%H%M}.{extension}"


def write(
    rows: Iterable[Sequence[Any]],
    columns: Sequence[Column],
    out: IO[bytes] | Path,
    *,
    about: About,
    sheets: Sequence[str] | None = None,
    rows_a_sheet: int = ROWS_A_SHEET,
) -> int:
    """Write `rows` (values in the order of `columns`) to `out` and return how many there were.

    With `sheets`, each row begins with one more value, the words of the sheet it belongs to: those of `sheets` come in
    that order, others after them, and a first sheet counts the rows of each. Rows keep their order within a sheet.
    Beyond the last row of a sheet, the rest goes on to further sheets with the same heading. Raises OSError when
    `out` can't be written; whatever `rows` raises passes through, and no scratch file stays behind.
    """
    with tempfile.TemporaryDirectory(dir=_scratch_folder()) as scratch:
        target = str(out) if isinstance(out, Path) else out
        book = Workbook(target, {"constant_memory": True, "tmpdir": scratch, "use_zip64": True, **AS_TYPED})
        try:
            return _fill(Paper(book, columns, about, rows_a_sheet), iter(rows), sheets)
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


def _fill(paper: Paper, rows: Iterator, sheets: Sequence[str] | None) -> int:
    _describe(paper.book, paper.about)
    total = fill_one(paper, rows) if sheets is None else fill_divided(paper, rows, sheets)
    paper.book.close()
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
