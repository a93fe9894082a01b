"""A complaint at its first moment (art. 4.1, 4.4): its words sealed, who answers for it, signed or to be signed."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import PurePosixPath

from django.db import models
from django.utils.translation import gettext as _

from intake.mail.announce import to_citizen, to_citizen_service, to_whoever_answers
from intake.mail.values import day
from intake.models import Answer, Attachment, Case, CaseEvent, ComplaintFile, Pause
from intake.policy.clocks import local_day
from intake.policy.complaint_target import PAST_THE_TECHNICIAN, WITHOUT_FILE, Target, charge_for
from intake.policy.investigation import Missing, completion_limit
from intake.policy.refusal import Refusal
from intake.policy.signature import SignatureMethod
from intake.policy.vocabulary import Kind, Priority, Status
from snippets.models import TownSettings

from .calendar import set_due_on, town_clock
from .erasure import seal_history, stop_waiting
from .filing import Filing
from .kinds import leaves, opens
from .steps import Refused


@dataclass(frozen=True)
class Signature:
    """How someone signed: by a code received by e-mail, at this moment, or by hand on paper."""

    method: SignatureMethod
    signer_name: str
    at: datetime
    declaration: str = ""
    email_proved_at: datetime | None = None


@dataclass(frozen=True)
class ComplaintDetails:
    """What only a complaint asks for. Without `signature`, `to_be_signed` says that the citizen was told to sign later."""

    target: Target = Target.SERVICE
    concerned: str = ""
    facts_from: date | None = None
    facts_on: date | None = None
    endangers: bool = False
    is_written: bool = True
    signature: Signature | None = None
    to_be_signed: bool = False
    # Filled by `details_of`.
    words: str = ""
    answers: Sequence[tuple[str, str]] = ()
    file_names: Sequence[str] = ()


def details_of(filing: Filing) -> ComplaintDetails:
    """Gather what is sealed: the words, the answers and the names of the files never reach a table in clear.

    Raises Refused when nobody of the administration can answer for it (general director, elected official, tender).
    """
    details = filing.details or ComplaintDetails()
    if details.target in WITHOUT_FILE:
        raise Refused(
            Refusal("4.4", _("Cette plainte relève d'un autre recours : aucun dossier n'est ouvert."), "target")
        )
    return replace(
        details,
        words=filing.facts,
        answers=[(answer.label, answer.display) for answer in filing.answers],
        file_names=[file.original_name for file in filing.files],
    )


def neutral_name(position: int, name: str) -> str:
    """Return what a file is called in a complaint: the name it came with may be someone's."""
    return _("Document %(number)d") % {"number": position} + PurePosixPath(name).suffix.lower()


@opens(Kind.COMPLAINT)
def open_complaint(case: Case, details: ComplaintDetails | None, now: datetime) -> None:
    """Seal the words, say who answers, and set where the file begins; the caller saves the case."""
    details = details or _from_another_kind(case)
    seal_history(case)
    town = TownSettings.load()
    file = ComplaintFile(
        case=case,
        words=details.words,
        concerned=details.concerned,
        answers=json.dumps(list(details.answers)) if details.answers else "",
        file_names=_named(case, details.file_names),
        target=details.target.value,
        kept_from_technician=details.target in PAST_THE_TECHNICIAN,
        facts_from=details.facts_from,
        facts_on=details.facts_on,
        is_written=details.is_written,
        is_private_dispute=details.target is Target.PRIVATE,
        endangers=details.endangers,
    )
    case.facts = case.location = ""
    if details.target is Target.DIRECTOR or not case.charge:
        case.charge = charge_for(details.target).value
    case.target_working_days = town.complaint_target_working_days
    if details.endangers:
        case.priority = Priority.P1.value
    if details.signature is not None:
        put_signature(file, details.signature)
    elif details.to_be_signed:
        await_completion(file, (Missing.SIGNATURE,), now=now, days=town.complaint_completion_days)
        case.clock_stopped_on = local_day(now)
        Pause.objects.create(case=case, started_on=case.clock_stopped_on)
    case.status = _first_status(details).value
    set_due_on(case, town_clock())
    file.save()


def _first_status(details: ComplaintDetails) -> Status:
    if details.to_be_signed and details.signature is None:
        return Status.INCOMPLETE
    return Status.UNDER_REVIEW if details.target in PAST_THE_TECHNICIAN else Status.RECEIVED


def _from_another_kind(case: Case) -> ComplaintDetails:
    """What a file of another kind already says, taken out of the tables where it was in clear."""
    answers = models.QuerySet(Answer).filter(case=case).order_by("position")
    given = [(answer.label, answer.display) for answer in answers]
    answers.delete()
    words = "\n".join(part for part in (case.location, case.facts) if part)
    names = list(case.attachments.order_by("pk").values_list("original_name", flat=True))
    return ComplaintDetails(words=words, answers=given, file_names=names)


def _named(case: Case, names: Sequence[str]) -> str:
    """Call the files « Document 1 », and keep the name each came with, sealed."""
    kept = []
    for position, (file, name) in enumerate(zip(case.attachments.order_by("pk"), names, strict=False), start=1):
        called = neutral_name(position, name)
        Attachment.objects.filter(pk=file.pk).update(original_name=called)
        kept.append([called, name])
    return json.dumps(kept) if kept else ""


def put_signature(file: ComplaintFile, signature: Signature) -> None:
    """Write who signed and how; by e-mail, seal the exact text with its SHA-256. The caller saves the file."""
    file.signature, file.signer_name = signature.method.value, signature.signer_name
    file.declaration, file.signed_at = signature.declaration, signature.at
    file.email_proved_at = signature.email_proved_at
    file.text_hash = file.signed_text().digest()
    file.missing = [item for item in file.missing if item != Missing.SIGNATURE.value]


def await_completion(file: ComplaintFile, missing: Sequence[Missing], *, now: datetime, days: int) -> None:
    """Write what the citizen is asked to add, and until when; the caller saves the file."""
    file.missing = [item.value for item in missing]
    file.asked_at, file.complete_until = now, completion_limit(local_day(now), days)


def acknowledge(event: CaseEvent, *, tracking_code: str) -> None:
    """T9, or its twin for a complaint still to be signed; and a word to whoever reads it first (number and link, 4.5)."""
    file = event.case.complaint
    if event.case.status_ is Status.INCOMPLETE:
        to_citizen("T9U", event, tracking_code=tracking_code, date_limite=day(file.complete_until))
    else:
        to_citizen("T9", event, tracking_code=tracking_code)
    if event.case.status_ is Status.RECEIVED:
        to_citizen_service("R5", event)
    else:
        to_whoever_answers("R50", event)


@leaves(Kind.COMPLAINT)
def leave_complaint(case: Case, now: datetime) -> None:
    """A file that is no complaint any more: its words go where every file has them, the rest of the complaint goes.

    `reclassify` has kept all of it sealed, and puts other words there when a service is to read them (art. 4.5). The
    files stay « Document 1 »: the names that they came with are among what was kept.
    """
    file = case.complaint
    stop_waiting(case, today=local_day(now))
    case.facts, case.charge = file.words, None
    case.accused.all().delete()
    file.delete()
