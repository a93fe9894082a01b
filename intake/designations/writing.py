"""How the technician writes a designation, corrects it, ends it or withdraws it; the signatures are elsewhere."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from intake.models import actor_for
from intake.process import Refused
from intake.process.designating import (
    correct_designation,
    designate,
    end_designation,
    standing_of,
    withdraw_designation,
)
from intake.process.designations import WRITING_ROLES
from intake.queue.form_parts import say
from snippets.models import Designation

from .forms import ContactForm, EndForm, WordingForm
from .pages import UNPROCESSABLE, show
from .seen import visible_designation


class WritingView(View):
    """A page that only who keeps the designations may open (art. 4.1)."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer 404 to anyone else."""
        if not actor_for(request.user).has_any(WRITING_ROLES):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def page(self, form: WordingForm, *, status: int = 200) -> HttpResponse:
        """Show the form of what a designation says."""
        trail = [{"url": reverse("intake_designations:all"), "label": _("Désignations")}]
        if form.instance.pk:
            # What is stored: the form may hold a service that was typed and refused.
            stored = visible_designation(self.request.user, form.instance.pk)
            trail.append({"url": reverse("intake_designations:one", args=[stored.pk]), "label": str(stored.department)})
        title = _("Corriger la désignation") if form.instance.pk else _("Nouvelle désignation")
        signed = bool(form.instance.pk) and standing_of(form.instance).signed
        context = {"title": title, "trail": trail, "form": form, "signed": signed}
        return render(self.request, "intake_designations/write.html", context, status=status)


class NewView(WritingView):
    """Write a designation."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the empty form."""
        return self.page(WordingForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Call the verb; what is refused is said beside its field."""
        form = WordingForm(request.POST)
        if form.is_valid():
            try:
                designation = designate(wording=form.wording(), by=actor_for(request.user))
            except Refused as refused:
                say(form, refused)
            else:
                messages.success(request, _("La désignation est inscrite. Elle aura effet avec les deux signatures."))
                return redirect("intake_designations:one", designation.pk)
        return self.page(form, status=UNPROCESSABLE)


class CorrectView(WritingView):
    """Correct a designation: all of it, or the mailbox and telephone of the post once somebody has signed."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what it says."""
        return self.page(self._form(visible_designation(request.user, pk)))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Call the verb; what is refused is said beside its field."""
        form = self._form(visible_designation(request.user, pk), request.POST)
        if form.is_valid():
            try:
                correct_designation(pk=pk, wording=form.wording(), by=actor_for(request.user))
            except Refused as refused:
                say(form, refused)
            else:
                messages.success(request, _("La désignation est corrigée."))
                return redirect("intake_designations:one", pk)
        return self.page(form, status=UNPROCESSABLE)

    def _form(self, designation: Designation, data: Any = None) -> WordingForm:
        kind = ContactForm if standing_of(designation).signed else WordingForm
        return kind(data, instance=designation)


class EndView(WritingView):
    """Write the last day of a designation."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Call the verb; what is refused is said beside its field."""
        designation, form = visible_designation(request.user, pk), EndForm(request.POST)
        if form.is_valid():
            try:
                end_designation(pk=pk, last=form.cleaned_data["last"], by=actor_for(request.user))
            except Refused as refused:
                say(form, refused)
            else:
                messages.success(request, _("Le dernier jour de la désignation est inscrit."))
                return redirect("intake_designations:one", pk)
        return show(request, designation, ending=form, status=UNPROCESSABLE)


class WithdrawView(WritingView):
    """Remove a designation that never had effect."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Call the verb."""
        designation = visible_designation(request.user, pk)
        try:
            withdraw_designation(pk=designation.pk, by=actor_for(request.user), now=timezone.now())
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect("intake_designations:one", pk)
        messages.success(request, _("La désignation est retirée."))
        return redirect("intake_designations:all")
