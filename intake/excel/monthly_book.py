"""The workbook of a monthly list (art. 4.1, 4.2): what is known of each request, and columns to answer in.

The values shown are frozen when the list leaves; they are text, so that the copy reads the same years later.
"""

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from xlsxwriter import Workbook

from intake.models import Case, OpenRequestsLine, OpenRequestsList
from intake.policy.clocks import local_day

from .cells import plain_text
from .workbook import AS_TYPED, LEGAL_PAPER

if TYPE_CHECKING:
    from snippets.models import TownSettings

KNOWN = (
    ("reference", gettext_lazy("Numéro"), 12),
    ("nature", gettext_lazy("Nature"), 26),
    ("location", gettext_lazy("Lieu"), 28),
    ("facts", gettext_lazy("Exposé des faits"), 44),
    ("received", gettext_lazy("Reçue le"), 12),
    ("due", gettext_lazy("Échéance"), 12),
    ("status", gettext_lazy("État"), 18),
    ("executor", gettext_lazy("Exécution"), 18),
)


def shown(case: Case, *, today: date) -> dict[str, Any]:
    """Return what the list says of a request: never who filed it (domain notes, §3: what is known, without identity)."""
    return {
        "reference": case.reference,
        "nature": case.nature_name,
        "location": case.location,
        "facts": case.facts,
        "received": local_day(case.received_at).isoformat(),
        "due": case.due_on.isoformat() if case.due_on else "",
        "status": str(case.get_status_display()) + (f" – {case.waiting_reason}" if case.waiting_reason_id else ""),
        "executor": str(case.executor) if case.executor_id else "",
        "late": case.is_overdue(on=today),
    }


def build(
    monthly: OpenRequestsList, lines: Sequence[OpenRequestsLine], *, town: "TownSettings", made_at: datetime
) -> bytes:
    """Return the workbook of a list."""
    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True, **AS_TYPED})
    sheet = book.add_worksheet(_("Requêtes"))
    heading = book.add_format({"bold": True, "bg_color": town.brand_colour, "font_color": "#FFFFFF", "text_wrap": True})
    for index, (_key, title, width) in enumerate(KNOWN):
        sheet.set_column(index, index, width)
        sheet.write_string(0, index, str(title), heading)
    for row, line in enumerate(lines, start=1):
        for index, (key, _title, _width) in enumerate(KNOWN):
            sheet.write_string(row, index, plain_text(str(line.shown[key])))
    sheet.set_landscape()
    sheet.set_paper(LEGAL_PAPER)
    sheet.freeze_panes(1, 1)
    book.set_properties({"title": f"RNC {monthly.department.name} {date_format(monthly.due_on, 'F Y')}"})
    book.close()
    return out.getvalue()
