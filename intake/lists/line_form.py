"""Answering one line on the page, without Excel: the same columns, read by the same rules (art. 4.2)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intake.excel.monthly_reader import ReadLine, ReadProblem
from intake.models import OpenRequestsLine
from intake.policy.list_answers import Column, answer_in
from snippets.models import WaitingReason

LONGEST_NOTE = 4_000


def _day(label: Any) -> forms.CharField:
    widget = forms.DateInput(attrs={"type": "date"})
    return forms.CharField(label=label, required=False, max_length=40, widget=widget)


def _note(label: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 2, "spellcheck": "true", "lang": "fr-CA"})
    return forms.CharField(label=label, required=False, max_length=LONGEST_NOTE, widget=widget)


class LineForm(forms.Form):
    """One line of the list; a day is read as text so that what was typed is never lost."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    done_on = _day(_("Complétée le"))
    reason = forms.CharField(label=_("En attente : raison"), required=False, max_length=80)
    planned_on = _day(_("Action à venir : date"))
    public_message = _note(_("Note au citoyen"))
    internal_note = _note(_("Note interne"))

    def __init__(self, data: Any = None, *, line: OpenRequestsLine, reasons: list[WaitingReason]) -> None:
        prefix = f"ligne-{line.pk}"
        super().__init__(data, prefix=prefix, auto_id="id-%s", initial={"version": line.case.version})
        self.line = line
        choices = [("", _("Choisir")), *((reason.label, reason.label) for reason in reasons)]
        self.fields["reason"].widget = forms.Select(choices=choices)

    def read(self, reasons: dict[str, str]) -> ReadLine:
        """Return the line as the workbook's reader would: its answer, or what can't be read, by field."""
        cells = {column: self.cleaned_data.get(column.value) or None for column in Column}
        answer, problems = answer_in(cells, reasons=reasons)
        return ReadLine(
            sheet="",
            row=self.line.position,
            key=self.line.key,
            reference=str(self.line.shown["reference"]),
            places={column.value: column.value for column in Column},
            answer=answer,
            problems=tuple(
                ReadProblem("", problem.column.value if problem.column else "", problem.reason) for problem in problems
            ),
        )

    def say(self, problem: ReadProblem) -> None:
        """Put a problem beside the field it is about."""
        self.add_error(problem.place if problem.place in self.fields else None, problem.reason)
