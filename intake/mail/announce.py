"""Which message goes to whom: one function an audience; the verbs call them by name with the event that they tell of."""

from intake.models import CaseEvent
from snippets.models import Designation, TownSettings

from .outbox import write
from .texts import letter
from .values import citizen_values, staff_values


def to_citizen(code: str, event: CaseEvent, *, tracking_code: str = "", **more: str) -> None:
    """Write to whoever filed, if there is an address; `more` are the words proper to this message."""
    case = event.case
    town = TownSettings.load()
    requester = getattr(case, "requester", None)
    if requester is None or not requester.email:
        return
    values = citizen_values(case, town, tracking_code=tracking_code) | more
    write(
        code=code,
        event=event,
        audience="citizen",
        recipient=requester.email,
        letter=letter(code, values),
        town=town,
    )


def to_recipient(code: str, event: CaseEvent, designation: Designation, **more: str) -> None:
    """Write to the post of the Responsable (Annexe C: the post's address, not the person's)."""
    town = TownSettings.load()
    values = staff_values(event.case, town, designation=designation) | more
    write(
        code=code,
        event=event,
        audience="staff",
        recipient=designation.position_email,
        letter=letter(code, values),
        town=town,
    )


def to_citizen_service(code: str, event: CaseEvent, *, confidential: bool = False) -> None:
    """Write to the technician, or to whom a confidential kind belongs (art. 4.4: the director; 4.1, 4.6: the clerk)."""
    town = TownSettings.load()
    recipient = town.email
    if confidential:
        recipient = town.director_email if event.case.kind == "complaint" else town.clerk_email
    values = staff_values(event.case, town)
    write(code=code, event=event, audience="staff", recipient=recipient, letter=letter(code, values), town=town)
