"""What stays unread when a confidential file becomes an open one (art. 4.5): its history, answers and files of before."""

from intake.models import Attachment, Case, CaseEvent
from intake.policy.roles import CONFIDENTIAL_KINDS, Actor, FileFacts, sees
from intake.policy.vocabulary import Charge, Kind, Status, Verb


def seal_of(case: Case, actor: Actor) -> CaseEvent | None:
    """Return the reclassification up to which this actor reads nothing, or None: he could read the file then."""
    events = case.events.filter(verb=Verb.RECLASSIFY.value).order_by("-at", "-pk")
    return next((event for event in events if not _could_read(event, actor)), None)


def attachments_of(case: Case, seal: CaseEvent | None) -> list[Attachment]:
    """The files of a case that may be read under this seal."""
    files = case.attachments.all()
    return list(files.filter(added_at__gt=seal.at) if seal else files)


def _could_read(event: CaseEvent, actor: Actor) -> bool:
    kind, charge = Kind(event.changes["kind"][0]), event.changes.get("charge_then")
    if kind not in CONFIDENTIAL_KINDS:
        return True
    then = FileFacts(
        kind=kind,
        status=Status(event.from_status),
        department_id=0,  # no service receives a confidential file
        charge=Charge(charge) if charge else None,
    )
    return sees(actor, then)
