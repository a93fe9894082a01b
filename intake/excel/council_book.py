"""The officials' list as a workbook: open requests, requests completed in the month, counts by service (art. 4.1)."""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from xlsxwriter.worksheet import Worksheet

from intake.policy.council import CouncilData, CouncilLine

from .plain_tables import finish, new_book, styles_of, write_table

if TYPE_CHECKING:
    from snippets.models import TownSettings


def build(data: CouncilData, *, town: "TownSettings", made_at: datetime) -> bytes:
    """Return the workbook; the same data and the same moment give the same bytes. `made_at` is aware."""
    out = io.BytesIO()
    book = new_book(out)
    styles = styles_of(book, town)
    late, spent = _("Jours ouvrés de retard"), _("Jours ouvrés")
    _lines(book.add_worksheet(_("Requêtes ouvertes")), data.open, (_("Échéance"), late), styles)
    _lines(book.add_worksheet(_("Requêtes complétées")), data.completed, (_("Faite le"), spent), styles)
    counts = [(row.department, row.received, row.completed, row.open, row.overdue) for row in data.departments]
    write_table(
        book.add_worksheet(_("Par service")),
        [(_("Service"), 34), (_("Reçues"), 12), (_("Complétées"), 12), (_("Ouvertes"), 12), (_("En retard"), 12)],
        counts,
        styles,
    )
    write_table(
        book.add_worksheet(_("Autres dossiers")),
        [(_("Sorte"), 36), (_("Reçus dans le mois"), 20)],
        data.confidential,
        styles,
    )
    finish(book, title=data.month, town=town, made_at=made_at)
    return out.getvalue()


def _lines(sheet: Worksheet, lines: Sequence[CouncilLine], last: tuple[str, str], styles: dict[str, Any]) -> None:
    headings = [
        (_("Numéro"), 12),
        (_("Service"), 30),
        (_("Nature"), 36),
        (_("Reçue le"), 12),
        (last[0], 12),
        (_("État"), 20),
        (last[1], 14),
    ]
    rows = [
        (line.reference, line.department, line.nature, _day(line.received_on), _day(line.day), line.status, line.days)
        for line in lines
    ]
    write_table(sheet, headings, rows, styles)


def _day(text: str) -> datetime | str:
    return datetime.fromisoformat(text) if text else ""
