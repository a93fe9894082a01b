"""The mails and letters of the demonstration's past: marked as gone at the time, so that the first start sends none."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery
from django_q.models import OrmQ
from post_office.models import STATUS, Email

from intake.models import CaseMessage, CouncilMessage, ListMessage, PostalLetter
from intake.policy.clocks import local_day
from intake.policy.letters import Way

DELIVERY = "intake.jobs.deliver_mail"
BY = "Service aux citoyens"


def mark_as_sent(case_ids: Iterable[int]) -> int:
    """Mark every mail of these files as sent when its event happened, and take its delivery off the queue.

    Call inside the transaction that wrote them. With another broker than the database, the deliveries still run and
    find nothing to send.
    """
    return _mark(CaseMessage.objects.filter(case_id__in=list(case_ids)), at="event__at")


def mark_lists_as_sent() -> int:
    """The same for the mails of the monthly lists and of the officials' list."""
    return _mark(ListMessage.objects.all(), at="at") + _mark(CouncilMessage.objects.all(), at="list__published_at")


def _mark(messages: QuerySet, *, at: str) -> int:
    mail_ids = set(messages.values_list("mail_id", flat=True))
    moment = Subquery(messages.model.objects.filter(mail=OuterRef("pk")).values(at)[:1])
    Email.objects.filter(pk__in=messages.values("mail_id")).update(
        status=STATUS.sent, created=moment, last_updated=moment
    )
    jobs = [(job.pk, job.task) for job in OrmQ.objects.all()]
    ours = [pk for pk, task in jobs if task.get("func") == DELIVERY and task["args"][0] in mail_ids]
    OrmQ.objects.filter(pk__in=ours).delete()
    return len(mail_ids)


def mark_as_posted(*, before: datetime) -> int:
    """Mark the letters written before this moment as posted on the day they were written; return how many."""
    letters = list(PostalLetter.objects.to_post().filter(made_at__lt=before))
    for letter in letters:
        letter.posted_on, letter.posted_by, letter.way = local_day(letter.made_at), BY, Way.POST.value
        letter.tracking_code = ""
    PostalLetter.objects.bulk_update(letters, ["posted_on", "posted_by", "way", "tracking_code"])
    return len(letters)
