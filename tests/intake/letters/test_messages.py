"""A message text as a letter: its words, its parting, the room for a hand."""

from datetime import date

import pytest

from intake.letters import Signature, as_docx, as_pdf, letter_for_message
from intake.letters.messages import paragraphs_of, parting
from intake.mail.texts import letter
from snippets.message_codes import MESSAGE_CODES
from tests.factories import a_case
from tests.intake.letters.read import docx_words, on_one_line, pdf_words

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("code", MESSAGE_CODES)
def test_every_start_text_makes_a_letter_that_says_all_of_it(town, code):
    values = {name: f"[{name}]" for name in MESSAGE_CODES[code].variables}
    text = letter(code, values)
    sheet = letter_for_message(a_case(), subject=text.subject, body=text.body, dated=date(2026, 5, 5), town=town)
    for words in (pdf_words(as_pdf(sheet, town)), docx_words(as_docx(sheet, town))):
        assert on_one_line(text.subject) in words
        for paragraph in sheet.paragraphs:
            assert on_one_line(paragraph) in words
        assert "1234, rue des Exemples Val-des-Érables (Québec) J0R 1T0" in words
    if MESSAGE_CODES[code].audience == "citizen":
        assert sheet.closing == "Bien cordialement,"
        assert sheet.signatures == (Signature("", "[signature_service]"),)


def test_signer_when_there_is_one_stands_above_the_signature_of_the_town(town):
    sheet = letter_for_message(
        a_case(),
        subject="Objet",
        body="Bonjour,\n\nMerci.\n\nBien cordialement,\nLe Service aux citoyens",
        dated=date(2026, 5, 5),
        town=town,
        signer=Signature("Jonathan Brisebois", "Technicien"),
        confidential=True,
    )
    assert sheet.signatures[0].lines == ("Jonathan Brisebois", "Technicien", "Le Service aux citoyens")
    assert sheet.mentions == ("CONFIDENTIEL",)


@pytest.mark.parametrize(
    ("body", "paragraphs"),
    [
        ("a\n\nb", ("a", "b")),
        ("a\r\n\r\nb\r\nc", ("a", "b\nc")),
        ("a¶b", ("a", "b")),
        ("\n\n a \n \n\n b \n", ("a", "b")),
        ("", ()),
    ],
)
def test_text_is_split_at_its_blank_lines(body, paragraphs):
    assert paragraphs_of(body) == paragraphs


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        (("Bonjour", "Bien cordialement,\nLe Service"), ("Bien cordialement,", ("Le Service",))),
        (("Bonjour", "Numéro : 1\nCode : 2"), ("", ())),
        (("Bonjour,",), ("", ())),
        ((), ("", ())),
    ],
)
def test_parting_words_are_known_by_their_comma_over_a_name(paragraphs, expected):
    assert parting(paragraphs) == expected
