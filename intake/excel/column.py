"""What a column of a workbook is."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from .cells import Cell


@dataclass(frozen=True)
class Column:
    """One column: a French heading, how to read it and how to show it.

    `reads` are paths from a case, or names of annotations (rows.py); `show` gets their values in that order, and the
    day as `today` when `asks_today` is set. Without `show`, the one value read is the value shown.
    `identity`: personal data of the requester, absent for whoever may not take it out (art. 4.5).
    """

    key: str
    heading: str | Promise
    cell: Cell
    width: int
    reads: tuple[str, ...] = ()
    show: Callable[..., Any] | None = field(default=None, compare=False)
    identity: bool = False
    by_default: bool = True
    asks_today: bool = False
    stays_in_sight: bool = False
