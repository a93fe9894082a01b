"""How the citizen is reached, corrected by whoever holds the file or completed in his answer (art. 4.3, 4.4)."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from intake.models import Case, ComplaintFile, Requester
from intake.policy.clocks import local_day
from intake.policy.complaint import contact_lacks
from intake.policy.contact import (
    NAMES,
    NOBODY_TO_REACH,
    Coordinates,
    changed,
    completed,
    completion_refusals,
    correction_refusals,
    facts_day_refusals,
    tidied,
    unanswered,
)
from intake.policy.investigation import Missing
from intake.policy.refusal import Refusal
from intake.policy.roles import Actor, Role
from intake.policy.vocabulary import Kind, Status, Verb

from .receive import phone_digits
from .steps import Refused, begin

ONLY_A_COMPLAINT = Refusal("4.4", "Seule une plainte se complète ainsi : corrigez plutôt les coordonnées.", "")


def coordinates_of(case: Case) -> Coordinates:
    """How the citizen is reached today; nothing when the file came without identity."""
    requester = getattr(case, "requester", None)
    return Coordinates(**{name: getattr(requester, name) for name in NAMES}) if requester else Coordinates()


@transaction.atomic
def correct_contact(
    *, pk: int, contact: Coordinates, by: Actor, now: datetime, seen_version: int | None = None
) -> Case:
    """Correct the address, the telephone and the e-mail of whoever filed; the next messages go there (art. 4.3).

    The event names the fields, never what they held (art. 4.5). A complaint that lacked nothing else is read again.
    Raises Refused when nothing changes, when a detail can't be read or when one that its kind requires would be lost.
    """
    step = begin(pk=pk, verb=Verb.CORRECT, by=by, now=now, seen_version=seen_version)
    case, before = step.case, coordinates_of(step.case)
    after = tidied(before, contact)
    refusals = correction_refusals(case.kind_, before, after)
    if refusals:
        raise Refused(*refusals)
    _write(case.requester, before, after)
    if case.kind_ is Kind.COMPLAINT:
        _answer_contact(case.complaint, after)
        if step.source is Status.INCOMPLETE and case.complaint.missing:
            step.target = Status.INCOMPLETE
    step.record(changes={"contact": list(changed(before, after))})
    return case


def complete_complaint(
    case: Case, *, contact: Coordinates | None, facts_on: date | None, by: Actor, now: datetime
) -> dict[str, Any]:
    """Write what completes a complaint beside the citizen's words, inside another verb; return what its event says of it.

    Empty when nothing new is given. Raises Refused for another kind, and for what the policy does not take.
    """
    if contact in (None, Coordinates()) and facts_on is None:
        return {}
    if case.kind_ is not Kind.COMPLAINT:
        raise Refused(ONLY_A_COMPLAINT)
    told = _complete_contact(case, contact, by) if contact is not None else {}
    return told | (date_facts(case.complaint, facts_on, now=now) if facts_on is not None else {})


def _complete_contact(case: Case, given: Coordinates, by: Actor) -> dict[str, Any]:
    requester, before = getattr(case, "requester", None), coordinates_of(case)
    if requester is None:
        raise Refused(NOBODY_TO_REACH)
    after = tidied(before, completed(before, given))
    refusals = completion_refusals(
        before,
        after,
        was_asked=Missing.CONTACT.value in case.complaint.missing,
        by_citizen=Role.REQUESTER in by.roles,
    )
    if refusals:
        raise Refused(*refusals)
    names = list(changed(before, after))
    if names:
        _write(requester, before, after)
    _answer_contact(case.complaint, after)
    return {"contact": names} if names else {}


def keep_email(case: Case, email: str) -> dict[str, Any]:
    """Keep the address that a signature has just proved, when the file had none; return what the event says of it."""
    requester, before = getattr(case, "requester", None), coordinates_of(case)
    if requester is None or before.email or not email:
        return {}
    after = replace(before, email=email)
    _write(requester, before, after)
    _answer_contact(case.complaint, after)
    return {"contact": ["email"]}


def date_facts(file: ComplaintFile, day: date, *, now: datetime) -> dict[str, Any]:
    """Write the day of the facts of a complaint that bore none, or that was asked for; return what its event says of it.

    What is signed stays to the letter: the day is then kept beside it. Raises Refused.
    """
    refusals = facts_day_refusals(
        day,
        today=local_day(now),
        began_on=file.facts_from,
        known=file.last_facts_on,
        was_asked=Missing.FACTS_DATE.value in file.missing,
    )
    if refusals:
        raise Refused(*refusals)
    if file.is_signed or file.facts_on is not None:
        file.facts_told_on = day
    else:
        file.facts_on = day
    file.missing = unanswered(file.missing, {Missing.FACTS_DATE.value})
    file.save(update_fields=["facts_on", "facts_told_on", "missing"])
    return {"facts_on": str(day)}


def _write(requester: Requester, before: Coordinates, after: Coordinates) -> None:
    names = changed(before, after)
    for name in names:
        setattr(requester, name, getattr(after, name))
    requester.phone_digits = phone_digits(requester.phone)
    requester.save(update_fields=[*names, "phone_digits", "search_text"])


def _answer_contact(file: ComplaintFile, after: Coordinates) -> None:
    """« Vos coordonnées complètes » is no longer asked once they are."""
    if not contact_lacks(after.address, after.phone or after.email):
        file.missing = unanswered(file.missing, {Missing.CONTACT.value})
        file.save(update_fields=["missing"])
