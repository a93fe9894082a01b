"""One verb = one function = one transaction: ask the policy, write the case, its event and its messages together."""

from .completion import Completion, answer, close, complete, reopen
from .filing import Contact, Filing, GivenAnswer, GivenFile
from .kinds import leave_kind_file, leaves, open_kind_file, opens
from .linked import open_linked_request
from .progress import plan, resume, take, wait
from .receive import Receipt, receive
from .steps import CaseChanged, NotVisible, Refused
from .triage import Proposal, classify, proposal_for, route

__all__ = [
    "CaseChanged",
    "Completion",
    "Contact",
    "Filing",
    "GivenAnswer",
    "GivenFile",
    "NotVisible",
    "Proposal",
    "Receipt",
    "Refused",
    "answer",
    "classify",
    "close",
    "complete",
    "leave_kind_file",
    "leaves",
    "open_kind_file",
    "open_linked_request",
    "opens",
    "plan",
    "proposal_for",
    "receive",
    "reopen",
    "resume",
    "route",
    "take",
    "wait",
]
