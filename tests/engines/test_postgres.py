"""The record, the verbs and the outbox on PostgreSQL, for towns with more than one machine: the same tests, its own rules."""

import os
import subprocess
import sys

import pytest

# Two runs at once, of two checkouts, must not share a database.
URL = os.environ.get("GUICHET_TEST_POSTGRES", f"postgres://postgres@127.0.0.1:5432/guichet_{os.getpid()}")
# Whole rooms where rows are written; of the doors, what asks the database a question that an engine could read otherwise.
ROOMS = (
    "tests/intake/process",
    "tests/intake/mail",
    "tests/intake/lists",
    "tests/intake/queue/test_listing.py",
    "tests/intake/queue/test_list_screen.py",
    "tests/intake/queue/test_bulk.py",
    "tests/intake/queue/test_confidentiality.py",
    "tests/intake/queue/test_contact.py",
    "tests/intake/queue/test_needs.py",
    "tests/intake/queue/test_odd_addresses.py",
    "tests/intake/queue/test_export_layouts.py",
    "tests/intake/forms/test_bad_input.py",
    "tests/intake/forms/test_drafts.py",
    "tests/intake/forms/test_exactly_once.py",
    "tests/intake/forms/test_journeys.py",
    "tests/intake/forms/test_tracking.py",
    "tests/snippets/test_deletion.py",
    "tests/snippets/test_lists.py",
    "tests/snippets/test_no_overlap.py",
)
# Many examples of the same rules, already tried on SQLite.
LEFT_OUT = ("tests/intake/process/test_any_sequence.py", "tests/intake/lists/test_any_workbook.py")


@pytest.mark.postgres
def test_the_verbs_the_outbox_and_the_doors_hold_on_postgresql(tmp_path):
    environment = {**os.environ, "DATABASE_URL": URL, "GUICHET_VAR": str(tmp_path)}
    environment.pop("PYTEST_XDIST_WORKER", None)
    run = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            *ROOMS,
            *(f"--ignore={path}" for path in LEFT_OUT),
            "-m",
            "not browser and not postgres",
            "--create-db",
            "-p",
            "no:cacheprovider",
        ],
        env=environment,
        capture_output=True,
        text=True,
        timeout=1500,
        check=False,
    )
    assert run.returncode == 0, run.stdout[-6000:] + run.stderr[-2000:]
    assert " passed" in run.stdout or "[100%]" in run.stdout
