"""The designations of the town, and one on its page: what Annexe C says, who signed, what may be done now."""

from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from intake.letters import as_docx, as_pdf
from intake.models import actor_for
from intake.policy.designation import HEAD, RECIPIENT, signing_refusal
from intake.process import Refused
from intake.process.designating import standing_of
from intake.process.designations import (
    WRITING_ROLES,
    GivenForm,
    ask_for_signatures,
    replace_temporarily,
    sign,
    sign_on_paper,
    signers_of,
)
from intake.queue.form_parts import say
from snippets.models import Designation, TownSettings

from .annex_c import annex_c
from .forms import EndForm, PaperForm, ReplacementForm
from .seen import visible_designation, visible_designations

UNPROCESSABLE = 422
FORMATS = {
    "pdf": (as_pdf, "application/pdf"),
    "docx": (as_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}


class DesignationsView(View):
    """Every designation that exists for this account, the newest first."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them."""
        actor = actor_for(request.user)
        designations = visible_designations(actor).order_by("department__sort_order", "-effective_from", "pk")
        if not designations.exists() and not actor.has_any(WRITING_ROLES):
            raise Http404
        context = {
            "title": _("Désignations (Annexe C)"),
            "rows": [
                {"designation": row, "state": state_words(row), "in_force": _in_force(row)} for row in designations
            ],
            "writes": actor.has_any(WRITING_ROLES),
        }
        return render(request, "intake_designations/all.html", context)


def state_words(designation: Designation) -> str:
    """Where a designation stands today, in words."""
    today = timezone.localdate()
    if not (designation.signed_by_recipient_on and designation.signed_by_head_on):
        return _("Signature attendue : sans effet")
    if designation.effective_until and designation.effective_until < today:
        return _("Terminée")
    return _("À venir") if designation.effective_from > today else _("En vigueur")


def _in_force(designation: Designation) -> bool:
    today, until = timezone.localdate(), designation.effective_until
    signed = designation.signed_by_recipient_on and designation.signed_by_head_on
    return bool(signed) and designation.effective_from <= today and (until is None or until >= today)


def show(
    request: HttpRequest,
    designation: Designation,
    *,
    replacement: django_forms.Form | None = None,
    paper: django_forms.Form | None = None,
    ending: django_forms.Form | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render the page of one designation; the forms are those sent back with their errors."""
    actor, signers = actor_for(request.user), signers_of(designation)
    writes = actor.has_any(WRITING_ROLES)
    context: dict[str, Any] = {
        "designation": designation,
        "state": state_words(designation),
        "writes": writes,
        "signs_recipient": not designation.signed_by_recipient_on and not signing_refusal(RECIPIENT, signers, actor),
        "signs_head": not designation.signed_by_head_on and not signing_refusal(HEAD, signers, actor),
        "forms_kept": designation.signed_forms.all(),
        "replacement": (replacement or ReplacementForm(designation=designation)) if writes else None,
        "paper": (paper or PaperForm()) if writes else None,
        "ending": (ending or EndForm()) if writes else None,
        "withdrawable": writes and not standing_of(designation).had_effect(timezone.localdate()),
        "title": str(designation.department),
        "trail": [{"url": reverse("intake_designations:all"), "label": _("Désignations")}],
    }
    return render(request, "intake_designations/one.html", context, status=status)


class DesignationView(View):
    """One designation."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it."""
        return show(request, visible_designation(request.user, pk))


class PrintView(View):
    """Annexe C to print, as PDF or for Word."""

    def get(self, request: HttpRequest, pk: int, kind: str) -> HttpResponse:
        """Send it."""
        designation = visible_designation(request.user, pk)
        make, media_type = FORMATS[kind]
        response = HttpResponse(make(annex_c(designation), TownSettings.load()), content_type=media_type)
        name = f"annexe-c-{designation.department.code}-{designation.effective_from}.{kind}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response


class ScanView(View):
    """A signed form that was scanned."""

    def get(self, request: HttpRequest, pk: int, form: int) -> FileResponse:
        """Send it."""
        kept = visible_designation(request.user, pk).signed_forms.filter(pk=form).first()
        if kept is None:
            raise Http404
        return FileResponse(
            kept.file.open(), as_attachment=True, filename=kept.original_name, content_type=kept.content_type
        )


class SignView(View):
    """Sign with one's own account."""

    def post(self, request: HttpRequest, pk: int, part: str) -> HttpResponse:
        """Call the verb."""
        designation = visible_designation(request.user, pk)
        try:
            sign(pk=designation.pk, part=part, by=actor_for(request.user), now=timezone.now())
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("Vous avez signé la désignation."))
        return redirect("intake_designations:one", designation.pk)


class AskView(View):
    """Ask those who have not signed yet."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Call the verb."""
        designation = visible_designation(request.user, pk)
        try:
            told = ask_for_signatures(pk=designation.pk, by=actor_for(request.user), now=timezone.now())
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            words = ", ".join(told)
            messages.success(request, _("Avis envoyé à : %(who)s.") % {"who": words} if words else _("Déjà demandé."))
        return redirect("intake_designations:one", designation.pk)


class PaperView(View):
    """Receive the form that was signed by hand."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Call the verb; what is refused is said beside its field."""
        designation = visible_designation(request.user, pk)
        form = PaperForm(request.POST, request.FILES)
        if form.is_valid():
            checked = form.cleaned_data["file"]
            given = GivenForm(checked.content, checked.content_type, checked.name)
            try:
                sign_on_paper(
                    pk=designation.pk,
                    form=given,
                    signed_on=form.cleaned_data["signed_on"],
                    by=actor_for(request.user),
                    now=timezone.now(),
                )
            except Refused as refused:
                say(form, refused)
            else:
                messages.success(request, _("Le formulaire signé est gardé. La désignation a les deux signatures."))
                return redirect("intake_designations:one", designation.pk)
        form.ask_file_again()
        return show(request, designation, paper=form, status=UNPROCESSABLE)


class ReplaceView(View):
    """Write a temporary replacement."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Call the verb; what is refused is said beside its field."""
        designation = visible_designation(request.user, pk)
        form = ReplacementForm(request.POST, designation=designation)
        if form.is_valid():
            try:
                replacement = replace_temporarily(
                    pk=designation.pk, by=actor_for(request.user), now=timezone.now(), **form.cleaned_data
                )
            except Refused as refused:
                say(form, refused)
            else:
                messages.success(request, _("Le remplacement est inscrit. Il aura effet avec les deux signatures."))
                return redirect("intake_designations:one", replacement.pk)
        return show(request, designation, replacement=form, status=UNPROCESSABLE)
