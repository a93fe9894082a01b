"""How the citizen is reached, as staff correct it (art. 4.3), and what completes a complaint for him (art. 4.4)."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intake.models import Case, Requester
from intake.policy.contact import NAMES, Coordinates
from intake.policy.investigation import Missing
from intake.policy.roles import Actor
from intake.policy.vocabulary import Verb
from intake.process import correct_contact, supply
from intake.process.complaints import verdict_on
from intake.process.contact import coordinates_of

from .form_parts import ActionForm, day, text
from .forms_sorting import LONGEST_PRECISION
from .gesture import Gesture


def _line(name: str, label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=False, max_length=Requester._meta.get_field(name).max_length
    )


class CoordinatesForm(ActionForm):
    """The fields, as the file holds them today."""

    address = _line("address", _("Adresse"), _("Numéro, rue et, s'il y a lieu, appartement."))
    city = _line("city", _("Municipalité"))
    postal_code = forms.CharField(label=_("Code postal"), required=False, max_length=20)
    phone = _line("phone", _("Téléphone"))
    email = forms.EmailField(
        label=_("Courriel"),
        required=False,
        max_length=Requester._meta.get_field("email").max_length,
        error_messages={"invalid": _("Écrivez une adresse courriel comme nom@exemple.com.")},
    )

    def starting_values(self, case: Case, actor: Actor) -> dict[str, Any]:
        """What is known."""
        return vars(coordinates_of(case))

    @property
    def coordinates(self) -> Coordinates:
        """What was typed, as the verbs take it."""
        return Coordinates(**{name: self.cleaned_data.get(name, "") for name in NAMES})


class CorrectContactForm(CoordinatesForm):
    """Art. 4.3: « nom, adresse complète et numéro de téléphone »; a mistyped e-mail no longer writes to a stranger."""

    verb = Verb.CORRECT

    def act(self, *, by: Actor, now: datetime) -> Case:
        """Correct."""
        return correct_contact(**self._common(by, now), contact=self.coordinates)


class CompleteComplaintForm(CoordinatesForm):
    """Art. 4.4: what the citizen says by telephone or on paper; what was asked or is missing has its own field."""

    verb = Verb.SUPPLY
    field_order = ("seen_version", "supplied")
    supplied = text(
        _("Ce que le citoyen précise"),
        _("Dans ses mots. S'il était attendu, la plainte est étudiée de nouveau."),
        longest=LONGEST_PRECISION,
    )
    facts_on = day(_("Date des derniers faits"), _("Celle que le citoyen donne."))

    def __init__(self, data: Any = None, *, case: Case, actor: Actor) -> None:
        super().__init__(data, case=case, actor=actor)
        file, nobody = case.complaint, getattr(case, "requester", None) is None
        if nobody or not (Missing.CONTACT.value in file.missing or verdict_on(case).lacking):
            for name in NAMES:
                del self.fields[name]
        if file.last_facts_on is not None and Missing.FACTS_DATE.value not in file.missing:
            del self.fields["facts_on"]

    def act(self, *, by: Actor, now: datetime) -> Case:
        """Write it down."""
        data = self.cleaned_data
        return supply(
            **self._common(by, now),
            text=data["supplied"],
            contact=self.coordinates,
            facts_on=data.get("facts_on"),
        )


CORRECT = Gesture(
    CorrectContactForm,
    _("Corriger les coordonnées"),
    _("Enregistrer les coordonnées"),
    _("Les coordonnées du dossier %(reference)s sont à jour."),
    _("Aucun courriel ne part; les prochains messages iront à ces coordonnées. L'historique nomme les champs changés."),
)
COMPLETE_COMPLAINT = Gesture(
    CompleteComplaintForm,
    _("Ajouter une précision du citoyen"),
    _("Ajouter la précision"),
    _("La précision est ajoutée à la plainte %(reference)s."),
    _("La personne qui a le dossier en main est avisée. Le citoyen ne reçoit rien."),
)
