"""One value as one cell: text is always text, dates are real dates of the town, nothing that a workbook forbids.

A cell writer takes a value and the number of its row, and returns the XML of the cell (ECMA-376, part 1, 18.3.1.4).
"""

import re
from collections.abc import Callable
from datetime import date, datetime
from enum import Enum
from typing import Any

from intake.policy.clocks import TOWN_ZONE

CellWriter = Callable[[Any, int], str]

# Excel counts in UTF-16 units: an emoji is two.
LONGEST_TEXT = 32_767
CUT_MARK = " … [texte coupé]"

# Day 0 of Excel's calendar; its 1900 had a 29 February, so only days after it are counted as Excel counts them.
_DAY_ZERO = date(1899, 12, 30).toordinal()
_FIRST_SAFE_DAY = 61
_SECONDS_A_DAY = 86_400

_LINE_ENDING = re.compile(r"\r\n?")
# What XML 1.0 forbids, a lone half of a surrogate pair included.
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
# Excel reads _x000D_ as a carriage return; the escape of the underscore keeps what was typed (ST_Xstring).
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9a-fA-F]{4}_)")
# What some program would compute or hide: a sign of a formula, plain or full-width, blanks before it or not; a tab or an
# end of line at the very beginning.
_LOOKS_LIVE = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\n]")
# Most texts hold nothing of all this: one look is enough for them. A single set of characters is what `re` finds fastest.
_NEEDS_CARE = re.compile(r"[&<>_\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")


class Cell(Enum):
    """How a value is shown."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    INTEGER = "integer"
    DATE = "date"
    MOMENT = "moment"


def plain_text(value: str) -> str:
    """Return the text that a cell may hold: one kind of line ending, no forbidden character, cut with a mark if too long."""
    return _cut(_FORBIDDEN.sub("", _LINE_ENDING.sub("\n", value)))


def inert_text(value: str) -> str:
    """Return what a file without types (CSV) may hold: the same text, marked so that no program takes it for a formula.

    The apostrophe is what Excel itself puts before a text that looks like one. Only texts are marked: numbers and days
    are written by us.
    """
    text = plain_text(value)
    return f"'{text}" if _LOOKS_LIVE.match(text) else text


def as_text(value: Any, cell: Cell) -> str:
    """Write a value for a file without types: days and moments as ISO, in the town's time; nothing for None."""
    if value is None or value == "":
        return ""
    if cell is Cell.MOMENT:
        return f"{value.astimezone(TOWN_ZONE):%Y-%m-%d %H:%M}"
    if cell is Cell.DATE:
        return value.isoformat()
    return f"{value:d}" if cell is Cell.INTEGER else inert_text(value)


def writer_for(cell: Cell, column: str, style: int) -> CellWriter:
    """Return what writes the cells of one column (« A », « B »…) in one style of the workbook."""
    return _WRITERS[cell](f'<c r="{column}', f'" s="{style}"' if style else '"')


def _cut(text: str) -> str:
    if len(text) <= LONGEST_TEXT // 2 or _utf16_length(text) <= LONGEST_TEXT:
        return text
    room = LONGEST_TEXT - len(CUT_MARK)
    # Half a pair at the end is left out, never written.
    return text.encode("utf-16-le")[: room * 2].decode("utf-16-le", errors="ignore") + CUT_MARK


def _utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _escaped(text: str) -> str:
    return _LOOKS_ESCAPED.sub("_x005F_", text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _text_writer(head: str, style: str) -> CellWriter:
    """Write inline strings, none of them empty: `t="inlineStr"` can't be a formula, whatever it begins with."""
    tail = style + ' t="inlineStr"><is><t>'
    tail_with_spaces = style + ' t="inlineStr"><is><t xml:space="preserve">'
    needs_care = _NEEDS_CARE.search

    def write(value: str, row: int) -> str:
        if needs_care(value) or value[0] <= " " or value[-1] <= " " or len(value) > LONGEST_TEXT // 2:
            text = plain_text(value)
            return f"{head}{row}{tail_with_spaces if text != text.strip() else tail}{_escaped(text)}</t></is></c>"
        return f"{head}{row}{tail}{value}</t></is></c>"

    return write


def _integer_writer(head: str, style: str) -> CellWriter:
    tail = style + "><v>"

    def write(value: int, row: int) -> str:
        return f"{head}{row}{tail}{value:d}</v></c>"

    return write


def _date_writer(head: str, style: str) -> CellWriter:
    tail = style + "><v>"
    as_text = _text_writer(head, style)

    def write(value: date, row: int) -> str:
        serial = value.toordinal() - _DAY_ZERO
        if serial < _FIRST_SAFE_DAY:
            return as_text(value.isoformat(), row)
        return f"{head}{row}{tail}{serial}</v></c>"

    return write


def _moment_writer(head: str, style: str) -> CellWriter:
    """Write aware moments, any zone, as the town's clock showed them; a workbook knows no zones."""
    tail = style + "><v>"
    as_text = _text_writer(head, style)

    def write(value: datetime, row: int) -> str:
        local = value.astimezone(TOWN_ZONE)
        serial = local.toordinal() - _DAY_ZERO
        if serial < _FIRST_SAFE_DAY:
            return as_text(f"{local:%Y-%m-%d %H:%M}", row)
        seconds = local.hour * 3600 + local.minute * 60 + local.second
        return f"{head}{row}{tail}{serial + seconds / _SECONDS_A_DAY:.16G}</v></c>"

    return write


_WRITERS: dict[Cell, Callable[[str, str], CellWriter]] = {
    Cell.TEXT: _text_writer,
    Cell.LONG_TEXT: _text_writer,
    Cell.INTEGER: _integer_writer,
    Cell.DATE: _date_writer,
    Cell.MOMENT: _moment_writer,
}
