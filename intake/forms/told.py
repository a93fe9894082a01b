"""All that a citizen is told of his file; what is not here never reaches the page (art. 2.3, 4.5)."""

from dataclasses import dataclass
from datetime import date, datetime

from intake.models import Case, CaseEvent
from intake.models.choices import KIND_LABELS
from intake.models.complaint import MISSING_LABELS
from intake.policy.vocabulary import Kind, Status, Verb

from .citizen_words import AWAITING_STATUSES, CITIZEN_VERBS, STATES, WAITING_FOR_CITIZEN
from .promises import expectation


@dataclass(frozen=True)
class Moment:
    """One line of what has happened."""

    at: datetime
    what: str
    message: str


def told_of(case: Case) -> dict[str, object]:
    """Return all that a citizen is told of a file: nothing else reaches the page."""
    asked = bool(case.waiting_reason and case.waiting_reason.asks_citizen)
    waits_for_citizen = asked or case.status_ in AWAITING_STATUSES
    return {
        "reference": case.reference,
        "kind": KIND_LABELS[case.kind],
        "subject": case.nature_name,
        "received_at": case.received_at,
        "state": WAITING_FOR_CITIZEN if asked else STATES[case.kind_][case.status_],
        "waits_for_citizen": waits_for_citizen,
        # art. 47: nothing stops the clock of the law, not even a question to the citizen (art. 4.6).
        "is_suspended": waits_for_citizen and case.kind_ is not Kind.ACCESS_REQUEST,
        "target_on": target_on(case),
        "planned_on": case.planned_on if case.status_ is Status.SCHEDULED else None,
        "moments": moments_of(case),
        **_complaint_told(case),
    }


def _complaint_told(case: Case) -> dict[str, object]:
    """The reply that waits behind the code (T10, T11), and what is missing until when (art. 4.4)."""
    if case.kind_ is not Kind.COMPLAINT:
        return {}
    file = case.complaint
    awaited = case.status_ is Status.INCOMPLETE
    return {
        "letter": file.letter,
        "letter_subject": file.letter_subject,
        "missing": [MISSING_LABELS[item] for item in file.missing] if awaited else [],
        "complete_until": file.complete_until if awaited else None,
    }


def target_on(case: Case) -> date | None:
    """Return the day promised, while there is one to hope for; the delay of a claim or a complaint is not a promise."""
    if not case.is_open or case.kind_ in (Kind.COMPLAINT, Kind.CLAIM):
        return None
    return expectation(case).day


def moments_of(case: Case) -> list[Moment]:
    """Return what has happened, the latest first, in the words of CITIZEN_VERBS; never who did it nor why inside."""
    told_of_verbs = {verb.value for verb in CITIZEN_VERBS}
    if case.awaits_proofreading:
        # Annexe A, point 5: the word to the citizen is held until it has been read over.
        told_of_verbs -= {Verb.COMPLETE.value}
    events = CaseEvent.objects.filter(case=case, verb__in=told_of_verbs)
    told = events.order_by("-at", "-pk").values_list("at", "verb", "public_message")
    return [Moment(at, str(CITIZEN_VERBS[Verb(verb)]), message) for at, verb, message in told]
