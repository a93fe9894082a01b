"""Art. 4.1, 2.3: what another system held comes in once, as if it had been received here, and nobody is told."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from post_office.models import Email

from intake.models import Case, CaseEvent, CaseMessage, OldReference, ReferenceCounter, Requester
from intake.policy.import_mapping import BadMapping, mapping_of
from intake.policy.vocabulary import Channel, Kind
from intake.process import Completion, Contact, Filing, Refused, close, complete, receive, route, take, wait
from intake.process import importing as room
from intake.process.alerts import alert_untouched_inquiries
from intake.process.importing import State, import_cases
from tests.factories import DIRECTOR, TECHNICIAN, town_time
from tests.intake.imports.conftest import CLOSED, CONTENT, NOW, row, staged

pytestmark = pytest.mark.django_db


def imported(*rows, by=TECHNICIAN, content=None, now=NOW, dry_run=False):
    mapping = mapping_of(content or CONTENT)
    return import_cases(staged=staged(*rows), mapping=mapping, by=by, now=now, dry_run=dry_run)


def states(report):
    return [outcome.state.value for outcome in report.outcomes]


def test_art_4_1_a_row_becomes_a_request_with_its_old_number_and_its_history(town):
    report = imported(row())

    assert states(report) == ["creates"]
    case = Case.objects.get()
    assert (case.reference, case.kind, case.status) == ("2026-0001", "request", "in_progress")
    assert (case.department, case.nature, case.designation) == (town.works, town.hole, town.designation)
    assert case.received_at == town_time("2026-05-04 09:30")
    assert str(case.old_references.get()) == "R-1 (Prioris)"
    event = case.events.get()
    assert (event.verb, event.from_status, event.to_status) == ("import", "", "in_progress")
    assert event.changes["old_reference"] == "R-1"
    assert "Statut : En cours" in event.internal_note
    assert "Notes : Rappeler avant midi." in event.internal_note
    assert case.requester.full_name == "Marie Tremblay"


AGREED = (
    "kind",
    "status",
    "channel",
    "department_id",
    "nature_id",
    "nature_name",
    "designation_id",
    "process_schema",
    "executor_id",
    "priority",
    "facts",
    "location",
    "search_text",
    "received_at",
    "target_working_days",
    "due_on",
    "clock_stopped_on",
    "waiting_reason_id",
    "done_on",
    "charge",
    "is_complex",
    "awaits_proofreading",
    "planned_on",
    "call_back_on",
    "merged_into_id",
)
ABOUT_THE_PERSON = ("first_name", "last_name", "phone", "phone_digits", "email", "address", "search_text")


def received_here(town):
    filing = Filing(
        kind=Kind.REQUEST,
        facts="Un grand trou depuis lundi.",
        location="12, rue des Érables",
        contact=Contact("Tremblay", "Marie", "marie@exemple.example", "450 555-0123"),
        nature_id=town.hole.pk,
        channel=Channel.PHONE,
        received_at=town_time("2026-05-04 09:30"),
    )
    return receive(filing=filing, by=TECHNICIAN, now=NOW).case


def completed(pk):
    completion = Completion(done_on=date(2026, 5, 8), phone_extension="2201", internal_note="Fait.")
    return complete(pk=pk, completion=completion, by=TECHNICIAN, now=NOW)


WAYS = {
    "Reçue": (lambda pk: None, {}),
    "Confiée": (lambda pk: route(pk=pk, by=TECHNICIAN, now=NOW), {}),
    "En cours": (lambda pk: (route(pk=pk, by=TECHNICIAN, now=NOW), take(pk=pk, by=TECHNICIAN, now=NOW)), {}),
    "En attente": (
        lambda pk: (route(pk=pk, by=TECHNICIAN, now=NOW), wait(pk=pk, reason="weather", by=TECHNICIAN, now=NOW)),
        {},
    ),
    "Complétée": (lambda pk: (route(pk=pk, by=TECHNICIAN, now=NOW), completed(pk)), CLOSED),
    "Fermée": (
        lambda pk: (route(pk=pk, by=TECHNICIAN, now=NOW), completed(pk), close(pk=pk, by=TECHNICIAN, now=NOW)),
        CLOSED,
    ),
}


@pytest.mark.parametrize("word", WAYS)
def test_an_imported_request_is_the_one_that_the_verbs_would_have_left(town, word):
    walk, more = WAYS[word]
    walk(received_here(town).pk)
    here = Case.objects.get()
    imported({**row(), **more, "Statut": word})
    there = Case.objects.exclude(pk=here.pk).get()

    assert {name: getattr(there, name) for name in AGREED} == {name: getattr(here, name) for name in AGREED}
    one, other = (Requester.objects.get(case=case) for case in (here, there))
    assert {n: getattr(other, n) for n in ABOUT_THE_PERSON} == {n: getattr(one, n) for n in ABOUT_THE_PERSON}
    assert (there.completed_at is None, there.closed_at is None) == (here.completed_at is None, here.closed_at is None)


def test_what_is_over_was_over_on_the_day_that_the_old_system_says(town):
    imported(row(**CLOSED))
    case = Case.objects.get()
    assert case.done_on == date(2026, 5, 8)
    assert case.completed_at == case.closed_at == town_time("2026-05-08 12:00")


def test_nobody_is_told_and_no_alert_follows(town):
    imported(row(), row(No_requête="R-2", Type="Question", Statut="Reçue"), row(No_requête="R-3", **CLOSED))
    assert not CaseMessage.objects.exists()
    assert not Email.objects.exists()
    assert alert_untouched_inquiries(now=NOW + timedelta(days=10)) == 0


def test_the_same_workbook_twice_imports_nothing_twice(town):
    rows = [row(), row(No_requête="R-2")]
    imported(*rows)
    again = imported(*rows, {**row(), "No requête": " r-1 "})

    assert states(again) == ["already"] * 3
    assert Case.objects.count() == OldReference.objects.count() == 2
    assert ReferenceCounter.objects.get(year=2026).last_number == 2


def test_another_system_may_have_given_the_same_number_and_a_system_has_one_spelling(town):
    imported(row())
    assert states(imported(row(), content={**CONTENT, "system": "PRIORIS"})) == ["already"]
    assert states(imported(row(), content={**CONTENT, "system": "Autre logiciel"})) == ["creates"]
    assert Case.objects.count() == 2


def test_a_dry_run_says_the_same_and_writes_nothing(town):
    rows = [row(), row(No_requête="R-2", Statut="Mystère")]
    dry = imported(*rows, dry_run=True)
    assert not Case.objects.exists()
    assert not ReferenceCounter.objects.exists()
    assert states(dry) == states(imported(*rows)) == ["creates", "refused"]


def test_killed_in_the_middle_and_run_again_each_row_is_there_once(town, monkeypatch):
    monkeypatch.setattr(room, "CHUNK", 2)
    rows = [row(No_requête=f"R-{number}") for number in range(5)]

    def killed(done, _written):
        if done > 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_cases(staged=staged(*rows), mapping=mapping_of(CONTENT), by=TECHNICIAN, now=NOW, progress=killed)
    assert Case.objects.count() == 2
    assert states(imported(*rows)) == ["already", "already", "creates", "creates", "creates"]
    numbers = list(Case.objects.order_by("number").values_list("number", flat=True))
    assert numbers == [1, 2, 3, 4, 5]


def test_two_imports_at_the_same_moment_give_each_row_once_and_leave_no_gap(town, monkeypatch):
    rows = [row(No_requête=f"R-{number}") for number in range(3)]
    looked = room._review

    def another_is_faster(*given):
        outcomes = list(looked(*given))
        monkeypatch.setattr(room, "_review", looked)
        imported(rows[1])
        return outcomes

    monkeypatch.setattr(room, "_review", another_is_faster)
    assert states(imported(*rows)) == ["creates", "already", "creates"]
    assert sorted(Case.objects.values_list("number", flat=True)) == [1, 2, 3]


def test_numbers_are_of_the_year_of_the_import_whatever_the_year_of_the_receipt(town):
    imported(row(Date_de_réception=datetime(2021, 3, 1, 9)))
    case = Case.objects.get()
    assert (case.reference, case.year) == ("2026-0001", 2026)
    assert case.due_on == date(2021, 3, 8)  # art. 2.3: five working days from the receipt


@pytest.mark.parametrize(
    ("changes", "status", "warning"),
    [
        ({"Nature": ""}, "received", "à classer"),
        ({"Nature": "URB-01"}, "received", "à confier"),
    ],
)
def test_art_4_1_what_nobody_can_receive_waits_with_the_technician(town, changes, status, warning):
    report = imported({**row(), **changes})
    assert Case.objects.get().status == status
    assert Case.objects.get().designation is None
    assert any(warning in words for words, _count in report.warnings)


def test_art_4_1_a_question_is_open_or_closed(town):
    imported(
        row(Type="Question", Nature=""),
        row(No_requête="R-2", Type="Question", Statut="Complétée", Date_de_fermeture="2026-05-08", Nature=""),
    )
    one, other = Case.objects.order_by("number")
    assert (one.kind, one.status, one.department) == ("inquiry", "received", town.works)
    assert (other.status, other.closed_at, other.done_on) == ("closed", town_time("2026-05-08 12:00"), None)


def test_a_word_that_a_person_set_aside_leaves_its_rows(town):
    report = imported(row(Statut="Doublon"), row(No_requête="R-2"))
    assert states(report) == ["left_out", "creates"]


def test_a_number_twice_in_the_workbook_is_taken_once(town):
    report = imported(row(), row())
    assert states(report) == ["creates", "refused"]
    assert report.refused[0].problems == (("A3", "Ce numéro est déjà à la ligne 2."),)


@pytest.mark.parametrize(
    ("changes", "place", "words"),
    [
        ({"No requête": None}, "A2", "manque"),
        ({"No requête": "9" * 81}, "A2", "trop long"),
        ({"Date de réception": None}, "B2", "manque"),
        ({"Date de réception": "31/02/2026"}, "B2", "n'existe pas"),
        ({"Date de réception": "hier"}, "B2", "n'est pas une date"),
        ({"Date de réception": "03/04/2026"}, "B2", "deux façons"),
        ({"Date de réception": datetime(2026, 6, 23)}, "B2", "futur"),
        ({"Date de réception": datetime(1987, 6, 23)}, "B2", "2000"),
        ({"Date de réception": "=TODAY()-5"}, "B2", "formule"),
        ({"Type": "Plainte"}, "C2", "art. 4.5"),
        ({"Type": "Réclamation"}, "C2", "greffe"),
        ({"Nature": "Licorne"}, "D2", "« Licorne »"),
        ({"Service": "Licornes"}, "E2", "« Licornes »"),
        ({"Statut": "Mystère"}, "F2", "« Mystère »"),
        ({"Statut": "Fermée"}, "G2", "date de la fin manque"),
        ({"Statut": "Fermée", "Date de fermeture": "2026-05-08", "Nature": ""}, "D2", "nature de la grille"),
        ({"Statut": "Fermée", "Date de fermeture": "2026-05-08", "Nature": "URB-01"}, "E2", "Annexe C"),
        ({"Provenance": "Pigeon"}, "H2", "« Pigeon »"),
        ({"Lieu": "x" * 251}, "J2", "trop long"),
        ({"Nom": "x" * 81}, "K2", "trop long"),
    ],
)
def test_a_row_that_can_not_be_taken_is_named_by_cell_and_the_others_are_taken(town, changes, place, words):
    report = imported({**row(), **changes}, row(No_requête="R-2"))

    assert states(report) == ["refused", "creates"]
    where, why = report.refused[0].problems[0]
    assert where == place
    assert words in why
    assert OldReference.objects.get().reference == "R-2"


def test_art_4_1_only_the_technician_imports(town):
    with pytest.raises(Refused, match="Technicien"):
        imported(row(), by=DIRECTOR)


def test_a_column_that_is_missing_is_named(town):
    with pytest.raises(BadMapping, match="« Étage »"):
        imported(row(), content={**CONTENT, "note": ["Étage"]})


def test_the_queries_do_not_grow_with_the_rows(town):
    def count(number, start):
        rows = [row(No_requête=f"Q-{start + index}") for index in range(number)]
        with CaptureQueriesContext(connection) as captured:
            imported(*rows)
        # SQLite writes some twenty rows at a time: what is counted is what is asked.
        return sum(not query["sql"].startswith("INSERT") for query in captured)

    count(1, 0)
    assert count(300, 1) == count(3, 500) <= 18


def test_the_history_is_one_event_a_case_and_the_state_words_are_those_of_the_report(town):
    report = imported(*[row(No_requête=f"R-{number}") for number in range(3)])
    assert report.count(State.CREATES) == CaseEvent.objects.count() == 3
