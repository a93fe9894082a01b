"""The documents say what is true today."""

import re
from pathlib import Path

import pytest

from cms.management.commands.draw_transitions import drawn
from intake.schedules import RECURRING

ROOT = Path(__file__).resolve().parent.parent
OPERATIONS = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
SETTINGS = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "cms/settings").glob("*.py"))
# `list_dir` and the like are not variables: env.<type>("NAME"…).
VARIABLES = sorted(set(re.findall(r"env\.\w+\(\s*\"([A-Z_]+)\"", SETTINGS)))


@pytest.mark.parametrize("name", VARIABLES)
def test_every_variable_that_the_settings_read_is_explained(name):
    assert f"`{name}`" in OPERATIONS


def test_the_settings_do_read_variables():
    assert {"DATABASE_URL", "SECRET_KEY", "EMAIL_URL", "MEDIA_URL_BACKEND"} <= set(VARIABLES)


@pytest.mark.parametrize("job", RECURRING, ids=lambda job: job.func)
def test_every_recurring_job_is_explained(job):
    assert f"`{job.func}`" in OPERATIONS


@pytest.mark.parametrize("target", re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE))
def test_every_make_target_is_in_the_readme(target):
    assert f"make {target}" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_drawn_table_of_transitions_is_that_of_the_code():
    document = (ROOT / "docs/policy-readings.md").read_text(encoding="utf-8")
    assert drawn(document) == document


@pytest.mark.parametrize(
    "document", [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))], ids=lambda p: str(p.relative_to(ROOT))
)
def test_every_link_between_documents_leads_somewhere(document):
    links = re.findall(r"\]\((?!https?://|#|mailto:)([^)#\s]+)", document.read_text(encoding="utf-8"))
    missing = [link for link in links if not (document.parent / link).exists()]
    assert missing == []


@pytest.mark.parametrize("lock", sorted((ROOT / "requirements").glob("*.txt")), ids=lambda p: p.name)
def test_lock_files_pin_everything_and_name_no_index(lock):
    lines = [line for line in lock.read_text().splitlines() if line and not line.startswith("#")]
    assert lines
    assert all(re.fullmatch(r"[A-Za-z0-9_.\[\]-]+==[A-Za-z0-9_.+!-]+( ;.*)?", line) for line in lines)


def test_migrations_stay_light():
    files = [*ROOT.glob("*/migrations/*.py"), *ROOT.glob("intake/*/migrations/*.py")]
    assert sum(path.stat().st_size for path in files) < 300_000
