"""`receive`: the one way in, for every door (art. 1: « un point d'entrée unique »)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from intake.mail.announce import to_citizen, to_citizen_service, to_director, to_recipient, to_whoever_answers
from intake.models import Answer, Attachment, Case, CaseEvent, Requester, next_reference
from intake.policy.clocks import local_day
from intake.policy.references import new_tracking_code, tracking_hash
from intake.policy.refusal import Refusal
from intake.policy.roles import CONFIDENTIAL_KINDS, Actor
from intake.policy.vocabulary import Charge, InquiryType, Kind, Priority, Status, Verb
from snippets.models import Department, Designation, RequestNature, TownSettings

from .calendar import set_due_on, town_clock
from .complaint_filing import acknowledge, details_of, neutral_name
from .filing import Contact, Filing, GivenFile
from .kinds import open_kind_file
from .steps import Refused

ACKNOWLEDGEMENTS = {
    Kind.REQUEST: "T1",
    Kind.INQUIRY: "T1B",
    Kind.COMPLAINT: "T9",
    Kind.CLAIM: "T12",
    Kind.ACCESS_REQUEST: "T13",
}
# A danger is seen to the same or the next working day.
DANGER_WORKING_DAYS = 1


@dataclass(frozen=True)
class Receipt:
    """What the citizen is given. The code is in clear here and nowhere else; None when it was already given."""

    case: Case
    tracking_code: str | None


def receive(*, filing: Filing, by: Actor, now: datetime) -> Receipt:
    """Register a filing: reference, case, requester, answers, files, event and acknowledgement, all or nothing.

    The same `submission_key` twice gives the same case. Raises Refused when the nature is no longer offered or the
    town has no service yet.
    """
    already = _already_received(filing)
    if already is not None:
        return Receipt(already, None)
    try:
        with transaction.atomic():
            return _receive(filing, by, now)
    except IntegrityError:
        # Two clicks at the same moment: the first to commit has the case.
        already = _already_received(filing)
        if already is None:
            raise
        return Receipt(already, None)


def _already_received(filing: Filing) -> Case | None:
    if filing.submission_key is None:
        return None
    # Nearly always there is none: look for its number, not for its forty columns.
    pk = Case.objects.filter(submission_key=filing.submission_key).values_list("pk", flat=True).first()
    return None if pk is None else Case.objects.get(pk=pk)


def _receive(filing: Filing, by: Actor, now: datetime) -> Receipt:
    received_at = filing.received_at or now
    case = _classified(filing, received_at)
    case.reference, case.number = next_reference(local_day(now).year)
    case.year = local_day(now).year
    code = new_tracking_code()
    case.tracking_hash = tracking_hash(case.reference, code)
    case.last_event_at = now
    case.save(force_insert=True)
    _store_what_was_given(case, filing, now)
    details = details_of(filing) if filing.kind is Kind.COMPLAINT else filing.details
    if open_kind_file(case, details=details, now=now):
        case.save()
    event = CaseEvent.objects.create(
        case=case,
        verb=Verb.RECEIVE.value,
        at=now,
        by_id=by.user_id,
        by_label=by.label,
        to_status=case.status,
        changes={"channel": case.channel, "received_at": received_at.isoformat()},
    )
    if filing.kind is Kind.COMPLAINT:
        acknowledge(event, tracking_code=code)
    else:
        to_citizen(ACKNOWLEDGEMENTS[filing.kind], event, tracking_code=code)
        tell_staff(case, event)
    return Receipt(case, code)


def _classified(filing: Filing, received_at: datetime) -> Case:
    """Build the case with what the grid proposes: service, priority, target and due day (art. 4.1)."""
    nature = _offered_nature(filing)
    department = nature.department if nature else front_line()
    target = nature.target_working_days if nature else TownSettings.load().default_target_working_days
    case = Case(
        kind=filing.kind.value,
        inquiry_type=type_of(filing.kind, filing.inquiry_type),
        status=Status.RECEIVED.value,
        channel=filing.channel.value,
        department=department,
        nature=nature,
        nature_name=nature.name if nature else "",
        priority=_priority(nature, is_danger=filing.is_danger),
        # Art. 4.5: the words of a complaint are sealed apart (complaint_filing.py).
        facts="" if filing.kind is Kind.COMPLAINT else filing.facts,
        location="" if filing.kind is Kind.COMPLAINT else filing.location,
        received_at=received_at,
        target_working_days=min(target, DANGER_WORKING_DAYS) if filing.is_danger else target,
        # Art. 4.4: someone answers for a complaint from the first moment.
        charge=(filing.charge or Charge.DIRECTOR).value if filing.kind is Kind.COMPLAINT else None,
        origin_id=filing.origin_id,
        submission_key=filing.submission_key,
        wants_survey=filing.wants_survey,
    )
    set_due_on(case, town_clock())
    return case


def type_of(kind: Kind, asked: InquiryType | None) -> str:
    """Return what an inquiry is, as it is stored: a comment when nobody said; empty for every other kind."""
    return (asked or InquiryType.COMMENT).value if kind is Kind.INQUIRY else ""


def front_line() -> Department:
    """Return the service that receives what is not classified yet. Raises Refused while the town has none."""
    department = Department.objects.front_line()
    if department is None:
        raise Refused(Refusal("4.1", "Aucun service municipal n'est inscrit dans la grille."))
    return department


def _priority(nature: RequestNature | None, *, is_danger: bool) -> str:
    if is_danger:
        return Priority.P1.value
    return nature.priority if nature else Priority.P3.value


def _offered_nature(filing: Filing) -> RequestNature | None:
    if filing.nature_id is None:
        return None
    nature = RequestNature.objects.offered().select_related("department").filter(pk=filing.nature_id).first()
    if nature is None:
        raise Refused(Refusal("4.1", "Cette nature de requête n'est plus offerte. Choisissez-en une autre.", "nature"))
    return nature


def _store_what_was_given(case: Case, filing: Filing, now: datetime) -> None:
    if filing.contact is not None:
        _store_requester(case, filing.contact)
    given = () if filing.kind is Kind.COMPLAINT else filing.answers
    Answer.objects.bulk_create(
        Answer(
            case=case,
            position=position,
            key=answer.key,
            label=answer.label,
            question_type=answer.question_type,
            value=answer.value,
            display=answer.display,
            question_id=answer.question_id,
        )
        for position, answer in enumerate(given)
    )
    store_files(case, filing.files, now)


def store_files(case: Case, files: Iterable[GivenFile], now: datetime) -> None:
    """Give the case files that are already checked and stored; in a complaint, under a name that names nobody."""
    sealed = case.kind_ is Kind.COMPLAINT
    first = case.attachments.count() + 1 if sealed else 1
    Attachment.objects.bulk_create(
        file.row(Attachment, now=now, case=case, original_name=neutral_name(position, file.name) if sealed else "")
        for position, file in enumerate(files, start=first)
    )


def _store_requester(case: Case, contact: Contact) -> None:
    Requester.objects.create(
        case=case,
        first_name=contact.first_name,
        last_name=contact.last_name,
        email=contact.email,
        phone=contact.phone,
        phone_digits=phone_digits(contact.phone),
        address=contact.address,
        city=contact.city,
        postal_code=contact.postal_code,
    )


def phone_digits(phone: str) -> str:
    """The digits alone, as a telephone is searched."""
    return re.sub(r"\D", "", phone)[:20]


def tell_staff(case: Case, event: CaseEvent) -> None:
    """A danger reaches the Responsable and the technician at once; a confidential file reaches whom it belongs to.

    A compliment reaches the direction (art. 4.8).
    """
    if case.kind_ in CONFIDENTIAL_KINDS:
        to_whoever_answers("R5", event)
        return
    if case.inquiry_type == InquiryType.COMPLIMENT.value:
        to_director("R31", event)
    if case.kind_ is not Kind.REQUEST:
        return
    held = Designation.objects.effective_on(local_day(event.at)).filter(department=case.department)
    if case.priority == Priority.P1.value:
        to_citizen_service("R2", event)
        if designation := held.first():
            to_recipient("R2", event, designation)
    if not held.exists():
        to_citizen_service("R4", event)
