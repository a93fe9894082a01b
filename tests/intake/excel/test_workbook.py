"""The workbook as a whole: opened again by openpyxl, by LibreOffice, and compared with XlsxWriter's own rows."""

import csv
import re
import shutil
import subprocess
import zipfile
from datetime import UTC, date, datetime
from io import BytesIO
from itertools import count
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import load_workbook

from intake.excel.cells import Cell
from intake.excel.column import Column
from intake.excel.workbook import About, file_name, write
from tests.factories import town_time

ABOUT = About(
    title="Demandes & suivi", made_at=town_time("2026-11-24 09:30"), brand_colour="#1d4f91", author="Val", note="Filtre"
)
COLUMNS = (
    Column("reference", "Numéro", Cell.TEXT, 13, stays_in_sight=True),
    Column("facts", "Exposé", Cell.LONG_TEXT, 60),
    Column("due", "Échéance", Cell.DATE, 12),
    Column("received", "Reçue le", Cell.MOMENT, 17),
    Column("days", "Jours", Cell.INTEGER, 8),
)
ROWS = [
    [
        "2026-0001",
        "Un trou, « profond »\nà deux pas <de> l'école & du parc",
        date(2026, 6, 30),
        town_time("2026-06-22 10:15"),
        5,
    ],
    ["2026-0002", " =1+1 ", None, town_time("2026-01-05 23:59"), 0],
    ["2026-0003", "", date(2026, 1, 2), datetime(2026, 3, 8, 7, 30, 12, tzinfo=UTC), -1],
]


def made(rows=ROWS, columns=COLUMNS, **options):
    out = BytesIO()
    total = write(rows, columns, out, about=ABOUT, **options)
    return out, total


def sheet_xml(out, number=1):
    with zipfile.ZipFile(out) as package:
        return package.read(f"xl/worksheets/sheet{number}.xml").decode()


def test_rows_when_written_are_read_back_in_their_order():
    out, total = made()
    rows = list(load_workbook(out).active.iter_rows(values_only=True))
    assert total == 3
    assert rows[0] == ("Numéro", "Exposé", "Échéance", "Reçue le", "Jours")
    assert [row[0] for row in rows[1:]] == ["2026-0001", "2026-0002", "2026-0003"]
    assert rows[1][1:] == (ROWS[0][1], datetime(2026, 6, 30), datetime(2026, 6, 22, 10, 15), 5)
    assert rows[2][1:] == (" =1+1 ", None, datetime(2026, 1, 5, 23, 59), 0)
    assert rows[3][3] == datetime(2026, 3, 8, 3, 30, 12)


def test_the_heading_when_opened_is_bold_frozen_filtered_and_in_the_towns_colour():
    sheet = load_workbook(made()[0]).active
    heading = sheet["A1"]
    assert heading.font.bold
    assert heading.fill.fgColor.rgb == "FF1D4F91"
    assert heading.font.color.rgb == "FFFFFFFF"
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:E4"
    assert [round(sheet.column_dimensions[letter].width) for letter in "ABCDE"] == [14, 61, 13, 18, 9]
    assert sheet["B2"].alignment.wrap_text


def test_the_sheet_when_printed_is_landscape_one_page_wide_with_its_heading_on_each_page():
    sheet = load_workbook(made()[0]).active
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.fitToWidth in {None, 1}  # 1 is what is meant when nothing is said
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$1:$1"
    assert "Demandes && suivi" in sheet_xml(made()[0]).replace("&amp;", "&")


def test_the_workbook_when_opened_says_its_title_its_author_and_when_it_was_made():
    properties = load_workbook(made()[0]).properties
    assert (properties.title, properties.creator, properties.description) == ("Demandes & suivi", "Val", "Filtre")
    assert properties.created == datetime(2026, 11, 24, 14, 30)


def test_no_row_when_written_leaves_a_heading_that_opens():
    out, total = made(rows=[])
    sheet = load_workbook(out).active
    assert total == 0
    assert sheet.max_row == 1
    assert sheet.auto_filter.ref == "A1:E1"


@pytest.mark.parametrize(
    ("rows", "sheets"), [(0, [0]), (9, [9]), (10, [10]), (11, [10, 1]), (20, [10, 10]), (25, [10, 10, 5])]
)
def test_more_rows_than_a_sheet_holds_when_written_go_on_to_further_sheets(rows, sheets):
    columns = [Column("n", "N", Cell.INTEGER, 8)]
    out, total = made(rows=([n] for n in range(rows)), columns=columns, rows_a_sheet=10)
    book = load_workbook(out)
    assert total == rows
    assert [sheet.max_row - 1 for sheet in book] == sheets
    assert [cell.value for sheet in book for (cell,) in sheet.iter_rows(min_row=2)] == list(range(rows))
    assert all(sheet["A1"].value == "N" and sheet.freeze_panes == "A2" for sheet in book)
    assert book.sheetnames == ["Demandes", "Demandes (2)", "Demandes (3)"][: len(sheets)]


def test_rows_written_whole_when_compared_are_those_xlsxwriter_writes_itself():
    """The guard of decision 0006: an XlsxWriter whose inner names or XML change fails here."""
    ours = sheet_xml(made()[0])
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet()
    book.add_format({"bold": True})  # the heading's
    kinds = [
        {},
        {"text_wrap": True},
        {"num_format": "yyyy-mm-dd", "align": "left"},
        {"num_format": "yyyy-mm-dd hh:mm", "align": "left"},
        {"align": "center"},
    ]
    formats = [book.add_format({"valign": "top", **kind}) for kind in kinds]
    for column, style in enumerate(formats):
        sheet.write_string(0, column, COLUMNS[column].heading, style)
    for number, (reference, facts, due, received, days) in enumerate(ROWS, 1):
        if "\n" in facts:
            sheet.set_row(number, 30)
        sheet.write_string(number, 0, reference, formats[0])
        if facts:
            sheet.write_string(number, 1, facts, formats[1])
        if due:
            sheet.write_datetime(number, 2, due, formats[2])
        local = received.astimezone(town_time("2026-01-01 00:00").tzinfo).replace(tzinfo=None)
        sheet.write_datetime(number, 3, local, formats[3])
        sheet.write_number(number, 4, days, formats[4])
    book.close()
    assert without_styles(ours, 1) == without_styles(sheet_xml(out), 1)
    assert re.search("<dimension[^>]*>", ours)[0] == re.search("<dimension[^>]*>", sheet_xml(out))[0]


def without_styles(xml, heading):
    """The rows below the heading; which number a style has is not compared, that a cell has one is."""
    rows = re.search("<sheetData>(.*)</sheetData>", xml, re.DOTALL)[1].split("<row ")[heading + 1 :]
    return [re.sub(r' s="\d+"', ' s=""', row) for row in rows]


@pytest.mark.parametrize(
    ("text", "height"), [("court", None), ("a\nb\nc", 45), ("x" * 130, 45), ("x" * 32_000, 120), ("", None)]
)
def test_a_row_when_its_text_is_long_is_as_high_as_it_needs_up_to_eight_lines(text, height):
    out, _total = made(rows=[["2026-0001", text, None, None, None]])
    assert load_workbook(out).active.row_dimensions[2].height == height


def test_rows_that_fail_midway_when_written_raise_and_leave_no_scratch_file(settings, tmp_path):
    settings.VAR = tmp_path

    def failing():
        yield ROWS[0]
        raise RuntimeError("la base est tombée")

    with pytest.raises(RuntimeError, match="tombée"):
        write(failing(), COLUMNS, BytesIO(), about=ABOUT)
    assert list((tmp_path / "scratch").iterdir()) == []


def test_rows_when_endless_are_taken_one_at_a_time():
    taken = count()
    rows = ([next(taken)] for _ in range(50))
    made(rows=rows, columns=[Column("n", "N", Cell.INTEGER, 8)], rows_a_sheet=5)
    assert next(taken) == 50


def test_the_name_of_the_file_tells_the_towns_day_and_hour():
    assert file_name(datetime(2026, 11, 24, 14, 30, tzinfo=UTC)) == "demandes-2026-11-24-0930.xlsx"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice (soffice) here")
def test_the_workbook_when_converted_by_libreoffice_holds_the_same_words(tmp_path):
    path = tmp_path / "demandes.xlsx"
    write(ROWS, COLUMNS, path, about=ABOUT)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        [
            "soffice",
            "--headless",
            profile,
            "--convert-to",
            "csv:Text - txt - csv (StarCalc):44,34,76",
            "--outdir",
            tmp_path,
            path,
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    with Path(tmp_path / "demandes.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines))
    assert rows == [
        ["Numéro", "Exposé", "Échéance", "Reçue le", "Jours"],
        ["2026-0001", ROWS[0][1], "2026-06-30", "2026-06-22 10:15", "5"],
        ["2026-0002", " =1+1 ", "", "2026-01-05 23:59", "0"],
        ["2026-0003", "", "2026-01-02", "2026-03-08 03:30", "-1"],
    ]
