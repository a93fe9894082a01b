"""What is stored, with its invariants as constraints and its questions as querysets; no HTTP, no mail."""

from .access import AccessFile, DocumentTask, TaskFile, deemed_refused_q
from .actors import account_of, actor_for
from .case import Case, CaseQuerySet, overdue_q
from .claim import ClaimFile
from .complaint import AccusedEmployee, ComplaintFile, InvestigationEntry, SignatureCode
from .designation import DesignationMessage, SignedForm
from .folding import fold
from .monthly import CouncilList, CouncilMessage, LineAnswer, ListMessage, OpenRequestsLine, OpenRequestsList
from .people import Investigator, Pause, Requester
from .postal import CODE_MARK, PostalLetter
from .record import Answer, Attachment, CaseEvent, CaseMessage, Intervention, private_storage
from .reference import ReferenceCounter, next_reference
from .survey import SurveyAnswer, SurveyInvitation
from .traces import AccessRecord, Export, FailedLookup, RightsRecord, too_many
from .uploads import AnswersUpload

__all__ = [
    "CODE_MARK",
    "AccessFile",
    "AccessRecord",
    "AccusedEmployee",
    "Answer",
    "AnswersUpload",
    "Attachment",
    "Case",
    "CaseEvent",
    "CaseMessage",
    "CaseQuerySet",
    "ClaimFile",
    "ComplaintFile",
    "CouncilList",
    "CouncilMessage",
    "DesignationMessage",
    "DocumentTask",
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
    "PostalLetter",
    "ReferenceCounter",
    "Requester",
    "RightsRecord",
    "SignatureCode",
    "SignedForm",
    "SurveyAnswer",
    "SurveyInvitation",
    "TaskFile",
    "account_of",
    "actor_for",
    "deemed_refused_q",
    "fold",
    "next_reference",
    "overdue_q",
    "private_storage",
    "too_many",
]
