"""Taking cases out as a workbook: the trace, the rights, a job that dies, and what remains of it."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_q.models import OrmQ
from openpyxl import load_workbook

from intake import jobs
from intake.models import Case, Export, actor_for, private_storage
from intake.policy.roles import Role
from intake.policy.vocabulary import Kind
from intake.process import Refused
from intake.process import export as verb
from tests.factories import DepartmentFactory, NatureFactory, a_case, user_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_files")]


def asked(cases, *columns):
    return verb.Asked(
        columns=columns or ["status", "requester"],
        cases=[c.pk for c in cases],
        query="etat=received",
        words=["État : Reçue"],
    )


def requested(user, cases, *columns):
    return verb.request_export(asked=asked(cases, *columns), by=actor_for(user), now=timezone.now())


def rows_in(export):
    export.refresh_from_db()
    with private_storage().open(export.file.name) as file:
        return list(load_workbook(BytesIO(file.read())).active.iter_rows(values_only=True))


def files_kept():
    try:
        return private_storage().listdir(verb.FOLDER)[1]
    except FileNotFoundError:
        return []


def test_an_export_when_asked_leaves_its_trace_and_one_job():
    user = user_with(Role.TECHNICIAN)
    cases = [a_case(), a_case()]
    export = requested(user, cases)
    export.refresh_from_db()
    assert (export.user, export.by_label, export.state) == (user, user.username, Export.State.PENDING)
    assert (export.rows_total, export.rows_done) == (2, 0)
    assert export.filters == {"query": "etat=received", "words": ["État : Reçue"], "cases": [c.pk for c in cases]}
    assert export.columns == ["status", "requester"]
    tasks = [(job.task["func"], job.task["args"]) for job in OrmQ.objects.all()]
    assert tasks.count(("intake.jobs.build_export", (export.pk,))) == 1


@pytest.mark.parametrize(
    "role", [Role.COMMUNICATIONS, Role.EXPERIENCE, Role.COUNCIL, Role.EMPLOYEE, Role.ADMINISTRATOR]
)
def test_an_export_when_asked_by_another_role_is_refused_without_a_trace(role):
    with pytest.raises(Refused, match="exporter"):
        requested(user_with(role), [a_case()])
    assert not Export.objects.exists()


def test_the_job_when_run_makes_the_rows_in_the_order_of_the_screen():
    cases = [a_case() for _ in range(5)]
    cases = [cases[i] for i in (3, 0, 4, 2, 1)]
    export = requested(user_with(Role.TECHNICIAN), cases)
    jobs.build_export(export.pk)
    assert [row[0] for row in rows_in(export)[1:]] == [c.reference for c in cases]
    assert rows_in(export)[0] == ("Numéro", "État", "Demandeur")
    assert (export.state, export.rows_total, export.rows_done) == (Export.State.DONE, 5, 5)
    assert export.finished_at is not None


def test_the_job_when_run_twice_makes_one_file():
    export = requested(user_with(Role.TECHNICIAN), [a_case()])
    jobs.build_export(export.pk)
    export.refresh_from_db()
    first = export.file.name, export.finished_at
    jobs.build_export(export.pk)
    export.refresh_from_db()
    assert (export.file.name, export.finished_at) == first
    assert len(files_kept()) == 1


def test_two_workers_on_one_export_when_both_finish_leave_one_file():
    export = requested(user_with(Role.TECHNICIAN), [a_case()])
    moments = iter([lambda: jobs.build_export(export.pk)])

    def clock():
        # The other worker finishes just before this one says it is done.
        next(moments, lambda: None)()
        return timezone.now()

    verb.build_export(export_id=export.pk, clock=clock)
    export.refresh_from_db()
    assert files_kept() == [export.file.name.removeprefix("exports/")]
    assert len(rows_in(export)) == 2


def test_a_worker_killed_midway_when_the_job_runs_again_leaves_one_good_file(monkeypatch):
    monkeypatch.setattr(verb, "CHUNK", 2)
    cases = [a_case() for _ in range(5)]
    export = requested(user_with(Role.TECHNICIAN), cases)
    # As a SIGKILL leaves it: some rows said, no file, still pending.
    Export.objects.filter(pk=export.pk).update(rows_done=4)
    jobs.build_export(export.pk)
    assert [row[0] for row in rows_in(export)[1:]] == [c.reference for c in cases]
    assert len(files_kept()) == 1


def test_progress_when_the_job_runs_is_told_by_chunk(monkeypatch):
    monkeypatch.setattr(verb, "CHUNK", 2)
    export = requested(user_with(Role.TECHNICIAN), [a_case() for _ in range(5)])
    rows = verb._recorded_rows(export, actor_for(export.user), [])
    seen = []
    for _ in rows:
        export.refresh_from_db()
        seen.append(export.rows_done)
    assert seen == [0, 0, 2, 2, 4]


def test_a_failure_when_it_happens_is_in_the_trace_and_another_run_mends_it(monkeypatch):
    export = requested(user_with(Role.TECHNICIAN), [a_case()])

    def full(*_args, **_kwargs):
        raise OSError("No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(verb.workbook, "write", full)
        with pytest.raises(OSError, match="No space"):
            jobs.build_export(export.pk)
    export.refresh_from_db()
    assert export.state == Export.State.FAILED
    jobs.build_export(export.pk)
    export.refresh_from_db()
    assert export.state == Export.State.DONE
    assert len(rows_in(export)) == 2


def test_a_complaint_when_slipped_among_the_rows_never_leaves():
    user = user_with(Role.DIRECTOR)
    complaint, request = a_case(kind=Kind.COMPLAINT), a_case()
    assert Case.objects.visible_to(user).filter(pk=complaint.pk).exists()
    export = requested(user, [complaint, request])
    jobs.build_export(export.pk)
    assert [row[0] for row in rows_in(export)[1:]] == [request.reference]


def test_rights_lost_between_the_request_and_the_job_are_lost_for_the_workbook():
    department = DepartmentFactory()
    user = user_with(Role.TECHNICIAN, Role.RECIPIENT, department=department)
    mine, other = a_case(NatureFactory(department=department)), a_case()
    export = requested(user, [mine, other])
    user.groups.filter(name__startswith="Technicien").get().user_set.remove(user)
    jobs.build_export(export.pk)
    assert rows_in(export) == [("Numéro", "État"), (mine.reference, "Reçue")]
    assert export.rows_total == 1


def test_an_account_closed_before_the_job_gets_nothing():
    user = user_with(Role.TECHNICIAN)
    export = requested(user, [a_case()])
    user.is_active = False
    user.save()
    jobs.build_export(export.pk)
    export.refresh_from_db()
    assert (export.state, export.file.name, files_kept()) == (Export.State.FAILED, "", [])


def test_a_file_older_than_a_day_when_swept_is_deleted_and_its_trace_stays():
    export = requested(user_with(Role.TECHNICIAN), [a_case()])
    jobs.build_export(export.pk)
    export.refresh_from_db()
    just_before = export.finished_at + timedelta(hours=23, minutes=59)
    assert verb.file_is_kept(export, now=just_before)
    assert verb.forget_exports(now=just_before) == 0
    later = export.finished_at + timedelta(hours=24, seconds=1)
    assert not verb.file_is_kept(export, now=later)
    assert verb.forget_exports(now=later) == 1
    export.refresh_from_db()
    assert (export.file.name, files_kept(), export.rows_total) == ("", [], 1)


def test_a_file_that_a_killed_worker_left_when_swept_is_deleted():
    private_storage().save("exports/9-orphan.xlsx", ContentFile(b"PK"))
    assert verb.forget_exports(now=timezone.now() + timedelta(hours=25)) == 1
    assert files_kept() == []


def test_scratch_files_that_a_killed_worker_left_when_swept_are_deleted_a_day_later(settings, tmp_path):
    settings.VAR = tmp_path
    left = tmp_path / "scratch" / "tmpabc"
    left.mkdir(parents=True)
    (left / "rangees").write_text("Tremblay")
    verb.forget_exports(now=timezone.now() + timedelta(hours=23))
    assert left.exists()
    verb.forget_exports(now=timezone.now() + timedelta(hours=25))
    assert list((tmp_path / "scratch").iterdir()) == []


def test_an_export_never_made_when_swept_a_day_later_is_said_to_have_failed():
    export = requested(user_with(Role.TECHNICIAN), [a_case()])
    assert verb.forget_exports(now=timezone.now() + timedelta(hours=25)) == 0
    export.refresh_from_db()
    assert export.state == Export.State.FAILED


def test_the_number_of_queries_when_exporting_does_not_depend_on_the_rows():
    user = user_with(Role.TECHNICIAN)
    counts = []
    for rows in (1, 20):
        export = requested(user, [a_case() for _ in range(rows)])
        with CaptureQueriesContext(connection) as queries:
            jobs.build_export(export.pk)
        counts.append(len(queries))
    assert counts[0] == counts[1]
