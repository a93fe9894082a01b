"""Several sheets in one workbook: their names, their rows, their counts; and the same rows as a text file."""

import csv
import io
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import load_workbook

from intake.excel import csv_file
from intake.excel.cells import Cell
from intake.excel.column import Column
from intake.excel.sheet_names import LONGEST_NAME, SheetNames
from intake.excel.workbook import About, write
from intake.policy.exports import Part, part_of
from intake.policy.vocabulary import OPEN_STATUSES, Status
from tests.factories import town_time

ABOUT = About(title="Demandes", made_at=town_time("2026-11-24 09:30"), brand_colour="#1d4f91", note="Vue : Toutes")
COLUMNS = (
    Column("reference", "Numéro", Cell.TEXT, 13, stays_in_sight=True),
    Column("facts", "Exposé", Cell.LONG_TEXT, 60),
    Column("due", "Échéance", Cell.DATE, 12),
    Column("received", "Reçue le", Cell.MOMENT, 17),
    Column("days", "Jours", Cell.INTEGER, 8),
)
NUMBERS = (Column("n", "N", Cell.INTEGER, 8),)


def divided(rows, sheets=(), columns=NUMBERS, **options):
    out = io.BytesIO()
    total = write(iter(rows), columns, out, about=ABOUT, sheets=sheets, **options)
    return load_workbook(out), total


def numbers_on(sheet):
    return [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)]


def test_rows_when_divided_keep_their_order_on_each_sheet_and_none_is_lost():
    rows = [[("Voirie", "Parcs", "Eau")[n % 3], n] for n in range(3_500)]
    book, total = divided(rows, sheets=["Parcs", "Voirie"])
    assert total == 3_500
    assert book.sheetnames == ["Sommaire", "Parcs", "Voirie", "Eau"]
    for place, name in enumerate(("Voirie", "Parcs", "Eau")):
        assert numbers_on(book[name]) == [n for n in range(3_500) if n % 3 == place]


def test_the_first_sheet_counts_the_rows_of_the_others_and_says_which_list_it_is():
    book, _total = divided([["Ouvertes", 1], ["Ouvertes", 2]], sheets=["Ouvertes", "Complétées"])
    assert list(book["Sommaire"].iter_rows(values_only=True)) == [
        ("Feuille", "Demandes"),
        ("Ouvertes", 2),
        ("Complétées", 0),
        ("Total", 2),
        ("2026-11-24 09:30", None),
        ("Vue : Toutes", None),
    ]
    assert list(book["Complétées"].iter_rows(values_only=True)) == [("N",)]


def test_a_part_longer_than_a_sheet_goes_on_to_a_further_sheet():
    book, total = divided([["Voirie", n] for n in range(25)], sheets=["Voirie"], rows_a_sheet=10)
    assert (book.sheetnames, total) == (["Sommaire", "Voirie", "Voirie (2)", "Voirie (3)"], 25)
    assert [len(numbers_on(book[name])) for name in book.sheetnames[1:]] == [10, 10, 5]
    assert book["Sommaire"]["B2"].value == 25


def test_a_part_that_fills_its_sheet_exactly_opens_no_empty_one():
    book, _total = divided([["Voirie", n] for n in range(10)], sheets=["Voirie"], rows_a_sheet=10)
    assert book.sheetnames == ["Sommaire", "Voirie"]


def test_each_sheet_has_its_heading_its_filter_and_its_frozen_panes():
    rows = [["A", "2026-0001", "=1+1", date(2026, 6, 30), town_time("2026-06-22 10:15"), 5]]
    book, _total = divided(rows, columns=COLUMNS)
    sheet = book["A"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", "A1:E2")
    assert (sheet["B2"].value, sheet["B2"].data_type) == ("=1+1", "s")
    assert sheet["C2"].value == datetime(2026, 6, 30)


WORDS = st.one_of(
    st.text(), st.text(alphabet="[]:*?/\\' a1🚧", max_size=50), st.just("Travaux publics et voirie: l'hiver [été]")
)


@given(st.lists(WORDS, max_size=12))
@example(["Voirie"] * 12)
@example(["history", "Historique", "'", "[]"])
@example(["🚧" * 31, "🚧" * 31, "a" * 40, "A" * 40])
def test_names_of_sheets_whatever_the_words_are_those_that_excel_opens(words):
    names = SheetNames()
    given_names = [names.take(each) for each in words]
    for name in given_names:
        assert 0 < len(name.encode("utf-16-le")) // 2 <= LONGEST_NAME
        assert not set(name) & set("[]:*?/\\")
        assert all(ord(sign) >= ord(" ") for sign in name)
        assert not name.startswith("'")
        assert not name.endswith("'")
        assert name.casefold() not in {"history", "historique"}
    assert len({name.casefold() for name in given_names}) == len(words)


def test_names_when_they_may_be_are_left_as_they_are():
    names = SheetNames()
    assert [names.take(words) for words in ("Travaux publics", "TRAVAUX PUBLICS", "Eau / égout")] == [
        "Travaux publics",
        "TRAVAUX PUBLICS (2)",
        "Eau égout",
    ]


@pytest.mark.parametrize("words", ["Voirie [été]", "a" * 60, "🚧" * 31, "'x'"])
def test_a_workbook_whose_words_excel_forbids_opens(words):
    book, total = divided([[words, 1], [words, 2]])
    assert (total, len(book.sheetnames)) == (2, 2)


def test_every_status_belongs_to_one_part():
    parts = {status: part_of(status) for status in Status}
    assert {status for status, part in parts.items() if part is Part.OPEN} == set(OPEN_STATUSES)
    assert {status.value for status, part in parts.items() if part is Part.OTHER} == {
        "inadmissible",
        "merged",
        "out_of_scope",
        "withdrawn",
    }
    assert parts[Status.CLOSED] is parts[Status.COMPLETED] is Part.COMPLETED


def as_csv(rows, columns=COLUMNS):
    out = io.BytesIO()
    total = csv_file.write(iter(rows), columns, out)
    return out.getvalue(), total


def read_back(data):
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_the_text_file_when_made_is_what_excel_in_french_opens():
    data, total = as_csv(
        [
            ["2026-0001", "Un trou; « profond »\r\nà deux pas", date(2026, 6, 30), town_time("2026-06-22 10:15"), -5],
            ["2026-0002", None, None, datetime(2026, 3, 8, 7, 30, 12, tzinfo=UTC), None],
        ]
    )
    assert total == 2
    assert data.startswith(b"\xef\xbb\xbfNum\xc3\xa9ro;Expos\xc3\xa9;")
    assert read_back(data) == [
        ["Numéro", "Exposé", "Échéance", "Reçue le", "Jours"],
        ["2026-0001", "Un trou; « profond »\nà deux pas", "2026-06-30", "2026-06-22 10:15", "-5"],
        ["2026-0002", "", "", "2026-03-08 03:30", ""],
    ]


@pytest.mark.parametrize(
    "typed", ["=1+1", "+1 450 555-0100", "-2", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1", "\u00a0=1", "\n", "'=1"]
)
def test_what_looks_like_a_formula_when_written_is_text(typed):
    (_heading, (cell,)) = read_back(as_csv([[typed]], columns=COLUMNS[:1])[0])
    assert cell.startswith("'")


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=5))
@example(['=HYPERLINK("http://x.example";"clic")', 'a"b', "a;b", "a\nb", "\ufeff=1", "\x00=1"])
def test_no_text_whatever_it_is_becomes_a_formula_nor_moves_to_another_cell(texts):
    columns = [Column(str(n), f"C{n}", Cell.LONG_TEXT, 20) for n in range(len(texts))]
    heading, *rows = read_back(as_csv([texts], columns=columns)[0])
    assert [len(row) for row in rows] == [len(heading)]
    for row in rows:
        for cell in row:
            assert cell.lstrip()[:1] not in tuple("=+-@＝＋－＠")
            assert cell[:1] not in ("\t", "\n", "\r")


def test_the_text_file_when_its_place_is_a_path_is_written_there(tmp_path):
    path = Path(tmp_path / "demandes.csv")
    assert csv_file.write([["2026-0001"]], COLUMNS[:1], path) == 1
    assert read_back(path.read_bytes()) == [["Numéro"], ["2026-0001"]]


def test_the_text_file_when_its_rows_fail_midway_leaves_the_callers_file_open():
    def failing():
        yield ["2026-0001"]
        raise OSError(28, "No space left on device")

    out = io.BytesIO()
    with pytest.raises(OSError, match="No space"):
        csv_file.write(failing(), COLUMNS[:1], out)
    assert not out.closed
