"""Art. 4.2: whatever is answered and however the rows and columns lie, what was answered is what is applied, once."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from intake.excel.monthly_book import HEADINGS
from intake.excel.monthly_reader import read
from intake.models import Case, CaseEvent, LineAnswer
from intake.process.monthly_answers import Chosen, State, apply, reasons_by_label, review
from tests.factories import TECHNICIAN, town_time
from tests.intake.lists.conftest import HEADING_ROW, PLACE, saved

pytestmark = pytest.mark.django_db
NOW, TODAY = town_time("2026-05-28 10:00"), date(2026, 5, 28)
MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
REASONS = {"Météo": "weather", "Entrepreneur": "contractor", "Renseignement du citoyen": "citizen"}


@dataclass(frozen=True)
class Line:
    """What a person answers: completed, waiting, planned or nothing, and the notes that go with it."""

    kind: str
    day: date
    written: int
    reason: str
    public_message: str
    internal_note: str

    def cells(self) -> dict[str, object]:
        notes = {"public_message": self.public_message or None, "internal_note": self.internal_note or None}
        if self.kind == "completed":
            return {"done_on": in_some_way(self.day, self.written), **notes}
        if self.kind == "waiting":
            return {"reason": self.reason, **notes}
        return {"planned_on": in_some_way(self.day, self.written), **notes} if self.kind == "planned" else {}


def in_some_way(day: date, written: int) -> object:
    """A day as Excel keeps it, or as people type it."""
    return [day, day.isoformat(), f"{day.day} {MONTHS[day.month - 1]} {day.year}", f"{day:%Y/%m/%d}"][written]


# Not what opens a formula, nor an empty note where the policy asks for one (Annexe A, a question).
notes = st.text("abcdéèçàÉ .,'’«»?!0123456789\n", min_size=1, max_size=60).map(lambda text: f"Note {text}".strip())


@st.composite
def lines(draw) -> Line:
    kind = draw(st.sampled_from(["completed", "waiting", "planned", "nothing"]))
    ago, ahead = (draw(st.integers(0, 20)) for _ in range(2))
    day = TODAY - timedelta(days=ago) if kind == "completed" else TODAY + timedelta(days=ahead)
    return Line(kind, day, draw(st.integers(0, 3)), draw(st.sampled_from(list(REASONS))), draw(notes), draw(notes))


def answered(book, given_lines, columns, order):
    """Write the answers, then lay the columns and the rows in another order."""
    sheet = book.worksheets[0]
    rows = [[cell.value for cell in row[: len(HEADINGS)]] for row in sheet.iter_rows(min_row=HEADING_ROW)]
    heading, body = rows[0], rows[1:]
    for values, line in zip(body, given_lines, strict=True):
        for key, value in line.cells().items():
            values[PLACE[key] - 1] = value
    for number, values in enumerate([heading, *(body[index] for index in order)], start=HEADING_ROW):
        for place, source in enumerate(columns, start=1):
            sheet.cell(number, place).value = values[source]
    return saved(book)


def told(case: Case) -> tuple[str, str]:
    event = CaseEvent.objects.filter(case=case).latest("pk")
    return event.public_message, event.internal_note


def expected(line: Line) -> tuple:
    if line.kind == "completed":
        return ("completed", line.day, None, None)
    if line.kind == "waiting":
        return ("waiting", None, None, REASONS[line.reason])
    return ("scheduled", None, line.day, None)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    given_lines=st.lists(lines(), min_size=3, max_size=3),
    columns=st.permutations(range(len(HEADINGS))),
    order=st.permutations(range(3)),
)
def test_what_was_answered_is_what_is_applied_and_again_changes_nothing(sent, given_lines, columns, order):
    with sent.list.file.open() as file:
        book = load_workbook(file)
    content = answered(book, given_lines, columns, order)

    def looked_at():
        content.seek(0)
        return review(sent.list, read(content, reasons=reasons_by_label()), by=TECHNICIAN, now=NOW)

    with transaction.atomic():
        reviewed = looked_at()
        assert not [item.problems for item in reviewed if item.problems]
        chosen = [Chosen(i.line, i.read.answer, i.version) for i in reviewed if i.state is State.APPLIES]
        answers = [line for line in given_lines if line.kind != "nothing"]
        assert apply(sent.list, chosen, by=TECHNICIAN, now=NOW, source=LineAnswer.Source.WORKBOOK) == len(answers)
        for case, line in zip(sent.cases, given_lines, strict=True):
            now = Case.objects.get(pk=case.pk)
            if line.kind == "nothing":
                assert (now.version, now.status) == (case.version, "routed")
            else:
                assert (now.status, now.done_on, now.planned_on, now.waiting_reason_id) == expected(line)
                assert told(case) == (line.public_message, line.internal_note)
        events = CaseEvent.objects.count()
        assert {item.state for item in looked_at()} <= {State.UNCHANGED, State.EMPTY}
        assert CaseEvent.objects.count() == events
        transaction.set_rollback(True)
