"""Art. 4.2: what was answered in the workbook is what is applied, once, whatever was done to it on the way."""

import io
import zipfile
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.formula import ArrayFormula

from intake.excel.monthly_reader import read
from intake.excel.safe_book import UnreadableBook
from intake.models import Case, CaseEvent, LineAnswer
from intake.process import Completion, complete, take
from intake.process.calendar import follow_calendar
from intake.process.monthly_answers import Chosen, NotApplied, State, apply, reasons_by_label, review
from snippets.models import Closure
from tests.factories import TECHNICIAN, recipient_of, town_time
from tests.intake.lists.conftest import HEADING_ROW, PLACE, fill, saved

pytestmark = pytest.mark.django_db
NOW = town_time("2026-05-28 10:00")


def looked_at(sent, book, by=TECHNICIAN):
    return review(sent.list, read(saved(book), reasons=reasons_by_label()), by=by, now=NOW)


def applied(sent, reviewed, *, conflicts: bool = False, by=TECHNICIAN) -> int:
    wanted = (State.APPLIES, State.CONFLICT) if conflicts else (State.APPLIES,)
    chosen = [Chosen(item.line, item.read.answer, item.version) for item in reviewed if item.state in wanted]
    return apply(sent.list, chosen, by=by, now=NOW, source=LineAnswer.Source.WORKBOOK)


def states(reviewed) -> list[str]:
    return [item.state.value for item in reviewed]


def fresh(case) -> Case:
    return Case.objects.get(pk=case.pk)


def fill_all_three(book):
    fill(book, 1, done_on=date(2026, 5, 27), internal_note="Rebouché par l'équipe 2.", public_message="C'est réparé.")
    fill(book, 2, reason="Météo", internal_note="Trop froid.")
    fill(book, 3, planned_on=date(2026, 6, 2), public_message="Nous passerons mardi.")


def test_art_4_2_completed_waiting_and_to_come_are_applied_through_the_verbs(sent, book):
    fill_all_three(book)
    reviewed = looked_at(sent, book)

    assert states(reviewed) == ["applies"] * 3
    assert applied(sent, reviewed) == 3
    first, second, third = (fresh(case) for case in sent.cases)
    assert (first.status, first.done_on) == ("completed", date(2026, 5, 27))
    assert (second.status, second.waiting_reason_id) == ("waiting", "weather")
    assert (third.status, third.planned_on) == ("scheduled", date(2026, 6, 2))
    assert third.events.latest("pk").public_message == "Nous passerons mardi."
    assert LineAnswer.objects.count() == 3


def test_the_same_workbook_twice_changes_nothing(sent, book):
    fill_all_three(book)
    applied(sent, looked_at(sent, book))
    before = CaseEvent.objects.count()

    again = looked_at(sent, book)
    assert states(again) == ["unchanged"] * 3
    assert applied(sent, again, conflicts=True) == 0
    assert CaseEvent.objects.count() == before


def test_art_4_2_a_responsable_answers_for_his_service(sent, book, works):
    fill(book, 1, planned_on=date(2026, 6, 2))
    by = recipient_of(works)
    assert applied(sent, looked_at(sent, book, by=by), by=by) == 1


def sort_backwards(sheet):
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=HEADING_ROW + 1)]
    for number, values in enumerate(reversed(rows), start=HEADING_ROW + 1):
        for index, value in enumerate(values, start=1):
            sheet.cell(number, index).value = value


def move_columns(sheet):
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=HEADING_ROW)]
    for number, values in enumerate(rows, start=HEADING_ROW):
        for index, value in enumerate(reversed(values), start=1):
            sheet.cell(number, index).value = value


def insert_rows_above(sheet):
    sheet.insert_rows(1, amount=4)


def add_a_column(sheet):
    sheet.insert_cols(3)
    sheet.cell(HEADING_ROW, 3).value = "Mes notes"
    sheet.cell(HEADING_ROW + 1, 3).value = "à voir avec Luc"


def paste_text_dates(sheet):
    for row in range(HEADING_ROW + 1, HEADING_ROW + 4):
        for key in ("done_on", "planned_on"):
            cell = sheet.cell(row, PLACE[key])
            if cell.value is not None:
                cell.value = f"{cell.value:%Y-%m-%d}"


def delete_the_second(sheet):
    sheet.delete_rows(HEADING_ROW + 2)


MANGLED = [sort_backwards, move_columns, insert_rows_above, add_a_column, paste_text_dates]


@pytest.mark.parametrize("mangle", MANGLED, ids=lambda mangle: mangle.__name__)
def test_whatever_was_done_to_it_the_answers_are_the_same(sent, book, mangle):
    fill_all_three(book)
    mangle(book.worksheets[0])

    reviewed = looked_at(sent, book)
    assert states(reviewed) == ["applies"] * 3
    assert {item.case.reference: item.read.answer.answer.value for item in reviewed} == {
        sent.cases[0].reference: "completed",
        sent.cases[1].reference: "waiting",
        sent.cases[2].reference: "planned",
    }


FILES = Path(__file__).parent / "files"


@pytest.mark.usefixtures("known_keys")
@pytest.mark.parametrize("name", sorted(path.name for path in FILES.glob("*.xlsx")))
def test_real_files_saved_by_another_program_are_applied_once(name, sent):
    def given():
        return review(sent.list, read((FILES / name).open("rb"), reasons=reasons_by_label()), by=TECHNICIAN, now=NOW)

    assert {item.case.reference: (item.state.value, item.read.answer.answer.value) for item in given()} == {
        sent.cases[0].reference: ("applies", "completed"),
        sent.cases[1].reference: ("applies", "waiting"),
        sent.cases[2].reference: ("applies", "planned"),
    }
    assert applied(sent, given()) == 3
    assert (fresh(sent.cases[0]).done_on, fresh(sent.cases[2]).planned_on) == (date(2026, 5, 27), date(2026, 6, 2))
    assert applied(sent, given(), conflicts=True) == 0


def test_art_4_2_a_note_to_the_citizen_goes_with_any_reason_to_wait_and_a_note_inside_with_a_question(sent, book):
    fill(book, 1, reason="Météo", public_message="Nous attendons le dégel.", internal_note="Sol gelé.")
    fill(book, 2, reason="Renseignement du citoyen", public_message="Quel numéro?", internal_note="Deux adresses.")
    assert applied(sent, looked_at(sent, book)) == 2
    told = [case.events.latest("pk") for case in sent.cases[:2]]
    assert [(event.public_message, event.internal_note) for event in told] == [
        ("Nous attendons le dégel.", "Sol gelé."),
        ("Quel numéro?", "Deux adresses."),
    ]


def completed_by_hand(sent, **words):
    completion = Completion(done_on=date(2026, 5, 27), phone_extension="2201", internal_note="Fait.", **words)
    complete(pk=sent.cases[0].pk, completion=completion, by=TECHNICIAN, now=town_time("2026-05-27 16:00"))


def test_annexe_a_a_request_completed_that_day_already_takes_the_note_inside_of_the_workbook(sent, book):
    completed_by_hand(sent)
    fill(book, 1, done_on=date(2026, 5, 27), internal_note="Équipe 2, deux sacs.")
    reviewed = looked_at(sent, book)

    assert states(reviewed)[0] == "conflict"  # the file moved: both are shown
    assert applied(sent, reviewed, conflicts=True) == 1
    assert sent.cases[0].events.latest("pk").internal_note == "Équipe 2, deux sacs."
    assert states(looked_at(sent, book))[0] == "unchanged"


def test_annexe_a_a_word_to_a_citizen_who_was_told_already_is_refused_by_its_cell_and_never_lost(sent, book):
    completed_by_hand(sent, public_message="C'est réparé.")
    fill(book, 1, done_on=date(2026, 5, 27), public_message="Bonne journée!")
    reviewed = looked_at(sent, book)
    assert states(reviewed)[0] == "refused"
    assert reviewed[0].problems[0].place.startswith("L")
    assert "déjà complétée" in reviewed[0].problems[0].reason

    fill(book, 1, public_message="C'est réparé.", internal_note="Fait.")
    assert states(looked_at(sent, book))[0] == "unchanged"


def test_a_deleted_row_is_simply_not_answered(sent, book):
    fill_all_three(book)
    delete_the_second(book.worksheets[0])
    assert states(looked_at(sent, book)) == ["applies", "applies"]


def test_a_row_without_answer_changes_nothing(sent, book):
    assert states(looked_at(sent, book)) == ["empty"] * 3


def test_given_the_case_moved_on_meanwhile_then_both_are_shown_and_the_person_chooses(sent, book):
    fill_all_three(book)
    take(pk=sent.cases[0].pk, by=TECHNICIAN, now=town_time("2026-05-26 10:00"))

    reviewed = looked_at(sent, book)
    assert states(reviewed) == ["conflict", "applies", "applies"]
    assert [event.verb for event in reviewed[0].since] == ["take"]
    assert applied(sent, reviewed) == 2
    assert fresh(sent.cases[0]).status == "in_progress"
    assert applied(sent, looked_at(sent, book), conflicts=True) == 1
    assert fresh(sent.cases[0]).status == "completed"


def test_art_2_3_a_closure_added_meanwhile_moves_the_target_and_is_no_conflict(sent, book):
    """Nobody acted on the request: there is nothing to choose between."""
    fill_all_three(book)
    before = [case.due_on for case in sent.cases]
    Closure.objects.create(label="Panne d'eau", first_on=min(before), last_on=max(before))
    follow_calendar(now=NOW)

    assert [fresh(case).due_on for case in sent.cases] != before
    assert states(looked_at(sent, book)) == ["applies", "applies", "applies"]


def test_moved_between_the_look_and_the_confirmation_nothing_is_applied(sent, book):
    fill_all_three(book)
    reviewed = looked_at(sent, book)
    take(pk=sent.cases[2].pk, by=TECHNICIAN, now=town_time("2026-05-28 09:00"))

    with pytest.raises(NotApplied, match=sent.cases[2].reference):
        applied(sent, reviewed)
    assert [fresh(case).status for case in sent.cases] == ["routed", "routed", "in_progress"]
    assert not LineAnswer.objects.exists()


@pytest.mark.parametrize(
    ("answers", "place", "words"),
    [
        ({"done_on": "hier", "internal_note": "x"}, "done_on", "n'est pas une date"),
        ({"done_on": "31/02/2026", "internal_note": "x"}, "done_on", "n'existe pas"),
        ({"done_on": date(2026, 5, 29), "internal_note": "x"}, "done_on", "futur"),
        ({"done_on": date(2026, 5, 27)}, "internal_note", "note interne"),
        ({"reason": "parce que"}, "reason", "liste déroulante"),
        ({"reason": "Renseignement du citoyen"}, "public_message", "question"),
        ({"reason": "Renseignement du citoyen", "public_message": "?" * 301}, "public_message", "trop long"),
        ({"reason": "Météo", "internal_note": "é" * 301}, "internal_note", "trop long"),
        ({"planned_on": date(2026, 5, 1)}, "planned_on", "passé"),
        ({"nature": "Autre chose", "planned_on": date(2026, 6, 2)}, "nature", "ne se change pas"),
        ({"reference": "2026-9999", "planned_on": date(2026, 6, 2)}, "reference", "ne se change pas"),
        ({"key": "0" * 24, "planned_on": date(2026, 6, 2)}, "key", "pas de Guichet"),
        ({"key": None, "planned_on": date(2026, 6, 2)}, "key", "clé"),
    ],
)
def test_what_cannot_be_applied_is_named_by_cell_and_the_rest_is_offered(sent, book, answers, place, words):
    fill_all_three(book)
    fill(book, 2, reason=None, internal_note=None)
    fill(book, 2, **answers)

    reviewed = looked_at(sent, book)
    assert states(reviewed) == ["applies", "refused", "applies"]
    problem = reviewed[1].problems[0]
    assert problem.place == f"{book.worksheets[0].cell(1, PLACE[place]).column_letter}{HEADING_ROW + 2}"
    assert words in problem.reason
    assert applied(sent, reviewed) == 2


def test_a_row_pasted_twice_is_taken_once(sent, book):
    fill_all_three(book)
    sheet = book.worksheets[0]
    for index, cell in enumerate(sheet[HEADING_ROW + 1], start=1):
        sheet.cell(HEADING_ROW + 4, index).value = cell.value
    assert states(looked_at(sent, book)) == ["applies", "applies", "applies", "refused"]


def test_a_formula_gives_its_value_and_is_never_run(sent, book):
    fill(book, 1, planned_on="=TODAY()+5")
    reviewed = looked_at(sent, book)
    assert states(reviewed)[0] == "refused"
    assert "formule" in reviewed[0].problems[0].reason


def macro_book(content: bytes) -> bytes:
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a") as container:
        container.writestr("xl/vbaProject.bin", b"macro")
    return out.getvalue()


def bomb(_content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as container:
        container.writestr("xl/workbook.xml", b"<workbook/>")
        container.writestr("xl/worksheets/sheet1.xml", b" " * (210 * 1024 * 1024))
    return out.getvalue()


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda content: b"", "vide"),
        (lambda content: b"bonjour", "n'est pas un classeur"),
        (lambda content: content[: len(content) // 2], "abîmé"),
        (lambda content: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + content, "mot de passe"),
        (macro_book, "macros"),
        (bomb, "anormalement gros"),
    ],
)
def test_what_is_no_workbook_of_a_list_is_said_in_french(sent, spoil, words):
    with sent.list.file.open() as file:
        content = file.read()
    with pytest.raises(UnreadableBook, match=words):
        read(io.BytesIO(spoil(content)), reasons={})


def test_a_workbook_of_something_else_is_said(sent, book):
    sheet = book.worksheets[0]
    sheet.delete_rows(1, HEADING_ROW + 10)
    with pytest.raises(UnreadableBook, match="Aucune ligne"):
        read(saved(book), reasons={})


def test_the_workbook_is_one_to_answer_in(sent, book):
    sheet = book.worksheets[0]
    assert sheet.protection.sheet
    assert sheet.freeze_panes == f"B{HEADING_ROW + 1}"
    unlocked = {key for key in PLACE if not sheet.cell(HEADING_ROW + 1, PLACE[key]).protection.locked}
    assert unlocked == {"done_on", "reason", "planned_on", "public_message", "internal_note"}
    assert sheet.column_dimensions["N"].hidden
    assert {rule.type for rule in sheet.data_validations.dataValidation} == {"date", "list"}
    assert sheet.page_setup.paperSize == 5
    assert book["_listes"].sheet_state == "hidden"
    assert load_workbook(saved(book))["Mode d'emploi"]["A1"].value == "Comment répondre"


@pytest.mark.parametrize("title", ["Complétée le", "Note interne"])
def test_a_column_to_answer_in_that_is_missing_or_there_twice_is_named_and_nothing_is_read(sent, book, title):
    fill_all_three(book)
    sheet = book.worksheets[0]
    place = next(cell for cell in sheet[HEADING_ROW] if cell.value == title)
    sheet.cell(HEADING_ROW, 20).value = title
    with pytest.raises(UnreadableBook, match=f"deux fois : « {title} »"):
        read(saved(book), reasons={})
    sheet.cell(HEADING_ROW, 20).value = None
    place.value = "Fait le"
    with pytest.raises(UnreadableBook, match=f"il manque : « {title} »"):
        read(saved(book), reasons={})


def test_an_array_formula_without_a_value_is_said_by_its_cell(sent, book):
    fill(book, 1, planned_on=ArrayFormula("K4", "=TODAY()+5"))
    reviewed = looked_at(sent, book)
    assert states(reviewed)[0] == "refused"
    assert "formule" in reviewed[0].problems[0].reason


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (datetime(2026, 6, 15, tzinfo=UTC).replace(tzinfo=None), "2026-06-15"),
        (True, "oui"),
        (0.5, "0,5"),
        (12, "12"),
        (time(14, 30), "14:30"),
    ],
)
def test_art_4_2_what_excel_made_of_a_note_reaches_the_citizen_as_it_was_read(sent, book, value, words):
    fill(book, 1, planned_on=date(2026, 6, 2), public_message=value)
    assert applied(sent, looked_at(sent, book)) == 1
    assert sent.cases[0].events.latest("pk").public_message == words


def test_the_notes_of_the_workbook_are_cells_of_text(sent, book):
    sheet = book.worksheets[0]
    formats = {key: sheet.cell(HEADING_ROW + 1, PLACE[key]).number_format for key in PLACE}
    assert (formats["public_message"], formats["internal_note"]) == ("@", "@")
    assert formats["done_on"] == "yyyy-mm-dd"


def test_annexe_a_done_before_the_receipt_is_allowed_and_said(sent, book):
    fill(book, 1, done_on=date(2016, 5, 27), internal_note="Déjà réparé.")
    fill(book, 2, done_on=date(2026, 5, 27), internal_note="Réparé.")
    reviewed = looked_at(sent, book)
    assert states(reviewed)[:2] == ["applies", "applies"]
    assert "précède la réception de la requête, le 4 mai 2026" in reviewed[0].cautions[0]
    assert not reviewed[1].cautions
    assert applied(sent, reviewed) == 2


def test_art_4_2_a_day_so_far_that_it_is_a_slip_is_refused_with_a_sentence(sent, book):
    fill(book, 1, planned_on=date(2206, 6, 2))
    fill(book, 2, planned_on=date(2029, 6, 2))
    reviewed = looked_at(sent, book)
    assert states(reviewed)[:2] == ["refused", "applies"]
    assert "vérifiez l'année" in reviewed[0].problems[0].reason
