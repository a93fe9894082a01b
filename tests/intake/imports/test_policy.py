"""Whatever a cell holds, a row is read or refused in French; columns and words are guessed, then remembered."""

import io
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.excel.staged import MOST_ROWS, Staged, StagedRow, dump, load
from intake.policy.clocks import TOWN_ZONE
from intake.policy.import_cells import NO_VALUE, hour_in, moment_in
from intake.policy.import_mapping import BadMapping, DateOrder, Target, guess, mapping_of, titled
from intake.policy.import_rows import RowReader
from intake.policy.import_words import Vocabulary, meaning_of
from tests.factories import town_time
from tests.intake.imports.conftest import CLOSED, COLUMNS, CONTENT, HEADINGS, NOW, PLAIN

VOCABULARY = Vocabulary(
    natures={"nid-de-poule": ("TP-01",), "autre": ("TP-09", "URB-09"), "tp-01": ("TP-01",)},
    departments={"travaux publics": "TP", "tp": "TP", "urbanisme": "URB"},
    reasons={"meteo": "weather"},
    department_of={"TP-01": "TP", "TP-09": "TP", "URB-09": "URB"},
)
CELLS = st.one_of(
    st.none(),
    st.text(),
    st.text(alphabet="0123456789-/.: hH", max_size=20),
    st.sampled_from(["31/02/2026", "hier", "=1+1", "2026-05-04 25:61", "\x00", "\ud800", "0001-01-01", "9999-12-31"]),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.just(NO_VALUE),
)


@given(values=st.lists(CELLS, max_size=len(HEADINGS)))
def test_whatever_the_cells_hold_a_row_is_read_or_refused_with_words(values):
    reader = RowReader(mapping_of(CONTENT), HEADINGS, VOCABULARY, frozenset({"TP"}), NOW)
    read = reader.read(values)

    assert sum([read.incoming is not None, bool(read.problems), read.left_out]) == 1
    assert all(problem.reason.endswith((".", "!")) for problem in read.problems)
    if read.incoming:
        assert read.incoming.received_at <= NOW
        assert "\x00" not in read.incoming.facts


@given(values=st.lists(CELLS, min_size=1, max_size=6))
def test_what_was_read_is_read_again_from_where_it_is_kept(values):
    try:
        "".join(value for value in values if isinstance(value, str)).encode()
    except UnicodeEncodeError:
        return
    kept = Staged("Feuille", (), tuple(f"C{i}" for i in range(len(values))), (StagedRow(2, values),))
    out = io.BytesIO()
    dump(kept, out)
    out.seek(0)
    again = load(out).rows[0].values
    assert [type(value) for value in again if not isinstance(value, time)] == [
        type(value) for value, back in zip(values, again, strict=True) if not isinstance(back, time)
    ]
    assert [value for value in again if isinstance(value, date | str)] == [
        v for v in values if isinstance(v, date | str)
    ]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (datetime(2026, 5, 4, 9, 30), "2026-05-04 09:30"),
        (datetime(2026, 5, 4), "2026-05-04 12:00"),
        (date(2026, 5, 4), "2026-05-04 12:00"),
        ("2026-05-04", "2026-05-04 12:00"),
        ("2026-05-04 14:05", "2026-05-04 14:05"),
        ("2026-05-04T14:05:59", "2026-05-04 14:05"),
        ("25/05/2026 8 h 15", "2026-05-25 08:15"),
        ("le 3 mai 2026", "2026-05-03 12:00"),
        ("3 mai 2026 à 14 h", "2026-05-03 14:00"),
        (46146, "2026-05-04 12:00"),
        (46146.5625, "2026-05-04 13:30"),
    ],
)
def test_a_moment_is_of_the_town_and_noon_stands_for_an_hour_nobody_wrote(value, expected):
    assert moment_in(value) == town_time(expected)


@pytest.mark.parametrize(
    "value", ["31/02/2026", "hier", "2026-13-01", "03/04/2026", True, time(8), timedelta(1), "12:30"]
)
def test_what_is_no_day_is_refused_in_french(value):
    with pytest.raises(ValueError, match="« "):
        moment_in(value)


def test_figures_are_read_the_way_the_old_system_writes_them():
    assert moment_in("03/04/2026", order=DateOrder.DAY_FIRST).date() == date(2026, 4, 3)
    assert moment_in("03/04/2026", order=DateOrder.MONTH_FIRST).date() == date(2026, 3, 4)
    with pytest.raises(ValueError, match="n'existe pas"):
        moment_in("25/05/2026", order=DateOrder.MONTH_FIRST)


@pytest.mark.parametrize(("value", "expected"), [("8h05", time(8, 5)), (0.5, time(12)), (time(9), time(9)), ("", None)])
def test_an_hour_of_its_own_column(value, expected):
    assert hour_in(value) == expected
    assert moment_in("2026-05-04", hour=hour_in(value)).tzinfo is TOWN_ZONE


@pytest.mark.parametrize("headings", [HEADINGS, tuple(h.upper() for h in HEADINGS), tuple(reversed(HEADINGS))])
def test_columns_are_guessed_accents_and_capitals_forgiven_wherever_they_are(headings):
    found = {target.value: heading for target, heading in guess(headings).items()}
    expected = {**COLUMNS, "note": "Notes"}
    assert {t: h.lower() for t, h in found.items()} == {t: h.lower() for t, h in expected.items()}


def test_every_column_has_a_title_of_its_own():
    assert titled(["Nom", None, "nom ", 3.0], "ABCD") == ["Nom", "Colonne B", "nom (2)", "3"]


@pytest.mark.parametrize(
    ("target", "word", "department", "code"),
    [
        (Target.NATURE, "NID-DE-POULE", "", "TP-01"),
        (Target.NATURE, "tp-01", "", "TP-01"),
        (Target.NATURE, "Trou", "", "TP-01"),
        (Target.NATURE, "Autre", "URB", "URB-09"),
        (Target.NATURE, "Autre", "", None),
        (Target.NATURE, "", "", "none"),
        (Target.NATURE, "Licorne", "", None),
        (Target.DEPARTMENT, "Travaux  Publics", "", "TP"),
        (Target.STATUS, "Météo", "", "waiting:weather"),
        (Target.STATUS, "EN ATTENTE", "", "waiting:weather"),
        (Target.STATUS, "Fermée", "", "closed"),
        (Target.STATUS, "closed", "", "closed"),
        (Target.STATUS, "", "", None),
        (Target.STATUS, "Planifiée", "", None),
        (Target.KIND, "Plainte", "", "complaint"),
        (Target.CHANNEL, "Tél.", "", "phone"),
    ],
)
def test_a_word_is_recognised_when_there_is_no_doubt(target, word, department, code):
    found = meaning_of(target, word, mapping=mapping_of(CONTENT), vocabulary=VOCABULARY, department=department)
    assert found == code


def test_what_a_person_said_counts_while_the_town_still_has_it():
    values = {"nature": {"trou": "TP-99"}, "kind": {"plainte": "request"}}
    mapping = mapping_of({**CONTENT, "values": values})
    assert meaning_of(Target.NATURE, "Trou", mapping=mapping, vocabulary=VOCABULARY) is None
    assert meaning_of(Target.KIND, "Plainte", mapping=mapping, vocabulary=VOCABULARY) == "request"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "JSON"),
        ([], "JSON"),
        ({}, "nom de l'ancien système"),
        ({"system": "x" * 81}, "80"),
        ({"system": "P"}, "columns"),
        ({"system": "P", "columns": {}}, "numéro"),
        ({"system": "P", "columns": {"due_on": "Échéance"}}, "« due_on »"),
        ({"system": "P", "columns": {"reference": 3}}, "titre de colonne"),
        ({**CONTENT, "note": "Notes"}, "liste"),
        ({**CONTENT, "note": ["Nom"]}, "art. 4.5"),
        ({**CONTENT, "values": {"facts": {}}}, "values"),
        ({**CONTENT, "values": {"status": {"x": 3}}}, "values.status"),
        ({**CONTENT, "dates": "usa"}, "dates"),
    ],
)
def test_a_mapping_that_can_not_be_used_says_why(content, words):
    with pytest.raises(BadMapping, match=words):
        mapping_of(content)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from([*CONTENT, "x"]) | st.text(), inner),
    )
)
def test_whatever_the_json_a_mapping_is_read_or_refused(content):
    try:
        mapping = mapping_of(content)
    except BadMapping:
        return
    assert mapping_of(mapping.as_json()) == mapping


def test_a_mapping_is_the_same_once_it_was_kept():
    mapping = mapping_of({**CONTENT, "dates": "jma"})
    assert mapping_of(mapping.as_json()) == mapping
    assert MOST_ROWS >= 50_000


@pytest.mark.parametrize(
    ("changes", "warning"),
    [
        ({"Description": "a" * 10_001}, "Description : trop de texte; les 10 000 premiers caractères sont repris."),
        (
            CLOSED | {"Date de fermeture": date(2026, 1, 5)},
            "La fin est écrite avant la réception : le jour de la réception est retenu.",
        ),
        ({"Date de fermeture": date(2026, 5, 8)}, "Cette demande est ouverte : la date de la fin n'est pas reprise."),
        (CLOSED, None),
    ],
)
def test_nothing_is_corrected_in_silence(changes, warning):
    says = PLAIN | changes
    values = [says.get(heading, "") for heading in HEADINGS]
    read = RowReader(mapping_of(CONTENT), HEADINGS, VOCABULARY, frozenset({"TP"}), NOW).read(values)
    assert not read.problems
    assert list(read.warnings) == ([warning] if warning else [])
