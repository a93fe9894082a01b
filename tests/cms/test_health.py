"""/healthz tells a monitor what must be repaired, and nothing about anyone."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.core.mail import EmailMessage, get_connection
from django.utils import timezone
from django_q.models import Schedule
from django_q.status import Stat
from post_office.models import STATUS, Email

from intake.schedules import RECURRING, register

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(monkeypatch):
    """A worker that has just reported (a real one is started by the journey of the start)."""
    register()
    monkeypatch.setattr(Stat, "get_all", staticmethod(lambda broker=None: ["one"]))


def test_healthz_when_all_is_well_answers_200(client, worker):
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert all(check["ok"] for check in answer.json()["checks"].values())
    assert set(answer.json()["checks"]) == {"database", "worker", "outbox", "storage"}


def test_healthz_when_no_worker_reports_answers_503(client):
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["checks"]["worker"] == {"ok": False, "detail": "no worker has reported"}
    assert answer.json()["checks"]["database"]["ok"]


@pytest.mark.parametrize(("age", "status"), [(timedelta(minutes=14), 200), (timedelta(minutes=16), 503)])
def test_healthz_when_a_mail_waits_for_long_answers_503(client, worker, age, status):
    mail = Email.objects.create(from_email="a@b.example", to=["c@d.example"], subject="x", status=STATUS.queued)
    Email.objects.filter(pk=mail.pk).update(created=timezone.now() - age)
    answer = client.get("/healthz")
    assert answer.status_code == status
    assert "c@d.example" not in answer.content.decode()


def test_healthz_when_the_private_files_cannot_be_written_answers_503(client, worker, settings, tmp_path):
    blocked = tmp_path / "file-not-folder"
    blocked.write_text("")
    settings.STORAGES = {
        **settings.STORAGES,
        "private": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(blocked)},
        },
    }
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["checks"]["storage"]["ok"] is False


def test_schedules_when_registered_twice_are_there_once():
    register()
    register()
    assert Schedule.objects.count() == len(RECURRING)


def test_development_mail_when_sent_is_a_file_that_a_mail_program_opens(settings, tmp_path):
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    connection = get_connection("cms.mail_files.EmailBackend")
    message = EmailMessage("Réponse à votre requête", "Bonjour é", "a@b.example", ["c@d.example"])
    assert connection.send_messages([message, message]) == 2
    written = sorted((tmp_path / "mail").glob("*.eml"))
    assert len(written) == 2
    read = message_from_bytes(written[0].read_bytes(), policy=policy.default)
    assert (read["Subject"], read["To"]) == ("Réponse à votre requête", "c@d.example")
    assert read.get_content().strip() == "Bonjour é"
