"""Design rule 4: nothing is sent twice, nothing is skipped. A real SMTP server, in a thread, receives what leaves."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from django_q.models import OrmQ
from post_office.models import Email

from intake import jobs
from intake.mail import outbox
from intake.models import CaseMessage
from tests.factories import DesignationFactory, NatureFactory, a_case


@pytest.mark.django_db
def test_given_a_request_when_the_worker_runs_then_the_acknowledgement_arrives_once(mailbox, town):
    nature = NatureFactory(name="Lampadaire éteint")
    DesignationFactory(department=nature.department)
    case = a_case(nature)
    assert mailbox.messages == []  # nothing leaves inside the request
    mail_id = case.messages.get(code="T1").mail_id
    jobs.deliver_mail(mail_id)
    jobs.deliver_mail(mail_id)
    jobs.sweep_outbox()
    (message,) = mailbox.messages
    assert message["To"] == "marie@exemple.example"
    assert message["Reply-To"] == town.email
    assert message["Auto-Submitted"] == "auto-generated"
    assert case.reference in message["Subject"]
    body = message.get_content()
    assert "Lampadaire éteint" in body
    assert "é" in body


@pytest.mark.django_db
def test_given_the_mail_server_is_down_when_it_comes_back_then_each_message_arrives_once(mailbox):
    nature = NatureFactory()
    DesignationFactory(department=nature.department)
    mail = a_case(nature).messages.get(code="T1").mail
    now = timezone.now()
    mailbox.down = True
    assert outbox.deliver(mail_id=mail.pk, now=now) is False
    mail.refresh_from_db()
    assert mail.get_status_display() == "requeued"
    assert mail.logs.count() == 1  # the failure is visible
    assert outbox.deliver(mail_id=mail.pk, now=now) is False  # not before its time
    mailbox.down = False
    assert outbox.deliver(mail_id=mail.pk, now=now + timedelta(minutes=2)) is True
    assert outbox.deliver(mail_id=mail.pk, now=now + timedelta(days=1)) is False
    assert len(mailbox.messages) == 1


@pytest.mark.django_db
def test_given_a_server_that_never_answers_then_the_mail_ends_as_failed_after_its_last_try(mailbox):
    nature = NatureFactory()
    DesignationFactory(department=nature.department)
    mail = a_case(nature).messages.get(code="T1").mail
    mailbox.down = True
    now = timezone.now()
    for _ in range(outbox.MAX_RETRIES + 1):
        outbox.deliver(mail_id=mail.pk, now=now)
        now += outbox.LONGEST_RETRY + timedelta(minutes=1)
    mail.refresh_from_db()
    assert mail.get_status_display() == "failed"
    assert outbox.waiting(now).count() == 0


@pytest.mark.django_db
def test_while_one_worker_sends_another_cannot_take_the_same_mail(mailbox):
    nature = NatureFactory()
    DesignationFactory(department=nature.department)
    mail = a_case(nature).messages.get(code="T1").mail
    now = timezone.now()
    assert outbox.waiting(now).filter(pk=mail.pk).update(scheduled_time=now + outbox.LEASE) == 1
    assert outbox.deliver(mail_id=mail.pk, now=now) is False
    assert mailbox.messages == []
    # The first worker died: after its lease, the mail is taken up again.
    assert outbox.deliver(mail_id=mail.pk, now=now + outbox.LEASE + timedelta(seconds=1)) is True
    assert len(mailbox.messages) == 1


@pytest.mark.django_db
def test_when_a_job_is_lost_the_sweep_sends_what_waits(mailbox):
    nature = NatureFactory()
    DesignationFactory(department=nature.department)
    a_case(nature)
    assert OrmQ.objects.count() == 1
    OrmQ.objects.all().delete()
    assert jobs.sweep_outbox() == 1
    assert len(mailbox.messages) == 1


@pytest.mark.django_db(transaction=True)
def test_when_the_transaction_is_undone_then_neither_mail_nor_job_remains(town):
    nature = NatureFactory()
    DesignationFactory(department=nature.department)

    def file_then_fail() -> None:
        with transaction.atomic():
            a_case(nature)
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"):
        file_then_fail()
    assert (Email.objects.count(), CaseMessage.objects.count(), OrmQ.objects.count()) == (0, 0, 0)
