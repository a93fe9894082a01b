"""A complaint signed after it was sent (art. 4.1): by its author with a code, or by hand on paper, brought by whoever is in charge."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from intake.mail.announce import to_whoever_answers
from intake.models import Case
from intake.policy.counter import may_register
from intake.policy.investigation import Missing
from intake.policy.refusal import Refusal
from intake.policy.roles import Actor
from intake.policy.signature import SignatureMethod
from intake.policy.vocabulary import Kind, Status, Verb

from .complaint_filing import Signature, put_signature
from .contact import keep_email
from .filing import GivenFile
from .receive import store_files
from .steps import NotVisible, Refused, Step, begin


def still_to_be_signed(case: Case) -> bool:
    """Say whether a complaint awaits its signature: nothing else that is added lets it be studied."""
    if case.kind_ is not Kind.COMPLAINT or case.status_ is not Status.INCOMPLETE:
        return False
    return Missing.SIGNATURE.value in case.complaint.missing and not case.complaint.is_signed


@transaction.atomic
def sign(
    *,
    pk: int,
    signature: Signature,
    by: Actor,
    now: datetime,
    email: str = "",
    files: tuple[GivenFile, ...] = (),
    seen_version: int | None = None,
) -> Case:
    """Sign a complaint that was sent unsigned; its text as it stands is sealed, and it is studied once nothing else is missing.

    `email` is the address just proved, kept when the complaint had none; `files` are the letter signed by hand, scanned.
    Raises Refused when it is signed already.
    """
    step = begin(pk=pk, verb=Verb.SUPPLY, by=by, now=now, seen_version=seen_version, kind=Kind.COMPLAINT)
    return _put(step, signature, files, email=email)


@transaction.atomic
def bring_letter(*, reference: str, signer_name: str, files: tuple[GivenFile, ...], by: Actor, now: datetime) -> Case:
    """Add the letter that signs a complaint, brought to the counter after it was sent (art. 4.1), without reading the complaint.

    The technician scans the letter; whoever is in charge reads the file (art. 4.5). Raises NotVisible where no letter is
    awaited, and the refusals of `sign`.
    """
    case = awaiting_letter(reference, by)
    if case is None:
        raise NotVisible(reference)
    step = begin(pk=case.pk, verb=Verb.SUPPLY, by=by, now=now, seen_version=None, kind=Kind.COMPLAINT, unread=True)
    return _put(step, Signature(SignatureMethod.PAPER, signer_name, now), files)


def awaiting_letter(reference: str, by: Actor) -> Case | None:
    """Return the complaint that the technician may bring a signed letter to, by its exact number; None for any other."""
    if not may_register(by):
        return None
    case = Case.objects.filter(reference=reference, kind=Kind.COMPLAINT.value).select_related("complaint").first()
    if case is None or case.complaint.kept_from_technician or not still_to_be_signed(case):
        return None
    return case


def _put(step: Step, signature: Signature, files: tuple[GivenFile, ...], *, email: str = "") -> Case:
    case, file, now = step.case, step.case.complaint, step.now
    if file.is_signed:
        raise Refused(Refusal("4.1", _("Cette plainte est déjà signée."), ""))
    if not signature.signer_name.strip():
        raise Refused(Refusal("4.1", _("Écrivez le nom de la personne qui signe."), "signer_name"))
    store_files(case, files, now)
    put_signature(file, signature)
    file.save()
    kept = keep_email(case, email)
    if step.source is Status.INCOMPLETE and file.missing:
        step.target = Status.INCOMPLETE
    event = step.record(changes={"signature": signature.method.value, **kept})
    to_whoever_answers("R32", event)
    return case
