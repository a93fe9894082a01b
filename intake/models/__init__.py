"""What is stored, with its invariants as constraints and its questions as querysets; no HTTP, no mail."""

from .actors import account_of, actor_for
from .case import Case, CaseQuerySet, overdue_q
from .folding import fold
from .monthly import CouncilList, CouncilMessage, LineAnswer, ListMessage, OpenRequestsLine, OpenRequestsList
from .people import Investigator, Pause, Requester
from .postal import CODE_MARK, PostalLetter
from .record import Answer, Attachment, CaseEvent, CaseMessage, Intervention, private_storage
from .reference import ReferenceCounter, next_reference
from .traces import AccessRecord, Export, FailedLookup, RightsRecord, too_many
from .uploads import AnswersUpload

__all__ = [
    "CODE_MARK",
    "AccessRecord",
    "Answer",
    "AnswersUpload",
    "Attachment",
    "Case",
    "CaseEvent",
    "CaseMessage",
    "CaseQuerySet",
    "CouncilList",
    "CouncilMessage",
    "Export",
    "FailedLookup",
    "Intervention",
    "Investigator",
    "LineAnswer",
    "ListMessage",
    "OpenRequestsLine",
    "OpenRequestsList",
    "Pause",
    "PostalLetter",
    "ReferenceCounter",
    "Requester",
    "RightsRecord",
    "account_of",
    "actor_for",
    "fold",
    "next_reference",
    "overdue_q",
    "private_storage",
    "too_many",
]
