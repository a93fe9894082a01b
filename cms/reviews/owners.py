"""Who answers for a guide: the Responsable of its service on the day, else the service, else the town (art. 2.3)."""

from collections.abc import Iterable
from datetime import date

from intake.policy.roles import Actor, Role
from services_pages.models import GuidePage
from snippets.models import Designation, TownSettings

# Who reads the whole list; a Responsable reads the guides of his own services.
READS_ALL = frozenset({Role.COMMUNICATIONS, Role.TECHNICIAN})


def addresses(guides: Iterable[GuidePage], *, on: date, town: TownSettings) -> dict[str, list[GuidePage]]:
    """Group guides by the address of whoever answers for them on a day; those without an address are left out.

    The address is that of the post of the Responsable in force (Annexe C), else of the service, else of the town.
    """
    posts = dict(Designation.objects.effective_on(on).values_list("department_id", "position_email"))
    owned: dict[str, list[GuidePage]] = {}
    for guide in guides:
        service = guide.department.email if guide.department else ""
        address = posts.get(guide.department_id) or service or town.email
        if address:
            owned.setdefault(address, []).append(guide)
    return owned


def reads_reviews(actor: Actor) -> bool:
    """Say whether the list of guides to review exists for this person."""
    return actor.everything or actor.has_any(READS_ALL | {Role.RECIPIENT})


def reads_all_reviews(actor: Actor) -> bool:
    """Say whether this person reads the guides of every service."""
    return actor.everything or actor.has_any(READS_ALL)
