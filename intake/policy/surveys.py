"""The survey of the citizens served (art. 4.1: « effectue des sondages »): who is asked, when, and what may be read of it.

An answer belongs to nobody: it has a month and a service, and no figure is shown that could point at someone (art. 4.5).
"""

import hashlib
import secrets
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import TypeVar

from .council import SMALLEST_COUNT
from .roles import Actor, Role
from .vocabulary import Kind, Status
from .working_days import ONE_DAY, WorkingCalendar

# The forms of these kinds ask for the consent (intake/forms/steps.py); what is confidential is never surveyed (art. 4.5).
ASKED_KINDS = (Kind.REQUEST, Kind.INQUIRY)
ASKED_STATUSES = (Status.COMPLETED, Status.CLOSED)
# The citizen has had the time to see the work, and still remembers it.
WORKING_DAYS_AFTER, FORGOTTEN_AFTER = 2, timedelta(days=30)
LINK_LASTS = timedelta(days=60)

# §3 of the domain notes, « Surveys and results »: aggregates only, whoever reads.
READING_ALL = frozenset({Role.EXPERIENCE, Role.DIRECTOR, Role.TECHNICIAN, Role.GENERAL_DIRECTOR, Role.COMMUNICATIONS})

Key = TypeVar("Key", bound=Hashable)


class Opinion(Enum):
    """What one may answer to each question."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class LinkState(Enum):
    """Whether a link still opens the questions."""

    OPEN = "open"
    USED = "used"
    EXPIRED = "expired"


@dataclass(frozen=True)
class Opinions:
    """The three answers (T20): was it clear, did the delay suit, is the person satisfied."""

    is_clear: Opinion
    is_timely: Opinion
    is_satisfied: Opinion


@dataclass(frozen=True)
class Completed:
    """The first and last days of completion of the files to ask about; nothing when `last` comes before `first`."""

    first: date
    last: date


def completed_to_ask(*, today: date, calendar: WorkingCalendar) -> Completed:
    """Return when a file was completed to be asked about today: two working days ago or more, thirty days at most."""
    first = last = today - FORGOTTEN_AFTER
    last -= ONE_DAY
    while calendar.add(last + ONE_DAY, WORKING_DAYS_AFTER) <= today:
        last += ONE_DAY
    return Completed(first, last)


def link_state(*, invited_on: date, answered: bool, today: date) -> LinkState:
    """Say whether a link opens the questions: once, for sixty days."""
    if answered:
        return LinkState.USED
    return LinkState.EXPIRED if today > invited_on + LINK_LASTS else LinkState.OPEN


def new_token() -> str:
    """Draw what makes a link impossible to guess: 192 bits, safe in an address."""
    return secrets.token_urlsafe(24)


def token_hash(token: str) -> str:
    """Return what is stored of a token: whoever reads the table can't answer for anyone."""
    return hashlib.sha256(f"survey:{token}".encode()).hexdigest()


def month_of(day: date) -> str:
    """`2026-11`: all that is kept of the moment of an answer."""
    return f"{day:%Y-%m}"


# --- What may be read ----------------------------------------------------------------------------


def reads_all(actor: Actor) -> bool:
    """Say whether the actor reads the figures of every service."""
    return actor.has_any(READING_ALL)


def departments_read(actor: Actor) -> frozenset[int] | None:
    """Return the keys of the services whose figures the actor reads, None for every service."""
    return None if reads_all(actor) else actor.departments


def reads_results(actor: Actor) -> bool:
    """Say whether the results exist for the actor: a Responsable reads those of the services whose requests he receives."""
    return reads_all(actor) or (actor.has_any({Role.RECIPIENT}) and bool(actor.departments))


def hidden(answered: Mapping[Key, int]) -> frozenset[Key]:
    """Name the rows whose answers are not shown: fewer than five, and one more row where a subtraction would tell.

    The total is shown too: a single small row would be the total less the others. What is hidden therefore holds five
    answers together, or the smallest of the other rows is hidden with it.
    """
    small = {key for key, count in answered.items() if 0 < count < SMALLEST_COUNT}
    others = sorted((count, position, key) for position, (key, count) in enumerate(answered.items()) if count)
    for _count, _position, key in others:
        if not small or sum(answered[one] for one in small) >= SMALLEST_COUNT:
            break
        small.add(key)
    return frozenset(small)


def share(yes: int, answered: int) -> int | None:
    """Return the share of « oui », a whole percentage; None under five answers."""
    return round(100 * yes / answered) if answered >= SMALLEST_COUNT else None
