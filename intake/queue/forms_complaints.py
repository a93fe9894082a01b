"""What people type to receive a complaint and to judge whether it can be studied (art. 4.1, 4.4): one form a verb."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intake.models import Case
from intake.models.choices import CHARGE_LABELS
from intake.models.complaint import MISSING_LABELS, OBSTACLE_LABELS
from intake.policy.complaint import Obstacle
from intake.policy.investigation import MISSING_OF, Missing
from intake.policy.roles import Actor
from intake.policy.vocabulary import Charge, Verb
from intake.process.complaints import Checklist, admit, ask, entrust, hand_over, open_safety_request, reject, verdict_on
from snippets.models import CompetentBody

from .form_parts import ActionForm, NatureField, day, internal, text
from .forms_contact import COMPLETE_COMPLAINT
from .forms_investigation import CloseComplaintForm, ConcludeForm, InvestigatorForm, LogForm
from .gesture import Gesture

YES, NO = "yes", "no"


def yes_or_no(label: Any, help_text: Any = "") -> forms.TypedChoiceField:
    """A question that takes yes or no."""
    return forms.TypedChoiceField(
        label=label,
        help_text=help_text,
        choices=[(YES, _("Oui")), (NO, _("Non"))],
        coerce=lambda value: value == YES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Répondez par oui ou par non.")},
    )


def _said(value: bool | None) -> str:  # noqa: FBT001 - a stored answer
    return "" if value is None else YES if value else NO


class ChecklistForm(ActionForm):
    """What the policy asks whoever reads a complaint to say of it; the file shows the rest."""

    is_private_dispute = yes_or_no(_("Est-ce un différend entre particuliers?"))
    concerns_the_town = yes_or_no(_("Vise-t-elle un service ou le personnel de la Ville?"))
    facts_on = day(_("Date des derniers faits"), _("Seulement si le citoyen ne l'a pas écrite."))

    def __init__(self, data: Any = None, *, case: Case, actor: Actor) -> None:
        super().__init__(data, case=case, actor=actor)
        if case.complaint.last_facts_on is not None:
            del self.fields["facts_on"]

    def starting_values(self, case: Case, actor: Actor) -> dict[str, Any]:
        """What was said already."""
        file = case.complaint
        return {
            "is_private_dispute": _said(file.is_private_dispute),
            "concerns_the_town": _said(file.concerns_the_town),
        }

    def checklist(self) -> Checklist:
        """The answers, as the verb takes them."""
        data, file = self.cleaned_data, self.case.complaint
        return Checklist(
            is_written=data.get("is_written", file.is_written),
            is_private_dispute=data["is_private_dispute"],
            concerns_the_town=data["concerns_the_town"],
            endangers=data.get("endangers"),
            facts_on=data.get("facts_on"),
        )


class HandOverForm(ChecklistForm):
    """Art. 4.4: « formulée au Technicien », who checks and hands over."""

    verb = Verb.HAND_OVER
    field_order = ("seen_version", "is_written", "is_private_dispute", "concerns_the_town", "endangers", "facts_on")
    is_written = yes_or_no(_("Est-elle écrite?"), _("Un appel ou une conversation n'est pas une plainte écrite."))
    endangers = yes_or_no(
        _("Une personne ou un bien est-il en danger?"),
        _("Si oui, ouvrez aussi une requête urgente avant de remettre la plainte."),
    )
    internal_note = internal()

    def starting_values(self, case: Case, actor: Actor) -> dict[str, Any]:
        """What was said already."""
        file = case.complaint
        return super().starting_values(case, actor) | {
            "is_written": _said(file.is_written),
            "endangers": _said(file.endangers),
        }

    def act(self, *, by: Actor, now: datetime) -> Case:
        """Hand over."""
        return hand_over(
            **self._common(by, now), checklist=self.checklist(), internal_note=self.cleaned_data["internal_note"]
        )


class EntrustForm(ActionForm):
    """Art. 4.4; domain case 7: a complaint about the director goes to the general director."""

    verb = Verb.ENTRUST
    charge = forms.ChoiceField(label=_("À qui?"), required=False, widget=forms.RadioSelect)
    internal_note = text(_("Pourquoi?"), _("Lu de la personne à qui le dossier est confié."))

    def __init__(self, data: Any = None, *, case: Case, actor: Actor) -> None:
        super().__init__(data, case=case, actor=actor)
        self.fields["charge"].choices = [(key, label) for key, label in CHARGE_LABELS.items() if key != case.charge]

    def act(self, *, by: Actor, now: datetime) -> Case:
        """Entrust."""
        data = self.cleaned_data
        charge = Charge(data["charge"]) if data["charge"] else None
        return entrust(**self._common(by, now), charge=charge, reason=data["internal_note"])


class AskForm(ActionForm):
    """Art. 4.4: what the citizen can still mend is asked of him."""

    verb = Verb.ASK
    missing = forms.MultipleChoiceField(
        label=_("Que manque-t-il?"),
        required=False,
        choices=list(MISSING_LABELS.items()),
        widget=forms.CheckboxSelectMultiple,
    )

    def starting_values(self, case: Case, actor: Actor) -> dict[str, Any]:
        """What the file shows to be missing."""
        lacking = [MISSING_OF[item].value for item in verdict_on(case).curable]
        return {"missing": lacking + ([] if case.complaint.last_facts_on else [Missing.FACTS_DATE.value])}

    def act(self, *, by: Actor, now: datetime) -> Case:
        """Ask."""
        return ask(**self._common(by, now), missing=[Missing(item) for item in self.cleaned_data["missing"]])


class AdmitForm(ChecklistForm):
    """Art. 4.4: the director investigates."""

    verb = Verb.ADMIT
    is_written = yes_or_no(_("Est-elle écrite, maintenant?"), _("Lisez au journal ce que le citoyen a ajouté."))
    note = text(
        _("Raisons, si elle est hors délai"),
        _("Danger, faits qui se répètent… Visible de qui est en charge du dossier seulement."),
    )

    def __init__(self, data: Any = None, *, case: Case, actor: Actor) -> None:
        super().__init__(data, case=case, actor=actor)
        if case.complaint.is_written:
            del self.fields["is_written"]

    def act(self, *, by: Actor, now: datetime) -> Case:
        """Admit."""
        return admit(**self._common(by, now), checklist=self.checklist(), reasons=self.cleaned_data["note"])


class RejectForm(ActionForm):
    """Art. 4.1: a closed list of reasons; a person decides (A-2.1, art. 65.2)."""

    verb = Verb.REJECT
    reason = forms.ChoiceField(
        label=_("Raison"), required=False, choices=list(OBSTACLE_LABELS.items()), widget=forms.RadioSelect
    )
    body = forms.ModelChoiceField(
        CompetentBody.objects.none(),
        label=_("Un autre organisme peut aider"),
        required=False,
        empty_label=_("Aucun"),
    )
    other_recourse = text(
        _("Un mot de plus pour le citoyen"), _("Le citoyen lit ce texte. Ne nommez personne."), rows=3
    )
    confirmed = forms.BooleanField(
        label=_("J'ai lu la plainte et je prends cette décision"),
        error_messages={"required": _("Confirmez : une personne décide, jamais le logiciel.")},
    )

    def __init__(self, data: Any = None, *, case: Case, actor: Actor) -> None:
        super().__init__(data, case=case, actor=actor)
        self.fields["body"].queryset = CompetentBody.objects.offered()

    def act(self, *, by: Actor, now: datetime) -> Case:
        """Reject."""
        data = self.cleaned_data
        return reject(
            **self._common(by, now),
            reason=Obstacle(data["reason"]) if data["reason"] else None,
            other_recourse=data["other_recourse"],
            body=data["body"],
        )


class SafetyForm(ActionForm):
    """Art. 4.1: « sauf si … met en péril la sécurité des biens et des personnes »."""

    verb = Verb.OPEN_LINKED
    facts = text(
        _("Le danger"),
        _("Ce que l'équipe doit savoir pour le faire cesser. Aucun nom : ni du citoyen, ni d'une personne visée."),
    )
    location = forms.CharField(label=_("Lieu"), required=False, max_length=250)
    nature = NatureField(empty_label=_("À classer"))

    def act(self, *, by: Actor, now: datetime) -> Case:
        """Open the urgent request."""
        data = self.cleaned_data
        return open_safety_request(
            **self._common(by, now),
            facts=data["facts"],
            location=data["location"],
            nature_id=data["nature"].pk if data["nature"] else None,
        )


COMPLAINT = (
    Gesture(
        HandOverForm,
        _("Remettre à la direction"),
        _("Remettre"),
        _("La plainte %(reference)s est remise à la direction."),
        _("Vous ne la lirez plus. La direction reçoit le numéro et un lien, rien d'autre."),
    ),
    Gesture(
        AdmitForm,
        _("Déclarer recevable et ouvrir l'enquête"),
        _("Ouvrir l'enquête"),
        _("L'enquête est ouverte pour %(reference)s."),
        _("Aucun courriel ne part."),
    ),
    Gesture(
        AskForm,
        _("Demander au citoyen ce qui manque"),
        _("Voir ce que le citoyen lira"),
        _("Le citoyen est invité à compléter %(reference)s."),
        _("L'échéance s'arrête jusqu'à sa réponse."),
        previewed=True,
    ),
    COMPLETE_COMPLAINT,
    Gesture(
        RejectForm,
        _("Déclarer irrecevable"),
        _("Voir la lettre au citoyen"),
        _("La plainte %(reference)s est irrecevable."),
        _("La lettre attend le citoyen derrière son code de suivi; une plainte anonyme n'en a pas."),
        previewed=True,
    ),
    Gesture(
        LogForm,
        _("Inscrire au journal d'enquête"),
        _("Inscrire"),
        _("C'est inscrit au journal de %(reference)s."),
        _("Le journal ne se modifie pas. Convoquez les personnes hors de Guichet."),
    ),
    Gesture(
        ConcludeForm,
        _("Conclure l'enquête"),
        _("Voir la lettre au citoyen"),
        _("L'enquête de %(reference)s est conclue."),
        _("Vous verrez la lettre avant de valider."),
        previewed=True,
    ),
    Gesture(
        InvestigatorForm,
        _("Nommer une personne chargée de l'enquête, ou mettre fin à son mandat"),
        _("Enregistrer"),
        _("C'est fait pour %(reference)s."),
        _("La personne nommée reçoit le numéro et un lien. Elle s'engage à la confidentialité avant de lire."),
    ),
    Gesture(
        EntrustForm,
        _("Confier à une autre direction"),
        _("Confier"),
        _("La plainte %(reference)s est confiée."),
        _("Si la plainte vous vise : confiez-la à la direction générale. Vous ne la verrez plus, nulle part."),
    ),
    Gesture(
        SafetyForm,
        _("Ouvrir une requête urgente pour un danger"),
        _("Ouvrir la requête urgente"),
        _("Une requête urgente est ouverte; la plainte %(reference)s reste où elle est."),
        _("Le service et le Technicien sont avisés aussitôt, sans l'identité du citoyen."),
    ),
    Gesture(
        CloseComplaintForm,
        _("Fermer"),
        _("Fermer le dossier"),
        _("La plainte %(reference)s est fermée."),
        _("Aucun courriel ne part."),
    ),
)
