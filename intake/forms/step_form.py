"""What every step of every form does: show what was typed, judge it, say it back, hand on its answers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy

from intake.policy import cleaning
from intake.process import GivenAnswer
from snippets.models import QuestionType

from . import questions

if TYPE_CHECKING:
    from .journey import Journey

NATURE, TARGET, DEMAND, CONTACT, CHECK = "nature", "vise", "demande", "coordonnees", "verification"

# What a draft keeps of one text: far more than a form accepts, far less than a flood.
KEPT_CHARACTERS = 20_000
KEPT_VALUES = 50


@dataclass(frozen=True)
class Row:
    """One line of the check page."""

    label: str
    display: str
    slug: str
    anchor: str


class StepForm(forms.Form):
    """One step. Fields named in ANSWERS are kept as answers under their own name, the others belong to the case."""

    slug: ClassVar[str]
    title: ClassVar[str]
    ANSWERS: ClassVar[dict[str, QuestionType]] = {}

    def __init__(self, data: Any = None, *, journey: "Journey", initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.journey = journey

    @classmethod
    def initial_from(cls, stored: Mapping[str, list[str]]) -> dict[str, Any]:
        """Turn what was typed into what a form shows before it judges."""
        return {name: values if len(values) > 1 else next(iter(values), "") for name, values in stored.items()}

    @property
    def kept_names(self) -> list[str]:
        """The names of the fields that a draft keeps."""
        return [name for name, field in self.fields.items() if not isinstance(field, forms.FileField)]

    def typed(self) -> dict[str, list[str]]:
        """What was typed, as a draft keeps it: this form's fields only, without controls, and no more than it may hold."""
        return {
            name: [
                cleaning.without_controls(value)[:KEPT_CHARACTERS] for value in self.data.getlist(name)[:KEPT_VALUES]
            ]
            for name in self.kept_names
        }

    def typed_rows(self) -> Iterator[Row]:
        """What was typed, good or not, with the question beside it."""
        for name, values in self.typed().items():
            words = dict(getattr(self.fields[name], "choices", ()))
            shown = ", ".join(str(words.get(value, value)) for value in values if value)
            if shown:
                yield Row(str(self.fields[name].label), shown, self.slug, self.anchor(name))

    def display(self, name: str) -> str:
        """Return an answer as people read it: the words of a choice, a day in full."""
        value, field = self.cleaned_data.get(name), self.fields[name]
        if isinstance(field, forms.ChoiceField) and isinstance(value, str):
            return str(dict(field.choices).get(value, value))
        return questions.shown(value)

    def rows(self) -> Iterator[Row]:
        """Every answer that was given, in the order of the page."""
        for name in self.kept_names:
            if shown := self.display(name):
                yield Row(str(self.fields[name].label), shown, self.slug, self.anchor(name))

    def anchor(self, name: str) -> str:
        """Return the id of the input that a change link leads to."""
        grouped = isinstance(self.fields[name].widget, (forms.RadioSelect, forms.CheckboxSelectMultiple))
        return f"id_{name}_0" if grouped else f"id_{name}"

    def answers(self) -> Iterator[GivenAnswer | None]:
        """Yield what is kept beside the case's own fields."""
        for name, question_type in self.ANSWERS.items():
            yield questions.answer(
                key=name,
                label=str(self.fields[name].label),
                question_type=question_type.value,
                value=self.cleaned_data.get(name),
                display=self.display(name),
            )

    def details(self) -> object | None:
        """Return what only this kind asks for, as its room wants it (intake/process/kinds.py); None for most steps."""
        return None


class FilesInput(forms.FileInput):
    """A file input that takes several."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Photos and PDF; what they hold is checked in uploads.py, file by file, so that one bad file loses no other."""

    def __init__(self) -> None:
        super().__init__(
            label=gettext_lazy("Photos ou documents"),
            required=False,
            widget=FilesInput(attrs={"accept": "image/*,.heic,.heif,application/pdf"}),
            help_text=gettext_lazy("Photos ou PDF, 10 Mo au plus chacun. Vous pouvez en choisir plusieurs."),
        )

    def clean(self, data: Any, initial: Any = None) -> None:
        """Nothing here: see uploads.py."""
