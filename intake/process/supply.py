"""`supply`: the citizen adds a precision or files to his file (art. 2.3: « assurer un suivi constant »)."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from intake.mail.announce import to_citizen_service, to_employee, to_recipient, to_whoever_answers
from intake.models import Case, CaseEvent
from intake.policy.clocks import local_day
from intake.policy.contact import Coordinates
from intake.policy.refusal import Refusal
from intake.policy.roles import CONFIDENTIAL_KINDS, Actor
from intake.policy.vocabulary import Channel, Status, Verb

from .complaint_signing import still_to_be_signed
from .contact import complete_complaint
from .filing import GivenFile
from .receive import store_files
from .sorting import stop_waiting
from .steps import Refused, begin
from .triage import current_designation

NOTHING_GIVEN = Refusal("2.3", "Écrivez une précision ou joignez un fichier.", "text")


@transaction.atomic
def supply(
    *,
    pk: int,
    text: str,
    by: Actor,
    now: datetime,
    files: tuple[GivenFile, ...] = (),
    submission_key: UUID | None = None,
    channel: Channel | None = None,
    contact: Coordinates | None = None,
    facts_on: date | None = None,
    seen_version: int | None = None,
) -> Case:
    """Add what the citizen says to his file; if the file waited for him, the work resumes and the clock runs again.

    `channel` is how it reached whoever writes it down for him. The same `submission_key` twice adds nothing more. His
    words are kept as he gave them, in the event; `contact` and `facts_on` complete a complaint (art. 4.4), and the event
    names what they completed. Whoever holds the file is told. Raises Refused when nothing is given, when what completes
    can't be taken or the file is over, NotVisible, CaseChanged.
    """
    step = begin(pk=pk, verb=Verb.SUPPLY, by=by, now=now, seen_version=seen_version)
    case = step.case
    if (
        submission_key
        and case.events.filter(verb=Verb.SUPPLY.value, changes__submission_key=str(submission_key)).exists()
    ):
        return case
    completing = complete_complaint(case, contact=contact, facts_on=facts_on, by=by, now=now)
    if not text.strip() and not files and not completing:
        raise Refused(NOTHING_GIVEN)
    if step.source is Status.WAITING and not case.waiting_reason.asks_citizen:
        # It waits for the weather or a contractor: what the citizen adds does not end that.
        step.target = Status.WAITING
    if still_to_be_signed(case):
        step.target = step.source
    if step.target is not step.source:
        stop_waiting(case, now=now)
    store_files(case, files, now)
    changes = {"supplied": text, "supplied_files": [file.original_name for file in files], **completing}
    if channel is not None:
        changes["channel"] = channel.value
    if submission_key:
        changes["submission_key"] = str(submission_key)
    event = step.record(changes=changes)
    _tell_staff(case, event)
    return case


def _tell_staff(case: Case, event: CaseEvent) -> None:
    """Tell whoever has the file in hand; a confidential one is told of by its number alone (art. 4.5)."""
    if case.kind_ in CONFIDENTIAL_KINDS:
        to_whoever_answers("R32", event)
        return
    designation = None
    if case.designation_id:
        designation = current_designation(case.department_id, on=local_day(event.at))
    if designation is None:
        to_citizen_service("R30", event)
        return
    to_recipient("R30", event, designation)
    if case.executor_id and case.executor.email != designation.position_email:
        to_employee("R30", event, case.executor)
