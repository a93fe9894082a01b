"""« Ajouter des fichiers pour le citoyen » : what he brings or sends after filing, added to his file (art. 2.3, 4.1)."""

from datetime import datetime

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from intake.forms.fields import OneChoiceField, TextField
from intake.forms.models.draft import Draft
from intake.forms.step_form import FilesField
from intake.models import Case, actor_for
from intake.models.choices import CHANNEL_LABELS
from intake.policy.counter import COUNTER_CHANNELS
from intake.policy.roles import Actor
from intake.policy.vocabulary import Channel, Verb
from intake.process import NotVisible, Refused, supply
from intake.process.conditions import refusal_now
from intake.queue.case_page import trail, visible_case

from .papers import as_given, given_away, kept_files, with_files

UNPROCESSABLE = 422


class AddFilesForm(forms.Form):
    """How it came, what it is, and what was said with it."""

    brouillon = forms.UUIDField(required=False, widget=forms.HiddenInput)
    channel = OneChoiceField(
        label=gettext_lazy("Reçu par"),
        choices=[(channel.value, CHANNEL_LABELS[channel.value]) for channel in COUNTER_CHANNELS],
        initial=Channel.COUNTER.value,
    )
    files = FilesField()
    text = TextField(
        label=gettext_lazy("Ce que le citoyen précise"),
        help_text=gettext_lazy("Facultatif. Dans ses mots."),
        required=False,
        rows=3,
    )


def may_add(actor: Actor, case: Case) -> bool:
    """Say whether this actor may add to this file for its author now."""
    return refusal_now(case, Verb.SUPPLY, actor) is None


class AddFilesView(View):
    """The form; its files are checked as those of the citizens' own forms are."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        """Ask for them."""
        return self._show(request, self._case(request, reference), AddFilesForm())

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        """Add them, or say what is wrong; a file already sent is kept meanwhile."""
        case, actor, now = self._case(request, reference), actor_for(request.user), timezone.now()
        missing = _("Joignez au moins un fichier : une photo ou un PDF.")
        form, draft, kept = with_files(AddFilesForm, request, user_id=actor.user_id, now=now, missing=missing)
        if not form.is_valid():
            return self._show(request, case, form, kept=kept, status=UNPROCESSABLE)
        try:
            _add(case, form, draft, by=actor, now=now)
        except NotVisible:
            raise Http404 from None
        except Refused as refused:
            form.add_error(None, str(refused))
            return self._show(request, case, form, kept=kept, status=UNPROCESSABLE)
        messages.success(request, _("Les fichiers sont joints à %(number)s.") % {"number": reference})
        return redirect("intake_queue:case", reference)

    def _case(self, request: HttpRequest, reference: str) -> Case:
        case = visible_case(request, reference)
        if not may_add(actor_for(request.user), case):
            raise Http404
        return case

    def _show(
        self, request: HttpRequest, case: Case, form: AddFilesForm, *, kept: list | None = None, status: int = 200
    ) -> HttpResponse:
        context = {"case": case, "form": form, "kept": kept or [], "trail": trail()}
        return render(request, "intake_counter/add_files.html", context, status=status)


@transaction.atomic
def _add(case: Case, form: AddFilesForm, draft: Draft, *, by: Actor, now: datetime) -> None:
    """Give the files to the case; two clicks are one, by the key of the draft."""
    supply(
        pk=case.pk,
        text=form.cleaned_data["text"],
        files=as_given(kept_files(draft)),
        channel=Channel(form.cleaned_data["channel"]),
        submission_key=draft.key,
        by=by,
        now=now,
    )
    given_away(draft)
