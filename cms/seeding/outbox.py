"""The mails of the demonstration's past: marked as sent at the time, so that the first start sends none of them."""

from collections.abc import Iterable

from django.db.models import OuterRef, Subquery
from django_q.models import OrmQ
from post_office.models import STATUS, Email

from intake.models import CaseMessage

DELIVERY = "intake.jobs.deliver_mail"


def mark_as_sent(case_ids: Iterable[int]) -> int:
    """Mark every mail of these files as sent when its event happened, and take its delivery off the queue.

    Call inside the transaction that wrote them. With another broker than the database, the deliveries still run and
    find nothing to send.
    """
    messages = CaseMessage.objects.filter(case_id__in=list(case_ids))
    mail_ids = set(messages.values_list("mail_id", flat=True))
    moment = Subquery(CaseMessage.objects.filter(mail=OuterRef("pk")).values("event__at")[:1])
    Email.objects.filter(pk__in=messages.values("mail_id")).update(
        status=STATUS.sent, created=moment, last_updated=moment
    )
    jobs = [(job.pk, job.task) for job in OrmQ.objects.all()]
    ours = [pk for pk, task in jobs if task.get("func") == DELIVERY and task["args"][0] in mail_ids]
    OrmQ.objects.filter(pk__in=ours).delete()
    return len(mail_ids)
