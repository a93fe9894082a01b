"""The rows that an import refused, as they were, with « Pourquoi » at the end: to correct and bring again."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING

from django.utils.translation import gettext as _

from intake.policy.import_cells import clean

from .cells import Cell
from .column import Column
from .staged import Staged
from .workbook import About, write

if TYPE_CHECKING:
    from snippets.models import TownSettings

WIDTH, WIDE = 22, 60


def write_refused(
    staged: Staged,
    why: Mapping[int, str],
    out: IO[bytes] | Path,
    *,
    made_at: datetime,
    town: "TownSettings",
    author: str,
) -> int:
    """Write the rows whose number is in `why` and return how many. Everything is text: no formula comes back (art. 4.5)."""
    columns = [
        Column(f"c{index}", heading, Cell.TEXT, WIDTH, stays_in_sight=index == 0)
        for index, heading in enumerate(staged.headings)
    ]
    columns.append(Column("why", _("Pourquoi"), Cell.LONG_TEXT, WIDE))
    rows = ([*map(clean, row.values), why[row.number]] for row in staged.rows if row.number in why)
    title = _("Lignes refusées – %(town)s") % {"town": town.name}
    about = About(title=title, made_at=made_at, brand_colour=town.brand_colour, author=author)
    return write(rows, columns, out, about=about)
