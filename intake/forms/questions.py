"""A question that staff wrote becomes a field, and what was typed becomes an answer kept with the question's words."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from intake.process import GivenAnswer
from snippets.french_dates import date_format
from snippets.models import AskedQuestion, Question, QuestionType

from . import fields


def field_for(question: AskedQuestion) -> forms.Field:
    """Return the field that asks this question."""
    common = {
        "label": question.label,
        "help_text": question.help_text,
        "required": question.is_required,
        # The summary lists several: each says which question it is about.
        "required_message": _("Répondez à la question « %(question)s »") % {"question": question.label},
    }
    choices = [(choice, choice) for choice in question.choice_list]
    makers = {
        QuestionType.SHORT_TEXT: lambda: fields.LineField(**common),
        QuestionType.LONG_TEXT: lambda: fields.TextField(**common),
        QuestionType.NUMBER: lambda: fields.QuantityField(**common),
        QuestionType.DATE: lambda: fields.DayField(**common),
        QuestionType.ONE_CHOICE: lambda: fields.OneChoiceField(choices=choices, **common),
        QuestionType.SEVERAL_CHOICES: lambda: fields.SeveralChoicesField(choices=choices, **common),
    }
    return makers[QuestionType(question.question_type)]()


def answer_to(question: AskedQuestion, value: Any) -> GivenAnswer | None:
    """Return the answer to a question of staff; None when it was left empty."""
    return answer(
        key=question.key,
        label=question.label,
        question_type=question.question_type,
        value=value,
        question_id=question.pk if isinstance(question, Question) else None,
    )


def answer(
    *,
    key: str,
    label: str,
    question_type: str,
    value: Any,
    display: str = "",
    question_id: int | None = None,
) -> GivenAnswer | None:
    """Return an answer with its words copied; None when nothing was answered."""
    if value in (None, "", []):
        return None
    return GivenAnswer(
        key=key,
        label=str(label),
        question_type=question_type,
        value=storable(value),
        display=display or shown(value),
        question_id=question_id,
    )


def storable(value: Any) -> Any:
    """Return a value that JSON can hold; a number stays a number and a day is written 2026-09-01."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    return value


def shown(value: Any) -> str:
    """Return a value as people read it."""
    if isinstance(value, bool):
        return _("Oui") if value else _("Non")
    if isinstance(value, Decimal):
        return number_format(value, use_l10n=True, force_grouping=True)
    if isinstance(value, date):
        return date_format(value, "j F Y")
    if isinstance(value, (list, tuple)):
        return ", ".join(str(item) for item in value)
    return str(value or "")
