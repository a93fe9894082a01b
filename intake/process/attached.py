"""Requests attached to another (art. 4.1): one intervention, several people; each gets the news and sees nobody else."""

from intake.mail.announce import to_citizen
from intake.models import Case, CaseEvent
from intake.policy.roles import SYSTEM
from intake.policy.vocabulary import Verb

from .steps import begin


def has_attached(case: Case) -> bool:
    """Say whether other requests are attached to this one."""
    return case.merged.exists()


def tell_attached(code: str, event: CaseEvent, *, public_message: str = "", **more: str) -> None:
    """Give the same news to everyone whose request is attached to the event's, each on his own file.

    Call it beside `to_citizen`, in the verb's transaction; without attached requests it does nothing.
    """
    for pk in event.case.merged.order_by("pk").values_list("pk", flat=True):
        step = begin(pk=pk, verb=Verb.FOLLOW, by=SYSTEM, now=event.at, seen_version=None)
        told = step.record(public_message=public_message, changes={"master": event.case.reference})
        to_citizen(code, told, **more)
