"""Taking cases out as a workbook: who asks, which rows, and a trace of it, whatever the door (art. 4.5).

The trace keeps the primary keys of the rows, in the order of the screen: a long export is then exactly what was on the
screen, a killed worker can begin again, and one can say afterwards whose file left (decision 0006).
"""

import logging
import secrets
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _
from django_q.tasks import async_task

from intake.excel import csv_file, workbook
from intake.excel.column import Column
from intake.excel.columns import chosen, columns_for
from intake.excel.divisions import DIVISIONS, PART_LABELS
from intake.excel.rows import CHUNK, rows_by_pk, rows_of
from intake.excel.today import Today
from intake.mail.exports import tell_ready
from intake.models import Case, CaseQuerySet, Export, actor_for, private_storage
from intake.policy.clocks import local_day
from intake.policy.exports import FileFormat, Part, Sheets
from intake.policy.refusal import Refusal
from intake.policy.roles import EXPORTING_ROLES, Actor
from snippets.models import Department, Designation, TownSettings

from .steps import Refused

logger = logging.getLogger(__name__)

FOLDER = "exports"
KEPT_FOR = timedelta(hours=24)
Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Asked:
    """What someone asks to take out: rows by primary key in their order, columns by key, and the filter as it was.

    `query` is the address of the list, `words` the same for people; `layout` names the layout that was used, if any.
    """

    columns: Sequence[str]
    cases: Sequence[int] = ()
    query: str = ""
    words: Sequence[str] = field(default_factory=list)
    sheets: Sheets = Sheets.ONE
    format: FileFormat = FileFormat.XLSX
    layout: str = ""


def made_at_once(rows: int) -> bool:
    """Say whether so many rows are made while the person waits; a job makes more than that."""
    return rows <= settings.EXPORT_DIRECT_ROWS


def record_export(*, asked: Asked, by: Actor, now: datetime) -> Export:
    """Leave the trace: who, when, which filter, which columns, how many rows. Raises Refused for other roles."""
    _refuse_other_roles(by)
    return _record(asked, by, now)


@transaction.atomic
def request_export(*, asked: Asked, by: Actor, now: datetime) -> Export:
    """Leave the trace and have a job make the workbook; with the ORM broker both exist or neither."""
    export = record_export(asked=asked, by=by, now=now)
    if "orm" in settings.Q_CLUSTER:
        async_task("intake.jobs.build_export", export.pk)
    else:
        transaction.on_commit(lambda: async_task("intake.jobs.build_export", export.pk))
    return export


def write_export(*, export: Export, out: IO[bytes], clock: Clock) -> None:
    """Write the rows of a recorded export to `out`, handed over at once: nothing is kept but the trace."""
    with _failure_in_the_trace(export, clock):
        rows = _write_recorded(export, out)
    _finish(export, rows=rows, file="", clock=clock)


def build_export(*, export_id: int, clock: Clock) -> None:
    """Make the workbook of a recorded export and keep it for its owner; may run twice, one file remains."""
    export = Export.objects.select_related("user").get(pk=export_id)
    if export.state == Export.State.DONE:
        return
    _unfinished(export).update(state=Export.State.PENDING, rows_done=0, finished_at=None)
    with _failure_in_the_trace(export, clock), tempfile.TemporaryFile() as scratch:
        rows = _write_recorded(export, scratch)
        scratch.seek(0)
        name = private_storage().save(f"{FOLDER}/{export.pk}-{secrets.token_hex(8)}.{export.format}", File(scratch))
    if not _finish_and_tell(export, rows=rows, file=name, clock=clock):
        private_storage().delete(name)  # another worker was first
    logger.info("export_built", extra={"export_id": export.pk, "rows": rows})


def export_to_path(
    *,
    cases: CaseQuerySet,
    columns: Sequence[Column],
    words: Sequence[str],
    path: Path,
    by: Actor,
    clock: Clock,
    sheets: Sheets = Sheets.ONE,
    file_format: FileFormat = FileFormat.XLSX,
    layout: str = "",
) -> int:
    """Write `cases` to a file of the server, for scripts, in one query; leave the trace and return how many rows.

    Raises OSError when the file can't be written; the trace then says that it failed.
    """
    keys = [column.key for column in columns]
    asked = Asked(columns=keys, words=words, sheets=sheets, format=file_format, layout=layout)
    export = _record(asked, by, clock())
    leaving = cases.exportable()
    with _failure_in_the_trace(export, clock):
        rows = rows_of(leaving, read_columns(sheets, columns), today=today_at(export.requested_at))
        total = _write(export, rows, columns, path, lambda: departments_of([leaving]))
    _finish(export, rows=total, file="", clock=clock)
    return total


def kept_until(export: Export) -> datetime | None:
    """Return when the file can no longer be fetched, 24 hours after it was made; None when there is none."""
    return export.finished_at + KEPT_FOR if export.file and export.finished_at else None


def file_is_kept(export: Export, *, now: datetime) -> bool:
    """Say whether the file can still be fetched."""
    until = kept_until(export)
    return until is not None and now < until


def forget_exports(*, now: datetime) -> int:
    """Delete the workbooks made more than 24 hours ago, those a killed worker left included; traces stay."""
    storage, before = private_storage(), now - KEPT_FOR
    try:
        _folders, names = storage.listdir(FOLDER)
    except FileNotFoundError:  # nothing was exported yet
        names = []
    old = [name for name in names if storage.get_modified_time(f"{FOLDER}/{name}") <= before]
    for name in old:
        storage.delete(f"{FOLDER}/{name}")
    Export.objects.filter(finished_at__lte=before).exclude(file="").update(file="")
    abandoned = Export.objects.filter(state=Export.State.PENDING, requested_at__lte=before)
    abandoned.update(state=Export.State.FAILED, finished_at=now)
    workbook.sweep_scratch(before=before)
    return len(old)


def today_at(moment: datetime) -> Today:
    """Read what some columns count from, on the town's day of an aware moment."""
    day = local_day(moment)
    designations = Designation.objects.effective_on(day).select_related("employee")
    recipients = {designation.department_id: str(designation.employee) for designation in designations}
    return Today(on=day, recipients=recipients)


def _refuse_other_roles(actor: Actor) -> None:
    if not actor.has_any(EXPORTING_ROLES):
        raise Refused(Refusal("4.5", _("Votre rôle ne permet pas d'exporter des demandes.")))


def _record(asked: Asked, by: Actor, now: datetime) -> Export:
    return Export.objects.create(
        user_id=by.user_id,
        by_label=by.label,
        requested_at=now,
        filters={"query": asked.query, "words": list(asked.words), "cases": list(asked.cases)},
        columns=list(asked.columns),
        sheets=asked.sheets.value,
        format=asked.format.value,
        layout_name=asked.layout,
        rows_total=len(asked.cases),
    )


@contextmanager
def _failure_in_the_trace(export: Export, clock: Clock) -> Iterator[None]:
    try:
        yield
    except BaseException:
        _unfinished(export).update(state=Export.State.FAILED, finished_at=clock())
        raise


def read_columns(sheets: Sheets, columns: Sequence[Column]) -> list[Column]:
    """Return what is read of each row: the columns and, when there are several sheets, first the one that says which."""
    return [DIVISIONS[sheets], *columns] if sheets in DIVISIONS else list(columns)


def departments_of(batches: Iterable[CaseQuerySet]) -> list[str]:
    """Name the services that files belong to, in the town's order: the sheets of a workbook divided by service."""
    found: set[int] = set()
    for cases in batches:
        found.update(cases.order_by().values_list("department_id", flat=True).distinct())
    return list(Department.objects.filter(pk__in=found).order_by("sort_order", "name").values_list("name", flat=True))


def _write_recorded(export: Export, out: IO[bytes]) -> int:
    """Write the recorded rows with the rights of now, not those of the request; return how many there were."""
    actor = actor_for(export.user)
    _refuse_other_roles(actor)
    columns = chosen(export.columns, columns_for(actor))
    rows = _recorded_rows(export, actor, read_columns(Sheets(export.sheets), columns))
    return _write(export, rows, columns, out, lambda: departments_of(_recorded_cases(export, actor)))


def _write(
    export: Export,
    rows: Iterator[list[Any]],
    columns: Sequence[Column],
    out: IO[bytes] | Path,
    departments: Callable[[], list[str]],
) -> int:
    """Write rows in the format and on the sheets that the trace says; a text file has no sheets, a column tells them."""
    sheets = Sheets(export.sheets)
    if export.format == FileFormat.CSV.value:
        return csv_file.write(rows, read_columns(sheets, columns), out)
    names = None
    if sheets is Sheets.LIFE:
        names = [str(PART_LABELS[part]) for part in (Part.OPEN, Part.COMPLETED)]
    elif sheets is Sheets.DEPARTMENT:
        names = departments()
    return workbook.write(rows, columns, out, about=_about(export), sheets=names)


def _recorded_cases(export: Export, actor: Actor) -> Iterator[CaseQuerySet]:
    """The recorded rows some thousands at a time, less what the actor may no longer see."""
    pks: list[int] = export.filters["cases"]
    visible = Case.objects.visible_to_actor(actor).exportable_by(actor).order_by()
    for start in range(0, len(pks), CHUNK):
        yield visible.filter(pk__in=pks[start : start + CHUNK])


def _recorded_rows(export: Export, actor: Actor, columns: Sequence[Column]) -> Iterator[list[Any]]:
    """Read the recorded rows in their order, and say how far it is."""
    today = today_at(export.requested_at)
    pks: list[int] = export.filters["cases"]
    for start, cases in zip(range(0, len(pks), CHUNK), _recorded_cases(export, actor), strict=True):
        chunk = pks[start : start + CHUNK]
        rows = rows_by_pk(cases, columns, today=today)
        yield from (rows[pk] for pk in chunk if pk in rows)
        _unfinished(export).update(rows_done=start + len(chunk))


def _unfinished(export: Export) -> Any:
    """The row, unless another worker finished it: nothing is changed in a trace that is done."""
    return Export.objects.filter(pk=export.pk).exclude(state=Export.State.DONE)


def _finish(export: Export, *, rows: int, file: str, clock: Clock) -> bool:
    finished = {"state": Export.State.DONE, "finished_at": clock(), "file": file}
    return bool(_unfinished(export).update(rows_total=rows, rows_done=rows, **finished))


@transaction.atomic
def _finish_and_tell(export: Export, *, rows: int, file: str, clock: Clock) -> bool:
    """Say in the trace that the file is there, and write to its owner, who may have left the page; both or neither."""
    first = _finish(export, rows=rows, file=file, clock=clock)
    if first:
        export.refresh_from_db(fields=["file", "finished_at"])
        tell_ready(export, until=kept_until(export))
    return first


def _about(export: Export) -> workbook.About:
    town = TownSettings.load()
    return workbook.About(
        title=_("Demandes – %(town)s") % {"town": town.name},
        made_at=export.requested_at,
        brand_colour=town.brand_colour,
        author=export.by_label,
        note="; ".join(export.filters["words"]),
    )
