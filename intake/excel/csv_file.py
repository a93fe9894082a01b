"""The same rows as a text file that Excel in French opens with a double click: UTF-8 with its mark, semicolons.

Texts follow the rule of the workbook (`cells.py`): none becomes a formula. Ends of lines stay, between quotes.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO, Any

from .cells import as_text
from .column import Column

MEDIA_TYPE = "text/csv; charset=utf-8"


def write(rows: Iterable[Sequence[Any]], columns: Sequence[Column], out: IO[bytes] | Path) -> int:
    """Write `rows` (values in the order of `columns`) to `out`, one after the other, and return how many there were.

    Raises OSError when `out` can't be written; whatever `rows` raises passes through.
    """
    if isinstance(out, Path):
        with out.open("wb") as file:
            return write(rows, columns, file)
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=False)
    try:
        return _fill(csv.writer(text, delimiter=";"), rows, columns)
    finally:
        text.detach()  # what was written leaves the buffer, and `out` stays the caller's


def _fill(writer: Any, rows: Iterable[Sequence[Any]], columns: Sequence[Column]) -> int:
    cells = [column.cell for column in columns]
    writer.writerow([str(column.heading) for column in columns])
    written = 0
    for row in rows:
        writer.writerow([as_text(value, cell) for value, cell in zip(row, cells, strict=True)])
        written += 1
    return written
