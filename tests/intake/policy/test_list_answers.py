"""Art. 4.2: what a Responsable answers in the workbook, as people really type it."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.policy.list_answers import Answer, Column, GivenLine, answer_in, day_in, folded

REASONS = {folded("Météo"): "weather", folded("Renseignement du citoyen"): "citizen"}
THE_DAY = date(2026, 5, 25)


@pytest.mark.parametrize(
    "value",
    [
        THE_DAY,
        datetime(2026, 5, 25),
        datetime(2026, 5, 25, 14, 30),
        46167,
        46167.0,
        "2026-05-25",
        " 2026/05/25 ",
        "2026.5.25",
        "2026-05-25 00:00:00",
        "25/05/2026",
        "25-05-2026",
        "25 mai 2026",
        "le 25 MAI 2026",
    ],
)
def test_a_day_is_read_as_people_and_programs_write_it(value):
    assert day_in(value) == THE_DAY


@pytest.mark.parametrize(("text", "day"), [("1er août 2026", date(2026, 8, 1)), ("05/05/2026", date(2026, 5, 5))])
def test_other_days_that_can_be_read_one_way_only(text, day):
    assert day_in(text) == day


@pytest.mark.parametrize("value", [None, "", "   "])
def test_an_empty_cell_is_no_day(value):
    assert day_in(value) is None


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("31/02/2026", "n'existe pas"),
        ("2026-02-30", "n'existe pas"),
        ("hier", "n'est pas une date"),
        ("03/05/2026", "deux façons"),
        ("31 foin 2026", "n'est pas une date"),
        (12, "n'est pas une date"),
        (46167.5, "n'est pas une date"),
        (True, "n'est pas une date"),
    ],
)
def test_what_is_no_day_or_could_be_two_is_named_never_guessed(value, words):
    with pytest.raises(ValueError, match=words):
        day_in(value)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({}, None),
        ({Column.DONE_ON: THE_DAY}, GivenLine(Answer.COMPLETED, day=THE_DAY)),
        ({Column.REASON: " METEO "}, GivenLine(Answer.WAITING, reason="weather")),
        ({Column.PLANNED_ON: "2026-06-01"}, GivenLine(Answer.PLANNED, day=date(2026, 6, 1))),
        (
            {Column.DONE_ON: THE_DAY, Column.PUBLIC_MESSAGE: "Merci!", Column.INTERNAL_NOTE: 12.0},
            GivenLine(Answer.COMPLETED, day=THE_DAY, public_message="Merci!", internal_note="12"),
        ),
    ],
)
def test_art_4_2_each_line_takes_one_of_three_answers(cells, expected):
    assert answer_in(cells, reasons=REASONS) == (expected, [])


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        ({Column.DONE_ON: "hier"}, Column.DONE_ON, "n'est pas une date"),
        ({Column.REASON: "parce que"}, Column.REASON, "liste déroulante"),
        ({Column.DONE_ON: THE_DAY, Column.REASON: "Météo"}, None, "Une seule réponse"),
        ({Column.PUBLIC_MESSAGE: "Bientôt!"}, None, "note sans réponse"),
    ],
)
def test_art_4_2_what_is_no_answer_is_said_with_its_column(cells, column, words):
    line, problems = answer_in(cells, reasons=REASONS)
    assert line is None
    assert [problem.column for problem in problems] == [column]
    assert words in problems[0].reason


@given(st.one_of(st.none(), st.text(), st.integers(), st.floats(), st.booleans(), st.dates(), st.datetimes()))
def test_whatever_a_cell_holds_it_is_a_day_or_a_word_in_french(value):
    problems = []
    try:
        assert isinstance(day_in(value), date | None)
    except ValueError as error:
        problems.append(str(error))
    assert all("«" in words for words in problems)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_day_comes_back_from_each_way_of_writing_it(day):
    serial = (day - date(1899, 12, 30)).days
    assert {day_in(day.isoformat()), day_in(serial), day_in(f"{day:%Y/%m/%d}")} == {day}
