"""The results of the survey as a workbook: the two tables of the page, word for word (art. 4.1)."""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from .plain_tables import finish, new_book, styles_of, write_table

if TYPE_CHECKING:
    from snippets.models import TownSettings

FIRST_WIDTH, WIDTH = 36, 18


def build(
    tables: Sequence[tuple[str, Sequence[str], Sequence[Sequence[str]]]],
    *,
    title: str,
    town: "TownSettings",
    made_at: datetime,
) -> bytes:
    """Return the workbook of (title, headings, lines); whole numbers are numbers. `made_at` is aware."""
    out = io.BytesIO()
    book = new_book(out)
    styles = styles_of(book, town)
    for name, headings, lines in tables:
        widths = [(words, WIDTH if index else FIRST_WIDTH) for index, words in enumerate(headings)]
        write_table(book.add_worksheet(name), widths, [[_number(words) for words in line] for line in lines], styles)
    finish(book, title=title, town=town, made_at=made_at)
    return out.getvalue()


def _number(words: str) -> int | str:
    return int(words) if words.isdecimal() else words
