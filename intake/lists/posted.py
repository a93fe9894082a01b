"""What came back from the page of a list (art. 4.2): looked at line by line as it was shown, whatever happened meanwhile."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from intake.models import OpenRequestsLine, OpenRequestsList
from intake.policy.roles import Actor
from intake.process.monthly_answers import Chosen, Reviewed, State, reasons_by_label, review
from intake.process.monthly_lines import readable_lines
from intake.process.monthly_lists import ON_A_LIST
from snippets.models import WaitingReason

from .line_form import LineForm

_LINE = re.compile(r"ligne-(\d{1,9})-version", re.ASCII)


@dataclass
class Posted:
    """The lines that may still be answered, those that left the list with an answer typed, and what may be applied."""

    forms: list[LineForm] = field(default_factory=list)
    gone: list[LineForm] = field(default_factory=list)
    chosen: list[Chosen] = field(default_factory=list)

    @property
    def moved(self) -> list[LineForm]:
        """Lines that someone else worked on since they were shown."""
        return [form for form in self.forms if form.since is not None]

    @property
    def references(self) -> list[str]:
        """The numbers of the lines that stop everything."""
        return [str(form.line.shown["reference"]) for form in (*self.gone, *self.moved)]

    @property
    def has_errors(self) -> bool:
        """Say whether something typed can't be taken as it is."""
        return any(form.errors for form in self.forms)


def posted(monthly: OpenRequestsList, data: Any, *, by: Actor, now: datetime) -> Posted:
    """Look at the lines that the page held when it was shown, not at those that it would hold now; change nothing."""
    forms = _forms(monthly, data.copy())
    valid = [form for form in forms if form.is_valid()]
    labels = reasons_by_label()
    reviewed = {item.read.key: item for item in review(monthly, [form.read(labels) for form in valid], by=by, now=now)}
    readable = set(readable_lines(monthly, by).values_list("pk", flat=True))
    result = Posted()
    for form in forms:
        item = reviewed.get(form.line.key)
        if form.line.pk in readable and form.line.case.status in ON_A_LIST:
            result.forms.append(form)
            _look(form, item, result.chosen)
        elif form.has_answer and not (item and item.state is State.UNCHANGED):
            form.is_readable = form.line.pk in readable
            result.gone.append(form)
    return result


def _forms(monthly: OpenRequestsList, data: Any) -> list[LineForm]:
    pks = [int(found[1]) for name in data if (found := _LINE.fullmatch(name))]
    lines = monthly.lines.filter(pk__in=pks).select_related("case__waiting_reason")
    return forms_of(lines, data)


def forms_of(lines: Sequence[OpenRequestsLine], data: Any = None) -> list[LineForm]:
    """One form a line."""
    reasons = list(WaitingReason.objects.offered())
    return [LineForm(data, line=line, reasons=reasons) for line in lines]


def _look(form: LineForm, item: Reviewed | None, chosen: list[Chosen]) -> None:
    """Say on the form what stops its answer; else choose it."""
    if item is None or item.state in (State.EMPTY, State.UNCHANGED):
        return
    for problem in item.problems:
        form.say(problem)
    case, seen = form.line.case, form.cleaned_data.get("version")
    if seen != case.version:
        form.since = list(case.events.order_by("at", "pk")[seen:])
    elif item.state is not State.REFUSED and form.asks_whether_sure(item):
        return
    elif item.state is not State.REFUSED:
        chosen.append(Chosen(form.line, item.read.answer, seen))
