"""Days as people write them in French: « 1er juin 2026 », « 2 juin 2026 » (Office québécois de la langue française).

The one way to write a day, in code and in templates, where `|date` is ours (cms/settings); ruff refuses Django's own.
"""

from datetime import date

from django.utils.dateformat import DateFormat
from django.utils.formats import get_format
from django.utils.translation import get_language


class _FrenchDateFormat(DateFormat):
    """Django's format, whose day of the month is « 1er » on the first."""

    def j(self) -> int | str:
        """The day without a leading zero."""
        french = (get_language() or "").startswith("fr")
        return "1er" if french and self.data.day == 1 else super().j()


def date_format(value: date, format: str | None = None) -> str:
    """Write a day or a moment by a pattern (`j F Y`) or the name of a format (`DATE_FORMAT`, also the default)."""
    return _FrenchDateFormat(value).format(get_format(format or "DATE_FORMAT"))
