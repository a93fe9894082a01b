"""Small files that grow once opened: refused in words before a parser reads them, whatever makes them grow."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from intake.excel import bombs, safe_book
from intake.excel.safe_book import UnreadableBook, opened

SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)
STRINGS = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</sst>'
A_ROW = '<row r="1">{}</row>'


def book(**parts: str) -> io.BytesIO:
    """A real workbook of one cell in which these parts are replaced."""
    plain = io.BytesIO()
    made = Workbook()
    made.active["A1"] = "Bonjour"
    made.save(plain)
    file = io.BytesIO()
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            key = name.rsplit("/", 1)[-1].removesuffix(".xml")
            target.writestr(name, parts.pop(key, None) or source.read(name))
        for name, text in parts.items():
            target.writestr(f"xl/{name}.xml", text)
    return file


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param({"sharedStrings": STRINGS.format("<si><t/></si>" * 2_000_000)}, id="many empty strings"),
        pytest.param({"sharedStrings": STRINGS.format(f"<si><t>{'a' * 20_000_000}</t></si>")}, id="one endless string"),
        pytest.param({"sheet1": SHEET.format(A_ROW.format("<c/>" * 20_000))}, id="an endless row"),
        pytest.param({"anyName": STRINGS.format("<si><t/></si>" * 700_000)}, id="many strings under another name"),
        pytest.param({"sheet1": SHEET.format("<row><c/><c/></row>" * 800_000)}, id="many cells"),
        pytest.param({"sheet1": SHEET.format("<x:row><x:c/></x:row>" * 1_600_000)}, id="many cells, prefixed"),
    ],
)
def test_a_small_file_that_grows_once_opened_is_refused_in_words_before_it_is_parsed(monkeypatch, parts):
    file = book(**parts)
    assert len(file.getvalue()) < 400_000
    monkeypatch.setattr(safe_book, "load_workbook", lambda *args, **kwargs: pytest.fail("the parser was called"))
    with pytest.raises(UnreadableBook, match="anormalement gros"), opened(file):
        pytest.fail("the workbook was opened")


def test_a_long_list_is_no_bomb():
    plain = io.BytesIO()
    made = Workbook(write_only=True)
    sheet = made.create_sheet("Feuille")
    for number in range(1_500):
        sheet.append([f"texte {number} {column}" for column in range(8)])
    made.save(plain)
    with opened(plain) as read:
        assert sum(1 for _row in read.rows("Feuille", most=1_500)) == 1_500


@pytest.mark.parametrize("chunk", [1, 7, 33, 40, 1024])
def test_a_tag_cut_by_the_end_of_a_chunk_is_counted_once(monkeypatch, chunk):
    monkeypatch.setattr(bombs, "_CHUNK", chunk)
    file = book(sheet1=SHEET.format("<row><c/><c r='B1'/></row><row><c/></row>"))
    with zipfile.ZipFile(file) as container:
        monkeypatch.setattr(bombs, "MOST_CELLS", 3)
        assert not bombs.is_bomb(container)
        monkeypatch.setattr(bombs, "MOST_CELLS", 2)
        assert bombs.is_bomb(container)


def test_a_damaged_part_is_said_damaged():
    file = book()
    raw = bytearray(file.getvalue())
    with zipfile.ZipFile(file) as container:
        place = container.getinfo("xl/worksheets/sheet1.xml").header_offset + 60
    raw[place : place + 30] = b"\x00" * 30
    with pytest.raises(UnreadableBook, match="abîmé"), opened(io.BytesIO(bytes(raw))):
        pytest.fail("the workbook was opened")
