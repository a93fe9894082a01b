"""The life of an access request (art. 4.6): search, ask, extend once, decide with reasons, post, review.

« le Directeur Général, agissant à titre de Responsable de l'accès »; the clerk prepares and may decide by delegation:
who decided is written.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from intake.mail.announce import to_citizen
from intake.mail.values import day
from intake.models import AccessFile, Case
from intake.policy.access import extension_refusals, third_party_clock, third_party_refusals
from intake.policy.clocks import local_day
from intake.policy.legal_clocks import AccessClock, access_clock
from intake.policy.refusal import Refusal
from intake.policy.roles import Actor
from intake.policy.vocabulary import Kind, Verb
from intake.policy.working_days import WorkingCalendar

from .calendar import town_calendar
from .kinds import leaves, opens, withdraws
from .paper import tell_on_paper_too
from .steps import Refused, begin


@dataclass(frozen=True)
class AccessDetails:
    """What a request for access says beside its facts."""

    wanted: str = ""


@opens(Kind.ACCESS_REQUEST)
def open_access(case: Case, details: AccessDetails | None, now: datetime) -> None:
    """Open the clerk's record; the clock of the law runs from the first receipt, even of a reclassified file (art. 4.6)."""
    clock = clock_of(case)
    case.target_working_days, case.due_on = None, clock.internal
    wanted = (details.wanted if details else "") or case.facts
    AccessFile.objects.update_or_create(
        case=case, defaults={"wanted": wanted, "told_on": clock.told, "legal_on": clock.legal}
    )


@leaves(Kind.ACCESS_REQUEST)
def leave_access(case: Case, now: datetime) -> None:
    """Nothing is expected of the services any more."""
    withdraw_tasks(case, now)
    AccessFile.objects.filter(case=case).delete()


@withdraws(Kind.ACCESS_REQUEST)
def withdraw_tasks(case: Case, now: datetime) -> None:
    """Take back what services were asked for and have not answered."""
    case.document_tasks.to_answer().update(withdrawn_at=now)


def clock_of(case: Case, *, extension_days: int = 0, calendar: WorkingCalendar | None = None) -> AccessClock:
    """Count the delay of a file from the day on which the town received it (A-2.1 art. 47)."""
    return access_clock(local_day(case.received_at), calendar or town_calendar(), extension_days=extension_days)


def access_of(case: Case) -> AccessFile:
    """The clerk's record; one that an older file lacks is opened now."""
    found = AccessFile.objects.filter(case=case).first()
    if found is None:
        open_access(case, None, case.received_at)
        found = AccessFile.objects.get(case=case)
    return found


@transaction.atomic
def search(*, pk: int, by: Actor, now: datetime, internal_note: str = "", seen_version: int | None = None) -> Case:
    """Begin to look for the documents."""
    step = begin(pk=pk, verb=Verb.SEARCH, by=by, now=now, seen_version=seen_version)
    step.record(internal_note=internal_note)
    return step.case


@transaction.atomic
def clarify(
    *, pk: int, question: str, by: Actor, now: datetime, internal_note: str = "", seen_version: int | None = None
) -> Case:
    """Ask the citizen which document he means (A-2.1 art. 42); the clock of the law does not stop.

    Raises Refused without a question.
    """
    step = begin(pk=pk, verb=Verb.CLARIFY, by=by, now=now, seen_version=seen_version)
    if not question.strip():
        raise Refused(Refusal("4.6", "Écrivez la question : le citoyen la recevra telle quelle.", "question"))
    access = access_of(step.case)
    access.clarify_question, access.clarify_asked_on = question, local_day(now)
    access.save(update_fields=["clarify_question", "clarify_asked_on"])
    event = step.record(public_message=question, internal_note=internal_note)
    to_citizen("T13B", event, question=question, date_20=day(access.told_on))
    return step.case


@transaction.atomic
def notify_third_party(
    *, pk: int, party: str, by: Actor, now: datetime, internal_note: str = "", seen_version: int | None = None
) -> Case:
    """Note that a firm was told in writing, and count its twenty days and the fifteen that follow (A-2.1 art. 25, 49).

    Raises Refused once the delay to answer is over, or without the name of the third party.
    """
    step = begin(pk=pk, verb=Verb.NOTIFY_THIRD_PARTY, by=by, now=now, seen_version=seen_version)
    access, today = access_of(step.case), local_day(now)
    refusals = third_party_refusals(legal_on=access.legal_on, party=party, today=today)
    if refusals:
        raise Refused(*refusals)
    access.third_party, access.third_party_notified_on, access.third_party_heard_on = party, today, None
    _count_with_third_party(step.case, access)
    step.record(internal_note=internal_note, changes={"legal_on": str(access.legal_on)})
    return step.case


@transaction.atomic
def resume(
    *,
    pk: int,
    by: Actor,
    now: datetime,
    heard_on: date | None = None,
    internal_note: str = "",
    seen_version: int | None = None,
) -> Case:
    """Take the search up again after the third party; its words, if they came, start the fifteen days (A-2.1 art. 49).

    Raises Refused for a day that can't be.
    """
    step = begin(pk=pk, verb=Verb.RESUME, by=by, now=now, seen_version=seen_version)
    access = access_of(step.case)
    if heard_on is not None and not access.third_party_notified_on <= heard_on <= local_day(now):
        raise Refused(Refusal("4.6", "Le tiers a répondu après son avis, et pas dans le futur.", "heard_on"))
    access.third_party_heard_on = heard_on
    _count_with_third_party(step.case, access)
    step.record(internal_note=internal_note, changes={"legal_on": str(access.legal_on)})
    return step.case


def _count_with_third_party(case: Case, access: AccessFile) -> None:
    clock = third_party_clock(access.third_party_notified_on, town_calendar(), heard_on=access.third_party_heard_on)
    access.third_party_heard_until = clock.heard_until
    access.told_on = access.legal_on = clock.legal
    access.save()
    case.due_on = clock.internal


@transaction.atomic
def extend(
    *,
    pk: int,
    days: int | None,
    reason: str,
    by: Actor,
    now: datetime,
    internal_note: str = "",
    seen_version: int | None = None,
) -> Case:
    """Extend the delay once, by ten days at most, with a written notice before it ends (art. 4.6; A-2.1 art. 47).

    Raises Refused on day 21, a second time, beyond ten days or without a reason.
    """
    step = begin(pk=pk, verb=Verb.EXTEND, by=by, now=now, seen_version=seen_version)
    access, today, calendar = access_of(step.case), local_day(now), town_calendar()
    clock = clock_of(step.case, extension_days=access.extension_days or 0, calendar=calendar)
    refusals = extension_refusals(clock=clock, days=days, reason=reason, today=today)
    if access.third_party_notified_on is not None:
        refusals.append(Refusal("4.6", "L'avis au tiers a déjà fixé une autre échéance (A-2.1, art. 49)."))
    if refusals:
        raise Refused(*refusals)
    longer = clock_of(step.case, extension_days=days, calendar=calendar)
    access.extension_days, access.extension_reason, access.extension_notified_on = days, reason, today
    access.told_on, access.legal_on = longer.told, longer.legal
    access.save()
    step.case.due_on = longer.internal
    event = step.record(public_message=reason, internal_note=internal_note, changes={"legal_on": str(access.legal_on)})
    tell_on_paper_too("T14", event, motif_prolongation=reason, jours=str(days), date_prolongee=day(longer.told))
    return step.case
