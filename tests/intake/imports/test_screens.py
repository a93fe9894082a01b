"""The screens of the import: bring, map, say, look, import; back and forth loses nothing; a bad file is said in French."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from intake import jobs
from intake.models import Case, CaseImport, SavedMapping, private_storage
from intake.policy.import_mapping import BadMapping
from intake.policy.roles import GROUP_NAMES, Role
from intake.process import Refused, import_files
from intake.process.import_files import begin_import, bring, forget_imports
from tests.factories import DIRECTOR, TECHNICIAN, user_with
from tests.intake.imports.conftest import CLOSED, CONTENT, HEADINGS, NOW, book, row

pytestmark = pytest.mark.django_db
ALL = "/admin/importer/"


@pytest.fixture
def technician(client, town):
    client.force_login(user_with(Role.TECHNICIAN, username="lise", first_name="Lise", last_name="Roy"))
    return client


def named(content: io.BytesIO, name="requetes.xlsx"):
    content.name = name
    content.seek(0)
    return content


def brought(client, *rows, **options) -> CaseImport:
    answer = client.post(ALL, {"classeur": named(book(*rows, **options))})
    assert answer.status_code == 302, answer.content.decode()
    return CaseImport.objects.latest("pk")


def step(name, one):
    return reverse(f"intake_imports:{name}", args=[one.pk])


def columns_of(client, one, **changes):
    """What the form of the columns holds as it is shown, and what is changed in it."""
    form = client.get(step("columns", one)).context["form"]
    data = {name: form[name].value() or "" for name in form.fields}
    return {**data, "system": "Prioris", "saved_as": "Prioris 2026", **changes}


def mapped(client, one, **changes):
    answer = client.post(step("columns", one), columns_of(client, one, **changes))
    assert answer.status_code == 302, answer.context["form"].errors
    assert answer.url == step("words", one)
    return answer


def asked(client, one):
    groups = client.get(step("words", one)).context["groups"]
    return {item.word.shown: item for group in groups for item in (*group.unknown, *group.known)}


def test_from_the_workbook_to_the_queue_columns_are_guessed_and_words_are_said(technician, town):
    one = brought(technician, row(), row(No_requête="R-2", Nature="Lumière"), row(No_requête="R-3", Statut="Mystère"))
    mapped(technician, one)
    words = asked(technician, one)
    assert words["Trou"].word.code is None
    assert words["En cours"].word.code == "in_progress"
    technician.post(step("words", one), {words["Trou"].field: "TP-01", words["Lumière"].field: "-"})

    report = technician.get(step("report", one)).context
    assert (report["creates"], report["left_out"], report["refused"]) == (1, 1, 1)
    assert report["shown"][0][0] == "F4"
    done = technician.post(step("apply", one), follow=True)
    assert "1 demande importée." in done.content.decode()
    case = Case.objects.get()
    assert case.events.get().by_label == "Lise Roy"
    assert (case.nature, case.status) == (town.hole, "in_progress")


def test_the_mapping_is_remembered_and_proposed_for_the_next_workbook(technician):
    one = brought(technician, row())
    mapped(technician, one)
    words = asked(technician, one)
    technician.post(step("words", one), {words["Trou"].field: "TP-01"})

    again = brought(technician, row(No_requête="R-9"), headings=tuple(reversed(HEADINGS)))
    assert again.mapping.name == "Prioris 2026"
    assert technician.get(step("one", again)).url == step("report", again)
    assert technician.get(step("report", again)).context["creates"] == 1
    assert SavedMapping.objects.count() == 1


def test_back_and_forth_loses_nothing(technician):
    one = brought(technician, row())
    mapped(technician, one, facts="Notes", note=["Description"], dates="jma")
    words = asked(technician, one)
    technician.post(step("words", one), {words["Trou"].field: "TP-01"})
    technician.get(step("report", one))

    form = technician.get(step("columns", one)).context["form"]
    assert (form["facts"].value(), form["note"].value(), form["dates"].value()) == ("Notes", ["Description"], "jma")
    assert (form["system"].value(), form["saved_as"].value()) == ("Prioris", "Prioris 2026")
    mapped(technician, one)
    assert asked(technician, one)["Trou"].word.code == "TP-01"


def test_what_was_said_can_be_taken_back(technician):
    one = brought(technician, row())
    mapped(technician, one)
    field = asked(technician, one)["Trou"].field
    technician.post(step("words", one), {field: "TP-01"})
    technician.post(step("words", one), {field: ""})
    assert asked(technician, one)["Trou"].word.code is None
    technician.post(step("words", one), {field: "LICORNE"})
    assert asked(technician, one)["Trou"].word.code is None


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"system": ""}, "nom de l'ancien système"),
        ({"saved_as": " "}, "Donnez un nom"),
        ({"reference": ""}, "Choisissez la colonne"),
        ({"note": ["Nom"]}, "art. 4.5"),
        ({"facts": "Colonne inventée"}, "Colonne inventée"),
    ],
)
def test_a_wrong_choice_of_columns_is_said_and_the_rest_is_kept(technician, changes, words):
    one = brought(technician, row())
    answer = technician.post(step("columns", one), columns_of(technician, one, location="Description", **changes))
    assert answer.status_code == 422
    assert words in answer.content.decode().replace("&#x27;", "'")
    assert answer.context["form"]["location"].value() == "Description"
    assert not SavedMapping.objects.exists()


def macro_book() -> io.BytesIO:
    out = book(row())
    with zipfile.ZipFile(out, "a") as container:
        container.writestr("xl/vbaProject.bin", b"macro")
    return out


def bomb() -> io.BytesIO:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as container:
        container.writestr("xl/workbook.xml", b"<workbook/>")
        for part in range(5):
            container.writestr(f"xl/worksheets/sheet{part}.xml", b" " * (100 * 1024 * 1024))
    return out


def empty_sheet() -> io.BytesIO:
    out = io.BytesIO()
    Workbook().save(out)
    return out


@pytest.mark.parametrize(
    ("spoiled", "words"),
    [
        (lambda: io.BytesIO(b""), "vide"),
        (lambda: io.BytesIO(b"bonjour"), "n'est pas un classeur"),
        (lambda: io.BytesIO(book(row()).getvalue()[:2000]), "abîmé"),
        (lambda: io.BytesIO(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 99), "ancien format .xls"),
        (macro_book, "macros"),
        (bomb, "anormalement gros"),
        (empty_sheet, "vide"),
        (lambda: book(), "aucune ligne"),
    ],
)
def test_what_is_no_workbook_of_requests_is_said_beside_the_field(technician, spoiled, words):
    answer = technician.post(ALL, {"classeur": named(spoiled())})
    # Django itself refuses an empty upload without telling the form.
    assert answer.status_code == 422
    assert words in answer.content.decode().replace("&#x27;", "'")
    assert not CaseImport.objects.exists()


def test_no_file_and_no_such_sheet_are_said(technician):
    assert "Choisissez le classeur" in technician.post(ALL, {}).content.decode()
    answer = technician.post(ALL, {"classeur": named(book(row())), "feuille": "Étage"})
    assert "Requêtes" in answer.content.decode()
    assert answer.status_code == 422


def test_the_rows_refused_leave_in_a_workbook_with_why_and_no_formula(technician):
    bad = row(Statut="Mystère", Description="'=1+1", Lieu="=HYPERLINK(1)")
    bad["Lieu"] = "-2+3"
    one = brought(technician, row(), {**bad, "No requête": "R-2"})
    mapped(technician, one)
    words = asked(technician, one)
    technician.post(step("words", one), {words["Trou"].field: "TP-01"})

    answer = technician.get(step("refused", one))
    page = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    heading, values = page.iter_rows(values_only=True)
    assert heading[:-1] == HEADINGS
    assert heading[-1] == "Pourquoi"
    assert values[0] == "R-2"
    assert "F3 : « Mystère »" in values[-1]
    assert {cell.data_type for cell in page[2]} <= {"s", "inlineStr", "n"}
    assert not any(cell.data_type == "f" for cell in page[2])


@pytest.mark.parametrize("role", [role for role in GROUP_NAMES if role is not Role.TECHNICIAN])
def test_art_4_1_the_screens_exist_for_the_technician_alone(client, town, role):
    one = bring(file=uploaded(book(row())), sheet="", by=TECHNICIAN, now=NOW)
    client.force_login(user_with(role))
    for name in ("all", "one", "columns", "words", "report", "refused"):
        address = ALL if name == "all" else step(name, one)
        assert client.get(address).status_code == 404, name
    assert client.post(step("apply", one)).status_code == 404
    assert client.post(ALL, {"classeur": named(book(row()))}).status_code == 404


def uploaded(content: io.BytesIO):
    content = named(content)
    content.size = len(content.getvalue())
    return content


def test_an_address_without_import_is_not_found_and_a_step_too_early_leads_back(technician):
    assert technician.get(f"{ALL}999999999999999999/").status_code == 404
    one = brought(technician, row())
    assert technician.get(step("report", one)).url == step("columns", one)
    assert technician.get(step("words", one)).url == step("columns", one)
    assert technician.get(step("apply", one)).status_code == 405


def ready(client):
    one = brought(client, row(), row(No_requête="R-2", **CLOSED))
    SavedMapping.objects.create(name="Prioris", content=CONTENT, changed_at=NOW, changed_by_label="x")
    CaseImport.objects.filter(pk=one.pk).update(content=CONTENT)
    return one


def test_asked_twice_it_is_done_once(technician):
    one = ready(technician)
    technician.post(step("apply", one))
    answer = technician.post(step("apply", one), follow=True)
    assert "2 demandes importées." in answer.content.decode()
    assert Case.objects.count() == 2


def test_a_long_workbook_is_read_and_applied_by_jobs(technician, monkeypatch):
    monkeypatch.setattr(import_files, "DIRECT_BYTES", 0)
    monkeypatch.setattr(import_files, "DIRECT_ROWS", 0)
    one = brought(technician, row(), row(No_requête="R-2"))
    page = technician.get(step("one", one))
    assert page["Refresh"] == "2"
    assert "en lecture" in page.content.decode()

    jobs.read_import(one.pk)
    jobs.read_import(one.pk)
    CaseImport.objects.filter(pk=one.pk).update(content=CONTENT)
    technician.post(step("apply", one))
    assert not Case.objects.exists()
    assert "Importation en cours : 0 lignes sur 2" in technician.get(step("one", one)).content.decode()
    jobs.apply_import(one.pk)
    jobs.apply_import(one.pk)
    one.refresh_from_db()
    assert (one.state, one.created, one.already, one.rows_done) == ("done", 2, 0, 2)


def test_a_long_workbook_that_can_not_be_read_says_why_on_its_page(technician, monkeypatch):
    monkeypatch.setattr(import_files, "DIRECT_BYTES", 0)
    one = brought(technician, sheet="Vide")
    jobs.read_import(one.pk)
    assert "aucune ligne" in technician.get(step("one", one)).content.decode()


def test_an_import_that_fails_says_so_and_is_taken_up_again(technician, monkeypatch):
    one = ready(technician)
    worked = import_files.import_cases

    def broken(*, dry_run=False, **given):
        if dry_run:
            return worked(dry_run=True, **given)
        given["progress"](1, 0)
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(import_files, "import_cases", broken)
    with pytest.raises(RuntimeError):
        begin_import(brought=one, by=TECHNICIAN, clock=lambda: NOW)
    assert "interrompue" in technician.get(step("one", one)).content.decode()
    monkeypatch.setattr(import_files, "import_cases", worked)
    technician.post(step("apply", one))
    one.refresh_from_db()
    assert (one.state, one.created) == ("done", 2)


def test_workbooks_are_forgotten_after_seven_days_the_counts_stay(technician):
    one = ready(technician)
    technician.post(step("apply", one))
    assert forget_imports(now=NOW) == 0
    one.refresh_from_db()
    names = (one.file.name, one.rows.name)
    assert all(private_storage().exists(name) for name in names)
    assert forget_imports(now=one.at + timedelta(days=8)) >= 2
    one.refresh_from_db()
    assert (one.file.name, one.rows.name, one.created) == ("", "", 2)
    assert not any(private_storage().exists(name) for name in names)
    page = technician.get(step("one", one)).content.decode()
    assert "2 demandes importées." in page
    assert technician.get(step("refused", one)).status_code == 302


def test_art_4_1_the_verbs_refuse_whoever_is_not_the_technician(town):
    with pytest.raises(Refused):
        bring(file=uploaded(book(row())), sheet="", by=DIRECTOR, now=NOW)
    one = bring(file=uploaded(book(row())), sheet="", by=TECHNICIAN, now=NOW)
    with pytest.raises(Refused):
        begin_import(brought=one, by=DIRECTOR, clock=lambda: NOW)
    with pytest.raises(BadMapping):
        begin_import(brought=one, by=TECHNICIAN, clock=lambda: NOW)


@pytest.mark.parametrize("name", ["all", "one", "columns", "words", "report"])
def test_the_screens_ask_the_database_little_whatever_the_rows(technician, name):
    def count(number, start):
        one = brought(technician, *[row(No_requête=f"R-{start + i}", Nature=f"Trou {i}") for i in range(number)])
        CaseImport.objects.filter(pk=one.pk).update(content=CONTENT)
        address = ALL if name == "all" else step(name, one)
        with CaptureQueriesContext(connection) as captured:
            assert technician.get(address).status_code in (200, 302)
        return len(captured)

    count(1, 0)
    assert count(100, 100) <= count(2, 500) <= 24  # the grid, services, designations and calendar are read whole
