"""Annexe C on its way in and out: a designation is written, corrected while nobody has signed it, ended, or withdrawn."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.auth import get_user_model
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from wagtail.log_actions import log

from intake.policy.clocks import local_day
from intake.policy.designation import Standing, ending_refusal, rewriting_refusal, withdrawal_refusal
from intake.policy.refusal import Refusal
from intake.policy.roles import Actor
from snippets.admin.in_use import is_protected
from snippets.models import Department, Designation, Employee

from .designations import locked, refuse_other_roles
from .steps import Refused


@dataclass(frozen=True)
class Wording:
    """What Annexe C says, beside the signatures."""

    department: Department
    employee: Employee
    position_email: str
    phone_extension: str
    effective_from: date
    effective_until: date | None = None


# The signatures are about these; the mailbox and the telephone of the post may change with the post.
SIGNED_FIELDS = ("department", "employee", "effective_from", "effective_until")
CONTACT_FIELDS = ("position_email", "phone_extension")


def standing_of(designation: Designation) -> Standing:
    """What decides what may still change in this designation."""
    return Standing(
        starts=designation.effective_from,
        ends=designation.effective_until,
        by_recipient=designation.signed_by_recipient_on is not None,
        by_head=designation.signed_by_head_on is not None,
    )


@transaction.atomic
def designate(*, wording: Wording, by: Actor) -> Designation:
    """Write a designation, without any signature: it has no effect before it has both. Raises Refused."""
    refuse_other_roles(by)
    # The periods of one service are compared: one person at a time writes them.
    Department.objects.select_for_update().get(pk=wording.department.pk)
    designation = Designation()
    _worded(designation, wording, by, action="wagtail.create")
    return designation


@transaction.atomic
def correct_designation(*, pk: int, wording: Wording, by: Actor) -> Designation:
    """Correct a designation: whole while nobody has signed, then the mailbox and telephone of the post. Raises Refused."""
    refuse_other_roles(by)
    designation = locked(pk)
    if any(getattr(designation, name) != getattr(wording, name) for name in SIGNED_FIELDS):
        refused = rewriting_refusal(standing_of(designation))
        if refused is not None:
            raise Refused(refused)
    Department.objects.select_for_update().get(pk=wording.department.pk)
    _worded(designation, wording, by, action="wagtail.edit")
    return designation


@transaction.atomic
def end_designation(*, pk: int, last: date | None, by: Actor) -> Designation:
    """Write the last day of a designation, never later than what was signed. Raises Refused."""
    refuse_other_roles(by)
    designation = locked(pk)
    refused = ending_refusal(standing_of(designation), last)
    if refused is not None:
        raise Refused(refused)
    designation.effective_until = last
    _kept(designation, by, action="wagtail.edit")
    return designation


@transaction.atomic
def withdraw_designation(*, pk: int, by: Actor, now: datetime) -> None:
    """Remove a designation that never had effect; the days of a replacement go back to whom it replaced. Raises Refused."""
    refuse_other_roles(by)
    designation = locked(pk)
    designation.messages.all().delete()
    kept = is_protected(Designation.objects.filter(pk=pk))
    refused = withdrawal_refusal(standing_of(designation), kept=kept, today=local_day(now))
    if refused is not None:
        raise Refused(refused)
    replaced, first, last = designation.replaces, designation.effective_from, designation.effective_until
    log(designation, "wagtail.delete", user=_account(by), deleted=True)
    designation.delete()
    if replaced is not None and replaced.effective_until == first - timedelta(days=1):
        replaced.effective_until = last
        _kept(replaced, by, action="wagtail.edit")


def _worded(designation: Designation, wording: Wording, by: Actor, *, action: str) -> None:
    for name in (*SIGNED_FIELDS, *CONTACT_FIELDS):
        setattr(designation, name, getattr(wording, name))
    # Who has left keeps what he signed: only its end, its mailbox and its telephone still change.
    if not wording.employee.is_active and not standing_of(designation).signed:
        raise Refused(Refusal("Annexe C", f"{wording.employee} n'est plus en fonction.", "employee"))
    try:
        designation.full_clean()
    except ValidationError as invalid:
        raise Refused(*_in_words(invalid)) from invalid
    _kept(designation, by, action=action)


def _in_words(invalid: ValidationError) -> list[Refusal]:
    return [
        Refusal("Annexe C", str(words), "" if name == NON_FIELD_ERRORS else name)
        for name, errors in invalid.message_dict.items()
        for words in errors
    ]


def _kept(designation: Designation, by: Actor, *, action: str) -> None:
    designation.save()
    designation.save_revision(user=_account(by), log_action=action)


def _account(by: Actor) -> object | None:
    return get_user_model().objects.filter(pk=by.user_id).first()
