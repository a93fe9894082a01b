"""The fields that both doors of the staff share: who asks, and the photos or the papers."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intake.forms import fields
from intake.forms.models.draft import DraftFile
from intake.forms.step_form import FilesField
from intake.process import Contact

CONTACT_FIELDS = ("first_name", "last_name", "phone", "email", "address", "city", "postal_code")
# What is asked when it is missing, in the words of who types.
ASK_FOR = {
    "last_name": _("Demandez le nom de la personne."),
    "phone": _("Demandez un numéro de téléphone (art. 4.3)."),
    "address": _("Demandez l'adresse : numéro et rue (art. 4.3)."),
    "city": _("Écrivez la municipalité."),
}


class ContactFields(forms.Form):
    """Name, telephone, e-mail, complete address; what is required depends on the kind and the danger, not on the field."""

    # The draft that holds the files already sent and makes two clicks one demand.
    brouillon = forms.UUIDField(required=False, widget=forms.HiddenInput)
    first_name = fields.LineField(label=_("Prénom"), max_length=80, required=False, autocomplete="off")
    last_name = fields.LineField(label=_("Nom"), max_length=80, required=False, autocomplete="off")
    phone = fields.PhoneField(required=False, help_text="")
    email = fields.MailField(
        required=False, help_text=_("Si la personne en a un : elle reçoit l'accusé de réception et les nouvelles.")
    )
    address = fields.LineField(label=_("Adresse (numéro et rue)"), max_length=200, required=False, autocomplete="off")
    city = fields.LineField(label=_("Municipalité"), max_length=100, required=False, autocomplete="off")
    postal_code = fields.PostalCodeField(required=False)
    files = FilesField()

    def __init__(self, *args: Any, kept_rows: Sequence[DraftFile] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The files that an earlier try already sent.
        self.kept_rows = kept_rows
        for name in ("phone", "email", "postal_code"):
            # The browser would offer the address of whoever works here, not of who calls.
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def given_contact(self) -> dict[str, str]:
        """What was given of the contact; the municipality alone, written in advance, is nothing given."""
        given = {name: self.cleaned_data[name] for name in CONTACT_FIELDS if self.cleaned_data.get(name)}
        return {} if set(given) <= {"city"} else given

    def ask_for(self, missing: tuple[str, ...]) -> None:
        """Say beside each field what is missing, unless something is already said of it."""
        for name in missing:
            if name not in self.errors:
                self.add_error(name, ASK_FOR[name])

    def contact(self) -> Contact | None:
        """Who files, or None for a danger told without a name (art. 4.1) or a question answered at once."""
        given = self.given_contact()
        return Contact(**given) if given else None

    def first_to_mend(self) -> str:
        """The first field with something wrong, where the keyboard goes; an empty text when all is well."""
        return next((name for name in self.fields if self.is_bound and name in self.errors), "")
