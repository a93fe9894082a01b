"""« 1er juin », in code and in every template; the other days, the hours and the ISO dates as they were."""

from datetime import date, datetime, time

import pytest
from django.template import engines
from django.utils import translation

from intake.mail.values import day
from snippets.french_dates import date_format


@pytest.mark.parametrize(
    ("value", "pattern", "words"),
    [
        (date(2026, 6, 1), "j F Y", "1er juin 2026"),
        (date(2026, 6, 1), None, "1er juin 2026"),
        (date(2026, 6, 1), "l j F Y", "lundi 1er juin 2026"),
        (date(2026, 6, 1), "SHORT_DATE_FORMAT", "2026-06-01"),
        (date(2026, 6, 1), "F Y", "juin 2026"),
        (datetime(2026, 6, 1, 13, 5), "DATETIME_FORMAT", "1er juin 2026, 13 h 05"),
        (date(2026, 6, 11), "j F Y", "11 juin 2026"),
        (date(2026, 6, 21), "j F Y", "21 juin 2026"),
    ],
)
def test_a_day_is_written_as_in_french_in_code_and_in_a_template(value, pattern, words):
    asked = f'|date:"{pattern}"' if pattern else "|date"
    template = engines["django"].from_string("{{ value" + asked + " }}")

    assert date_format(value, pattern) == words
    assert template.render({"value": value}) == words


def test_a_message_says_it_too():
    assert day(date(2026, 7, 1)) == "1er juillet 2026"


def test_a_template_still_writes_what_is_no_day():
    template = engines["django"].from_string('{{ hour|date:"G" }}|{{ nothing|date:"j F Y" }}|{{ text|date }}')
    assert template.render({"hour": time(8, 30), "nothing": None, "text": "demain"}) == "8||"


def test_another_language_keeps_its_own_way():
    with translation.override("en"):
        assert date_format(date(2026, 6, 1), "j F Y") == "1 June 2026"
