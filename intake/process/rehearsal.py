"""A verb played for its letters and then undone: what is previewed is what is sent, because the same code writes it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from intake.models import Case, CaseMessage


@dataclass(frozen=True)
class Rehearsed:
    """A letter as it would leave: its code, whom it is for, the address, the subject and the text."""

    code: str
    audience: str
    recipient: str
    subject: str
    body: str


def rehearse(act: Callable[[], Case]) -> list[Rehearsed]:
    """Call a verb, keep the letters it would send, and leave the database as it was.

    Whatever the verb raises (Refused, NotVisible, CaseChanged) goes through.
    """
    with transaction.atomic():
        event = act().events.order_by("-pk").first()
        letters = [_read(message) for message in event.messages.select_related("mail")]
        transaction.set_rollback(True)
    return letters


def _read(message: CaseMessage) -> Rehearsed:
    return Rehearsed(
        code=message.code,
        audience=message.audience,
        recipient=message.recipient,
        subject=message.mail.subject,
        body=message.mail.message,
    )
