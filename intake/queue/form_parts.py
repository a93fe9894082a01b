"""What the forms of gestures are made of; each room adds its own in a file of its own."""

from datetime import date, datetime
from typing import Any, ClassVar

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from intake.models import Case
from intake.policy.roles import Actor
from intake.policy.vocabulary import Verb
from intake.process import Refused
from snippets.models import RequestNature

LONGEST_TEXT = 10_000
LONGEST_KEY = 18  # the digits of a key of the database
_WRONG_YEAR = _("Vérifiez l'année de cette date.")
PLAUSIBLE_DAY = (
    MinValueValidator(date(1900, 1, 1), _WRONG_YEAR),
    MaxValueValidator(date(2100, 12, 31), _WRONG_YEAR),
)


def text(label: Any, help_text: Any = "", *, rows: int = 4, longest: int = LONGEST_TEXT) -> forms.CharField:
    """A long text in French, checked for spelling by the browser (Annexe A, point 5)."""
    widget = forms.Textarea(attrs={"rows": rows, "spellcheck": "true", "lang": "fr-CA"})
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=longest, widget=widget)


def day(label: Any, help_text: Any = "") -> forms.DateField:
    """A day, chosen in the browser; a year of the Middle Ages or of the far future is a typing mistake."""
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, help_text=help_text, required=False, widget=widget, validators=PLAUSIBLE_DAY)


def internal(label: Any = None) -> forms.CharField:
    """The internal note."""
    return text(label or _("Note interne"), _("Visible du personnel seulement. Le citoyen ne la lit jamais."))


def say(form: forms.BaseForm, refused: Refused) -> None:
    """Put each refusal beside its field, or above the form."""
    for refusal in refused.refusals:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.reason)


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
    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, case: Case, actor: Actor) -> None:
        initial = {"seen_version": case.version, **self.starting_values(case, actor)}
        super().__init__(data, auto_id=f"{self.verb.value}-%s", initial=initial)
        self.case, self.actor = case, actor

    def starting_values(self, case: Case, actor: Actor) -> dict[str, Any]:
        """What the fields hold before anyone types."""
        return {}

    def seen(self) -> int | None:
        """The version on which what was sent was filled; None when it does not say."""
        try:
            return self.fields["seen_version"].clean(self.data.get("seen_version"))
        except forms.ValidationError:
            return None

    def _common(self, by: Actor, now: datetime) -> dict[str, Any]:
        return {"pk": self.case.pk, "by": by, "now": now, "seen_version": self.cleaned_data["seen_version"]}

    def rehearse(self, *, by: Actor, now: datetime) -> Case:
        """What is played to show the letter before « Valider »: the gesture itself, unless its letter is to wait."""
        return self.act(by=by, now=now)

    @property
    def cautions(self) -> list[str]:
        """What the person is told before validating; nothing of it forbids."""
        return []

    @property
    def letter_waits(self) -> bool:
        """Say whether the letter shown leaves later than the gesture."""
        return False

    @property
    def without_letter(self) -> str:
        """What is said when no letter leaves."""
        return now_("Le citoyen verra le nouvel état dans son suivi.")

    @property
    def done(self) -> str:
        """What is said once it is done, when the gesture's own words don't fit; may use %(reference)s."""
        return ""

    def kept(self) -> list[tuple[str, str]]:
        """What was typed, to be shown when the form itself no longer is: nothing is lost."""
        fields = [field for field in self if not field.is_hidden]
        return [(field.label, str(field.value())) for field in fields if field.value()]


class NoteForm(ActionForm):
    """A gesture that asks for nothing but an optional internal note."""

    internal_note = internal()
    does: ClassVar[Any]

    def act(self, *, by: Actor, now: datetime) -> Case:
        """Take, resume or close."""
        return type(self).does(**self._common(by, now), internal_note=self.cleaned_data["internal_note"])
