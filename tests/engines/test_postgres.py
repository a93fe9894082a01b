"""The record, the verbs and the outbox on PostgreSQL, for towns with more than one machine: the same tests, its own rules."""

import os
import subprocess
import sys

import pytest

# Two runs at once, of two checkouts, must not share a database.
URL = os.environ.get("GUICHET_TEST_POSTGRES", f"postgres://postgres@127.0.0.1:5432/guichet_{os.getpid()}")
ROOMS = (
    "tests/intake/process",
    "tests/intake/mail",
    "tests/intake/lists",
    "tests/intake/queue",
    "tests/intake/forms",
    "tests/snippets",
)


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
