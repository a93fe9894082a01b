"""The life of a draft: begun, kept, erased by its author, purged when its time is over."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from intake.models import private_storage

from .models.draft import Draft
from .step_form import NATURE, StepForm

if TYPE_CHECKING:
    from .journey import Journey
    from .models import RequestFormPage

PURGED_AT_ONCE = 200


def begin(page: "RequestFormPage", *, nature_code: str, now: datetime) -> Draft:
    """Open a draft, with the nature that an address already chose."""
    data = {NATURE: {"nature": [nature_code]}} if nature_code else {}
    return Draft.objects.create(page=page, data=data, created_at=now, updated_at=now)


def find(page: "RequestFormPage", key: UUID, *, now: datetime) -> Draft | None:
    """Return the draft of this page with this key; None when there is none any more."""
    return Draft.objects.alive(now).filter(pk=key, page=page).first()


def save(journey: "Journey", form: StepForm, *, now: datetime) -> None:
    """Keep what one step was given. The row is locked and read again: two tabs on two steps lose nothing.

    A draft filed meanwhile keeps nothing more: its answers are the case's.
    """
    with transaction.atomic():
        draft = Draft.objects.select_for_update().filter(pk=journey.draft.pk).first()
        if draft is None or draft.case_id is not None:
            return
        # What this form does not ask stays: answers to a nature left for another are there if it is chosen again.
        draft.data[form.slug] = draft.data.get(form.slug, {}) | form.typed()
        draft.updated_at = now
        draft.save(update_fields=["data", "updated_at"])
    journey.draft.data = draft.data


def erase(draft: Draft) -> None:
    """Erase a draft and its files, at its author's request. A case already received stays, with its own files."""
    with transaction.atomic():
        locked = Draft.objects.select_for_update().filter(pk=draft.pk).first()
        if locked is not None:
            drop(locked)


def purge(*, now: datetime) -> int:
    """Erase the drafts whose time is over, with their files, and the codes shown long enough; return how many drafts."""
    Draft.objects.filter(code_shown_until__lte=now).exclude(tracking_code="").update(tracking_code="")
    keys = list(Draft.objects.abandoned(now).values_list("pk", flat=True)[:PURGED_AT_ONCE])
    for key in keys:
        with transaction.atomic():
            draft = Draft.objects.abandoned(now).select_for_update().filter(pk=key).first()
            if draft is not None:
                drop(draft)
    return len(keys)


def drop(draft: Draft) -> None:
    """Erase a draft that is locked: remove the files, then the rows: if this breaks in between, the rows still name the files for the next purge."""
    for file in draft.files.all():
        private_storage().delete(file.file.name)
    draft.delete()
