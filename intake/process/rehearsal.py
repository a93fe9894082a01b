"""A verb played for its letters and then undone: what is previewed is what is sent, because the same code writes it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from intake.letters import addressee_of
from intake.models import Case, CaseEvent, CaseMessage, PostalLetter
from intake.policy.vocabulary import Kind


@dataclass(frozen=True)
class Rehearsed:
    """A letter as it would leave: its code, whom it is for, the address, the subject and the text.

    `by_post` when the citizen has no e-mail: the address is then that of the envelope.
    `waits`: it does not leave, the citizen reads it with his tracking code.
    """

    code: str
    audience: str
    recipient: str
    subject: str
    body: str
    by_post: bool = False
    waits: bool = False


def rehearse(act: Callable[[], Case]) -> list[Rehearsed]:
    """Call a verb, keep the letters it would send, and leave the database as it was.

    Whatever the verb raises (Refused, NotVisible, CaseChanged) goes through.
    """
    with transaction.atomic():
        event = act().events.order_by("-pk").first()
        letters = _behind_the_code(event)
        letters += [_read(message) for message in event.messages.select_related("mail")]
        letters += [_read_paper(letter) for letter in event.letters.select_related("case__requester")]
        transaction.set_rollback(True)
    return letters


def _behind_the_code(event: CaseEvent) -> list[Rehearsed]:
    """The letter of a complaint that this event wrote: it waits for the citizen, no mail holds it (art. 4.5)."""
    if event.case.kind_ is not Kind.COMPLAINT or event.case.complaint.letter_at != event.at:
        return []
    file = event.case.complaint
    return [Rehearsed("letter", "citizen", "", file.letter_subject, file.letter, waits=True)]


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
