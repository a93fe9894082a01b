"""One verb = one function = one transaction: ask the policy, write the case, its event and its messages together."""

# Rooms whose kinds of file open with `receive` (kinds.py).
from . import access_answer, access_reminders, access_requests, claims, document_tasks, monthly_lines
from .attached import tell_attached
from .completion import Completion, answer, close, complete, intervene, proofread, reopen
from .contact import correct_contact
from .duplicates import likely_duplicates
from .filing import Contact, Filing, GivenAnswer, GivenFile
from .follow_up import flag, note
from .kinds import leave_kind_file, leaves, open_kind_file, opens, withdraws
from .linked import open_linked_request
from .progress import assign, plan, resume, take, wait
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
    "assign",
    "claims",
    "classify",
    "close",
    "complete",
    "correct_contact",
    "declare_out_of_scope",
    "document_tasks",
    "flag",
    "intervene",
    "leave_kind_file",
    "leaves",
    "likely_duplicates",
    "merge",
    "monthly_lines",
    "note",
    "open_kind_file",
    "open_linked_request",
    "opens",
    "plan",
    "proofread",
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
