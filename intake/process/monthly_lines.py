"""The lines of a monthly list that still exist for someone (art. 4.5), and what a list forgets of a request that is none any more.

A list is frozen when it leaves; what it says of a file stays readable only as long as the file is.
"""

import secrets
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import QuerySet

from intake.excel import monthly_book
from intake.mail.lists import attach_instead
from intake.models import Case, OpenRequestsLine, OpenRequestsList, private_storage
from intake.policy.roles import Actor
from intake.policy.vocabulary import Kind
from snippets.models import TownSettings, WaitingReason

from .kinds import leaves

FOLDER = "lists"


def readable_lines(monthly: OpenRequestsList, actor: Actor) -> QuerySet[OpenRequestsLine]:
    """The lines whose file exists for the actor and is still a request: no complaint is ever read in a list (art. 4.5)."""
    requests = Case.objects.visible_to_actor(actor).filter(kind=Kind.REQUEST.value)
    return monthly.lines.filter(case__in=requests)


def workbook_without(monthly: OpenRequestsList, actor: Actor) -> bytes | None:
    """The workbook of a list without the lines that the actor no longer reads; None when he reads them all, as they left."""
    lines = list(readable_lines(monthly, actor))
    return None if len(lines) == monthly.lines.count() else _built(monthly, lines)


def _built(monthly: OpenRequestsList, lines: list[OpenRequestsLine]) -> bytes:
    reasons = list(WaitingReason.objects.offered().values_list("label", flat=True))
    return monthly_book.build(monthly, lines, town=TownSettings.load(), reasons=reasons, made_at=monthly.sent_at)


@leaves(Kind.REQUEST)
def forget_lines(case: Case, now: datetime) -> None:
    """A request becomes a complaint, a claim…: the lists that left keep its number, not its place nor its facts (art. 4.4.1, 4.5).

    The stored workbooks are made again without it; a mail that has not gone yet takes the new one.
    """
    for line in OpenRequestsLine.objects.filter(case=case).select_related("list__department"):
        line.shown = monthly_book.forgotten(line.shown)
        line.save(update_fields=["shown"])
        if line.list.file:
            _store_without(line.list, case)


def _store_without(monthly: OpenRequestsList, case: Case) -> None:
    kept = monthly.lines.filter(case__kind=Kind.REQUEST.value).exclude(case=case)
    before, storage = monthly.file.name, private_storage()
    name = f"{FOLDER}/{monthly.month}-{monthly.department.code}-{secrets.token_hex(8)}.xlsx"
    monthly.file = storage.save(name, ContentFile(_built(monthly, list(kept))))
    monthly.save(update_fields=["file"])
    attach_instead(before, monthly.file.name)
    # Not before: if the change of kind is undone, the file of before is the one that counts.
    transaction.on_commit(lambda: storage.delete(before))
