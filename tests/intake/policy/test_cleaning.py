"""What people type becomes what is kept (domain, Formats)."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.policy import cleaning


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("4505550123", "450 555-0123"),
        ("450-555-0123", "450 555-0123"),
        ("(450) 555.0123", "450 555-0123"),
        ("+1 450 555 0123", "450 555-0123"),
        ("1-450-555-0123", "450 555-0123"),
        ("450 555-0123 poste 123", "450 555-0123, poste 123"),
        ("450 555-0123, poste 123", "450 555-0123, poste 123"),
        ("450 555-0123 p. 5", "450 555-0123, poste 5"),
        ("450 555-0123 ext 5", "450 555-0123, poste 5"),
        ("450 555-0123x5", "450 555-0123, poste 5"),
        ("450 555-0123 #5", "450 555-0123, poste 5"),
        ("354 555-0123", "354 555-0123"),
        ("555-0123", None),
        ("150 555-0123", None),
        ("450 155-0123", None),
        ("+33 1 23 45 67 89", None),
        ("450 555-0123 poste 1234567", None),
        ("9-1-1", None),
        ("aucun", None),
    ],
)
def test_a_telephone_is_ten_digits_of_north_america_written_one_way(typed, kept):
    assert cleaning.clean_phone(typed) == kept


@given(st.from_regex(r"[2-9][0-9]{2}[2-9][0-9]{6}", fullmatch=True), st.sampled_from(["", " ", "-", ".", ") "]))
def test_a_telephone_cleaned_twice_is_the_same(digits, joint):
    phone = cleaning.clean_phone(f"{digits[:3]}{joint}{digits[3:6]}{joint.strip(') ')}{digits[6:]}")
    assert phone == f"{digits[:3]} {digits[3:6]}-{digits[6:]}"
    assert cleaning.clean_phone(phone) == phone


@given(st.text(max_size=60))
def test_whatever_is_typed_a_telephone_is_right_or_none(text):
    phone = cleaning.clean_phone(text)
    assert phone is None or re.fullmatch(r"[2-9]\d\d [2-9]\d\d-\d{4}(, poste \d{1,6})?", phone)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("J0R 1T0", "J0R 1T0"),
        ("j0r1t0", "J0R 1T0"),
        (" j0r-1t0 ", "J0R 1T0"),
        ("D0R 1T0", None),
        ("W0R 1T0", None),
        ("J0O 1T0", None),
        ("J0R 1T", None),
        ("90210", None),
        ("J٠R 1T0", None),
    ],
)
def test_a_postal_code_is_upper_case_with_one_space(typed, kept):
    assert cleaning.clean_postal_code(typed) == kept


@given(st.text(max_size=20))
def test_whatever_is_typed_a_postal_code_is_right_or_none(text):
    code = cleaning.clean_postal_code(text)
    assert code is None or re.fullmatch(r"[A-Z]\d[A-Z] \d[A-Z]\d", code)


@given(st.text())
def test_a_text_keeps_no_control_and_is_stable(text):
    cleaned = cleaning.clean_text(text)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e]", cleaned)
    assert cleaning.clean_text(cleaned) == cleaned
    cleaned.encode()


@given(st.text())
def test_a_line_is_one_line_and_is_stable(text):
    line = cleaning.clean_line(text)
    assert "\n" not in line
    assert "  " not in line
    assert cleaning.clean_line(line) == line


def test_the_words_survive_the_cleaning():
    assert cleaning.clean_text("  Île d'Orléans\r\n\r\nÀ 2 h\x00 du matin\u202e  ") == "Île d'Orléans\n\nÀ 2 h du matin"


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1 234,50", Decimal("1234.50")),
        ("1\u00a0234,5", Decimal("1234.5")),
        ("1\u202f234", Decimal(1234)),
        ("12.5", Decimal("12.5")),
        ("12 $", Decimal(12)),
        ("-5", Decimal(-5)),
        ("1,2,3", None),
        ("1e9", None),
        ("NaN", None),
        ("beaucoup", None),
        ("9" * 40, None),
    ],
)
def test_a_number_is_read_as_it_is_written_here(typed, number):
    assert cleaning.clean_number(typed) == number


@given(st.text(max_size=30))
def test_whatever_is_typed_a_number_is_finite_or_none(text):
    number = cleaning.clean_number(text)
    assert number is None or number.is_finite()
