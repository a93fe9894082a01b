"""The sheets of a workbook: heading, styles, print set-up, and the rows that go on to the next sheet when one is full."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import chain, islice
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

from intake.policy.clocks import TOWN_ZONE

from .cells import Cell, CellWriter, writer_for
from .column import Column
from .sheet import RowSheet
from .sheet_names import SheetNames

FORMATS = {
    Cell.LONG_TEXT: {"text_wrap": True},
    Cell.INTEGER: {"align": "center"},
    Cell.DATE: {"num_format": "yyyy-mm-dd", "align": "left"},
    Cell.MOMENT: {"num_format": "yyyy-mm-dd hh:mm", "align": "left"},
}
TEXTS = (Cell.TEXT, Cell.LONG_TEXT)
LEGAL_PAPER = 5
HEADING_HEIGHT = 32
# Rows dealt out to their sheets at a time: each sheet is then written in one go.
DEALT_AT_ONCE = 1_000

SUMMARY = (
    Column("sheet", gettext_lazy("Feuille"), Cell.LONG_TEXT, 60),
    Column("rows", gettext_lazy("Demandes"), Cell.INTEGER, 12),
)


@dataclass(frozen=True)
class About:
    """What the workbook says of itself. `made_at` is aware; `note` tells the filter in words."""

    title: str
    made_at: datetime
    brand_colour: str
    author: str = ""
    note: str = ""


class Paper:
    """What every sheet of one workbook shares: columns, styles, words of the footer, names already given."""

    def __init__(
        self,
        book: Workbook,
        columns: Sequence[Column],
        about: About,
        rows_a_sheet: int,
        names: SheetNames | None = None,
    ) -> None:
        self.book, self.columns, self.about, self.rows_a_sheet = book, columns, about, rows_a_sheet
        self.names = names or SheetNames()
        self.heading = book.add_format(
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
        self.formats = [book.add_format({"valign": "top", **FORMATS.get(column.cell, {})}) for column in columns]
        self.wrapped = {index: column.width for index, column in enumerate(columns) if column.cell is Cell.LONG_TEXT}

    @cached_property
    def writers(self) -> list[CellWriter]:
        """What writes the cells of each column."""
        return [
            writer_for(column.cell, xl_col_to_name(index), style._get_xf_index())
            for index, (column, style) in enumerate(zip(self.columns, self.formats, strict=True))
        ]

    def new_sheet(self, words: str) -> RowSheet:
        """Add a sheet with its heading, named after `words`."""
        sheet = self.book.add_worksheet(self.names.take(words), worksheet_class=RowSheet)
        sheet.set_row(0, HEADING_HEIGHT)
        for index, column in enumerate(self.columns):
            sheet.set_column(index, index, column.width)
            sheet.write_string(0, index, str(column.heading), self.heading)
        sheet.freeze_panes(1, 1 if self.columns[0].stays_in_sight else 0)
        sheet.set_landscape()
        sheet.set_paper(LEGAL_PAPER)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        title = self.about.title.replace("&", "&&")
        sheet.set_footer(f"&L{title}&R&P / &N")
        return sheet


class PartOfBook:
    """The rows that belong together: on one sheet, and on further ones when it is full."""

    def __init__(self, paper: Paper, words: str) -> None:
        self.paper, self.words = paper, words
        self.sheet = paper.new_sheet(words)
        self.on_sheet = self.on_full_sheets = 0

    def add(self, rows: Iterator) -> None:
        """Write all of `rows` below those already there."""
        paper = self.paper
        while True:
            room = paper.rows_a_sheet - self.on_sheet
            if not room:
                # One row is read ahead: a sheet is added only if there is something to put on it.
                first = next(rows, None)
                if first is None:
                    return
                rows, room = chain([first], rows), paper.rows_a_sheet
                self._turn_over()
            written = self.sheet.append_rows(rows, paper.writers, wrapped=paper.wrapped, limit=room)
            self.on_sheet += written
            if written < room:
                return

    def finish(self) -> int:
        """Finish the last sheet and return how many rows there are in all."""
        _finish_sheet(self.sheet, self.paper.columns, self.on_sheet)
        return self.on_full_sheets + self.on_sheet

    def _turn_over(self) -> None:
        self.on_full_sheets = self.finish()
        self.on_sheet = 0
        self.sheet = self.paper.new_sheet(self.words)


def fill_one(paper: Paper, rows: Iterator) -> int:
    """Write all rows one below the other and return how many there were."""
    part = PartOfBook(paper, _("Demandes"))
    part.add(rows)
    return part.finish()


def fill_divided(paper: Paper, rows: Iterator, sheets: Iterable[str]) -> int:
    """Deal rows out to their sheets, named by the first value of each, after a sheet that counts them."""
    summary = PartOfBook(Paper(paper.book, SUMMARY, paper.about, paper.rows_a_sheet, paper.names), _("Sommaire"))
    parts = {words: PartOfBook(paper, words) for words in sheets}
    while dealt := _dealt(islice(rows, DEALT_AT_ONCE)):
        for words, own in dealt.items():
            if words not in parts:
                parts[words] = PartOfBook(paper, words)
            parts[words].add(iter(own))
    counts = {words: part.finish() for words, part in parts.items()}
    summary.add(_summary_rows(counts, paper.about))
    return sum(counts.values())


def _dealt(rows: Iterable[Sequence[Any]]) -> dict[str, list[Sequence[Any]]]:
    dealt: dict[str, list[Sequence[Any]]] = {}
    for words, *row in rows:
        dealt.setdefault(words, []).append(row)
    return dealt


def _summary_rows(counts: dict[str, int], about: About) -> Iterator[tuple[str, int | None]]:
    """Say what the workbook holds: how many rows on each sheet, then when it was made and which list it is, in words."""
    yield from counts.items()
    yield _("Total"), sum(counts.values())
    yield f"{about.made_at.astimezone(TOWN_ZONE):%Y-%m-%d %H:%M}", None
    yield about.note, None


def _finish_sheet(sheet: RowSheet, columns: Sequence[Column], written: int) -> None:
    sheet.autofilter(0, 0, written, len(columns) - 1)
    texts = [xl_col_to_name(index) for index, column in enumerate(columns) if column.cell in TEXTS]
    if written and texts:
        # A telephone number is text on purpose: no green corner on each.
        ranges = " ".join(f"{letter}2:{letter}{written + 1}" for letter in texts)
        sheet.ignore_errors({"number_stored_as_text": ranges})
