"""What people type to act on a file: one form a verb; the policy, not the form, says what is missing."""

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from intake.models import Case
from intake.policy.roles import Actor
from intake.policy.vocabulary import COMPLETION_CODE, Verb
from intake.process import Completion, answer, classify, close, complete, reopen, resume, route, take, wait
from snippets.models import RequestNature, WaitingReason

LONGEST_TEXT = 10_000
LONGEST_QUESTION = 300
LONGEST_EXTENSION = 6


def _text(label: Any, help_text: Any = "", *, rows: int = 4, longest: int = LONGEST_TEXT) -> forms.CharField:
    """A long text in French, checked for spelling by the browser (Annexe A, point 5)."""
    widget = forms.Textarea(attrs={"rows": rows, "spellcheck": "true", "lang": "fr-CA"})
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=longest, widget=widget)


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, help_text=help_text, required=False, widget=widget)


def _internal(label: Any = None) -> forms.CharField:
    return _text(label or _("Note interne"), _("Visible du personnel seulement. Le citoyen ne la lit jamais."))


class NatureField(forms.ModelChoiceField):
    """A nature that is offered today, with its service."""

    def __init__(self, **kwargs: Any) -> None:
        natures = RequestNature.objects.offered().select_related("department")
        super().__init__(natures, required=False, label=_("Nature"), **kwargs)

    def label_from_instance(self, obj: RequestNature) -> str:
        """Write code, name and service."""
        return f"{obj} – {obj.department.name}"


class ActionForm(forms.Form):
    """The version that the person saw, and what the verb needs; each form's `act` calls its verb.

    `act(by=, now=)` returns the case and may raise Refused, NotVisible or CaseChanged.
    """

    verb: ClassVar[Verb]
    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, case: Case, actor: Actor) -> None:
        initial = {"seen_version": case.version, **self.starting_values(case, actor)}
        super().__init__(data, auto_id=f"{self.verb.value}-%s", initial=initial)
        self.case = case

    def starting_values(self, case: Case, actor: Actor) -> dict[str, Any]:
        """What the fields hold before anyone types."""
        return {}

    def _common(self, by: Actor, now: datetime) -> dict[str, Any]:
        return {"pk": self.case.pk, "by": by, "now": now, "seen_version": self.cleaned_data["seen_version"]}

    def kept(self) -> list[tuple[str, str]]:
        """What was typed, to be shown when the form itself no longer is: nothing is lost."""
        fields = [field for field in self if not field.is_hidden]
        return [(field.label, str(field.value())) for field in fields if field.value()]


class ClassifyForm(ActionForm):
    """Art. 4.1: the technician « définit sa classification »."""

    verb = Verb.CLASSIFY
    nature = NatureField(empty_label=_("Choisir une nature"))

    def starting_values(self, case: Case, actor: Actor) -> dict[str, Any]:
        """The nature it has."""
        return {"nature": case.nature_id}

    def clean_nature(self) -> RequestNature:
        """Ask for a nature: the verb takes one, never none."""
        nature = self.cleaned_data["nature"]
        if nature is None:
            raise forms.ValidationError(_("Choisissez la nature de la requête."))
        return nature

    def act(self, *, by: Actor, now: datetime) -> Case:
        """Classify."""
        return classify(**self._common(by, now), nature=self.cleaned_data["nature"])


class RouteForm(ActionForm):
    """The grid's proposal, confirmed in one gesture; another nature first, if need be."""

    verb = Verb.ROUTE
    nature = NatureField(
        empty_label=_("Garder la nature actuelle"),
        help_text=_("Le service, le Responsable et l'échéance suivent la nature."),
    )
    internal_note = _internal(_("Note pour le Responsable"))

    def __init__(self, data: Any = None, *, case: Case, actor: Actor) -> None:
        super().__init__(data, case=case, actor=actor)
        if case.nature_id is None:
            self.fields["nature"].empty_label = _("Choisir une nature")

    def act(self, *, by: Actor, now: datetime) -> Case:
        """Route."""
        return route(
            **self._common(by, now),
            nature=self.cleaned_data["nature"],
            internal_note=self.cleaned_data["internal_note"],
        )


class NoteForm(ActionForm):
    """A gesture that asks for nothing but an optional internal note."""

    internal_note = _internal()
    does: ClassVar[Any]

    def act(self, *, by: Actor, now: datetime) -> Case:
        """Take, resume or close."""
        return type(self).does(**self._common(by, now), internal_note=self.cleaned_data["internal_note"])


class TakeForm(NoteForm):
    """Art. 4.2: the Responsable takes it in hand."""

    verb = Verb.TAKE
    does = staticmethod(take)


class ResumeForm(NoteForm):
    """The wait is over."""

    verb = Verb.RESUME
    does = staticmethod(resume)


class CloseForm(NoteForm):
    """Art. 4.1: the technician « effectue le processus de clôture »."""

    verb = Verb.CLOSE
    does = staticmethod(close)


class WaitForm(ActionForm):
    """Art. 4.2: « en attente pour X raison »."""

    verb = Verb.WAIT
    reason = forms.ModelChoiceField(
        WaitingReason.objects.none(),
        label=_("Raison de l'attente"),
        required=False,
        empty_label=None,
        to_field_name="code",
        widget=forms.RadioSelect,
    )
    note = _text(
        _("Précision"),
        _("Si vous attendez le citoyen, écrivez ici la question : il la reçoit telle quelle et l'échéance s'arrête."),
        rows=3,
        longest=LONGEST_QUESTION,
    )
    next_action_on = _day(_("Prochaine action le"), _("La demande revient alors dans votre liste."))

    def __init__(self, data: Any = None, *, case: Case, actor: Actor) -> None:
        super().__init__(data, case=case, actor=actor)
        self.fields["reason"].queryset = WaitingReason.objects.offered()

    def act(self, *, by: Actor, now: datetime) -> Case:
        """Put on hold."""
        return wait(
            **self._common(by, now),
            reason=self.cleaned_data["reason"],
            note=self.cleaned_data["note"],
            next_action_on=self.cleaned_data["next_action_on"],
        )


class CompleteForm(ActionForm):
    """Annexe A, points 1 to 5, in its order."""

    verb = Verb.COMPLETE
    code = forms.CharField(
        label=_("Code d'intervention"),
        required=False,
        max_length=8,
        help_text=_("238 – Demande complétée"),
        widget=forms.TextInput(attrs={"readonly": True, "size": 6}),
    )
    planned_on = _day(_("Date prévue"), _("Si vous la connaissez."))
    done_on = _day(_("Date effectuée"), _("Le jour où le travail a été fait."))
    phone_extension = forms.CharField(
        label=_("Votre numéro de poste"),
        required=False,
        max_length=LONGEST_EXTENSION,
        widget=forms.TextInput(attrs={"size": 8, "inputmode": "numeric"}),
    )
    internal_note = _text(
        _("Note interne"),
        _("Le plus de détails possible : ce qui a été fait, par qui. Visible du personnel seulement."),
        rows=5,
    )
    public_message = _text(
        _("Information disponible pour le demandeur"),
        _("Le citoyen lit ce texte. Soignez le ton et l'orthographe; n'écrivez le nom d'aucun tiers."),
        rows=5,
    )

    def starting_values(self, case: Case, actor: Actor) -> dict[str, Any]:
        """Code 238, and the extension of whoever completes (points 1 and 3)."""
        return {"code": COMPLETION_CODE, "phone_extension": actor.phone_extension}

    def act(self, *, by: Actor, now: datetime) -> Case:
        """Complete."""
        data = self.cleaned_data
        completion = Completion(
            done_on=data["done_on"],
            phone_extension=data["phone_extension"],
            internal_note=data["internal_note"],
            public_message=data["public_message"],
            planned_on=data["planned_on"],
            code=data["code"],
        )
        return complete(**self._common(by, now), completion=completion)


class AnswerForm(ActionForm):
    """Art. 4.1: an inquiry is « gérée au premier contact »."""

    verb = Verb.ANSWER
    public_message = _text(
        _("Réponse au citoyen"),
        _("Le citoyen lit ce texte. S'il a eu sa réponse au téléphone, écrivez-le en une phrase."),
        rows=8,
    )

    def act(self, *, by: Actor, now: datetime) -> Case:
        """Answer and close."""
        return answer(**self._common(by, now), reply=self.cleaned_data["public_message"])


class ReopenForm(ActionForm):
    """Art. 2.3: followed to the end."""

    verb = Verb.REOPEN
    internal_note = _text(_("Pourquoi la rouvrir?"), _("Le Responsable lit cette raison. Le citoyen ne la lit jamais."))

    def act(self, *, by: Actor, now: datetime) -> Case:
        """Reopen."""
        return reopen(**self._common(by, now), reason=self.cleaned_data["internal_note"])
