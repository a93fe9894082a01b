"""The fields of the citizens' forms: each cleans what was typed, refuses it in plain French and can be shown again."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.policy import cleaning

LONG_TEXT = 4000
SHORT_TEXT = 250
# Art. 4.3: « suffisamment détaillée ». « Brisé » is not a statement of facts.
FACTS_MINIMUM = 20
MANY_CHOICES = 7

Words = str | Promise


class LineField(forms.CharField):
    """One line of text, without controls or double spaces."""

    def __init__(self, *, required_message: Words = "", **kwargs: Any) -> None:
        kwargs.setdefault("max_length", SHORT_TEXT)
        attrs = {name: kwargs.pop(name) for name in ("autocomplete", "inputmode", "type") if name in kwargs}
        super().__init__(widget=forms.TextInput(attrs=attrs), **kwargs)
        # maxlength would cut a pasted text without a word; the server says it instead.
        self.widget.attrs.pop("maxlength", None)
        self.error_messages |= {
            "required": required_message or gettext_lazy("Répondez à cette question."),
            "max_length": gettext_lazy("Écrivez au plus %(limit_value)d caractères; il y en a %(show_value)d."),
        }

    def to_python(self, value: Any) -> str:
        """Return the line as it will be kept."""
        return cleaning.clean_line(super().to_python(value))


class TextField(forms.CharField):
    """Several lines of text; a text far too long is refused with its length and shown again as it was typed."""

    def __init__(self, *, required_message: Words = "", rows: int = 6, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", LONG_TEXT)
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(strip=False, **kwargs)
        self.error_messages |= {
            "required": required_message or gettext_lazy("Répondez à cette question."),
            "max_length": gettext_lazy(
                "Ce texte est trop long : %(show_value)d caractères. Raccourcissez-le à %(limit_value)d caractères "
                "ou joignez un document PDF."
            ),
            "min_length": gettext_lazy(
                "Donnez plus de détails : au moins %(limit_value)d caractères (quoi, où exactement, depuis quand)."
            ),
        }

    def to_python(self, value: Any) -> str:
        """Return the text as it will be kept."""
        return cleaning.clean_text(super().to_python(value))


class PhoneField(LineField):
    """A telephone of North America, with its extension."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=gettext_lazy("Téléphone"),
            help_text=kwargs.pop("help_text", gettext_lazy("Par exemple : 450 555-0123 ou 450 555-0123, poste 45.")),
            required_message=gettext_lazy("Écrivez votre numéro de téléphone."),
            autocomplete="tel",
            type="tel",
            **kwargs,
        )

    def clean(self, value: Any) -> str:
        """Return `450 555-0123, poste 123`, or an empty text when it is optional and left out."""
        line = super().clean(value)
        phone = cleaning.clean_phone(line) if line else ""
        if phone is None:
            raise ValidationError(_("Écrivez un numéro à 10 chiffres, comme 450 555-0123."), code="phone")
        return phone


class PostalCodeField(LineField):
    """A Canadian postal code."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=gettext_lazy("Code postal"),
            required_message=gettext_lazy("Écrivez votre code postal."),
            autocomplete="postal-code",
            **kwargs,
        )

    def clean(self, value: Any) -> str:
        """Return `A1A 1A1`."""
        line = super().clean(value)
        code = cleaning.clean_postal_code(line) if line else ""
        if code is None:
            raise ValidationError(_("Écrivez un code postal comme J0R 1T0."), code="postal_code")
        return code


class MailField(forms.EmailField):
    """An e-mail address."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Courriel"))
        super().__init__(max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"}), **kwargs)
        self.widget.attrs.pop("maxlength", None)
        self.error_messages |= {
            "required": gettext_lazy("Écrivez votre adresse courriel."),
            "invalid": gettext_lazy("Écrivez une adresse courriel comme nom@exemple.com."),
            "max_length": gettext_lazy("Écrivez au plus %(limit_value)d caractères; il y en a %(show_value)d."),
        }

    def to_python(self, value: Any) -> str:
        """Return the address without controls or spaces around."""
        return cleaning.clean_line(super().to_python(value))


class DayField(forms.DateField):
    """A day, chosen in the browser or typed as 2026-09-01 or 01/09/2026; `past` refuses tomorrow."""

    def __init__(self, *, past: bool = False, required_message: Words = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.past = past
        self.error_messages |= {
            "required": required_message or gettext_lazy("Indiquez une date."),
            "invalid": gettext_lazy("Écrivez une date comme 2026-09-01 (année, mois, jour)."),
        }

    def to_python(self, value: Any) -> date | None:
        """Return the day; a year of the Middle Ages is a typing mistake."""
        day = super().to_python(cleaning.clean_line(value) if isinstance(value, str) else value)
        if day is not None and not 1900 <= day.year <= 2100:  # noqa: PLR2004 - living memory
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return day

    def validate(self, value: date | None) -> None:
        """Refuse a day to come where something has already happened."""
        super().validate(value)
        if self.past and value is not None and value > timezone.localdate():
            raise ValidationError(_("La date ne peut pas être dans le futur."), code="future")


class QuantityField(LineField):
    """A number as people write it here: `1 234,50`."""

    def __init__(self, *, positive: bool = False, **kwargs: Any) -> None:
        super().__init__(inputmode="decimal", **kwargs)
        self.positive = positive

    def clean(self, value: Any) -> Decimal | None:
        """Return the number, or None when it is optional and left out."""
        line = super().clean(value)
        if not line:
            return None
        number = cleaning.clean_number(line)
        if number is None or (self.positive and number < 0):
            raise ValidationError(_("Écrivez un nombre, par exemple 1 234,50."), code="number")
        return number


class OneChoiceField(forms.ChoiceField):
    """One choice among a few: radios; among many: a list."""

    def __init__(self, *, required_message: Words = "", **kwargs: Any) -> None:
        options = kwargs["choices"]
        if len(options) > MANY_CHOICES:
            kwargs["choices"] = [("", gettext_lazy("Choisissez…")), *options]
        kwargs.setdefault("widget", forms.RadioSelect() if len(options) <= MANY_CHOICES else forms.Select())
        super().__init__(**kwargs)
        self.error_messages |= {
            "required": required_message or gettext_lazy("Choisissez une réponse."),
            "invalid_choice": gettext_lazy("Ce choix n'est plus offert. Choisissez-en un autre."),
        }


class SeveralChoicesField(forms.MultipleChoiceField):
    """Any number of choices: boxes to tick."""

    def __init__(self, *, required_message: Words = "", **kwargs: Any) -> None:
        super().__init__(widget=forms.CheckboxSelectMultiple(), **kwargs)
        self.error_messages |= {
            "required": required_message or gettext_lazy("Choisissez au moins une réponse."),
            "invalid_choice": gettext_lazy("Un choix n'est plus offert. Choisissez de nouveau."),
        }
