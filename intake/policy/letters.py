"""Letters on paper: for whoever has no e-mail, or where the policy says « par courrier » (art. 4.6)."""

from datetime import date
from enum import Enum

from .refusal import Refusal
from .roles import Actor, Role
from .vocabulary import Kind


class Way(Enum):
    """How a letter reached its reader."""

    POST = "post"
    HAND = "hand"
    TOLD = "told"  # reached otherwise, by telephone: the letter stays here


# Who puts which letters in the post, among those who see the file (art. 4.1, 4.4, 4.6). A Responsable and an executor
# have none: a letter may hold the code with which the citizen follows his file.
_EVERY_KIND = frozenset(Kind)
POSTED_BY = {
    Role.TECHNICIAN: _EVERY_KIND,
    Role.DIRECTOR: frozenset({Kind.COMPLAINT}),
    # Art. 4.6: « le Directeur Général, agissant à titre de Responsable de l'accès à l'information ».
    Role.GENERAL_DIRECTOR: frozenset({Kind.COMPLAINT, Kind.ACCESS_REQUEST}),
    Role.CLERK: frozenset({Kind.CLAIM, Kind.ACCESS_REQUEST}),
}


def kinds_posted_by(actor: Actor) -> frozenset[Kind]:
    """The kinds of files whose letters this actor prints and posts, when he sees the file."""
    if actor.everything:
        return _EVERY_KIND
    return frozenset().union(*(kinds for role, kinds in POSTED_BY.items() if role in actor.roles))


def posting_refusal(*, posted_on: date | None, written_on: date, today: date) -> Refusal | None:
    """Say why a letter can't have left on this day."""
    if posted_on is None:
        return Refusal("4.6", "Indiquez le jour où la lettre est partie.", "posted_on")
    if posted_on > today:
        return Refusal("4.6", "Le jour de la mise à la poste ne peut pas être dans le futur.", "posted_on")
    if posted_on < written_on:
        return Refusal("4.6", "Ce jour précède celui où la lettre a été écrite.", "posted_on")
    return None
