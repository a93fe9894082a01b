"""One value as one cell, whatever a citizen typed; re-opened by openpyxl, which did not write it."""

import re
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from intake.excel.cells import CUT_MARK, LONGEST_TEXT, Cell, plain_text
from intake.excel.column import Column
from intake.excel.workbook import About, write
from tests.factories import town_time

ABOUT = About(title="Demandes", made_at=town_time("2026-11-24 09:30"), brand_colour="#1d4f91")


def written(value, cell=Cell.TEXT):
    """The cell A2 of a real workbook, opened again."""
    out = BytesIO()
    write([[value]], [Column("c", "Colonne", cell, 20)], out, about=ABOUT)
    return load_workbook(out).active["A2"]


def unescaped(text):
    """As Excel reads it: _x005F_ is an underscore (openpyxl leaves inline strings as they are)."""
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m[1], 16)), text)


FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    '=HYPERLINK("http://exemple.example")',
    "=cmd|' /C calc'!A0",
]


@pytest.mark.parametrize("typed", FORMULAS)
def test_text_that_begins_like_a_formula_when_written_is_text(typed):
    cell = written(typed)
    assert cell.data_type == "s"
    assert cell.value == plain_text(typed)
    assert cell.hyperlink is None


@pytest.mark.parametrize(
    "typed",
    [
        "<r>riche</r>",
        "<r><t>faux</t></r>",
        "</t></is></c>",
        "a & b < c > d",
        "_x000D_",
        "_x0041_x0042_",
        " espaces ",
        "450",
        "1e5",
    ],
)
def test_text_that_looks_like_the_file_format_when_written_is_read_as_typed(typed):
    cell = written(typed)
    assert (cell.data_type, unescaped(cell.value)) == ("s", typed)


@given(st.text(max_size=60))
@example("=1+1")
@example("<r>x</r>")
@example("_x005F_")
@example("\ud800 seul")
@example("\ufffe\uffff")
@example("\x00\x1b[31m")
@example("a\r\nb\rc\nd")
@example("\u2028\x85\xa0")
@settings(max_examples=150, deadline=None)
def test_any_text_when_written_is_read_as_the_same_text_less_what_xml_forbids(typed):
    cell = written(typed)
    expected = plain_text(typed)
    if expected == "":
        assert cell.value in (None, "")
    else:
        assert (cell.data_type, unescaped(cell.value)) == ("s", expected)


def test_control_characters_when_written_are_left_out_and_line_ends_are_kept():
    assert plain_text("a\x00b\x0bc\r\nd\re\tf\x1f") == "abc\nd\ne\tf"


def test_a_text_longer_than_a_cell_when_written_is_cut_with_a_mark():
    cell = written("é" * 100_000)
    assert len(cell.value) == LONGEST_TEXT
    assert cell.value.endswith(CUT_MARK)


def test_a_text_as_long_as_a_cell_when_written_is_whole():
    assert written("é" * LONGEST_TEXT).value == "é" * LONGEST_TEXT


def test_emojis_when_cut_are_counted_as_excel_counts_them_and_never_halved():
    cut = plain_text("x" + "🕳" * 20_000)
    assert len(cut.encode("utf-16-le")) // 2 <= LONGEST_TEXT
    assert cut.startswith("x🕳🕳")
    assert cut.removesuffix(CUT_MARK)[-1] == "🕳"


def test_a_moment_when_written_shows_the_clock_of_the_town():
    cell = written(datetime(2026, 7, 1, 3, 59, 30, tzinfo=UTC), Cell.MOMENT)
    assert cell.value == datetime(2026, 6, 30, 23, 59, 30)
    assert cell.is_date
    assert cell.number_format == "yyyy-mm-dd hh:mm"


@pytest.mark.parametrize("hour_utc", [5, 6])
def test_a_moment_of_the_hour_that_comes_twice_when_written_shows_half_past_one(hour_utc):
    assert written(datetime(2026, 11, 1, hour_utc, 30, tzinfo=UTC), Cell.MOMENT).value == datetime(2026, 11, 1, 1, 30)


def test_a_date_when_written_is_a_date():
    cell = written(date(2026, 2, 28), Cell.DATE)
    assert (cell.value, cell.number_format) == (datetime(2026, 2, 28), "yyyy-mm-dd")


@given(st.dates(min_value=date(1900, 3, 1), max_value=date(9999, 12, 31)))
@settings(max_examples=40, deadline=None)
def test_any_date_that_excel_knows_when_written_is_read_back(day):
    assert written(day, Cell.DATE).value.date() == day


@pytest.mark.parametrize("day", [date(1899, 12, 31), date(1900, 1, 1), date(1900, 2, 28), date(1, 1, 1)])
def test_a_date_before_excel_can_count_when_written_is_text(day):
    cell = written(day, Cell.DATE)
    assert (cell.data_type, cell.value) == ("s", day.isoformat())


def test_a_moment_before_excel_can_count_when_written_is_text():
    assert written(datetime(1899, 1, 1, 12, 0, tzinfo=UTC), Cell.MOMENT).data_type == "s"


@pytest.mark.parametrize("number", [0, -3, 10**9])
def test_a_number_when_written_is_a_number(number):
    cell = written(number, Cell.INTEGER)
    assert (cell.value, cell.data_type) == (number, "n")


@pytest.mark.parametrize("empty", [None, ""])
def test_nothing_when_written_leaves_an_empty_cell(empty):
    assert written(empty).value is None
