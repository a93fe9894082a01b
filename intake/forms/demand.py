"""The first steps of each kind: what is asked by the policy, then by the grid, then by the page (art. 4.1, 4.3, 4.4, 4.6)."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.policy.vocabulary import InquiryType
from intake.process import GivenAnswer
from snippets.models import QuestionType

from . import fields, questions
from .step_form import DEMAND, NATURE, FilesField, StepForm

OTHER_NATURE = "autre"


class NatureForm(StepForm):
    """What the request is about, in citizens' words (art. 4.1); nobody has to know the grid."""

    slug, title = NATURE, gettext_lazy("De quoi s'agit-il?")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(nature.code, nature.name) for nature in self.journey.natures]
        self.fields["nature"] = forms.ChoiceField(
            label=self.title,
            choices=[*choices, (OTHER_NATURE, _("Autre, ou je ne trouve pas"))],
            widget=forms.RadioSelect(),
            error_messages={
                "required": _("Choisissez ce dont il s'agit, ou « Autre, ou je ne trouve pas »."),
                "invalid_choice": _("Cette nature de demande n'est plus offerte. Choisissez-en une autre."),
            },
        )


class DemandForm(StepForm):
    """The demand itself: the grid's questions first, the policy's fields, the page's own questions."""

    slug, title = DEMAND, gettext_lazy("Votre demande")
    FIRST: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = [*self.journey.nature_questions, *self.journey.own_questions]
        for question in self.asked:
            self.fields[question.key] = questions.field_for(question)
        of_nature = [question.key for question in self.journey.nature_questions]
        self.order_fields([*self.FIRST, *of_nature])
        self.fields["files"] = FilesField()

    def answers(self) -> Iterator[GivenAnswer | None]:
        """Yield the kind's own answers, then those to the questions of staff with their words."""
        yield from super().answers()
        for question in self.asked:
            yield questions.answer_to(question, self.cleaned_data.get(question.key))


def facts_field(*, label: str, minimum: int | None = fields.FACTS_MINIMUM, help_text: str = "") -> fields.TextField:
    """Return the statement of facts (art. 4.3: « suffisamment détaillée »)."""
    return fields.TextField(
        label=label,
        help_text=help_text,
        min_length=minimum,
        rows=8,
        required_message=gettext_lazy("Décrivez la situation en quelques phrases."),
    )


def location_field(*, label: str) -> fields.LineField:
    """Return the place, in the citizen's words: an address, a crossing, a landmark."""
    return fields.LineField(
        label=label,
        help_text=gettext_lazy("L'adresse la plus proche, une intersection ou un repère."),
        required_message=gettext_lazy("Indiquez le lieu."),
    )


class RequestForm(DemandForm):
    """A request: place and facts (art. 4.3)."""

    FIRST = ("location",)
    location = location_field(label=gettext_lazy("Où est-ce?"))
    facts = facts_field(
        label=gettext_lazy("Décrivez la situation"),
        help_text=gettext_lazy("Ce que vous voyez, depuis quand, et ce qui aiderait l'équipe à le trouver."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.journey.asks_location:
            del self.fields["location"]


class InquiryForm(DemandForm):
    """A question, a suggestion, a comment or a compliment (art. 4.1, accueil et information; 4.8)."""

    title = gettext_lazy("Votre message")
    ANSWERS = {
        "inquiry_type": QuestionType.ONE_CHOICE,
        "praised": QuestionType.SHORT_TEXT,
        "wants_reply": QuestionType.ONE_CHOICE,
    }
    inquiry_type = fields.OneChoiceField(
        label=gettext_lazy("Votre message est"),
        choices=[
            (InquiryType.INFORMATION.value, gettext_lazy("une question")),
            (InquiryType.SUGGESTION.value, gettext_lazy("une suggestion")),
            (InquiryType.COMMENT.value, gettext_lazy("un commentaire")),
            (InquiryType.COMPLIMENT.value, gettext_lazy("des félicitations")),
        ],
        required_message=gettext_lazy(
            "Dites si c'est une question, une suggestion, un commentaire ou des félicitations."
        ),
    )
    # A free text: nobody picks an employee in a list, and no statistic counts by name (art. 4.8).
    praised = fields.LineField(
        label=gettext_lazy("À qui s'adressent vos félicitations?"),
        help_text=gettext_lazy("Facultatif. Le nom d'une personne ou d'une équipe, si vous le connaissez."),
        required=False,
    )
    facts = facts_field(label=gettext_lazy("Message"), minimum=None)
    wants_reply = fields.OneChoiceField(
        label=gettext_lazy("Souhaitez-vous une réponse?"),
        choices=[("yes", gettext_lazy("Oui")), ("no", gettext_lazy("Non"))],
        required_message=gettext_lazy("Dites si vous souhaitez une réponse."),
    )
