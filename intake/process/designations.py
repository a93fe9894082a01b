"""Annexe C at work: signatures, temporary replacements, and open files that follow the Responsable of the day."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from intake.mail.outbox import new_mail
from intake.mail.texts import letter
from intake.mail.values import absolute, day
from intake.models import Case, DesignationMessage, SignedForm
from intake.policy.clocks import local_day
from intake.policy.designation import HEAD, RECIPIENT, Signers, replacement_refusals, signing_refusal
from intake.policy.refusal import Refusal
from intake.policy.roles import SYSTEM, Actor, Role
from intake.policy.vocabulary import Kind, Status, Verb
from snippets.french_dates import date_format
from snippets.models import Designation, Employee, TownSettings

from .steps import Refused, begin

FOLDER = "designations"
TO_SIGN, HANDED_OVER, TAKEN_OVER = "R60", "R61", "R62"
MOVED = [status.value for status in (Status.ROUTED, Status.IN_PROGRESS, Status.SCHEDULED, Status.WAITING)]
WRITING_ROLES = frozenset({Role.TECHNICIAN})


@dataclass(frozen=True)
class GivenForm:
    """The scan of the signed form, already checked by its content."""

    content: bytes
    content_type: str
    name: str


def signers_of(designation: Designation) -> Signers:
    """The accounts that may sign this designation."""
    head = designation.department.head
    return Signers(designation.employee.user_id, head.user_id if head else None)


@transaction.atomic
def sign(*, pk: int, part: str, by: Actor, now: datetime) -> Designation:
    """Sign a designation with one's own account, as the designated employee or as the head. Raises Refused."""
    designation = locked(pk)
    refused = signing_refusal(part, signers_of(designation), by)
    if refused is not None:
        raise Refused(refused)
    _signed(designation, part, on=local_day(now), how=f"{by.label}, {date_format(now, 'Y-m-d H:i')}")
    return designation


@transaction.atomic
def sign_on_paper(*, pk: int, form: GivenForm, signed_on: date | None, by: Actor, now: datetime) -> Designation:
    """Keep the printed form, signed by both and scanned (Annexe C: « le remettre au Technicien »). Raises Refused."""
    refuse_other_roles(by)
    designation = locked(pk)
    if signed_on is None or signed_on > local_day(now):
        raise Refused(Refusal("Annexe C", "Indiquez la date des signatures, aujourd'hui ou avant.", "signed_on"))
    kept = SignedForm(
        designation=designation,
        original_name=form.name,
        content_type=form.content_type,
        added_at=now,
        added_by_label=by.label,
    )
    kept.file.save(f"{FOLDER}/{secrets.token_hex(12)}", ContentFile(form.content), save=False)
    kept.save()
    for part in (RECIPIENT, HEAD):
        _signed(designation, part, on=signed_on, how=f"sur papier, remis à {by.label}")
    return designation


def _signed(designation: Designation, part: str, *, on: date, how: str) -> None:
    if part == RECIPIENT:
        designation.signed_by_recipient_on, designation.recipient_signature = on, how[:200]
    else:
        designation.signed_by_head_on, designation.head_signature = on, how[:200]
    designation.save()
    designation.save_revision()


@transaction.atomic
def ask_for_signatures(*, pk: int, by: Actor, now: datetime) -> list[str]:
    """Write to those who have not signed yet and can sign here; return the addresses. Raises Refused for other roles."""
    refuse_other_roles(by)
    designation = locked(pk)
    head = designation.department.head
    waited = []
    if designation.signed_by_recipient_on is None:
        waited.append(designation.employee.email)
    if designation.signed_by_head_on is None and head is not None and head != designation.employee:
        waited.append(head.email)
    return [address for address in waited if _tell(designation, TO_SIGN, address, on=local_day(now))]


@transaction.atomic
def replace_temporarily(
    *, pk: int, employee: Employee, first: date | None, last: date | None, by: Actor, now: datetime
) -> Designation:
    """Write a replacement for some days (holidays): the Responsable's designation stops the eve and resumes the day after.

    The one replaced keeps both signatures; the replacement has effect when both have signed it. Raises Refused.
    """
    refuse_other_roles(by)
    replaced = locked(pk)
    refusals = replacement_refusals(
        first=first,
        last=last,
        starts=replaced.effective_from,
        ends=replaced.effective_until,
        same_employee=replaced.employee_id == employee.pk,
        today=local_day(now),
    )
    if refusals:
        raise Refused(*refusals)
    end, eve = replaced.effective_until, first - timedelta(days=1)
    if replaced.effective_from > eve:
        raise Refused(Refusal("Annexe C", "Écrivez plutôt une nouvelle désignation à partir de ce jour.", "first"))
    replaced.effective_until = eve
    replaced.save()
    replaced.save_revision()
    replacement = Designation.objects.create(
        department=replaced.department,
        employee=employee,
        position_email=replaced.position_email,
        phone_extension=employee.phone_extension or replaced.phone_extension,
        effective_from=first,
        effective_until=last,
        replaces=replaced,
    )
    if end is None or end > last:
        _resumed(replaced, last + timedelta(days=1), end)
    return replacement


def _resumed(replaced: Designation, first: date, end: date | None) -> Designation:
    return Designation.objects.create(
        department=replaced.department,
        employee=replaced.employee,
        position_email=replaced.position_email,
        phone_extension=replaced.phone_extension,
        effective_from=first,
        effective_until=end,
        signed_by_recipient_on=replaced.signed_by_recipient_on,
        signed_by_head_on=replaced.signed_by_head_on,
        recipient_signature=replaced.recipient_signature,
        head_signature=replaced.head_signature,
    )


def follow_designations(*, now: datetime, by: Actor = SYSTEM) -> int:
    """Move open requests to the Responsable in force today, an event each; both are told once. Return how many moved.

    A service without anyone in force keeps its files as they are: the technician is warned on his home. Safe to run at
    any time, twice and late.
    """
    today = local_day(now)
    moved = 0
    for designation in Designation.objects.effective_on(today).select_related("employee", "department"):
        moved += _follow(designation, today, now, by)
    return moved


@transaction.atomic
def _follow(designation: Designation, today: date, now: datetime, by: Actor) -> int:
    others = Case.objects.filter(kind=Kind.REQUEST.value, status__in=MOVED, department=designation.department).exclude(
        designation__employee=designation.employee
    )
    keys = list(others.order_by("pk").values_list("pk", flat=True))
    before: dict[int, Designation] = {}
    for pk in keys:
        former = _move(pk, designation, now, by)
        before.setdefault(former.employee_id, former)
    for former in before.values():
        _tell(designation, HANDED_OVER, former.employee.email, on=today, count=len(keys))
    if keys:
        _tell(designation, TAKEN_OVER, designation.position_email, on=today, count=len(keys))
    return len(keys)


def _move(pk: int, designation: Designation, now: datetime, by: Actor) -> Designation:
    step = begin(pk=pk, verb=Verb.REDESIGNATE, by=by, now=now, seen_version=None)
    former, step.case.designation = step.case.designation, designation
    step.record(changes={"redesignated": [str(former.employee), str(designation.employee)]})
    return former


def _tell(designation: Designation, code: str, address: str, *, on: date, count: int = 0) -> bool:
    """Write once a day to one address about one designation; return whether a mail was written now."""
    known = DesignationMessage.objects.filter(designation=designation, code=code, recipient=address, on=on)
    if not address or known.exists():
        return False
    town = TownSettings.load()
    values = {
        "service": designation.department.name,
        "responsable": str(designation.employee),
        "date_debut": day(designation.effective_from),
        "nombre": str(count),
        "lien_designation": absolute(reverse("intake_designations:one", args=[designation.pk])),
        "ville": town.name,
    }
    try:
        with transaction.atomic():
            mail = new_mail(recipient=address, letter=letter(code, values), town=town)
            DesignationMessage.objects.create(designation=designation, code=code, recipient=address, on=on, mail=mail)
    except IntegrityError:
        return False
    return True


def refuse_other_roles(by: Actor) -> None:
    """Raise Refused unless the actor keeps the designations (art. 4.1)."""
    if not by.has_any(WRITING_ROLES):
        raise Refused(Refusal("4.1", "Seul le Technicien du Service aux citoyens tient les désignations (art. 4.1)."))


def locked(pk: int) -> Designation:
    """Read a designation that nobody else changes meanwhile."""
    designations = Designation.objects.select_related("department__head", "employee")
    return designations.select_for_update(of=("self",)).get(pk=pk)
