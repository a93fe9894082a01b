"""What the form of the counter and the note from the field do alike with what is posted: keep the files, read, file once."""

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.http import HttpRequest

from intake.models import Case
from intake.policy.roles import Actor
from intake.process import Refused
from intake.queue.form_parts import say

from .papers import file, kept_files, open_draft, take_files


@dataclass(frozen=True)
class Posted:
    """The case that is filed, `is_new` when this very request filed it; else none, and the form says why beside its fields."""

    case: Case | None
    form: forms.Form | None = None
    is_new: bool = False


def file_posted(request: HttpRequest, form_class: type[forms.Form], *, by: Actor, now: datetime) -> Posted:
    """File what is posted, once however often it is sent; what is refused keeps all that was typed and given.

    `form_class` takes the files of the draft as `kept_rows` and says what to file with `filing(key=…)`; `now` is aware.
    """
    draft = open_draft(request.POST.get("brouillon", ""), user_id=by.user_id, now=now)
    if draft.case is not None:
        return Posted(draft.case)
    data, wrong = take_files(request, draft, now=now)
    form = form_class(data, kept_rows=kept_files(draft))
    for error in wrong:
        form.add_error("files", error)
    if not form.is_valid():
        return Posted(None, form)
    try:
        return Posted(file(draft, form.filing(key=draft.pk), by=by, now=now).case, is_new=True)
    except Refused as refused:
        say(form, refused)
        return Posted(None, form)
