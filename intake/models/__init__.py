"""What is stored, with its invariants as constraints and its questions as querysets; no HTTP, no mail."""

from .access import AccessFile, DocumentTask, TaskFile, deemed_refused_q
from .actors import account_of, actor_for, signs_annex_c
from .calendar_key import CalendarKey
from .case import Case, CaseQuerySet, overdue_q
from .claim import ClaimFile
from .complaint import AccusedEmployee, ComplaintFile, InvestigationEntry, SignatureCode
from .designation import DesignationMessage, SignedForm
from .due import STEP_LABELS, DueMessage, DueNotice
from .exports import Export, ExportLayout
from .folding import fold
from .former import FormerWords
from .imports import CaseImport, OldReference, SavedMapping
from .incident import ConfidentialityIncident
from .monthly import CouncilList, CouncilMessage, LineAnswer, ListMessage, OpenRequestsLine, OpenRequestsList
from .people import Investigator, Pause, Requester
from .postal import CODE_MARK, PostalLetter
from .record import Answer, Attachment, CaseEvent, CaseMessage, Intervention
from .reference import ReferenceCounter, hold_references, next_reference, next_references
from .sights import NOTHING, identity_q
from .stored_file import CheckedFile, private_storage
from .survey import SurveyAnswer, SurveyInvitation
from .traces import AccessRecord, FailedLookup, RightsRecord, too_many
from .uploads import AnswersUpload

__all__ = [
    "CODE_MARK",
    "NOTHING",
    "STEP_LABELS",
    "AccessFile",
    "AccessRecord",
    "AccusedEmployee",
    "Answer",
    "AnswersUpload",
    "Attachment",
    "CalendarKey",
    "Case",
    "CaseEvent",
    "CaseImport",
    "CaseMessage",
    "CaseQuerySet",
    "CheckedFile",
    "ClaimFile",
    "ComplaintFile",
    "ConfidentialityIncident",
    "CouncilList",
    "CouncilMessage",
    "DesignationMessage",
    "DocumentTask",
    "DueMessage",
    "DueNotice",
    "Export",
    "ExportLayout",
    "FailedLookup",
    "FormerWords",
    "Intervention",
    "InvestigationEntry",
    "Investigator",
    "LineAnswer",
    "ListMessage",
    "OldReference",
    "OpenRequestsLine",
    "OpenRequestsList",
    "Pause",
    "PostalLetter",
    "ReferenceCounter",
    "Requester",
    "RightsRecord",
    "SavedMapping",
    "SignatureCode",
    "SignedForm",
    "SurveyAnswer",
    "SurveyInvitation",
    "TaskFile",
    "account_of",
    "actor_for",
    "deemed_refused_q",
    "fold",
    "hold_references",
    "identity_q",
    "next_reference",
    "next_references",
    "overdue_q",
    "private_storage",
    "signs_annex_c",
    "too_many",
]
