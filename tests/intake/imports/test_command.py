"""`import_cases`: the contract of the command line, on real files."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from intake.models import Case, SavedMapping
from tests.intake.imports.conftest import CONTENT, NOW, book, row

pytestmark = pytest.mark.django_db


@pytest.fixture
def workbook(tmp_path, town):
    path = tmp_path / "requetes.xlsx"
    path.write_bytes(book(row(), row(No_requête="R-2", Statut="Mystère")).getvalue())
    return path


@pytest.fixture
def saved(town):
    return SavedMapping.objects.create(name="Prioris 2026", content=CONTENT, changed_at=NOW, changed_by_label="x")


def run(*arguments):
    out, err = io.StringIO(), io.StringIO()
    call_command("import_cases", *map(str, arguments), stdout=out, stderr=err)
    return out.getvalue().strip(), err.getvalue().strip()


def test_dry_run_says_what_would_come_in_and_changes_nothing(workbook, saved):
    out, err = run(workbook, "--mapping", "prioris 2026", "--dry-run")
    assert out == "À importer : 1, déjà là : 0, laissées de côté : 0, refusées : 1."
    assert err.startswith("Requêtes, F3 : « Mystère »")
    assert not Case.objects.exists()


def test_twice_it_comes_in_once(workbook, saved):
    assert run(workbook, "--mapping", "Prioris 2026")[0].startswith("Importées : 1, déjà là : 0")
    assert run(workbook, "--mapping", "Prioris 2026")[0].startswith("Importées : 0, déjà là : 1")
    assert Case.objects.get().events.get().by_label == "import_cases"


def test_a_mapping_may_be_a_file(workbook, tmp_path):
    path = tmp_path / "m.json"
    path.write_text(json.dumps(CONTENT), encoding="utf-8")
    assert run(workbook, "--mapping", path, "--sheet", "requetes")[0].startswith("Importées : 1")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["{workbook}", "--mapping", "Inconnue"], "Connues : Prioris 2026"),
        (["absent.xlsx", "--mapping", "Prioris 2026"], "Impossible de lire"),
        (["{workbook}", "--mapping", "absent.json"], "Impossible de lire"),
        (["{workbook}", "--mapping", "{folder}/bad.json"], "JSON lisible"),
        (["{workbook}", "--mapping", "{folder}/list.json"], "objet JSON"),
        (["{workbook}", "--mapping", "{folder}/other.json"], "« Étage »"),
        (["{folder}/bad.json", "--mapping", "Prioris 2026"], "n'est pas un classeur"),
        (["{workbook}", "--mapping", "Prioris 2026", "--sheet", "Étage"], "pas de feuille"),
    ],
)
def test_what_can_not_be_used_is_said_in_french_with_code_2(workbook, saved, tmp_path, arguments, words):
    (tmp_path / "bad.json").write_text("{", encoding="utf-8")
    (tmp_path / "list.json").write_text("[]", encoding="utf-8")
    (tmp_path / "other.json").write_text(json.dumps({**CONTENT, "note": ["Étage"]}), encoding="utf-8")
    with pytest.raises(CommandError, match=words) as refused:
        run(*[argument.format(workbook=workbook, folder=tmp_path) for argument in arguments])
    assert refused.value.returncode == 2
    assert not Case.objects.exists()
