"""What a form of the staff keeps until it is filed: the files already checked, and the key that makes two clicks one demand.

A draft of the citizens' forms without a page: its files are checked, kept and purged in the same way.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, QueryDict

from intake.forms import drafts, uploads
from intake.forms.models.draft import CODE_SHOWN_FOR, Draft, DraftFile
from intake.models import Case
from intake.process import Filing, GivenFile, Receipt, receive

BY = "by"


def open_draft(key: str, *, user_id: int, now: datetime) -> Draft:
    """Return the draft of this form and of this person, or a new one when the key is none of his."""
    mine = Draft.objects.alive(now).filter(page__isnull=True, data__by=user_id)
    try:
        found = mine.filter(pk=UUID(key)).first() if key else None
    except ValueError:
        found = None
    return found or Draft.objects.create(data={BY: user_id}, created_at=now, updated_at=now)


def keep(draft: Draft, sent: Iterable[UploadedFile], *, dropped: Iterable[str], now: datetime) -> list[str]:
    """Drop the files that were unticked, add those that were sent; return what is wrong with these, in French."""
    for pk in dropped:
        if pk.isdecimal() and len(pk) < 18:  # noqa: PLR2004 - what a database key can be
            uploads.remove(draft, int(pk))
    return uploads.add(draft, sent, now=now)


def take_files(request: HttpRequest, draft: Draft, *, now: datetime) -> tuple[QueryDict, list[str]]:
    """Keep the files of a form; return what else was typed, with the key of its draft, and what is wrong with the files."""
    wrong = keep(draft, request.FILES.getlist("files"), dropped=request.POST.getlist("retirer"), now=now)
    data = request.POST.copy()
    data["brouillon"] = str(draft.pk)
    return data, wrong


def kept_files(draft: Draft) -> list[DraftFile]:
    """The files that a draft keeps."""
    return list(draft.files.filter(is_stored=True))


def as_given(rows: Iterable[DraftFile]) -> tuple[GivenFile, ...]:
    """Kept files, as the verb receives them."""
    return tuple(
        GivenFile(
            name=row.file.name,
            original_name=row.original_name,
            content_type=row.content_type,
            size=row.size,
            sha256=row.sha256,
        )
        for row in rows
    )


def with_files(
    form_class: type[forms.Form], request: HttpRequest, *, user_id: int, now: datetime, missing: str
) -> tuple[forms.Form, Draft, list[DraftFile]]:
    """Read a form with its files, what is wrong with these beside their field; `missing` when there is none.

    The files already sent are kept in the draft whatever else is wrong.
    """
    draft = open_draft(request.POST.get("brouillon", ""), user_id=user_id, now=now)
    data, wrong = take_files(request, draft, now=now)
    form, kept = form_class(data), kept_files(draft)
    for error in wrong or ([] if kept else [missing]):
        form.add_error("files", error)
    return form, draft, kept


def given_away(draft: Draft) -> None:
    """Forget the draft: its files are those of the case now. Call in the transaction that gave them."""
    draft.files.filter(is_stored=True).delete()
    drafts.drop(draft)


@transaction.atomic
def file(draft: Draft, filing: Filing, **common: object) -> Receipt:
    """Receive it and remember the code for a while, together; a second click finds the case of the first.

    Raises the verb's Refused; nothing is written then.
    """
    draft = Draft.objects.select_for_update().get(pk=draft.pk)
    if draft.case is not None:
        return Receipt(draft.case, None)
    receipt = receive(filing=filing, **common)
    draft.case = receipt.case
    if receipt.tracking_code:
        draft.tracking_code, draft.code_shown_until = receipt.tracking_code, common["now"] + CODE_SHOWN_FOR
    draft.save(update_fields=["case", "tracking_code", "code_shown_until"])
    # The files are the case's now.
    draft.files.filter(is_stored=True).delete()
    return receipt


def code_to_read(case: Case, *, user_id: int, now: datetime) -> str:
    """Return the tracking code to whoever filed, while it may be shown, else an empty text."""
    draft = Draft.objects.filter(case=case, page__isnull=True, data__by=user_id).first()
    return draft.code_to_show(now) if draft else ""
