"""The cells of another system's workbook: texts that a database keeps, moments of the town's clock, hours (art. 2.3)."""

import re
from datetime import date, datetime, time, timedelta
from typing import Any

from .clocks import TOWN_ZONE
from .import_mapping import DateOrder
from .list_answers import day_in, text_in

# A day without an hour is taken at noon, as the counter does for a letter.
NOON = time(12)
_A_DAY = 86_400
_LAST_DAY_NUMBER = 1_000_000
_WITH_HOUR = re.compile(r"(.+?)[ T]+(?:à )?(\d{1,2})\s?[:hH]\s?(\d{2})?(?::\d{2}(?:\.\d+)?)?", re.DOTALL)
_HOUR = re.compile(r"(\d{1,2})\s?[:hH]\s?(\d{2})?(?::\d{2})?")
_FIGURES = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")
# Controls and halves of characters: a cell may hold them, a database may not.
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


class NoValue:
    """A formula whose value is not in the workbook (excel/staged.py): it is never run."""


NO_VALUE = NoValue()


def clean(value: Any) -> str:
    """Return the text of a cell without what a database refuses; a number keeps its digits, a day is written 2026-05-25."""
    if value is NO_VALUE:
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value.time() == time(0) else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, bool):
        return "oui" if value else "non"
    return _FORBIDDEN.sub("", text_in(value)).strip()


def moment_in(value: Any, *, order: DateOrder = DateOrder.SAID, hour: time | None = None) -> datetime | None:
    """Read a moment of the town from a cell: a date, with its hour if it has one, else `hour`, else noon.

    An empty cell is None. Raises ValueError, in French, for what is no day.
    """
    if isinstance(value, str):
        value = clean(value)
        if match := _WITH_HOUR.fullmatch(value):
            value, hour = match[1], _existing_hour(match[2], match[3] or "0")
        value = _in_order(value, order)
    if isinstance(value, float) and 0 < value < _LAST_DAY_NUMBER and not value.is_integer():
        hour = _hour_of(value % 1)
        value = float(int(value))
    if isinstance(value, datetime) and value.time() != time(0):
        hour = value.time()
    if isinstance(value, bool | time | timedelta):
        raise ValueError(f"« {str(value)[:20]} » n'est pas une date. Écrivez-la comme 2026-05-25.")  # noqa: TRY004
    day = day_in(value)
    return None if day is None else datetime.combine(day, hour or NOON, TOWN_ZONE)


def _in_order(text: str, order: DateOrder) -> str | date:
    """Read 03/04/2024 the way the other system writes it."""
    match = _FIGURES.fullmatch(text)
    if match is None or order is DateOrder.SAID:
        return text
    first, second, year = (int(part) for part in match.groups())
    day, month = (first, second) if order is DateOrder.DAY_FIRST else (second, first)
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"« {text} » n'existe pas dans le calendrier.") from None


def hour_in(value: Any) -> time | None:
    """Read an hour from a cell. Raises ValueError, in French."""
    if isinstance(value, datetime):
        return value.time()
    if value is None or isinstance(value, time):
        return value
    if isinstance(value, float | int) and not isinstance(value, bool) and 0 <= value < 1:
        return _hour_of(value)
    text = clean(value)
    match = _HOUR.fullmatch(text)
    if not text or match is None:
        if not text:
            return None
        raise ValueError(f"« {text[:20]} » n'est pas une heure. Écrivez-la comme 14:30.")
    return _existing_hour(match[1], match[2] or "0")


def _existing_hour(hours: str, minutes: str) -> time:
    try:
        return time(int(hours), int(minutes))
    except ValueError:
        raise ValueError(f"« {hours}:{minutes} » n'est pas une heure. Écrivez-la comme 14:30.") from None


def _hour_of(part_of_a_day: float) -> time:
    """Read the fraction of a day that Excel keeps, to the second."""
    minutes, seconds = divmod(min(round(part_of_a_day * _A_DAY), _A_DAY - 1), 60)
    return time(minutes // 60, minutes % 60, seconds)
