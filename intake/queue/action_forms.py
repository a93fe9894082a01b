"""What people type to act on a file: one form a verb; the policy, not the form, says what is missing."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intake.models import Case
from intake.policy.roles import Actor
from intake.policy.vocabulary import Verb
from intake.process import answer, classify, close, reopen, resume, route, take, wait
from snippets.models import RequestNature, WaitingReason

from .form_parts import ActionForm, NatureField, NoteForm, day, internal, text
from .guide_choice import WithGuide
from .reply_texts import WithReplyTexts

LONGEST_QUESTION = 300


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
    internal_note = internal(_("Note pour le Responsable"))

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
    note = text(
        _("Précision"),
        _("Si vous attendez le citoyen, écrivez ici la question : il la reçoit telle quelle et l'échéance s'arrête."),
        rows=3,
        longest=LONGEST_QUESTION,
    )
    next_action_on = day(_("Prochaine action le"), _("La demande revient alors dans votre liste."))

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


class AnswerForm(WithReplyTexts, WithGuide, ActionForm):
    """Art. 4.1: an inquiry is « gérée au premier contact »; art. 3: a guide may go with the answer."""

    verb = Verb.ANSWER
    public_message = text(
        _("Réponse au citoyen"),
        _("Le citoyen lit ce texte. S'il a eu sa réponse au téléphone, écrivez-le en une phrase."),
        rows=8,
    )

    def act(self, *, by: Actor, now: datetime) -> Case:
        """Answer and close."""
        guide = self.chosen_guide
        reply = self.cleaned_data["public_message"]
        return answer(**self._common(by, now), reply=reply, guide_page=guide.pk if guide else None)


class ReopenForm(ActionForm):
    """Art. 2.3: followed to the end."""

    verb = Verb.REOPEN
    internal_note = text(_("Pourquoi la rouvrir?"), _("Le Responsable lit cette raison. Le citoyen ne la lit jamais."))

    def act(self, *, by: Actor, now: datetime) -> Case:
        """Reopen."""
        return reopen(**self._common(by, now), reason=self.cleaned_data["internal_note"])
