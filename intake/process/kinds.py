"""What each kind of file brings of its own when it begins and takes away when it ends: `receive` and `reclassify` ask here.

A room (complaints, claims, access requests) registers what opens and what leaves its kind; a kind without a line
needs nothing more than the case itself.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from intake.models import Case
from intake.policy.vocabulary import Kind

# The case is stored and already of its kind; `details` is what only this kind asks for (a value of its room), or None
# when nobody asked: the room then writes down what is missing. It may set fields of the case; the caller saves it.
Opener = Callable[[Case, Any, datetime], None]
# Called while the case is still of the kind that it leaves.
Leaver = Callable[[Case, datetime], None]

# A room may also have something to do when its author takes the file back.
_WITHDRAWERS: dict[Kind, Leaver] = {}
_OPENERS: dict[Kind, Opener] = {}
_LEAVERS: dict[Kind, Leaver] = {}


def opens(kind: Kind) -> Callable[[Opener], Opener]:
    """Register what a file of this kind needs at its first moment, whichever way it came."""

    def register(opener: Opener) -> Opener:
        _OPENERS[kind] = opener
        return opener

    return register


def leaves(kind: Kind) -> Callable[[Leaver], Leaver]:
    """Register what must not stay behind when a file stops being of this kind (art. 4.4.1)."""

    def register(leaver: Leaver) -> Leaver:
        _LEAVERS[kind] = leaver
        return leaver

    return register


def withdraws(kind: Kind) -> Callable[[Leaver], Leaver]:
    """Register what a room does with its own when a file of this kind is withdrawn (art. 4.4.1: nothing was proven)."""

    def register(withdrawer: Leaver) -> Leaver:
        _WITHDRAWERS[kind] = withdrawer
        return withdrawer

    return register


def open_kind_file(case: Case, *, details: Any, now: datetime) -> bool:
    """Give the case what its kind needs; say whether its room had something to do. May raise Refused."""
    opener = _OPENERS.get(case.kind_)
    if opener is not None:
        opener(case, details, now)
    return opener is not None


def leave_kind_file(case: Case, *, now: datetime) -> None:
    """Take away what belongs to the kind that the case leaves."""
    leaver = _LEAVERS.get(case.kind_)
    if leaver is not None:
        leaver(case, now)


def withdraw_kind_file(case: Case, *, now: datetime) -> None:
    """Let the room of the kind do its part of a withdrawal."""
    withdrawer = _WITHDRAWERS.get(case.kind_)
    if withdrawer is not None:
        withdrawer(case, now)
