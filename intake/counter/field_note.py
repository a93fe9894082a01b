"""The field note: what a citizen told an employee, sent to the technician (art. 4.3). Once sent, its words are no longer shown."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _
from django.views import View

from intake.forms import fields
from intake.forms.questions import answer
from intake.models import CaseEvent, actor_for
from intake.models.actors import employee_of
from intake.policy.counter import may_note, missing_contact
from intake.policy.roles import GROUP_NAMES, Actor, Role
from intake.policy.vocabulary import Channel, Kind, Verb
from intake.process import Filing
from snippets.models import Department, Employee, QuestionType, RequestNature, TownSettings

from .contact import CONTACT_FIELDS, ContactFields
from .papers import as_given
from .posting import file_posted
from .register_form import moment_of

SENT_SHOWN = 10
UNPROCESSABLE = 422


class NatureChoice(forms.ModelChoiceField):
    """A nature in citizens' words; an employee need not know the codes."""

    def label_from_instance(self, obj: RequestNature) -> str:
        """Write the name and the service."""
        return f"{obj.name} – {obj.department.name}"


class FieldNoteForm(ContactFields):
    """Art. 4.3: name, complete address, telephone, day received, nature, service, facts."""

    received_on = fields.DayField(
        label=_("Reçue le"),
        past=True,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        required_message=_("Indiquez le jour où le citoyen vous a parlé."),
    )
    nature = NatureChoice(
        RequestNature.objects.none(),
        label=_("Nature de la requête"),
        required=False,
        empty_label=_("Je ne sais pas"),
        error_messages={"invalid_choice": _("Cette nature n'est plus offerte. Choisissez-en une autre.")},
    )
    department = forms.ModelChoiceField(
        Department.objects.none(),
        label=_("Service concerné"),
        required=False,
        empty_label=_("Je ne sais pas"),
        to_field_name="code",
        error_messages={"invalid_choice": _("Ce service n'est plus offert. Choisissez-en un autre.")},
    )
    location = fields.LineField(
        label=_("Où est-ce?"), required=False, help_text=_("Vide, c'est l'adresse du citoyen."), autocomplete="off"
    )
    facts = fields.TextField(
        label=_("Exposé des faits"),
        rows=5,
        min_length=fields.FACTS_MINIMUM,
        required_message=_("Écrivez ce que le citoyen a dit ou ce que vous voyez."),
    )
    is_danger = forms.BooleanField(
        label=_("Danger pour des personnes ou des biens"),
        required=False,
        help_text=_("Le Service aux citoyens est avisé tout de suite. Le nom n'est alors pas exigé."),
    )
    ORDER = (
        *CONTACT_FIELDS,
        "received_on",
        "nature",
        "department",
        "location",
        "facts",
        "is_danger",
        "files",
        "brouillon",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["nature"].queryset = (
            RequestNature.objects.offered().select_related("department").order_by("department__sort_order", "code")
        )
        self.fields["department"].queryset = Department.objects.active()
        self.fields["facts"].widget.attrs |= {"spellcheck": "true", "lang": "fr-CA"}
        self.fields["files"].label = _("Photos")
        self.fields["files"].widget.attrs["accept"] = "image/*"
        self.fields["city"].initial = TownSettings.load().letter_place
        self.fields["received_on"].initial = timezone.localdate
        self.order_fields(self.ORDER)

    def clean(self) -> dict[str, Any]:
        """Ask for what art. 4.3 lists, and for a place."""
        cleaned = super().clean()
        is_danger = bool(cleaned.get("is_danger"))
        self.ask_for(missing_contact(Kind.REQUEST, set(self.given_contact()), is_danger=is_danger))
        if not self.errors and not self._place():
            self.add_error("location", now_("Indiquez le lieu : une adresse, une intersection ou un repère."))
        return cleaned

    def _place(self) -> str:
        return self.cleaned_data.get("location") or self.cleaned_data.get("address", "")

    def filing(self, *, key: UUID) -> Filing:
        """Return what the verb receives: the technician classifies it, whatever the employee believed."""
        data = self.cleaned_data
        department = data["department"]
        believed = answer(
            key="field_department",
            label=now_("Service concerné, selon l'employé"),
            question_type=QuestionType.SHORT_TEXT.value,
            value=department.code if department else "",
            display=department.name if department else "",
        )
        return Filing(
            kind=Kind.REQUEST,
            facts=data["facts"],
            contact=self.contact(),
            nature_id=data["nature"].pk if data["nature"] else None,
            location=self._place(),
            channel=Channel.FIELD,
            answers=(believed,) if believed else (),
            received_at=moment_of(data["received_on"]),
            is_danger=data["is_danger"],
            files=as_given(self.kept_rows),
            submission_key=key,
        )


class FieldNoteView(View):
    """The card of the technician first, then the note."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show an empty note, and the numbers of those already sent."""
        return _show(request, _note_taker(request), FieldNoteForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Send it, or show what is missing."""
        actor = _note_taker(request)
        posted = file_posted(request, FieldNoteForm, by=actor, now=timezone.now())
        if posted.case is None:
            return _show(request, actor, posted.form, status=UNPROCESSABLE)
        return _sent(request, posted.case.reference)


def _note_taker(request: HttpRequest) -> Actor:
    actor = actor_for(request.user)
    if not may_note(actor, is_employee=employee_of(request.user) is not None):
        raise Http404
    return actor


def _sent(request: HttpRequest, reference: str) -> HttpResponse:
    messages.success(
        request, now_("Note envoyée au Service aux citoyens, no %(reference)s.") % {"reference": reference}
    )
    return redirect("intake_counter:field_note")


def _show(request: HttpRequest, actor: Actor, form: FieldNoteForm, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "town": TownSettings.load(),
        "technicians": technicians(),
        "sent": notes_of(actor),
    }
    return render(request, "intake_counter/field_note.html", context, status=status)


def technicians() -> list[Employee]:
    """Whom to send the citizen to (art. 3: « diriger le citoyen… vers le Technicien du service aux citoyens »)."""
    return list(
        Employee.objects.filter(
            is_active=True, user__is_active=True, user__groups__name=GROUP_NAMES[Role.TECHNICIAN]
        ).select_related("department")
    )


def notes_of(actor: Actor) -> list[tuple[datetime, str]]:
    """The notes that this person sent: when and which number, never what they say (art. 4.5)."""
    mine = CaseEvent.objects.filter(by_id=actor.user_id, verb=Verb.RECEIVE.value, case__channel=Channel.FIELD.value)
    return list(mine.order_by("-at").values_list("at", "case__reference")[:SENT_SHOWN])
