"""References `2026-0005` (Annexe A) and tracking codes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.policy.references import ALPHABET, format_reference, new_tracking_code, parse_reference, tracking_hash


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("2026-0005", "2026-0005"),
        ("2026-5", "2026-0005"),
        (" 2026 - 0005 ", "2026-0005"),
        ("2026-12345", "2026-12345"),
        ("2026", None),
        ("20260005", None),
        ("2026-0005; DROP", None),
        ("", None),
    ],
)
def test_a_reference_is_read_as_people_type_it(typed, read):
    assert parse_reference(typed) == read


@given(st.integers(2000, 2100), st.integers(1, 999_999))
def test_what_is_written_is_read_back(year, number):
    reference = format_reference(year, number)
    assert parse_reference(reference) == reference


def test_codes_are_secret_distinct_and_readable_aloud():
    codes = {new_tracking_code() for _ in range(500)}
    assert len(codes) == 500
    assert all(set(code) <= set(ALPHABET) | {"-"} and len(code) == 14 for code in codes)


@given(st.text(alphabet=ALPHABET, min_size=12, max_size=12))
def test_a_code_is_the_same_in_any_case_with_or_without_dashes(code):
    dashed = f"{code[:4]}-{code[4:8]}-{code[8:]}"
    expected = tracking_hash("2026-0005", code)
    assert tracking_hash("2026-0005", dashed) == expected
    assert tracking_hash("2026-0005", f" {dashed.lower()} ") == expected
    assert tracking_hash("2026-0006", code) != expected
