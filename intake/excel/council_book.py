"""The officials' list as a workbook: open requests, requests completed in the month, counts by service (art. 4.1)."""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from intake.policy.council import CouncilData, CouncilLine

from .cells import plain_text
from .workbook import AS_TYPED, LEGAL_PAPER

if TYPE_CHECKING:
    from snippets.models import TownSettings


def build(data: CouncilData, *, town: "TownSettings", made_at: datetime) -> bytes:
    """Return the workbook; the same data and the same moment give the same bytes. `made_at` is aware."""
    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True, **AS_TYPED})
    styles = {
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
    late, spent = _("Jours ouvrés de retard"), _("Jours ouvrés")
    _lines(book.add_worksheet(_("Requêtes ouvertes")), data.open, (_("Échéance"), late), styles)
    _lines(book.add_worksheet(_("Requêtes complétées")), data.completed, (_("Faite le"), spent), styles)
    counts = [(row.department, row.received, row.completed, row.open, row.overdue) for row in data.departments]
    _table(
        book.add_worksheet(_("Par service")),
        [(_("Service"), 34), (_("Reçues"), 12), (_("Complétées"), 12), (_("Ouvertes"), 12), (_("En retard"), 12)],
        counts,
        styles,
    )
    _table(
        book.add_worksheet(_("Autres dossiers")),
        [(_("Sorte"), 36), (_("Reçus dans le mois"), 20)],
        data.confidential,
        styles,
    )
    book.set_properties(
        {"title": data.month, "author": town.name, "created": made_at.replace(tzinfo=None, microsecond=0)}
    )
    book.close()
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
    _table(sheet, headings, rows, styles)


def _day(text: str) -> datetime | str:
    return datetime.fromisoformat(text) if text else ""


def _table(
    sheet: Worksheet, headings: Sequence[tuple[str, int]], rows: Sequence[Sequence[Any]], styles: dict[str, Any]
) -> None:
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
