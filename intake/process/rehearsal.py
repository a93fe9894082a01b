"""A verb played for its letters and then undone: what is previewed is what is sent, because the same code writes it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from intake.letters import addressee_of
from intake.models import Case, CaseMessage, PostalLetter


@dataclass(frozen=True)
class Rehearsed:
    """A letter as it would leave: its code, whom it is for, the address, the subject and the text.

    `by_post` when the citizen has no e-mail: the address is then that of the envelope.
    """

    code: str
    audience: str
    recipient: str
    subject: str
    body: str
    by_post: bool = False


def rehearse(act: Callable[[], Case]) -> list[Rehearsed]:
    """Call a verb, keep the letters it would send, and leave the database as it was.

    Whatever the verb raises (Refused, NotVisible, CaseChanged) goes through.
    """
    with transaction.atomic():
        event = act().events.order_by("-pk").first()
        letters = [_read(message) for message in event.messages.select_related("mail")]
        letters += [_read_paper(letter) for letter in event.letters.select_related("case__requester")]
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


def _read_paper(letter: PostalLetter) -> Rehearsed:
    return Rehearsed(
        code=letter.code,
        audience="citizen",
        recipient=", ".join(addressee_of(letter.case.requester)),
        subject=letter.subject,
        body=letter.shown_body,
        by_post=True,
    )
