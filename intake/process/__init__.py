"""One verb = one function = one transaction: ask the policy, write the case, its event and its messages together."""

# Rooms whose kinds of file open with `receive` (kinds.py).
from . import access_answer, access_reminders, access_requests, claims, document_tasks
from .attached import tell_attached
from .completion import Completion, answer, close, complete, reopen
from .duplicates import likely_duplicates
from .filing import Contact, Filing, GivenAnswer, GivenFile
from .kinds import leave_kind_file, leaves, open_kind_file, opens, withdraws
from .linked import open_linked_request
from .progress import plan, resume, take, wait
from .receive import Receipt, receive
from .reclassify import reclassify
from .sorting import declare_out_of_scope, merge, withdraw
from .steps import CaseChanged, NotVisible, Refused
from .supply import supply
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
    "access_answer",
    "access_reminders",
    "access_requests",
    "answer",
    "claims",
    "classify",
    "close",
    "complete",
    "declare_out_of_scope",
    "document_tasks",
    "leave_kind_file",
    "leaves",
    "likely_duplicates",
    "merge",
    "open_kind_file",
    "open_linked_request",
    "opens",
    "plan",
    "proposal_for",
    "receive",
    "reclassify",
    "reopen",
    "resume",
    "route",
    "supply",
    "take",
    "tell_attached",
    "wait",
    "withdraw",
    "withdraws",
]
