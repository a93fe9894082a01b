"""When a status may be believed (Annexe B: « actualisé en tout temps »); plain functions, no database, no clock."""

from datetime import datetime, timedelta
from enum import Enum

# An absence is announced for a year at most; beyond, it is a slip of the keyboard.
LONGEST = timedelta(days=366)


class Standing(Enum):
    """How far a status may be believed."""

    UNKNOWN = "unknown"  # nothing was ever said
    CURRENT = "current"
    ENDED = "ended"  # its end has passed, and nothing was said since
    OLD = "old"  # said without an end, too long ago


def standing(*, set_at: datetime | None, until: datetime | None, now: datetime, stale_after: timedelta) -> Standing:
    """Say whether a status still holds: until its end when it has one, else during `stale_after`."""
    if set_at is None:
        return Standing.UNKNOWN
    if until is not None:
        return Standing.CURRENT if now < until else Standing.ENDED
    return Standing.CURRENT if now - set_at <= stale_after else Standing.OLD


def may_last_until(until: datetime | None, *, now: datetime) -> bool:
    """Say whether a status said now may end then."""
    return until is None or now < until <= now + LONGEST
