"""What stays unread when a confidential file becomes an open one (art. 4.5): its history, answers and files of before."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from intake.models import Attachment, Case, CaseEvent, FormerWords
from intake.policy.roles import CONFIDENTIAL_KINDS, Actor, FileFacts, sees
from intake.policy.vocabulary import Charge, Kind, Status, Verb


@dataclass(frozen=True)
class Past:
    """What a file was, for one actor: up to which event he reads nothing, and whether former words wait for him."""

    seal: CaseEvent | None
    has_words: bool


def past_of(case: Case, actor: Actor) -> Past:
    """Read it, in one query."""
    kept = FormerWords.objects.filter(event=OuterRef("pk"))
    events = case.events.filter(verb=Verb.RECLASSIFY.value).annotate(keeps_words=Exists(kept)).order_by("-at", "-pk")
    could = {event: _could_read(event, actor) for event in events}
    return Past(
        seal=next((event for event, was_open in could.items() if not was_open), None),
        has_words=any(was_open and event.keeps_words for event, was_open in could.items()),
    )


def seal_of(case: Case, actor: Actor) -> CaseEvent | None:
    """Return the reclassification up to which this actor reads nothing, or None: he could read the file then."""
    return past_of(case, actor).seal


def attachments_of(case: Case, seal: CaseEvent | None) -> list[Attachment]:
    """The files of a case that may be read under this seal."""
    files = case.attachments.all()
    return list(files.filter(added_at__gt=seal.at) if seal else files)


def former_words_for(case: Case, actor: Actor) -> list[FormerWords]:
    """What a file said when it was confidential, the latest first, for an actor who could read it then (art. 4.5).

    The clerk sees no request, yet still reads the claim that became one; the technician, who reads a confidential file
    until it is handed over, only goes on reading what he still sees.
    """
    visible = sees(actor, case.facts_of_sight())
    kept = case.former_words.select_related("event").order_by("-pk")
    return [
        words
        for words in kept
        if _could_read(words.event, actor) and (visible or _could_read(words.event, actor, status=Status.CLOSED))
    ]


def _could_read(event: CaseEvent, actor: Actor, *, status: Status | None = None) -> bool:
    kind, charge = Kind(event.changes["kind"][0]), event.changes.get("charge_then")
    if kind not in CONFIDENTIAL_KINDS:
        return True
    then = FileFacts(
        kind=kind,
        status=status or Status(event.from_status),
        department_id=0,  # no service receives a confidential file
        charge=Charge(charge) if charge else None,
    )
    return sees(actor, then)
