"""Writing to the outbox in the transaction of the verb, and sending from it, one mail at a time.

Each mail leaves exactly once, unless the mail server accepted it and the worker died before it could say so.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import make_msgid

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django_q.tasks import async_task
from post_office.models import PRIORITY, STATUS, Attachment, Email

from intake.models import CaseEvent, CaseMessage
from snippets.models import TownSettings

from .texts import Letter

logger = logging.getLogger(__name__)

# A worker that takes a mail has it for this long; if it dies, another may take it after that.
LEASE = timedelta(minutes=10)
# After a failure: 1, 2, 4… minutes, at most six hours; a mail server that is down for a day loses nothing.
FIRST_RETRY, LONGEST_RETRY, MAX_RETRIES = timedelta(minutes=1), timedelta(hours=6), 12


@dataclass(frozen=True)
class Attached:
    """A file of the private storage that leaves with a mail, under the name that people read."""

    stored_name: str
    name: str
    content_type: str


def write(
    *, code: str, event: CaseEvent, audience: str, recipient: str, letter: Letter, town: TownSettings
) -> CaseMessage | None:
    """Add one message of an event to the outbox and queue its delivery; None when there is no address to write to.

    The mail row is made directly, not through post_office.mail.send, which would read a citizen's braces as a template.
    """
    if not recipient:
        return None
    mail = new_mail(recipient=recipient, letter=letter, town=town)
    return CaseMessage.objects.create(
        case=event.case, event=event, code=code, audience=audience, recipient=recipient, mail=mail
    )


def new_mail(*, recipient: str, letter: Letter, town: TownSettings, attachments: Sequence[Attached] = ()) -> Email:
    """Add a mail to the outbox and queue its delivery; replies go to the town's address."""
    headers = {"Auto-Submitted": "auto-generated"}
    if town.email:
        headers["Reply-To"] = town.email
    mail = Email.objects.create(
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[recipient],
        subject=letter.subject,
        message=letter.body,
        headers=headers,
        message_id=make_msgid(domain=settings.POST_OFFICE["MESSAGE_ID_FQDN"]),
        status=STATUS.queued,
        priority=PRIORITY.medium,
    )
    for attached in attachments:
        row = Attachment.objects.create(file=attached.stored_name, name=attached.name, mimetype=attached.content_type)
        row.emails.add(mail)
    queue_delivery(mail.pk)
    return mail


def queue_delivery(mail_id: int) -> None:
    """Ask the worker to send; with the ORM broker the job is part of the transaction, with Redis it follows it."""
    if "orm" in settings.Q_CLUSTER:
        async_task("intake.jobs.deliver_mail", mail_id)
    else:
        transaction.on_commit(lambda: async_task("intake.jobs.deliver_mail", mail_id))


def waiting(now: datetime) -> QuerySet[Email]:
    """Mails that may be sent now, oldest first."""
    due = Q(scheduled_time__isnull=True) | Q(scheduled_time__lte=now)
    return Email.objects.filter(due, status__in=[STATUS.queued, STATUS.requeued]).order_by("created", "pk")


def deliver(*, mail_id: int, now: datetime) -> bool:
    """Send one mail if it is still to be sent; return whether it left. Safe to call twice and from two workers.

    The lease is taken with one conditional UPDATE and the mail is sent outside any transaction, so that a slow mail
    server never holds the database.
    """
    if not waiting(now).filter(pk=mail_id).update(scheduled_time=now + LEASE):
        return False
    mail = Email.objects.get(pk=mail_id)
    status = mail.dispatch()
    if status == STATUS.sent:
        logger.info("mail_sent", extra={"mail_id": mail_id})
        return True
    _try_again_later(mail, now)
    return False


def _try_again_later(mail: Email, now: datetime) -> None:
    tried = (mail.number_of_retries or 0) + 1
    mail.number_of_retries = tried
    if tried > MAX_RETRIES:
        mail.status = STATUS.failed
        logger.error("mail_given_up", extra={"mail_id": mail.pk})
    else:
        mail.status = STATUS.requeued
        mail.scheduled_time = now + min(FIRST_RETRY * 2 ** (tried - 1), LONGEST_RETRY)
        logger.warning("mail_failed", extra={"mail_id": mail.pk, "tried": tried})
    mail.save(update_fields=["status", "number_of_retries", "scheduled_time"])
