"""`make run`, less the installation: the town is prepared, the site and the worker start, and one Ctrl-C ends both."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HONCHO = [sys.executable, "-m", "honcho", "--no-colour", "-f", "cms/Procfile", "-d", ".", "start"]
ASK_FOR_A_JOB = """
import django
django.setup()
from django_q.tasks import async_task
async_task("time.sleep", 2, task_name="in hand")
"""
COUNT_JOBS_DONE = """
import django
django.setup()
from django_q.models import Success
print(Success.objects.filter(name="in hand").count())
"""


@pytest.fixture
def environment(tmp_path) -> dict[str, str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
        "GUICHET_VAR": str(tmp_path),
        "PORT": str(port),
        "PYTHONUNBUFFERED": "1",
        "BASE_URL": f"http://127.0.0.1:{port}",
    }


def run(environment: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout


def read(url: str) -> str:
    try:
        with urllib.request.urlopen(url) as answer:
            return answer.read().decode()
    except OSError:  # not there yet, or 503
        return ""


def comes(what: Callable[[], bool], *, within: float) -> bool:
    end = time.monotonic() + within
    while not (came := what()) and time.monotonic() < end:
        time.sleep(0.1)
    return came


def test_town_when_started_answers_and_when_stopped_ends_the_job_in_hand(environment, tmp_path):
    welcome = run(environment, "manage.py", "prepare")
    assert "Mot de passe : guichet-demo" in welcome
    log = tmp_path / "log"
    with log.open("w") as output:
        started = subprocess.Popen(HONCHO, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT)
    try:
        assert comes(lambda: '"ok": true' in read(f"{environment['BASE_URL']}/healthz"), within=180), log.read_text()
        assert "Val-des-Érables" in read(environment["BASE_URL"])
        run(environment, "-c", ASK_FOR_A_JOB)
        assert comes(lambda: "processing in hand" in log.read_text(), within=120), log.read_text()
    finally:
        started.send_signal(signal.SIGINT)
        started.wait(120)

    assert "SIGKILL" not in log.read_text()
    assert "a été arrêté" in log.read_text()
    assert read(environment["BASE_URL"]) == ""
    assert run(environment, "-c", COUNT_JOBS_DONE).strip() == "1"
