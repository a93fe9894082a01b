"""Three small screens around complaints: the undertaking, the notice for the personnel file, and « où en est ce dossier? »."""

from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _
from django.views import View

from intake.letters import Facts, LetterSheet, Signature, as_docx, as_pdf, dateline
from intake.models import AccusedEmployee, Case, actor_for
from intake.policy.references import parse_reference
from intake.policy.roles import CONFIDENTIAL_KINDS, Role
from intake.policy.vocabulary import ENDED_STATUSES, Kind, Status
from intake.process import NotVisible
from intake.process.access import CASE, METADATA, record_access
from intake.process.complaint_signing import awaiting_letter
from intake.process.investigation import accept_undertaking, record_notice
from snippets.french_dates import date_format
from snippets.models import TownSettings

from .case_page import trail, visible_case
from .complaint_room import answers_for, undertaking_awaited
from .form_parts import text

UNPROCESSABLE = 422
PDF, DOCX = "pdf", "docx"
TYPES = {
    PDF: "application/pdf",
    DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
LONGEST_REFERENCE = 20


class UndertakingView(View):
    """Art. 4.5: « devront préserver le caractère confidentiel »; it comes before the first reading, and is written."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        """Show what one undertakes; nothing of the file but its number."""
        if not undertaking_awaited(request.user, reference):
            raise Http404
        return render(request, "intake_queue/undertaking.html", {"reference": reference, "trail": trail()})

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        """Take it, then open the file."""
        case = Case.objects.filter(reference=reference).first()
        if case is None:
            raise Http404
        try:
            accept_undertaking(pk=case.pk, by=actor_for(request.user), now=timezone.now())
        except NotVisible:
            raise Http404 from None
        return redirect("intake_queue:case", reference)


class NoticeForm(forms.Form):
    """What the notice says: printed, never kept."""

    person = forms.ModelChoiceField(AccusedEmployee.objects.none(), label=_("Personne"), empty_label=None)
    incident = text(
        _("L'incident"),
        _("Imprimé sur l'avis; Guichet ne le garde pas. La mesure s'écrit à la main, sur le papier."),
        rows=6,
    )
    paper = forms.ChoiceField(
        label=_("Format"), choices=[(PDF, "PDF"), (DOCX, "Word")], initial=PDF, widget=forms.RadioSelect
    )

    def __init__(self, data: Any = None, *, case: Case) -> None:
        super().__init__(data, auto_id="avis-%s")
        people = self.fields["person"]
        people.queryset = case.accused.all()
        people.label_from_instance = lambda one: f"{one.number} – {one.name}"
        self.fields["incident"].required = True
        self.fields["incident"].error_messages["required"] = now_("Décrivez l'incident.")
        people.error_messages["required"] = now_("Choisissez la personne.")


class NoticeView(View):
    """Art. 4.4.1: founded, « l'incident et la mesure … consignés au dossier », which is kept outside Guichet."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        """Ask what is printed."""
        case = self._case(request, reference)
        return self._show(request, case, NoticeForm(case=case))

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        """Print it; the log keeps who and when, not the text."""
        case = self._case(request, reference)
        form = NoticeForm(request.POST, case=case)
        if not form.is_valid():
            return self._show(request, case, form, status=UNPROCESSABLE)
        town, paper = TownSettings.load(), form.cleaned_data["paper"]
        sheet = notice_sheet(case, form.cleaned_data["person"], form.cleaned_data["incident"], town)
        record_notice(case=case, by=actor_for(request.user), now=timezone.now())
        content = as_pdf(sheet, town) if paper == PDF else as_docx(sheet, town)
        response = HttpResponse(content, content_type=TYPES[paper])
        # A file's name may stay on a computer: it names nobody.
        response["Content-Disposition"] = f'attachment; filename="avis-{case.reference}.{paper}"'
        response["Cache-Control"] = "no-store, private"
        return response

    def _case(self, request: HttpRequest, reference: str) -> Case:
        case = visible_case(request, reference)
        actor = actor_for(request.user)
        if case.kind_ is not Kind.COMPLAINT or not answers_for(actor, case) or case.complaint.finding != "founded":
            raise Http404
        return case

    def _show(self, request: HttpRequest, case: Case, form: NoticeForm, *, status: int = 200) -> HttpResponse:
        record_access(case=case, by=actor_for(request.user), what=CASE, allowed=True, now=timezone.now())
        context = {"case": case, "form": form, "trail": trail()}
        return render(request, "intake_queue/notice.html", context, status=status)


def notice_sheet(case: Case, person: AccusedEmployee, incident: str, town: TownSettings) -> LetterSheet:
    """The notice: who, when, what; the measure is left to the hand, on the paper."""
    file, today = case.complaint, timezone.localdate()
    return LetterSheet(
        subject=now_("Avis à verser au dossier du personnel (art. 4.4.1)"),
        dateline=dateline(today, town),
        mentions=(now_("CONFIDENTIEL"),),
        reference=case.reference,
        paragraphs=(
            Facts(
                (
                    (now_("Membre du personnel"), person.name),
                    (now_("Date des faits"), _in_words(file.last_facts_on)),
                    (now_("Rencontre"), _in_words(person.met_on)),
                    (now_("Conclusion de l'enquête"), now_("Plainte fondée")),
                    (now_("Conclue le"), _in_words(timezone.localdate(case.completed_at))),
                )
            ),
            now_("Incident :"),
            incident.strip(),
            Facts(((now_("Mesure disciplinaire"), ""), (now_("Date de la mesure"), ""))),
        ),
        signatures=(Signature(title=now_("La direction en charge de l'enquête"), ruled=True),),
    )


def _in_words(day: date | None) -> str:
    return date_format(day, "j F Y") if day else ""


class WhereIsItView(View):
    """§3, « Complaint, metadata »: the technician answers the telephone with the number alone: kind, state, dates."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Look up one exact number; what was kept from the technician does not exist here either."""
        actor = actor_for(request.user)
        if not actor.has_any({Role.TECHNICIAN}):
            raise Http404
        typed = request.GET.get("numero", "")[:LONGEST_REFERENCE]
        case = _told_of(parse_reference(typed)) if typed else None
        if case is not None:
            record_access(case=case, by=actor, what=METADATA, allowed=True, now=timezone.now())
        context = {
            "typed": typed,
            "case": case,
            "state": _state(case) if case else "",
            "letter_awaited": case is not None and awaiting_letter(case.reference, actor) is not None,
            "trail": trail(),
        }
        return render(request, "intake_queue/where_is_it.html", context)


def _told_of(reference: str | None) -> Case | None:
    kinds = [kind.value for kind in CONFIDENTIAL_KINDS]
    case = Case.objects.filter(reference=reference or "", kind__in=kinds).first()
    if case is None or (case.kind_ is Kind.COMPLAINT and case.complaint.kept_from_technician):
        return None
    return case


def _state(case: Case) -> str:
    """Where it stands, without how it ends: that is the citizen's to read (art. 4.5)."""
    if case.status_ in ENDED_STATUSES or case.status_ in (Status.FOUNDED, Status.UNFOUNDED):
        return now_("Terminé : une réponse attend la personne derrière son code de suivi.")
    if case.clock_stopped_on:
        return now_("Le citoyen est invité à compléter.")
    return now_("Reçu : pas encore remis.") if case.status_ is Status.RECEIVED else now_("À l'étude.")
