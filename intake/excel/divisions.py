"""To which sheet each row belongs: a column read with the others, whose words name the sheet; never personal data."""

from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from intake.policy.exports import Part, Sheets, part_of
from intake.policy.vocabulary import Status

from .cells import Cell
from .column import Column

PART_LABELS: dict[Part, Promise] = {
    Part.OPEN: _("Ouvertes"),
    Part.COMPLETED: _("Complétées"),
    Part.OTHER: _("Terminées autrement"),
}


@cache
def _part(status: str) -> str:
    return str(PART_LABELS[part_of(Status(status))])


_WIDTH = 31
DIVISIONS = {
    Sheets.LIFE: Column("sheet", _("Feuille"), Cell.TEXT, _WIDTH, ("status",), _part),
    Sheets.DEPARTMENT: Column("sheet", _("Feuille"), Cell.TEXT, _WIDTH, ("department__name",)),
}
