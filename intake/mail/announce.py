"""Which message goes to whom: one function an audience; the verbs call them by name with the event that they tell of."""

from intake.models import CODE_MARK, CaseEvent, PostalLetter
from intake.policy.vocabulary import Charge, Kind
from snippets.models import Designation, Employee, TownSettings

from .outbox import write
from .texts import letter
from .values import citizen_values, staff_values


def to_citizen(code: str, event: CaseEvent, *, tracking_code: str = "", **more: str) -> None:
    """Write to whoever filed; `more` are the words proper to this message.

    Without e-mail, the same words become a letter to post; without an address either, nothing is written: the page of
    the file says to telephone.
    """
    case = event.case
    town = TownSettings.load()
    requester = getattr(case, "requester", None)
    if requester is None:
        return
    if not requester.email:
        if requester.address:
            by_post(code, event, tracking_code=tracking_code, **more)
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


def by_post(code: str, event: CaseEvent, *, tracking_code: str = "", **more: str) -> PostalLetter:
    """Write a letter to whoever filed, e-mail or not (art. 4.6: « par courrier »); a person prints and posts it."""
    values = citizen_values(event.case, TownSettings.load(), tracking_code=CODE_MARK) | more
    text = letter(code, values)
    place = "sealed_body" if event.case.kind == Kind.COMPLAINT.value else "body"
    return PostalLetter.objects.create(
        case=event.case,
        event=event,
        code=code,
        kind=event.case.kind,
        subject=text.subject.replace(CODE_MARK, ""),
        made_at=event.at,
        tracking_code=tracking_code if CODE_MARK in text.body else "",
        **{place: text.body},
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


def to_citizen_service(code: str, event: CaseEvent, **more: str) -> None:
    """Write to the technician."""
    town = TownSettings.load()
    _to_staff(code, event, town.email, town, more)


def to_director(code: str, event: CaseEvent, **more: str) -> None:
    """Write to the direction of the Service aux citoyens."""
    town = TownSettings.load()
    _to_staff(code, event, town.director_email, town, more)


def to_whoever_answers(code: str, event: CaseEvent, **more: str) -> None:
    """Write to whom a confidential file belongs (art. 4.4: the director, or the general director; 4.1, 4.6: the clerk).

    A mail about a complaint holds its number and a link, nothing else (art. 4.5).
    """
    town, case = TownSettings.load(), event.case
    # The citizen service sees such a file until the clerk has it: better told than nobody.
    recipient = town.clerk_email or town.email
    if case.kind == Kind.COMPLAINT.value:
        targets_director = case.charge == Charge.GENERAL_DIRECTOR.value
        recipient = town.general_director_email if targets_director else town.director_email
    _to_staff(code, event, recipient, town, more)


def to_employee(code: str, event: CaseEvent, employee: Employee, **more: str) -> None:
    """Write to an employee at work: who executes, who hands over."""
    town = TownSettings.load()
    _to_staff(code, event, employee.email, town, {"prenom": employee.first_name} | more)


def _to_staff(code: str, event: CaseEvent, recipient: str, town: TownSettings, more: dict[str, str]) -> None:
    values = staff_values(event.case, town) | more
    write(code=code, event=event, audience="staff", recipient=recipient, letter=letter(code, values), town=town)
