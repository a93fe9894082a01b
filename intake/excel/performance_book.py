"""The director's figures as a workbook: one sheet a table, then how they are counted (art. 4.1). Nothing names anyone."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from .cells import plain_text
from .plain_tables import finish, new_book, styles_of, write_table

if TYPE_CHECKING:
    from snippets.models import TownSettings

FIRST_WIDTH, WIDTH, WORDS_WIDTH = 44, 14, 110


@dataclass(frozen=True)
class Sheet:
    """One table: the first column is a name, the others figures; None is left empty."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[int | str | None]]


def build(
    sheets: Sequence[Sheet],
    definitions: Sequence[tuple[str, str]],
    *,
    about: Sequence[str],
    town: "TownSettings",
    made_at: datetime,
) -> bytes:
    """Return the workbook. `about` tells the period and what narrows the figures; `made_at` is aware."""
    out = io.BytesIO()
    book = new_book(out)
    styles = styles_of(book, town)
    for sheet in sheets:
        widths = [FIRST_WIDTH, *[WIDTH] * (len(sheet.headings) - 1)]
        page = book.add_worksheet(sheet.title)
        write_table(page, list(zip(sheet.headings, widths, strict=True)), sheet.rows, styles)
        page.set_header("&L" + plain_text(about[0]).replace("&", "&&"))
    words = book.add_worksheet(_("Définitions"))
    told = [(_("Ce classeur"), text) for text in about]
    told.append((_("Chiffres du"), f"{made_at:%Y-%m-%d %H:%M}"))
    write_table(
        words, [(_("Chiffre"), FIRST_WIDTH), (_("Comment il est compté"), WORDS_WIDTH)], [*told, *definitions], styles
    )
    finish(book, title=about[0], town=town, made_at=made_at)
    return out.getvalue()
