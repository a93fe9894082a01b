"""How an export is laid out, and who shares a layout with colleagues (art. 4.1, 4.5; the matrix is §3 of the domain notes)."""

from enum import Enum

from .roles import Actor, Role
from .vocabulary import ANSWERED_STATUSES, OPEN_STATUSES, Status


class Sheets(Enum):
    """How the rows are divided among the sheets of a workbook."""

    ONE = "one"
    LIFE = "life"  # open, completed, ended otherwise
    DEPARTMENT = "department"


class FileFormat(Enum):
    """What the file is."""

    XLSX = "xlsx"
    CSV = "csv"


class Part(Enum):
    """Where a file stands, in three words: the sheets of `Sheets.LIFE`, in their order."""

    OPEN = "open"
    COMPLETED = "completed"
    OTHER = "other"  # withdrawn, merged, out of competence, inadmissible: nothing was completed


# §3: who exports the requests of every service may propose a layout to those who export some of them.
SHARING_ROLES = frozenset({Role.TECHNICIAN, Role.DIRECTOR})
# Art. 4.1: the technician keeps the tools up to date, what a colleague shared and left behind included.
TIDYING_ROLES = frozenset({Role.TECHNICIAN})


def part_of(status: Status) -> Part:
    """Say to which sheet a status belongs."""
    if status in OPEN_STATUSES:
        return Part.OPEN
    return Part.COMPLETED if status in (*ANSWERED_STATUSES, Status.CLOSED) else Part.OTHER


def may_share_layouts(actor: Actor) -> bool:
    """Say whether the actor may propose a layout to everybody who exports."""
    return actor.has_any(SHARING_ROLES)


def may_change_layout(actor: Actor, owner_id: int) -> bool:
    """Say whether the actor may rename a layout or save another choice under its name: only whoever made it."""
    return actor.user_id == owner_id


def may_delete_layout(actor: Actor, owner_id: int, *, shared: bool) -> bool:
    """Say whether the actor may delete a layout: its owner; the technician too, when it is shared."""
    return may_change_layout(actor, owner_id) or (shared and actor.has_any(TIDYING_ROLES))
