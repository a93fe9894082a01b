"""`export_queue` for scripts: the rows, the refusals (one line, code 2, nothing created), the trace."""

import csv
import stat
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from openpyxl import load_workbook

from intake.models import Case, Export, actor_for
from intake.policy.exports import Sheets
from intake.policy.roles import Role
from intake.policy.vocabulary import Kind
from intake.process import export as verb
from intake.process.export_layouts import Draft, rename_layout, save_layout
from tests.factories import DepartmentFactory, NatureFactory, a_case, a_contact, town_time, user_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def output(tmp_path):
    return tmp_path / "file.xlsx"


def exported(output, **options):
    call_command("export_queue", output=str(output), **options)
    heading, *rows = load_workbook(output).active.iter_rows(values_only=True)
    return heading, rows


def refused(output, **options):
    """The one line said when the command refuses; the folder and the traces are as they were."""
    before = sorted(output.parent.iterdir()) if output.parent.is_dir() else None
    with pytest.raises(CommandError) as refusal:
        call_command("export_queue", output=str(output), **options)
    assert refusal.value.returncode == 2
    assert "\n" not in str(refusal.value)
    assert not Export.objects.exists()
    assert (sorted(output.parent.iterdir()) if output.parent.is_dir() else None) == before
    return str(refusal.value)


def test_the_queue_when_exported_has_the_newest_first_and_leaves_a_trace(output, capsys):
    old, new = a_case(now=town_time("2026-06-01 10:00")), a_case(now=town_time("2026-06-02 10:00"))
    _heading, rows = exported(output)
    assert [row[0] for row in rows] == [new.reference, old.reference]
    assert capsys.readouterr().out == f"2 demandes dans {output}\n"
    trace = Export.objects.get()
    assert (trace.by_label, trace.user, trace.state, trace.rows_total) == ("export_queue", None, Export.State.DONE, 2)


def test_a_formula_that_a_citizen_typed_when_exported_is_text(output):
    a_case(facts='=HYPERLINK("http://x.example","clic")', location="=1+1, @home\r\n-2")
    exported(output)
    cells = {
        cell.value: cell.data_type for row in load_workbook(output).active.iter_rows() for cell in row if cell.value
    }
    assert cells['=HYPERLINK("http://x.example","clic")'] == "s"
    assert cells["=1+1, @home\n-2"] == "s"
    assert "f" not in cells.values()


def test_identities_when_not_asked_for_have_no_column_and_appear_nowhere(output):
    a_case(contact=a_contact(last_name="Introuvable", phone="450 555-9999"))
    heading, rows = exported(output)
    assert {"Demandeur", "Téléphone", "Courriel", "Adresse du demandeur"}.isdisjoint(heading)
    assert "Introuvable" not in str(rows)
    heading, rows = exported(output, identities=True)
    assert {"Demandeur", "Téléphone", "Courriel", "Adresse du demandeur"} <= set(heading)
    assert "Marie Introuvable" in rows[0]


@pytest.mark.parametrize("word", ["received", "RECEIVED", "Reçue", "recue", " reçue "])
def test_a_status_when_given_by_code_or_in_french_is_understood(output, word):
    kept, other = a_case(), a_case()
    Case.objects.filter(pk=other.pk).update(
        kind="inquiry",
        inquiry_type="comment",
        status="closed",
        completed_at=other.received_at,
        closed_at=other.received_at,
    )
    _heading, rows = exported(output, status=word)
    assert [row[0] for row in rows] == [kept.reference]
    assert Export.objects.get().filters["words"] == ["État : Reçue"]


def test_a_department_and_a_kind_when_given_narrow_the_rows(output):
    department = DepartmentFactory(code="TP")
    kept = a_case(NatureFactory(department=department))
    a_case()
    inquiry = a_case(kind=Kind.INQUIRY)
    assert [row[0] for row in exported(output, department="tp")[1]] == [kept.reference]
    assert [row[0] for row in exported(output, kind="Question ou commentaire")[1]] == [inquiry.reference]
    assert exported(output, department="TP", kind="inquiry")[1] == []


def test_confidential_kinds_when_not_named_stay_out_and_complaints_always(output):
    request, claim, access = a_case(), a_case(kind=Kind.CLAIM), a_case(kind=Kind.ACCESS_REQUEST)
    a_case(kind=Kind.COMPLAINT)
    assert [row[0] for row in exported(output)[1]] == [request.reference]
    assert [row[0] for row in exported(output, kind="claim")[1]] == [claim.reference]
    assert [row[0] for row in exported(output, kind="demande d'acces a l'information")[1]] == [access.reference]
    Export.objects.all().delete()
    assert "art. 4.5" in refused(output, kind="complaint")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"department": "ZZZ"}, "Service inconnu : ZZZ. Codes connus : TP."),
        ({"department": ""}, "Service inconnu : ."),
        ({"status": "perdue"}, "État inconnu : perdue."),
        ({"status": "a\nb"}, "État inconnu : a b."),
        ({"kind": "autre"}, "Sorte inconnue : autre."),
    ],
)
def test_an_unknown_word_when_given_is_refused_in_one_line(output, options, said):
    DepartmentFactory(code="TP")
    assert said in refused(output, **options)


def test_a_folder_that_does_not_exist_when_given_is_refused(tmp_path):
    said = refused(tmp_path / "absent" / "file.xlsx")
    assert said == f"Impossible d'écrire {tmp_path}/absent/file.xlsx : le dossier n'existe pas"


def test_a_folder_or_a_device_when_given_as_the_file_is_refused(tmp_path):
    (tmp_path / "dossier.xlsx").mkdir()
    assert "ce n'est pas un fichier" in refused(tmp_path / "dossier.xlsx")
    with pytest.raises(CommandError, match="ce n'est pas un fichier"):
        call_command("export_queue", output="/dev/null")


def test_a_place_where_nobody_writes_when_given_is_refused():
    with pytest.raises(CommandError, match="/proc/file") as refusal:
        call_command("export_queue", output="/proc/file.xlsx")
    assert refusal.value.returncode == 2
    assert not Export.objects.exists()


def test_a_disk_that_fills_midway_leaves_the_old_file_and_a_trace_that_says_so(output, monkeypatch):
    a_case()
    output.write_bytes(b"hier")

    def full(_rows, _columns, path, **_about):
        path.write_bytes(b"PK moiti")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(verb.workbook, "write", full)
    with pytest.raises(CommandError, match="No space left") as refusal:
        call_command("export_queue", output=str(output))
    assert refusal.value.returncode == 2
    assert output.read_bytes() == b"hier"
    assert list(output.parent.iterdir()) == [output]
    assert Export.objects.get().state == Export.State.FAILED


def test_the_file_when_written_is_readable_by_its_owner_only_and_replaces_the_old_one(output):
    output.write_bytes(b"hier")
    exported(output)
    assert stat.S_IMODE(output.stat().st_mode) == 0o600
    assert list(output.parent.iterdir()) == [output]


def test_a_link_when_given_as_the_file_stays_a_link(tmp_path):
    (tmp_path / "vrai.xlsx").write_bytes(b"hier")
    (tmp_path / "lien.xlsx").symlink_to(tmp_path / "vrai.xlsx")
    exported(tmp_path / "lien.xlsx")
    assert (tmp_path / "lien.xlsx").is_symlink()
    assert load_workbook(tmp_path / "vrai.xlsx").active["A1"].value == "Numéro"


def a_shared_layout(**changes):
    owner = user_with(Role.TECHNICIAN)
    draft = {"columns": ["status", "phone", "reference", "perdue"], "query": "vue=toutes&tri=numero"} | changes
    return save_layout(
        draft=Draft(**draft), name="Suivi du lundi", shared=True, by=actor_for(owner), now=timezone.now()
    )


def test_a_text_file_when_asked_by_its_name_has_the_same_rows(tmp_path):
    case = a_case(facts="=1+1 devant l'école du village")
    output = tmp_path / "file.CSV"
    call_command("export_queue", output=str(output))
    heading, row = csv.reader(output.read_text(encoding="utf-8-sig").splitlines(), delimiter=";")
    assert row[0] == case.reference
    assert row[heading.index("Exposé des faits")].startswith("'=1+1")
    assert "Téléphone" not in heading
    assert Export.objects.get().format == "csv"


def test_a_shared_layout_when_named_gives_its_columns_its_order_and_its_sheets_and_widens_nothing(output, capsys):
    a_shared_layout(sheets=Sheets.LIFE)
    first, second, claim = a_case(), a_case(), a_case(kind=Kind.CLAIM)
    a_case(kind=Kind.COMPLAINT)
    call_command("export_queue", output=str(output), layout="suivi du LUNDI")
    book = load_workbook(output)
    assert book.sheetnames == ["Sommaire", "Ouvertes", "Complétées"]
    rows = list(book["Ouvertes"].iter_rows(values_only=True))
    assert rows == [("État", "Numéro"), ("Reçue", first.reference), ("Reçue", second.reference)]
    said = capsys.readouterr().err.splitlines()
    assert said == ["Colonnes réservées à d'autres rôles : Téléphone.", "Une colonne n'existe plus."]
    trace = Export.objects.get()
    assert (trace.layout_name, trace.sheets, trace.filters["words"]) == ("Suivi du lundi", "life", ["Vue : Toutes"])
    call_command("export_queue", output=str(output), layout="Suivi du lundi", kind="claim")
    assert [row[1] for row in load_workbook(output)["Ouvertes"].iter_rows(min_row=2, values_only=True)] == [
        claim.reference
    ]


def test_a_layout_that_is_private_or_unknown_when_named_is_refused_in_one_line(output):
    layout = a_shared_layout()
    assert "Présentations connues : Suivi du lundi." in refused(output, layout="Autre")
    rename_layout(pk=layout.pk, name="À moi", shared=False, by=actor_for(layout.owner), now=timezone.now())
    assert "Présentations connues : aucune." in refused(output, layout="À moi")


@pytest.mark.parametrize("number", [1, 25])
def test_queries_when_exporting_are_as_many_for_one_case_as_for_many(output, number, django_assert_max_num_queries):
    nature = NatureFactory()
    for _ in range(number):
        a_case(nature)
    with django_assert_max_num_queries(7):
        exported(output)


def test_bad_input_when_given_in_a_shell_is_one_line_on_stderr_and_code_2(tmp_path):
    run = subprocess.run(
        [sys.executable, "manage.py", "export_queue", "--output", str(tmp_path / "absent" / "f.xlsx")],
        capture_output=True,
        text=True,
        env={"DJANGO_SETTINGS_MODULE": "cms.settings.dev", "GUICHET_VAR": str(tmp_path / "var"), "PATH": ""},
        check=False,
    )
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.count("\n") == 1
    assert "le dossier n'existe pas" in run.stderr
