"""What is stored, with its invariants as constraints and its questions as querysets; no HTTP, no mail."""

from .actors import actor_for
from .case import Case, Pause, Requester
from .record import Answer, Attachment, CaseEvent, CaseMessage, Intervention, private_storage
from .reference import ReferenceCounter, next_reference
from .traces import AccessRecord, Export, FailedLookup, too_many

__all__ = [
    "AccessRecord",
    "Answer",
    "Attachment",
    "Case",
    "CaseEvent",
    "CaseMessage",
    "Export",
    "FailedLookup",
    "Intervention",
    "Pause",
    "ReferenceCounter",
    "Requester",
    "actor_for",
    "next_reference",
    "private_storage",
    "too_many",
]
