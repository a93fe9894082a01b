"""The end of a file: completed by whoever did the work (Annexe A), closed by the technician (art. 4.1), reopened if need be."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from intake.mail.announce import to_citizen, to_recipient
from intake.mail.texts import uses
from intake.mail.values import day
from intake.models import Case, CaseEvent, Intervention
from intake.policy.clocks import local_day
from intake.policy.completion import (
    completion_refusals,
    intervention_refusals,
    proofreading_refusal,
    reopening_refusal,
)
from intake.policy.refusal import Refusal
from intake.policy.roles import Actor
from intake.policy.vocabulary import COMPLETION_CODE, Kind, Verb
from snippets.models import InterventionCode, TownSettings

from .attached import tell_attached
from .guides import published_guide
from .progress import end_wait
from .steps import Refused, begin
from .triage import current_designation, no_recipient


@dataclass(frozen=True)
class Completion:
    """What Annexe A asks for, points 1 to 5; with `asks_proofreading`, the word to the citizen is held until it is read over."""

    done_on: date | None
    phone_extension: str
    internal_note: str
    public_message: str = ""
    planned_on: date | None = None
    code: str = COMPLETION_CODE
    asks_proofreading: bool = False


@transaction.atomic
def complete(*, pk: int, completion: Completion, by: Actor, now: datetime, seen_version: int | None = None) -> Case:
    """Complete a request with code 238; the citizen is told, the technician closes it later (Annexe A, 4.1).

    He is told at once, or once the citizen service has read the text over. A `done_on` before the receipt is allowed: it
    was already repaired. Raises Refused naming each missing field.
    """
    step = begin(pk=pk, verb=Verb.COMPLETE, by=by, now=now, seen_version=seen_version)
    refusals = completion_refusals(
        code=completion.code,
        done_on=completion.done_on,
        phone_extension=completion.phone_extension,
        internal_note=completion.internal_note,
        today=local_day(now),
    )
    held = completion.asks_proofreading
    textless = proofreading_refusal(asked=held, public_message=completion.public_message)
    if refusals or textless:
        raise Refused(*refusals, *([textless] if textless else []))
    case = step.case
    if case.waiting_reason_id:
        end_wait(case, today=local_day(now))
    case.done_on, case.completed_at = completion.done_on, now
    case.planned_on = completion.planned_on or case.planned_on
    case.awaits_proofreading, case.call_back_on = held, None
    # What the citizen may read is in the event; a text still to be read over is only in the intervention.
    event = step.record(
        internal_note=completion.internal_note,
        public_message="" if held else completion.public_message,
        changes={"awaits_proofreading": True} if held else None,
    )
    _write_intervention(event, completion)
    if not held:
        _tell_it_is_done(event, completion.public_message)
    return case


def _write_intervention(event: CaseEvent, completion: Completion) -> None:
    Intervention.objects.create(
        case=event.case,
        event=event,
        code_id=completion.code,
        planned_on=completion.planned_on,
        done_on=completion.done_on,
        phone_extension=completion.phone_extension,
        internal_note=completion.internal_note,
        public_message=completion.public_message,
    )


def _tell_it_is_done(event: CaseEvent, word: str) -> None:
    done_on = event.case.done_on
    words = {"information_demandeur": word or default_word(done_on), "date_effectuee": day(done_on)}
    to_citizen("T5", event, **words)
    tell_attached("T5", event, public_message=word, **words)


@transaction.atomic
def proofread(
    *,
    pk: int,
    public_message: str,
    by: Actor,
    now: datetime,
    internal_note: str = "",
    seen_version: int | None = None,
) -> Case:
    """Correct the word that was held and let it go to the citizen (Annexe A, point 5). Raises Refused when none is held."""
    step = begin(pk=pk, verb=Verb.PROOFREAD, by=by, now=now, seen_version=seen_version)
    step.case.awaits_proofreading = False
    event = step.record(internal_note=internal_note, public_message=public_message)
    _tell_it_is_done(event, public_message)
    return step.case


def held_word(case: Case) -> str:
    """The text that waits to be read over, as whoever completed wrote it; empty when none is held."""
    if not case.awaits_proofreading:
        return ""
    last = case.interventions.filter(code_id=COMPLETION_CODE).order_by("-pk").first()
    return last.public_message if last else ""


@transaction.atomic
def intervene(*, pk: int, completion: Completion, by: Actor, now: datetime, seen_version: int | None = None) -> Case:
    """Write an act that does not complete the request, under any code but 238 (Annexe A); the status stays.

    Raises Refused naming each missing field, or when a word to the citizen goes with it.
    """
    step = begin(pk=pk, verb=Verb.NOTE, by=by, now=now, seen_version=seen_version)
    refusals = intervention_refusals(
        code=completion.code if InterventionCode.objects.offered().filter(code=completion.code).exists() else "",
        done_on=completion.done_on,
        phone_extension=completion.phone_extension,
        internal_note=completion.internal_note,
        public_message=completion.public_message,
        today=local_day(now),
    )
    if refusals:
        raise Refused(*refusals)
    event = step.record(internal_note=completion.internal_note)
    _write_intervention(event, completion)
    return step.case


def default_word(done_on: date) -> str:
    """What the citizen reads when nobody wrote to him: never close without a word."""
    return _("Notre équipe a fait le nécessaire le %(day)s.") % {"day": day(done_on)}


@transaction.atomic
def close(*, pk: int, by: Actor, now: datetime, internal_note: str = "", seen_version: int | None = None) -> Case:
    """Close a completed request; only the technician does (art. 4.1)."""
    step = begin(pk=pk, verb=Verb.CLOSE, by=by, now=now, seen_version=seen_version)
    step.case.closed_at = now
    step.record(internal_note=internal_note)
    return step.case


@transaction.atomic
def answer(
    *,
    pk: int,
    reply: str,
    by: Actor,
    now: datetime,
    guide_page: int | None = None,
    seen_version: int | None = None,
) -> Case:
    """Answer an inquiry and close it in one gesture (art. 4.1: « gérée au premier contact »).

    `guide_page` is the page of a published guide that goes with the answer (art. 3). Raises Refused without a reply, or
    when the guide is no longer published.
    """
    step = begin(pk=pk, verb=Verb.ANSWER, by=by, now=now, seen_version=seen_version)
    if not reply.strip():
        raise Refused(Refusal("4.1", "Écrivez la réponse que le citoyen recevra.", "public_message"))
    guide = published_guide(guide_page)
    if guide_page is not None and guide is None:
        raise Refused(Refusal("3", "Ce guide n'est plus publié. Choisissez-en un autre.", "guide"))
    step.case.completed_at = step.case.closed_at = now
    step.case.call_back_on = None
    word = f"{reply.rstrip()}\n\n{guide.sentence}" if guide else reply
    event = step.record(public_message=word, changes={"guide": guide.as_kept()} if guide else None)
    # A town that wrote its own T8 before guides could be sent loses none of them.
    apart = uses("T8", "lien_guide")
    to_citizen("T8", event, reponse=reply if apart else word, lien_guide=guide.sentence if guide else "")
    return step.case


@transaction.atomic
def reopen(*, pk: int, reason: str, by: Actor, now: datetime, seen_version: int | None = None) -> Case:
    """Reopen a completed or closed request within the town's delay; the Responsable of the day is told why.

    Raises Refused without a reason, after the delay, or when the service has no Responsable.
    """
    step = begin(pk=pk, verb=Verb.REOPEN, by=by, now=now, seen_version=seen_version)
    case, today = step.case, local_day(now)
    if not reason.strip():
        raise Refused(Refusal("2.3", "Écrivez pourquoi la requête est rouverte.", "internal_note"))
    late = reopening_refusal(
        closed_on=local_day(case.closed_at) if case.closed_at else None,
        today=today,
        reopening_days=TownSettings.load().reopening_days,
    )
    if late is not None:
        raise Refused(late)
    designation = current_designation(case.department_id, on=today)
    if designation is None and case.kind_ is Kind.REQUEST:
        raise Refused(no_recipient(case))
    case.designation = designation
    case.completed_at = case.closed_at = case.done_on = None
    # A word that was held does not leave: the work is not done.
    case.awaits_proofreading = False
    event = step.record(internal_note=reason)
    # The reason is an internal note, which no mail carries (art. 4.5); a town's own text may still have a place for it.
    to_recipient("R3", event, designation, raison=_("écrite dans le dossier"))
    return case
