"""Issue 4: « letters as DOCX and PDF ready for the post, in the town's letterhead »."""

from datetime import date
from io import BytesIO

import pytest
from docx import Document
from docx.shared import Mm
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from intake.letters import (
    Addressee,
    Facts,
    Items,
    LetterSheet,
    Paper,
    Signature,
    address_lines,
    as_docx,
    as_one_pdf,
    as_pdf,
    dateline,
)
from tests.intake.letters.read import docx_words, on_one_line, pdf_words, words_of_pdftotext

pytestmark = pytest.mark.django_db

FRENCH = "L’œuvre – « dès l'été », à 20 $ : Noël, ça, où, ÎLE, ÆON, … c'est prévu?"
WRITERS = pytest.mark.parametrize(("write", "words"), [(as_pdf, pdf_words), (as_docx, docx_words)], ids=["pdf", "docx"])


def a_sheet(**changes) -> LetterSheet:
    values = {
        "subject": "Votre requête 2026-0005 est complétée",
        "paragraphs": ("Bonjour Marie Tremblay,", FRENCH, "Numéro : 2026-0005\nCode : ABCD"),
        "dateline": "Val-des-Érables, le 5 mai 2026",
        "addressee": address_lines(Addressee("Marie Tremblay", "1234, rue des Exemples", "Prévost", "J0R 1T0")),
        "mentions": ("CONFIDENTIEL",),
        "reference": "2026-0005",
        "closing": "Bien cordialement,",
        "signatures": (Signature("Jonathan Brisebois", "Technicien\nLe Service aux citoyens"),),
        "enclosures": ("Dépliant", "Copie de la demande"),
    }
    return LetterSheet(**{**values, **changes})


@WRITERS
def test_letter_says_every_word_of_its_sheet_and_of_the_letterhead_in_reading_order(town, write, words):
    text = words(write(a_sheet(), town))
    expected = (
        "Ville de Val-des-Érables",
        "2950, rue de la Grande-Érablière",
        "450 555-0100 · citoyens@val-des-erables.example",
        "Val-des-Érables, le 5 mai 2026",
        "CONFIDENTIEL",
        "Marie Tremblay 1234, rue des Exemples Prévost (Québec) J0R 1T0",
        "N/Réf. : 2026-0005",
        "Objet : Votre requête 2026-0005 est complétée",
        "Bonjour Marie Tremblay,",
        on_one_line(FRENCH),
        "Numéro : 2026-0005 Code : ABCD",
        "Bien cordialement, Jonathan Brisebois Technicien Le Service aux citoyens",
        "p. j. Dépliant, Copie de la demande",
    )
    places = [text.find(part) for part in expected]
    assert -1 not in places, expected[places.index(-1)]
    assert places == sorted(places)


def test_pdf_when_read_by_poppler_says_the_same_words(town):
    pdf = as_pdf(a_sheet(), town)
    assert sorted(words_of_pdftotext(pdf).split()) == sorted(pdf_words(pdf).split())
    assert on_one_line(FRENCH) in words_of_pdftotext(pdf)


@WRITERS
def test_letter_when_written_twice_is_the_same_to_the_byte(town, write, words):
    assert write(a_sheet(), town) == write(a_sheet(), town)
    assert write(a_sheet(posted_on=date(2026, 5, 5)), town) == write(a_sheet(posted_on=date(2026, 5, 5)), town)


@WRITERS
@pytest.mark.parametrize(
    "trick",
    [
        '#set page(paper: "a4")',
        "*gras* _x_ $x$ [a] <b> @c",
        "</w:t><w:br/>",
        "\\u{1f600} \\",
        "{{ x }} {numero}",
        "= T",
    ],
)
def test_words_of_a_citizen_are_never_read_as_markup(town, write, words, trick):
    assert on_one_line(trick) in words(write(a_sheet(paragraphs=(trick,), subject=trick), town))


@WRITERS
@pytest.mark.parametrize(
    "odd", ["Été\x00\x0b\x1f ok", "Bac \ud800 brisé", "🙂 中文 العربية ok", "\ufffe ok", "", "   "]
)
def test_odd_characters_when_printed_stop_no_letter(town, write, words, odd):
    assert "Bonjour" in words(write(a_sheet(paragraphs=("Bonjour", odd)), town))


@given(text=st.text(max_size=60))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_makes_a_letter(town, text):
    sheet = a_sheet(subject=text, addressee=(text,), mentions=(text,), reference=text, closing=text, enclosures=(text,))
    assert as_pdf(sheet, town).startswith(b"%PDF")
    assert as_docx(sheet, town).startswith(b"PK")


def test_pdf_is_letter_size_in_french_titled_tagged_and_claims_pdf_ua(town):
    reader = PdfReader(BytesIO(as_pdf(a_sheet(), town)))
    catalog = reader.trailer["/Root"]
    assert [round(float(side)) for side in reader.pages[0].mediabox[2:]] == [612, 792]
    assert catalog["/Lang"].lower() == "fr-ca"
    assert catalog["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in catalog
    assert reader.metadata.title == "Votre requête 2026-0005 est complétée"
    assert reader.metadata.author == "Ville de Val-des-Érables"
    assert reader.metadata.creation_date_raw is None
    assert b"pdfuaid:part" in reader.xmp_metadata.stream.get_data()


def test_pdf_holds_its_fonts(town):
    fonts = PdfReader(BytesIO(as_pdf(a_sheet(), town))).pages[0]["/Resources"]["/Font"]
    inner = [font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts.values()]
    assert inner
    assert all("/FontFile3" in descriptor or "/FontFile2" in descriptor for descriptor in inner)


def test_docx_is_letter_size_in_french_with_its_title(town):
    document = Document(BytesIO(as_docx(a_sheet(), town)))
    section = document.sections[0]
    assert (section.page_width, section.page_height) == (Mm(215.9), Mm(279.4))
    assert document.core_properties.title == "Votre requête 2026-0005 est complétée"
    assert document.core_properties.language == "fr-CA"
    assert 'w:lang w:val="fr-CA"' in document.styles.element.xml


def test_pages_when_there_are_two_are_numbered_from_the_second(town):
    pages = PdfReader(BytesIO(as_pdf(a_sheet(paragraphs=(FRENCH * 4,) * 14), town))).pages
    assert len(pages) > 1
    assert "page 1" not in on_one_line(pages[0].extract_text())
    assert "2026-0005 – page 2" in on_one_line(pages[1].extract_text())
    assert "Grande-Érablière" not in pages[1].extract_text()
    document = Document(BytesIO(as_docx(a_sheet(), town)))
    assert document.sections[0].different_first_page_header_footer
    assert 'w:instr="PAGE"' in document.sections[0].footer._element.xml
    assert document.sections[0].first_page_footer.paragraphs[0].text == ""


def test_signature_when_it_does_not_fit_takes_the_last_words_with_it(town):
    for count in range(18, 34):
        pages = PdfReader(BytesIO(as_pdf(a_sheet(paragraphs=("Une ligne.",) * count + ("La fin.",)), town))).pages
        with_end = [page for page in pages if "Brisebois" in page.extract_text()]
        assert "La fin." in with_end[0].extract_text()
        assert "cordialement" in with_end[0].extract_text()


def test_address_stands_in_the_window_of_the_envelope_and_nothing_else_does(town):
    places = {}

    def note(text, page, line, _font, _size):
        if text.strip():
            x = line[4] * page[0] + line[5] * page[2] + page[4]
            y = line[4] * page[1] + line[5] * page[3] + page[5]
            places[on_one_line(text)] = (x / 72 * 25.4, 279.4 - y / 72 * 25.4)

    sheet = a_sheet(addressee=("Marie Tremblay", "a/s Jean", "1234, rue A", "Prévost (Québec)  J0R 1T0"))
    PdfReader(BytesIO(as_pdf(sheet, town))).pages[0].extract_text(visitor_text=note)
    address = [where for text, where in places.items() if text in ("Marie Tremblay", "a/s Jean", "1234, rue A")]
    assert len(address) == 3
    assert all(x >= 22 and 63.5 <= y <= 80.4 for x, y in address)
    others = [
        y for text, (_x, y) in places.items() if text.startswith(("Val-des-Érables, le", "N/Réf", "450", "Objet"))
    ]
    assert len(others) >= 3
    assert all(y < 51.8 or y > 92 for y in others)


@WRITERS
def test_letterhead_when_there_is_a_logo_shows_it_with_the_name_of_the_town_as_its_text(town, logo, write, words):
    made = write(a_sheet(), town)
    if write is as_pdf:
        assert len(PdfReader(BytesIO(made)).pages[0].images) == 1
        assert "pdfuaid" in PdfReader(BytesIO(made)).xmp_metadata.stream.get_data().decode()
    else:
        header = Document(BytesIO(made)).sections[0].first_page_header._element.xml
        assert 'descr="Ville de Val-des-Érables"' in header


@WRITERS
def test_letterhead_when_the_file_of_the_logo_is_lost_says_the_name(town, logo, write, words):
    logo.file.storage.delete(logo.file.name)
    assert "Ville de Val-des-Érables" in words(write(a_sheet(), town))


@WRITERS
def test_town_without_any_setting_writes_all_the_same(town, write, words):
    town.address = town.phone = town.email = town.letter_place = ""
    assert words(write(a_sheet(), town)).startswith("Ville de Val-des-Érables Val-des-Érables, le 5 mai 2026")


@WRITERS
def test_annexe_c_form_when_printed_has_its_labels_its_rules_and_no_envelope(town, write, words):
    form = LetterSheet(
        subject="Désignation du Responsable de la réception des requêtes",
        paragraphs=(Facts((("Nom du service :", "Travaux publics"), ("Date :", ""))), Items(("un", "deux"))),
        signatures=(
            Signature("Signature de l'employé(e)", ruled=True),
            Signature("Signature du Directeur/rice", ruled=True),
        ),
        paper=Paper.LEGAL,
    )
    text = words(write(form, town))
    assert "Nom du service : Travaux publics" in text
    assert text.index("Date :") < text.index("Signature de l'employé(e)") < text.index("Signature du Directeur/rice")
    assert "Objet" not in text
    if write is as_pdf:
        assert round(float(PdfReader(BytesIO(write(form, town))).pages[0].mediabox[3])) == 1008


def test_dateline_is_place_and_day_with_1er_for_the_first(town):
    assert dateline(date(2026, 5, 5), town) == "Val-des-Érables, le 5 mai 2026"
    assert dateline(date(2026, 5, 1), town) == "Val-des-Érables, le 1er mai 2026"
    assert dateline(date(2026, 5, 11), town).endswith("le 11 mai 2026")
    town.letter_place = ""
    assert dateline(date(2026, 5, 5), town) == "Le 5 mai 2026"


def test_sheet_without_dateline_is_dated_by_the_day_of_the_post(town):
    assert "le 7 mai 2026" in pdf_words(as_pdf(a_sheet(dateline="", posted_on=date(2026, 5, 7)), town))


def test_several_letters_in_one_file_begin_each_on_its_own_page_one(town):
    sheets = [a_sheet(reference="2026-0001", paragraphs=(FRENCH * 4,) * 14), a_sheet(reference="2026-0002")]
    pages = PdfReader(BytesIO(as_one_pdf(sheets, town, title="Lettres"))).pages
    numbers = [on_one_line(page.extract_text())[-18:] for page in pages]
    first_pages = [i for i, page in enumerate(pages) if "Objet" in page.extract_text()]
    assert first_pages == [0, len(pages) - 1]
    assert "2026-0001 – page 2" in numbers[1]
    assert "page" not in on_one_line(pages[-1].extract_text()).split("p. j.")[1]
