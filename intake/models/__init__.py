"""What is stored, with its invariants as constraints and its questions as querysets; no HTTP, no mail."""

from .actors import account_of, actor_for
from .case import Case, CaseQuerySet, overdue_q
from .complaint import AccusedEmployee, ComplaintFile, InvestigationEntry, SignatureCode
from .folding import fold
from .monthly import LineAnswer, ListMessage, OpenRequestsLine, OpenRequestsList
from .people import Investigator, Pause, Requester
from .record import Answer, Attachment, CaseEvent, CaseMessage, Intervention, private_storage
from .reference import ReferenceCounter, next_reference
from .traces import AccessRecord, Export, FailedLookup, RightsRecord, too_many

__all__ = [
    "AccessRecord",
    "AccusedEmployee",
    "Answer",
    "Attachment",
    "Case",
    "CaseEvent",
    "CaseMessage",
    "CaseQuerySet",
    "ComplaintFile",
    "Export",
    "FailedLookup",
    "Intervention",
    "InvestigationEntry",
    "Investigator",
    "LineAnswer",
    "ListMessage",
    "OpenRequestsLine",
    "OpenRequestsList",
    "Pause",
    "ReferenceCounter",
    "Requester",
    "RightsRecord",
    "SignatureCode",
    "account_of",
    "actor_for",
    "fold",
    "next_reference",
    "overdue_q",
    "private_storage",
    "too_many",
]
