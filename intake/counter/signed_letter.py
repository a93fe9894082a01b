"""A complaint sent unsigned, then signed on paper (art. 4.1): whoever holds the file adds the letter, scanned."""

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

from intake.forms.fields import LineField
from intake.forms.models.draft import Draft
from intake.forms.step_form import FilesField
from intake.models import Case, actor_for
from intake.policy.roles import Actor, sees
from intake.policy.signature import SignatureMethod
from intake.policy.transitions import refusal
from intake.policy.vocabulary import Kind, Verb
from intake.process import NotVisible, Refused
from intake.process.access import METADATA, record_access
from intake.process.complaint_filing import Signature
from intake.process.complaint_signing import awaiting_letter, bring_letter, sign
from intake.queue.case_page import trail, visible_case

from .papers import as_given, given_away, kept_files, with_files

UNPROCESSABLE = 422


class SignedLetterForm(forms.Form):
    """Whose hand signed, and the scan."""

    brouillon = forms.UUIDField(required=False, widget=forms.HiddenInput)
    signer = LineField(
        label=gettext_lazy("Nom de la personne qui a signé"),
        max_length=160,
        required_message=gettext_lazy("Écrivez le nom lu sur la lettre."),
    )
    files = FilesField()


def may_add(actor: Actor, case: Case) -> bool:
    """Say whether this actor may add the signed letter to this complaint now."""
    if case.kind_ is not Kind.COMPLAINT or case.complaint.is_signed:
        return False
    return refusal(case.kind_, case.status_, Verb.SUPPLY, actor) is None


class SignedLetterView(View):
    """« Joindre la lettre signée »."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        """Ask for it."""
        case = self._case(request, reference)
        return self._show(request, case, SignedLetterForm())

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        """Take it, or say what is missing; a file already sent is kept meanwhile."""
        case, actor, now = self._case(request, reference), actor_for(request.user), timezone.now()
        missing = _("Joignez la lettre numérisée.")
        form, draft, kept = with_files(SignedLetterForm, request, user_id=actor.user_id, now=now, missing=missing)
        if not form.is_valid():
            return self._show(request, case, form, kept=kept, status=UNPROCESSABLE)
        try:
            _sign(case, form.cleaned_data["signer"], draft, by=actor, now=now)
        except NotVisible:
            raise Http404 from None
        except Refused as refused:
            form.add_error(None, str(refused))
            return self._show(request, case, form, kept=kept, status=UNPROCESSABLE)
        if not Case.objects.visible_to(request.user).filter(pk=case.pk).exists():
            messages.success(request, _("La lettre est jointe à %(number)s.") % {"number": reference})
            response = redirect("intake_queue:where_is_it")
            response["Location"] += f"?numero={reference}"
            return response
        return redirect("intake_queue:case", reference)

    def _case(self, request: HttpRequest, reference: str) -> Case:
        actor = actor_for(request.user)
        awaited = awaiting_letter(reference, actor)
        if awaited is not None:
            record_access(case=awaited, by=actor, what=METADATA, allowed=True, now=timezone.now())
            return awaited
        case = visible_case(request, reference)
        if not may_add(actor_for(request.user), case):
            raise Http404
        return case

    def _show(
        self, request: HttpRequest, case: Case, form: SignedLetterForm, *, kept: list | None = None, status: int = 200
    ) -> HttpResponse:
        is_read = Case.objects.visible_to(request.user).filter(pk=case.pk).exists()
        context = {"case": case, "is_read": is_read, "form": form, "kept": kept or [], "trail": trail()}
        return render(request, "intake_counter/signed_letter.html", context, status=status)


@transaction.atomic
def _sign(case: Case, signer: str, draft: Draft, *, by: Actor, now: datetime) -> None:
    rows = kept_files(draft)
    if sees(by, case.facts_of_sight()):
        signature = Signature(SignatureMethod.PAPER, signer, now)
        sign(pk=case.pk, signature=signature, files=as_given(rows), by=by, now=now)
    else:
        bring_letter(reference=case.reference, signer_name=signer, files=as_given(rows), by=by, now=now)
    given_away(draft)
