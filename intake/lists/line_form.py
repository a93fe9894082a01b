"""Answering one line on the page, without Excel: the same columns, read by the same rules (art. 4.2)."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intake.excel.monthly_reader import ReadLine, ReadProblem
from intake.models import OpenRequestsLine
from intake.policy.list_answers import Column, answer_in
from intake.process.monthly_answers import Reviewed
from snippets.models import WaitingReason

LONGEST_NOTE = 4_000
BIGGEST_VERSION = 2**31 - 1
DAYS = (Column.DONE_ON.value, Column.PLANNED_ON.value)


_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def _day(label: Any) -> forms.CharField:
    widget = forms.DateInput(attrs={"type": "date"})
    return forms.CharField(label=label, required=False, max_length=40, widget=widget)


def _note(label: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 2, "spellcheck": "true", "lang": "fr-CA"})
    return forms.CharField(label=label, required=False, max_length=LONGEST_NOTE, widget=widget)


class LineForm(forms.Form):
    """One line of the list; a day is read as text, and shown again as text when it is none, so that what was typed is never lost.

    `since` holds the events that came after the version shown, once someone else acted; `is_readable` is False for a
    line whose file is no longer for this person.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=BIGGEST_VERSION)
    sure_of = forms.CharField(required=False, max_length=10, widget=forms.HiddenInput)
    done_on = _day(_("Complétée le"))
    reason = forms.CharField(label=_("En attente : raison"), required=False, max_length=80)
    planned_on = _day(_("Action à venir : date"))
    public_message = _note(_("Note au citoyen"))
    internal_note = _note(_("Note interne"))

    def __init__(self, data: Any = None, *, line: OpenRequestsLine, reasons: list[WaitingReason]) -> None:
        prefix = f"ligne-{line.pk}"
        super().__init__(data, prefix=prefix, auto_id="id-%s", initial={"version": line.case.version})
        self.line, self.since, self.is_readable = line, None, True
        choices = [("", _("Choisir")), *((reason.label, reason.label) for reason in reasons)]
        self.fields["reason"].widget = forms.Select(choices=choices)
        for name in DAYS:
            # A browser blanks a date field whose value is no ISO day.
            if self._typed(name) and not _ISO_DAY.fullmatch(self._typed(name)):
                self.fields[name].widget.input_type = "text"

    def _typed(self, name: str) -> str:
        return str(self.data.get(self.add_prefix(name), "")).strip() if self.is_bound else ""

    @property
    def has_answer(self) -> bool:
        """Say whether anything was typed."""
        return any(self._typed(column.value) for column in Column)

    @property
    def typed(self) -> list[tuple[str, str]]:
        """What was typed, by label, as it was."""
        cells = [(str(self.fields[column.value].label), self._typed(column.value)) for column in Column]
        return [(label, value) for label, value in cells if value]

    def shown_again(self) -> "LineForm":
        """Take the version of the file as it is now: what changed since is on the page, the next answer is about it."""
        self.data[self.add_prefix("version")] = self.line.case.version
        return self

    def asks_whether_sure(self, item: Reviewed) -> bool:
        """Say beside the day what is odd about it, once; the same day posted again is meant."""
        day = item.read.answer.day
        if not item.cautions or self.cleaned_data["sure_of"] == str(day):
            return False
        self.data[self.add_prefix("sure_of")] = str(day)
        words = _("%(caution)s Si c'était déjà réparé, enregistrez de nouveau.")
        self.add_error(Column.DONE_ON.value, words % {"caution": " ".join(item.cautions)})
        return True

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
