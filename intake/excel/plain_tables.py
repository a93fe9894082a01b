"""Small tables of figures, one a sheet, ready to print: what a person reads, not rows by the thousand."""

from collections.abc import Sequence
from datetime import datetime
from typing import IO, TYPE_CHECKING, Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from .cells import plain_text
from .workbook import AS_TYPED, LEGAL_PAPER

if TYPE_CHECKING:
    from snippets.models import TownSettings


def new_book(out: IO[bytes]) -> Workbook:
    """Begin a workbook; `finish` ends it."""
    return Workbook(out, {"in_memory": True, **AS_TYPED})


def styles_of(book: Workbook, town: "TownSettings") -> dict[str, Any]:
    """The town's headings, and days."""
    return {
        "heading": book.add_format(
            {
                "bold": True,
                "bg_color": town.brand_colour,
                "font_color": "#FFFFFF",
                "text_wrap": True,
                "valign": "vcenter",
            }
        ),
        "day": book.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
    }


def finish(book: Workbook, *, title: str, town: "TownSettings", made_at: datetime) -> None:
    """Say what the workbook is and close it; the same moment gives the same bytes."""
    book.set_properties({"title": title, "author": town.name, "created": made_at.replace(tzinfo=None, microsecond=0)})
    book.close()


def write_table(
    sheet: Worksheet, headings: Sequence[tuple[str, int]], rows: Sequence[Sequence[Any]], styles: dict[str, Any]
) -> None:
    """Write headings (words, width in characters) and rows: days as days, numbers as numbers, text as typed."""
    for index, (title, width) in enumerate(headings):
        sheet.set_column(index, index, width)
        sheet.write_string(0, index, title, styles["heading"])
    for number, row in enumerate(rows, start=1):
        for index, value in enumerate(row):
            if isinstance(value, datetime):
                sheet.write_datetime(number, index, value, styles["day"])
            elif isinstance(value, int):
                sheet.write_number(number, index, value)
            elif value:
                sheet.write_string(number, index, plain_text(value))
    sheet.freeze_panes(1, 1)
    if rows:
        sheet.autofilter(0, 0, len(rows), len(headings) - 1)
    sheet.set_landscape()
    sheet.set_paper(LEGAL_PAPER)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
