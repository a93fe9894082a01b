"""The request that a complaint or a claim leaves to a service: the danger or the repair, never what the file says of people."""

from datetime import datetime

from intake.models import Case
from intake.policy.roles import Actor
from intake.policy.vocabulary import Channel, Kind

from .filing import Contact, Filing
from .receive import receive


def open_linked_request(
    *,
    origin: Case,
    facts: str,
    location: str,
    by: Actor,
    now: datetime,
    nature_id: int | None = None,
    is_danger: bool = False,
    with_identity: bool = False,
) -> Case:
    """Receive a request for what must be repaired (art. 4.1): `facts` are written anew, nothing is copied from the origin.

    Without identity unless asked for; a danger is p1 and told at once, whatever the grid says. Call it inside the
    transaction of the verb that records the link on the origin. Raises Refused as `receive` does.
    """
    filing = Filing(
        kind=Kind.REQUEST,
        facts=facts,
        location=location,
        nature_id=nature_id,
        contact=_contact_of(origin) if with_identity else None,
        channel=Channel(origin.channel),
        origin_id=origin.pk,
        is_danger=is_danger,
    )
    return receive(filing=filing, by=by, now=now).case


def _contact_of(case: Case) -> Contact | None:
    requester = getattr(case, "requester", None)
    if requester is None:
        return None
    return Contact(
        last_name=requester.last_name,
        first_name=requester.first_name,
        email=requester.email,
        phone=requester.phone,
        address=requester.address,
        city=requester.city,
        postal_code=requester.postal_code,
    )
