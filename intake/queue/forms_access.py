"""What the clerk or the general director types on an access request (art. 4.6), up to the search of the documents."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intake.models import Case
from intake.policy.legal_clocks import EXTENSION_DAYS
from intake.policy.roles import Actor
from intake.policy.vocabulary import Verb
from intake.process import access_requests, document_tasks
from snippets.models import Department

from .form_parts import ActionForm, NoteForm, day, internal, text
from .gesture import Gesture

LONGEST_QUESTION = 2000
LONGEST_PARTY = 200


class SearchForm(NoteForm):
    """Begin."""

    verb = Verb.SEARCH
    does = staticmethod(access_requests.search)


class AskDocumentsForm(ActionForm):
    """A service looks for the documents without knowing for whom (matrix of rights)."""

    verb = Verb.ASK_DOCUMENTS
    department = forms.ModelChoiceField(
        Department.objects.none(), label=_("Service"), required=False, empty_label=_("Choisir un service")
    )
    wanted = text(
        _("Documents à fournir"),
        _("Le service lit ce texte et rien d'autre du dossier. N'écrivez pas le nom de la personne qui demande."),
    )
    due_on = day(_("Réponse attendue le"))

    def __init__(self, data: Any = None, *, case: Case, actor: Actor) -> None:
        super().__init__(data, case=case, actor=actor)
        self.fields["department"].queryset = Department.objects.active()

    def act(self, *, by: Actor, now: datetime) -> Case:
        """Ask."""
        data = self.cleaned_data
        asked = {name: data[name] for name in ("department", "wanted", "due_on")}
        return document_tasks.ask_documents(**self._common(by, now), **asked)


class ClarifyForm(ActionForm):
    """A-2.1 art. 42: help to identify the document."""

    verb = Verb.CLARIFY
    question = text(
        _("Question au citoyen"),
        _("Il la reçoit telle quelle et répond dans son suivi. Le délai de la loi ne s'arrête pas."),
        rows=3,
        longest=LONGEST_QUESTION,
    )
    internal_note = internal()

    def act(self, *, by: Actor, now: datetime) -> Case:
        """Ask."""
        data = self.cleaned_data
        return access_requests.clarify(
            **self._common(by, now), question=data["question"], internal_note=data["internal_note"]
        )


class ThirdPartyForm(ActionForm):
    """A-2.1 art. 25 and 49: a firm is heard before its secrets are given."""

    verb = Verb.NOTIFY_THIRD_PARTY
    party = forms.CharField(
        label=_("Tiers avisé"),
        required=False,
        max_length=LONGEST_PARTY,
        help_text=_("L'entreprise à qui l'avis écrit est envoyé aujourd'hui."),
    )
    internal_note = internal()

    def act(self, *, by: Actor, now: datetime) -> Case:
        """Note the notice."""
        data = self.cleaned_data
        return access_requests.notify_third_party(
            **self._common(by, now), party=data["party"], internal_note=data["internal_note"]
        )


class ResumeSearchForm(ActionForm):
    """The third party was heard, or its delay is over."""

    verb = Verb.RESUME
    heard_on = day(_("Observations reçues le"), _("Laissez vide si le tiers n'a rien répondu dans ses 20 jours."))
    internal_note = internal()

    def act(self, *, by: Actor, now: datetime) -> Case:
        """Take the search up again."""
        data = self.cleaned_data
        return access_requests.resume(
            **self._common(by, now), heard_on=data["heard_on"], internal_note=data["internal_note"]
        )


class ExtendForm(ActionForm):
    """Art. 4.6: « une période n'excédant pas dix (10) jours »."""

    verb = Verb.EXTEND
    days = forms.IntegerField(
        label=_("Jours de prolongation"),
        required=False,
        initial=EXTENSION_DAYS,
        help_text=_("De 1 à 10 jours, une seule fois."),
        widget=forms.NumberInput(attrs={"min": 1, "max": EXTENSION_DAYS}),
    )
    reason = text(
        _("Motif de la prolongation"),
        _("Le citoyen lit cette raison. Par exemple : le nombre de documents à consulter."),
        rows=3,
        longest=LONGEST_QUESTION,
    )
    internal_note = internal()

    def act(self, *, by: Actor, now: datetime) -> Case:
        """Extend."""
        data = self.cleaned_data
        return access_requests.extend(
            **self._common(by, now), days=data["days"], reason=data["reason"], internal_note=data["internal_note"]
        )


ACCESS = (
    Gesture(
        SearchForm,
        _("Commencer la recherche"),
        _("Commencer la recherche"),
        _("La recherche est commencée pour la demande %(reference)s."),
        _("Aucun courriel ne part : l'avis de réception est déjà envoyé."),
    ),
    Gesture(
        AskDocumentsForm,
        _("Demander des documents à un service"),
        _("Demander"),
        _("Le service est avisé pour la demande %(reference)s."),
        _("Le Responsable ou la direction du service reçoit un courriel, sans nom ni numéro de dossier."),
    ),
    Gesture(
        ClarifyForm,
        _("Demander une précision au citoyen"),
        _("Voir ce que le citoyen lira"),
        _("La question est envoyée pour la demande %(reference)s."),
        _("Vous verrez le message avant de valider."),
        previewed=True,
    ),
    Gesture(
        ThirdPartyForm,
        _("Noter l'avis à un tiers"),
        _("Noter l'avis"),
        _("L'avis au tiers est noté pour la demande %(reference)s."),
        _("Le tiers a 20 jours pour répondre, puis la Ville 15 jours pour décider (A-2.1, art. 49)."),
    ),
    Gesture(
        ResumeSearchForm,
        _("Reprendre après l'avis au tiers"),
        _("Reprendre"),
        _("La recherche reprend pour la demande %(reference)s."),
        _("L'échéance suit la réponse du tiers. Aucun courriel ne part."),
    ),
    Gesture(
        ExtendForm,
        _("Prolonger le délai"),
        _("Voir ce que le citoyen lira"),
        _("Le délai de la demande %(reference)s est prolongé."),
        _("L'avis doit partir avant la fin des 20 jours : une lettre est prête à poster aussitôt."),
        previewed=True,
    ),
)
