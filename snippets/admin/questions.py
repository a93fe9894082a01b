"""The questions of a nature inside its form: added, ordered, retired; an answered one is never erased."""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import InlinePanel

from snippets.models import Question

from .in_use import is_protected

ANSWERED = _(
    "Des citoyens ont répondu à cette question : elle ne peut pas être supprimée. Décochez « Posée » pour la retirer."
)


def is_answered(question: Question) -> bool:
    """Say whether a file holds an answer to this question."""
    return question.pk is not None and is_protected(Question.objects.filter(pk=question.pk))


class QuestionForm(WagtailAdminModelForm):
    """One question; refuses its removal, beside the field that retires it, once it is answered."""

    def clean(self) -> dict[str, Any]:
        """Undo the removal of an answered question and say what to do instead."""
        cleaned = super().clean()
        if cleaned.get(DELETION_FIELD_NAME) and is_answered(self.instance):
            cleaned[DELETION_FIELD_NAME] = False
            # What is shown again must not be hidden as a removed question is.
            self.data = self.data.copy()
            self.data.pop(self.add_prefix(DELETION_FIELD_NAME), None)
            self.add_error("is_active", ValidationError(ANSWERED))
        return cleaned


class QuestionsPanel(InlinePanel):
    """Wagtail's inline panel with our form for each question."""

    def get_form_options(self) -> dict[str, Any]:
        """Name the form of each question."""
        options = super().get_form_options()
        options["formsets"][self.relation_name]["form"] = QuestionForm
        return options
