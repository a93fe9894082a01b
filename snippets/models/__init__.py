"""What is stored of the grid; one file a subject."""

from .availability import Availability, AvailabilityStatus, StatusSource
from .closure import Closure
from .department import Department
from .employee import CARRIED_OVER, Designation, Employee
from .message import MessageText, fill, has_stray_brace, unknown_variables
from .nature import CHOICE_TYPES, AskedQuestion, Priority, Question, QuestionType, RequestNature
from .process_schema import Execution, ProcessSchema
from .secret_key import SecretKey
from .short_lists import CompetentBody, InterventionCode, LegalProvision, ReplyText, WaitingReason
from .telephone_key import TelephoneKey
from .town import TownSettings, contrast_with_white

__all__ = [
    "CARRIED_OVER",
    "CHOICE_TYPES",
    "AskedQuestion",
    "Availability",
    "AvailabilityStatus",
    "Closure",
    "CompetentBody",
    "Department",
    "Designation",
    "Employee",
    "Execution",
    "InterventionCode",
    "LegalProvision",
    "MessageText",
    "Priority",
    "ProcessSchema",
    "Question",
    "QuestionType",
    "ReplyText",
    "RequestNature",
    "SecretKey",
    "StatusSource",
    "TelephoneKey",
    "TownSettings",
    "WaitingReason",
    "contrast_with_white",
    "fill",
    "has_stray_brace",
    "unknown_variables",
]
