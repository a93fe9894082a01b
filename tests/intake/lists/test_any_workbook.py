"""Art. 4.2: whatever is answered and however the rows and columns lie, what was answered is what is applied, once."""

from dataclasses import dataclass
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from post_office.models import Email

from intake.excel.monthly_book import HEADINGS
from intake.excel.monthly_reader import read
from intake.models import Case, CaseEvent, LineAnswer, OpenRequestsList
from intake.process import plan, route, wait
from intake.process.monthly_answers import Chosen, State, apply, reasons_by_label, review
from intake.process.monthly_lists import send_due_lists, unanswered
from tests.factories import TECHNICIAN, NatureFactory, a_case, town_time
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


def taken_in(sent, given_lines, columns, order):
    """Answer, apply twice, and hold each file against what was answered; everything is undone after."""
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
        assert unanswered(sent.list) == 3 - len(answers)
        for case, line in zip(sent.cases, given_lines, strict=True):
            now = Case.objects.get(pk=case.pk)
            if line.kind == "nothing":
                assert (now.version, now.status) == (case.version, case.status)
            else:
                planned_on = now.planned_on if line.kind != "completed" else None  # a completed file keeps its plan
                assert (now.status, now.done_on, planned_on, now.waiting_reason_id) == expected(line)
                assert told(case) == (line.public_message, line.internal_note)
        events = CaseEvent.objects.count()
        assert {item.state for item in looked_at()} <= {State.UNCHANGED, State.EMPTY}
        assert apply(sent.list, chosen, by=TECHNICIAN, now=NOW, source=LineAnswer.Source.WORKBOOK) == 0
        assert CaseEvent.objects.count() == events
        transaction.set_rollback(True)


ANY_WORKBOOK = {
    "given_lines": st.lists(lines(), min_size=3, max_size=3),
    "columns": st.permutations(range(len(HEADINGS))),
    "order": st.permutations(range(3)),
}
in_time = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture]}


@settings(max_examples=25, **in_time)
@given(**ANY_WORKBOOK)
def test_what_was_answered_is_what_is_applied_and_again_changes_nothing(sent, given_lines, columns, order):
    taken_in(sent, given_lines, columns, order)


@pytest.fixture
def under_way(town, works):
    """The same list, of requests that already waited or were planned when it left: an answer may repeat where they stand."""
    nature, then = NatureFactory(department=works), town_time("2026-05-20 10:00")
    cases = [a_case(nature, now=town_time(f"2026-05-0{day} 10:00")) for day in (4, 5, 6)]
    for case in cases:
        route(pk=case.pk, by=TECHNICIAN, now=town_time("2026-05-07 10:00"))
    wait(pk=cases[0].pk, reason="weather", note="Sol gelé.", by=TECHNICIAN, now=then)
    wait(pk=cases[1].pk, reason="citizen", note="Quel numéro?", by=TECHNICIAN, now=then)
    plan(pk=cases[2].pk, planned_on=TODAY + timedelta(days=3), by=TECHNICIAN, now=then)
    send_due_lists(now=town_time("2026-05-25 08:00"))
    cases = [Case.objects.get(pk=case.pk) for case in cases]
    return SimpleNamespace(list=OpenRequestsList.objects.get(department=works), cases=cases)


def again(kind: str, **changes) -> Line:
    """An answer that repeats where the file stands."""
    as_it_stands = {"day": TODAY + timedelta(days=3), "written": 0, "reason": "Météo"}
    return Line(kind, **{**as_it_stands, "public_message": "Note.", "internal_note": "Mot.", **changes})


@settings(max_examples=10, **in_time)
@example(
    given_lines=[again("waiting"), again("waiting", reason="Renseignement du citoyen"), again("planned")],
    columns=list(range(len(HEADINGS))),
    order=[0, 1, 2],
)
@given(**ANY_WORKBOOK)
def test_art_4_2_what_repeats_where_the_file_stands_is_kept_with_its_notes(under_way, given_lines, columns, order):
    taken_in(under_way, given_lines, columns, order)


def test_art_4_2_a_wait_confirmed_without_a_word_is_answered_and_asks_the_citizen_nothing_again(under_way):
    mails = Email.objects.count()
    without = {"public_message": "", "internal_note": ""}
    given_lines = [
        again("waiting", **without),
        again("waiting", reason="Renseignement du citoyen", public_message="Quel  numéro?", internal_note=""),
        again("planned", **without),
    ]
    with under_way.list.file.open() as file:
        content = answered(load_workbook(file), given_lines, range(len(HEADINGS)), range(3))
    reviewed = review(under_way.list, read(content, reasons=reasons_by_label()), by=TECHNICIAN, now=NOW)
    chosen = [Chosen(i.line, i.read.answer, i.version) for i in reviewed if i.state is State.APPLIES]

    assert apply(under_way.list, chosen, by=TECHNICIAN, now=NOW, source=LineAnswer.Source.WORKBOOK) == 3
    assert (unanswered(under_way.list), Email.objects.count()) == (0, mails)
    first, second, third = (Case.objects.get(pk=case.pk) for case in under_way.cases)
    assert (first.status, first.waiting_note, second.waiting_note) == ("waiting", "Sol gelé.", "Quel numéro?")
    assert second.clock_stopped_on == date(2026, 5, 20)
    assert third.planned_on == TODAY + timedelta(days=3)
    assert "toujours en attente (Météo)" in told(first)[1]
