"""The register, a report, and a row of the register; for whoever may not, they do not exist (art. 4.5)."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from intake.models import ConfidentialityIncident, actor_for
from intake.policy.incidents import keeps_incidents, reports_incidents
from intake.process import NotVisible, Refused
from intake.process.incidents import Assessed, Reported, assess_incident, report_incident
from intake.queue.form_parts import say

from .forms import AssessForm, ReportForm

UNPROCESSABLE = 422
A_PAGE = 50


class RegisterView(View):
    """« Incidents de confidentialité »: the register, the last first."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """List them for who keeps the register."""
        if not keeps_incidents(actor_for(request.user)):
            raise Http404
        page = Paginator(ConfidentialityIncident.objects.all(), A_PAGE).get_page(request.GET.get("p"))
        return render(request, "intake_incidents/register.html", {"page": page})


class ReportView(View):
    """« Signaler un incident »."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form; `dossier` names the file it is about."""
        if not reports_incidents(actor_for(request.user)):
            raise Http404
        today = timezone.localdate()
        form = ReportForm(initial={"known_on": today, "reference": request.GET.get("dossier", "")[:20]})
        return render(request, "intake_incidents/report.html", {"form": form})

    def post(self, request: HttpRequest) -> HttpResponse:
        """Write it down; what is refused loses no word."""
        actor = actor_for(request.user)
        if not reports_incidents(actor):
            raise Http404
        form = ReportForm(request.POST)
        if form.is_valid():
            try:
                incident = report_incident(reported=Reported(**form.cleaned_data), by=actor, now=timezone.now())
            except Refused as refused:
                say(form, refused)
            else:
                messages.success(request, _("Merci! L'incident est inscrit au registre et le greffe en est avisé."))
                return redirect(incident_or_home(actor_keeps=keeps_incidents(actor), pk=incident.pk))
        return render(request, "intake_incidents/report.html", {"form": form}, status=UNPROCESSABLE)


class IncidentView(View):
    """One row: what was reported, and what became of it."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it with the form that completes it."""
        incident = _incident(request, pk)
        names = AssessForm.base_fields
        initial = {name: getattr(incident, name) for name in names}
        initial["is_serious"] = {None: "", True: "yes", False: "no"}[incident.is_serious]
        return _show(request, incident, AssessForm(initial=initial))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Complete it; what is refused loses no word."""
        incident, form = _incident(request, pk), AssessForm(request.POST)
        if form.is_valid():
            try:
                assess_incident(
                    pk=pk, assessed=Assessed(**form.cleaned_data), by=actor_for(request.user), now=timezone.now()
                )
            except NotVisible:
                raise Http404 from None
            except Refused as refused:
                say(form, refused)
            else:
                messages.success(request, _("Le registre est à jour."))
                return redirect("intake_incidents:incident", pk)
        return _show(request, incident, form, status=UNPROCESSABLE)


def incident_or_home(*, actor_keeps: bool, pk: int) -> str:
    """Where a report leads: its row for who keeps the register, the home for the others."""
    return reverse("intake_incidents:incident", args=[pk]) if actor_keeps else reverse("wagtailadmin_home")


def _incident(request: HttpRequest, pk: int) -> ConfidentialityIncident:
    incident = ConfidentialityIncident.objects.filter(pk=pk).first()
    if incident is None or not keeps_incidents(actor_for(request.user)):
        raise Http404
    return incident


def _show(
    request: HttpRequest, incident: ConfidentialityIncident, form: AssessForm, *, status: int = 200
) -> HttpResponse:
    return render(request, "intake_incidents/incident.html", {"incident": incident, "form": form}, status=status)
