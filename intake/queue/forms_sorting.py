"""What the technician types to sort: attach, send elsewhere, record a withdrawal, reclassify, write down a precision."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from intake.models import Case
from intake.models.choices import INQUIRY_TYPE_LABELS, KIND_LABELS
from intake.policy.roles import CONFIDENTIAL_KINDS, Actor
from intake.policy.vocabulary import Charge, InquiryType, Kind, Verb
from intake.process import declare_out_of_scope, likely_duplicates, merge, reclassify, supply, withdraw
from snippets.french_dates import date_format
from snippets.models import CompetentBody

from .form_parts import ActionForm, NatureField, internal, text
from .gesture import Gesture

LONGEST_REFERENCE = 20
LONGEST_NAME = 200
LONGEST_PRECISION = 4000
LONGEST_PLACE = 250
# What the room of a kind needs to know when a file becomes of its kind, read from the form's data (process/kinds.py).
DETAILS_FROM: dict[Kind, Callable[[dict[str, Any]], Any]] = {}


class MergeForm(ActionForm):
    """Art. 4.1: two citizens, one pothole, one intervention."""

    verb = Verb.MERGE
    likely = forms.ChoiceField(label=_("Doublons possibles"), required=False, widget=forms.RadioSelect)
    master = forms.CharField(
        label=_("Numéro de l'autre requête"),
        required=False,
        max_length=LONGEST_REFERENCE,
        help_text=_("Par exemple : 2026-0005. Elle doit être ouverte."),
        widget=forms.TextInput(attrs={"size": 14, "autocomplete": "off"}),
    )
    internal_note = internal()

    def __init__(self, data: Any = None, *, case: Case, actor: Actor) -> None:
        super().__init__(data, case=case, actor=actor)
        self.likely_cases = likely_duplicates(case, actor)
        if self.likely_cases:
            self.fields["likely"].choices = [(other.reference, _in_words(other)) for other in self.likely_cases]
            self.fields["master"].label = now_("Ou le numéro d'une autre requête")
        else:
            del self.fields["likely"]

    def act(self, *, by: Actor, now: datetime) -> Case:
        """Attach; a typed number counts before a chosen one."""
        data = self.cleaned_data
        into = data["master"].strip() or data.get("likely", "")
        return merge(**self._common(by, now), into=into, internal_note=data["internal_note"])


def _in_words(case: Case) -> str:
    return now_("%(reference)s – %(place)s – reçue le %(day)s (%(status)s)") % {
        "reference": case.reference,
        "place": case.location,
        "day": date_format(timezone.localtime(case.received_at), "j F Y"),
        "status": case.get_status_display(),
    }


class OutOfScopeForm(ActionForm):
    """Art. 2.3: « orienter vers les ressources appropriées »."""

    verb = Verb.DECLARE_OUT_OF_SCOPE
    body = forms.ModelChoiceField(
        CompetentBody.objects.none(), label=_("Qui peut aider le citoyen?"), required=False, empty_label=_("Choisir")
    )
    internal_note = internal()

    def __init__(self, data: Any = None, *, case: Case, actor: Actor) -> None:
        super().__init__(data, case=case, actor=actor)
        self.fields["body"].queryset = CompetentBody.objects.offered()

    def act(self, *, by: Actor, now: datetime) -> Case:
        """Send elsewhere."""
        data = self.cleaned_data
        return declare_out_of_scope(**self._common(by, now), body=data["body"], internal_note=data["internal_note"])


class LeavingForm(ActionForm):
    """A gesture after which the requests attached to this one go on without it."""

    @property
    def cautions(self) -> list[str]:
        """Say which request takes its place: other people wait for the same intervention (art. 2.3)."""
        count = self.case.merged.count()
        said = ngettext(
            "Une autre personne attend la même intervention : sa requête prend la suite de celle-ci, au même point.",
            "%(count)s autres personnes attendent la même intervention : la plus ancienne requête prend la suite de "
            "celle-ci, au même point, et les autres y sont rattachées.",
            count,
        )
        return [said % {"count": count}] if count else []


class WithdrawForm(LeavingForm):
    """Its author takes it back."""

    verb = Verb.WITHDRAW
    asked_by = forms.CharField(
        label=_("Qui demande le retrait, et comment?"),
        required=False,
        max_length=LONGEST_NAME,
        help_text=_("Par exemple : Marie Tremblay, au téléphone, le 5 juin."),
    )
    in_writing = forms.BooleanField(label=_("Le retrait est demandé par écrit"), required=False)
    internal_note = internal()

    def __init__(self, data: Any = None, *, case: Case, actor: Actor) -> None:
        super().__init__(data, case=case, actor=actor)
        if case.kind_ is not Kind.COMPLAINT:
            del self.fields["in_writing"]

    def act(self, *, by: Actor, now: datetime) -> Case:
        """Withdraw."""
        data = self.cleaned_data
        return withdraw(
            **self._common(by, now),
            asked_by=data["asked_by"],
            in_writing=data.get("in_writing", False),
            internal_note=data["internal_note"],
        )


class ReclassifyForm(LeavingForm):
    """Art. 4.1: the technician « définit sa classification »."""

    verb = Verb.RECLASSIFY
    kind = forms.ChoiceField(label=_("C'est plutôt"), required=False, widget=forms.RadioSelect)
    nature = NatureField(empty_label=_("À choisir plus tard"), help_text=_("Seulement si c'est une requête."))
    inquiry_type = forms.ChoiceField(
        label=_("Sorte de message"),
        help_text=_("Seulement si c'est une question ou un commentaire. La direction est avisée des félicitations."),
        required=False,
        choices=list(INQUIRY_TYPE_LABELS.items()),
        initial=InquiryType.COMMENT.value,
    )
    targets_director = forms.BooleanField(
        label=_("La plainte vise la direction du Service aux citoyens"),
        help_text=_("Seulement si c'est une plainte. Le dossier va alors à la direction générale."),
        required=False,
    )
    facts = text(
        _("Les faits, réécrits pour le service"),
        _(
            "Seulement si le dossier devient une requête ou une question. Dites ce qu'il faut faire, sans nommer personne, "
            "ni montant, ni assureur : le service ne lit que ceci. Ce que le citoyen a écrit reste scellé."
        ),
    )
    location = forms.CharField(
        label=_("Lieu, pour le service"),
        required=False,
        max_length=LONGEST_PLACE,
        help_text=_("Seulement si le dossier devient une requête ou une question."),
    )
    internal_note = text(_("Pourquoi?"), _("Visible du personnel qui voit ce dossier. Le citoyen ne la lit jamais."))

    def __init__(self, data: Any = None, *, case: Case, actor: Actor) -> None:
        super().__init__(data, case=case, actor=actor)
        others = [(kind, label) for kind, label in KIND_LABELS.items() if kind != case.kind]
        self.fields["kind"].choices = others
        if case.kind_ is Kind.REQUEST:
            del self.fields["nature"]
        if case.kind_ is Kind.INQUIRY:
            del self.fields["inquiry_type"]
        if case.kind_ is Kind.COMPLAINT:
            del self.fields["targets_director"]
        if case.kind_ in CONFIDENTIAL_KINDS:
            self.fields["kind"].help_text = now_(
                "Devenu requête ou question, le dossier est lu par le service : les faits que vous réécrivez ci-dessous "
                "et le nom du citoyen. S'il vise une personne, gardez-le et ouvrez plutôt une requête liée."
            )
        else:
            del self.fields["facts"], self.fields["location"]

    def starting_values(self, case: Case, actor: Actor) -> dict[str, Any]:
        """The place, which the service needs."""
        return {"location": case.location}

    def act(self, *, by: Actor, now: datetime) -> Case:
        """Reclassify."""
        data = self.cleaned_data
        kind = Kind(data["kind"]) if data["kind"] else None
        details = DETAILS_FROM.get(kind)
        return reclassify(
            **self._common(by, now),
            kind=kind,
            reason=data["internal_note"],
            nature=data.get("nature"),
            charge=Charge.GENERAL_DIRECTOR if data.get("targets_director") else Charge.DIRECTOR,
            inquiry_type=InquiryType(data["inquiry_type"]) if data.get("inquiry_type") else None,
            details=details(data) if details else None,
            facts=data.get("facts", ""),
            location=data.get("location", ""),
        )


class SupplyForm(ActionForm):
    """Art. 2.3: what the citizen says by telephone or on paper, written down for him."""

    verb = Verb.SUPPLY
    supplied = text(
        _("Ce que le citoyen précise"),
        _("Dans ses mots. S'il était attendu, le travail reprend."),
        longest=LONGEST_PRECISION,
    )

    def act(self, *, by: Actor, now: datetime) -> Case:
        """Write it down."""
        return supply(**self._common(by, now), text=self.cleaned_data["supplied"])


SORTING = (
    Gesture(
        MergeForm,
        _("Rattacher à une autre requête"),
        _("Voir ce que le citoyen lira"),
        _("La requête %(reference)s est rattachée."),
        _("Le citoyen apprend que la situation est déjà signalée; il recevra les mêmes nouvelles, sans aucun nom."),
        previewed=True,
    ),
    Gesture(
        OutOfScopeForm,
        _("Hors compétence de la Ville"),
        _("Voir ce que le citoyen lira"),
        _("La demande %(reference)s est hors compétence; le citoyen sait à qui s'adresser."),
        _("Vous verrez le message au citoyen avant de valider."),
        previewed=True,
    ),
    Gesture(
        ReclassifyForm,
        _("Changer de sorte de dossier"),
        _("Voir ce que le citoyen lira"),
        _("Le dossier %(reference)s a changé de sorte."),
        _("Même numéro, même date de réception. Le citoyen reçoit l'accusé de réception de la nouvelle sorte."),
        previewed=True,
    ),
    Gesture(
        SupplyForm,
        _("Ajouter une précision du citoyen"),
        _("Ajouter la précision"),
        _("La précision est ajoutée à la demande %(reference)s."),
        _("La personne qui a le dossier en main est avisée. Le citoyen ne reçoit rien."),
    ),
    Gesture(
        WithdrawForm,
        _("Retirée par le citoyen"),
        _("Voir ce que le citoyen lira"),
        _("La demande %(reference)s est retirée."),
        _("Le citoyen reçoit une courte confirmation."),
        previewed=True,
    ),
)
