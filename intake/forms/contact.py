"""The last two steps of each kind: who files and how to reach them, then the agreement before « Envoyer »."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import fields
from .step_form import CHECK, CONTACT, DEMAND, StepForm


class ContactForm(StepForm):
    """Name, complete address, telephone; e-mail if one wishes (art. 4.3). Kinds may ask for less or for more."""

    slug, title = CONTACT, gettext_lazy("Vos coordonnées")
    NOT_ASKED: ClassVar[tuple[str, ...]] = ()
    OPTIONAL: ClassVar[tuple[str, ...]] = ("email",)

    first_name = fields.LineField(
        label=gettext_lazy("Prénom"),
        max_length=80,
        autocomplete="given-name",
        required_message=gettext_lazy("Écrivez votre prénom."),
    )
    last_name = fields.LineField(
        label=gettext_lazy("Nom"),
        max_length=80,
        autocomplete="family-name",
        required_message=gettext_lazy("Écrivez votre nom."),
    )
    address = fields.LineField(
        label=gettext_lazy("Adresse"),
        help_text=gettext_lazy("Numéro, rue et, s'il y a lieu, appartement."),
        max_length=200,
        autocomplete="address-line1",
        required_message=gettext_lazy("Écrivez votre adresse : numéro et rue."),
    )
    city = fields.LineField(
        label=gettext_lazy("Municipalité"),
        max_length=100,
        autocomplete="address-level2",
        required_message=gettext_lazy("Écrivez le nom de votre municipalité."),
    )
    postal_code = fields.PostalCodeField()
    phone = fields.PhoneField()
    email = fields.MailField(help_text=gettext_lazy("Pour recevoir l'accusé de réception et les nouvelles."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.NOT_ASKED:
            del self.fields[name]
        for name in self.OPTIONAL:
            self.fields[name].required = False


class OneWayForm(ContactForm):
    """E-mail or telephone: one is enough, unless the kind needs none."""

    OPTIONAL = ("email", "phone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.OPTIONAL:
            self.fields[name].says_optional = not self.needs_a_way()
        if self.needs_a_way():
            self.fields["phone"].help_text = _("Téléphone ou courriel : un des deux suffit.")

    def needs_a_way(self) -> bool:
        """Say whether the town must be able to answer."""
        return True

    def clean(self) -> dict[str, Any]:
        """Ask for a way to answer."""
        cleaned = super().clean()
        given = cleaned.get("email") or cleaned.get("phone")
        if self.needs_a_way() and not given and not self.errors.keys() & {"email", "phone"}:
            self.add_error("phone", _("Écrivez votre téléphone ou votre courriel, pour que nous puissions répondre."))
        return cleaned


class InquiryContactForm(OneWayForm):
    """No address: it is not necessary to answer (A-2.1, art. 64); nor a way to answer when no answer is wished."""

    NOT_ASKED = ("address", "city", "postal_code")

    def needs_a_way(self) -> bool:
        """Only if an answer is wished."""
        return self.journey.stored_value(DEMAND, "wants_reply") != "no"


class AccessContactForm(OneWayForm):
    """Where to send the documents."""

    def clean(self) -> dict[str, Any]:
        """Ask for the e-mail when the documents are to come by e-mail."""
        cleaned = super().clean()
        by_mail = self.journey.stored_value(DEMAND, "delivery") == "email"
        if by_mail and not cleaned.get("email") and not self.errors.keys() & {"email", "phone"}:
            self.add_error("email", _("Écrivez votre courriel : vous souhaitez recevoir les documents par courriel."))
        return cleaned


class CheckForm(StepForm):
    """Nothing more to say: the answers are read again, then sent."""

    slug, title = CHECK, gettext_lazy("Vérifiez vos réponses")


class SurveyCheckForm(CheckForm):
    """A consent asked apart and never ticked in advance (A-2.1, art. 53.1; T20)."""

    wants_survey = forms.BooleanField(
        label=gettext_lazy("J'accepte de recevoir un court sondage sur le service reçu"), required=False
    )
    wants_survey.says_optional = False
