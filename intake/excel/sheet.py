"""A sheet of XlsxWriter to which whole rows are added as text, four times as fast as cell by cell (decision 0006).

It leans on four inner names of XlsxWriter (`_write_single_row`, `row_data_fh`, `dim_rowmax`, `previous_row`); the test
`test_rows_written_whole_when_compared_are_those_xlsxwriter_writes_itself` says so at once if they change.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from xlsxwriter.worksheet import Worksheet

from .cells import CellWriter

# Excel's last row is 1,048,576; the first holds the headings.
ROWS_A_SHEET = 1_048_575


# A row is as high as its longest text needs, up to so many lines; the rest is read in the cell.
MOST_LINES, LINE_HEIGHT = 8, 15


class RowSheet(Worksheet):
    """A sheet in constant memory: its heading is written by XlsxWriter, its rows by us."""

    last_row = 1  # the heading
    _heading_left = False

    def append_rows(
        self, rows: Iterable[Sequence[Any]], writers: Sequence[CellWriter], *, wrapped: Mapping[int, int], limit: int
    ) -> int:
        """Write at most `limit` rows (one or more) below the last one and return how many; empty values leave no cell.

        `wrapped` gives the width, in characters, of the columns whose text runs over several lines. `rows` must be an
        iterator if there may be more: what is not taken stays in it.
        """
        if not self._heading_left:
            self._write_single_row(1)  # the heading leaves the buffer first
            self._heading_left = True
        write = self.row_data_fh.write
        number, last = self.last_row, self.last_row + limit
        for row in rows:
            number += 1
            cells = [
                writer(value, number)
                for writer, value in zip(writers, row, strict=True)
                if value is not None and value != ""
            ]
            write(f'<row r="{number}"{_height(row, wrapped)}>{"".join(cells)}</row>')
            if number >= last:
                break
        written = number - self.last_row
        self.last_row = number
        self.dim_rowmax = self.previous_row = number - 1
        return written


def _height(row: Sequence[Any], wrapped: Mapping[int, int]) -> str:
    """Excel and LibreOffice do not agree on who makes a row higher: say it."""
    lines = 1
    for index, width in wrapped.items():
        text = row[index]
        if text:
            lines = max(lines, sum(len(line) // width + 1 for line in text.split("\n")))
    return f' ht="{min(lines, MOST_LINES) * LINE_HEIGHT}" customHeight="1"' if lines > 1 else ""
