"""A workbook of another system on its way in: brought, read once, mapped, looked at, applied, then forgotten.

A short one is treated while the person waits, a long one by a job. Nothing here decides what a row becomes (importing.py).
"""

import hashlib
import logging
import secrets
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import IO, Any

from django.conf import settings
from django.core.files import File
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F, Q
from django_q.tasks import async_task

from intake.excel.safe_book import UnreadableBook, refuse_what_is_no_book
from intake.excel.staged import Staged, dump, load, stage
from intake.models import CaseImport, SavedMapping, private_storage
from intake.policy.import_mapping import IN_WORDS, BadMapping, ImportMapping, Target, guess, mapping_of
from intake.policy.import_rows import RowReader
from intake.policy.import_words import Vocabulary
from intake.policy.list_answers import folded
from intake.policy.refusal import Refusal
from intake.policy.roles import Actor, Role

from .importing import IMPORTING_ROLES, Report, State, import_cases
from .steps import Refused

logger = logging.getLogger(__name__)

FOLDER = "imports"
KEPT_FOR = timedelta(days=7)
# Longer than this, a job reads or applies it: some two seconds of work.
DIRECT_BYTES, DIRECT_ROWS = 150 * 1024, 2_000
Clock = Callable[[], datetime]
Reading = CaseImport.State


@dataclass(frozen=True)
class Word:
    """One word of the other system: how it is written there, on how many rows, and what it means here (None: unknown)."""

    target: Target
    key: str
    shown: str
    count: int
    code: str | None


def bring(*, file: UploadedFile, sheet: str, by: Actor, now: datetime) -> CaseImport:
    """Keep a workbook privately and read it, at once or by a job. Raises UnreadableBook, in French, Refused for others."""
    refuse_other_roles(by)
    refuse_what_is_no_book(file)
    at_once = file.size <= DIRECT_BYTES
    staged = stage(file, sheet=sheet) if at_once else None
    file.seek(0)
    brought = CaseImport(
        user_id=by.user_id,
        by_label=by.label,
        at=now,
        original_name=file.name[-200:],
        sha256=_sha256(file),
        wanted_sheet=sheet[:40],
    )
    brought.file.save(f"{FOLDER}/{secrets.token_hex(12)}.xlsx", file, save=False)
    if staged is not None:
        _keep(brought, staged)
        brought.save()
        return brought
    with transaction.atomic():
        brought.save()
        _have_done("intake.jobs.read_import", brought.pk)
    return brought


def refuse_other_roles(by: Actor) -> None:
    """Raise Refused unless the actor imports (art. 4.1)."""
    if not by.has_any(IMPORTING_ROLES):
        raise Refused(Refusal("4.1", "Seul le Technicien du Service aux citoyens importe des demandes."))


def _sha256(file: IO[bytes]) -> str:
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    return digest


def _have_done(job: str, pk: int) -> None:
    """With the ORM broker the job exists if the transaction does; with another one it leaves after it."""
    if "orm" in settings.Q_CLUSTER:
        async_task(job, pk)
    else:
        transaction.on_commit(lambda: async_task(job, pk))


def read_import(*, import_id: int) -> None:
    """Read the workbook of an import that waits for it, or say why it can't be; may run twice."""
    brought = CaseImport.objects.get(pk=import_id)
    if brought.state != Reading.READING.value:
        return
    try:
        with brought.file.open() as file:
            _keep(brought, stage(file, sheet=brought.wanted_sheet))
    except UnreadableBook as unreadable:
        brought.state, brought.words = Reading.UNREADABLE.value, str(unreadable)
    brought.save()
    logger.info("import_read", extra={"import_id": brought.pk, "state": brought.state})


def _keep(brought: CaseImport, staged: Staged) -> None:
    with tempfile.TemporaryFile() as scratch:
        dump(staged, scratch)
        scratch.seek(0)
        brought.rows.save(f"{FOLDER}/{secrets.token_hex(12)}.json.gz", File(scratch), save=False)
    brought.state, brought.rows_total = Reading.READY.value, len(staged.rows)
    brought.mapping = likeliest_mapping(staged)
    brought.content = brought.mapping.content if brought.mapping else {}


def likeliest_mapping(staged: Staged) -> SavedMapping | None:
    """The remembered mapping of which the workbook has every column; the one that reads the most of them, then the last."""
    fitting = []
    for saved in SavedMapping.objects.order_by("changed_at"):
        try:
            fitting.append((len(mapping_of(saved.content).places(staged.headings)), saved))
        except BadMapping:  # another workbook's
            continue
    most = max((count for count, _saved in fitting), default=0)
    return next((saved for count, saved in reversed(fitting) if count == most), None)


def rows_of(brought: CaseImport) -> Staged:
    """What was read in the workbook."""
    with brought.rows.open() as file:
        return load(file)


def proposed_columns(brought: CaseImport, staged: Staged) -> dict[str, Any]:
    """The mapping as it stands, or a guess from the headings when nobody said anything yet."""
    if brought.content:
        return brought.content
    found = guess(staged.headings)
    note = [found.pop(Target.NOTE)] if Target.NOTE in found else []
    return {"columns": {target.value: heading for target, heading in found.items()}, "note": note}


@transaction.atomic
def map_columns(*, brought: CaseImport, name: str, content: Mapping[str, Any], by: Actor, now: datetime) -> CaseImport:
    """Say what each column is, and remember it under a name. Raises BadMapping, or Refused once the rows are in.

    What was said of the words is kept, that of the remembered mapping of this name too.
    """
    brought = _open(brought, by)
    saved = SavedMapping.objects.select_for_update().filter(name=name).first()
    said = brought.content.get("values") or (saved.content.get("values") if saved else None) or {}
    mapping = mapping_of({**content, "values": said})
    mapping.places(rows_of(brought).headings)
    return _remember(brought, name, mapping, by, now)


@transaction.atomic
def map_words(
    *, brought: CaseImport, values: Mapping[Target, Mapping[str, str]], by: Actor, now: datetime
) -> CaseImport:
    """Say what words of the other system mean here; an empty code takes back what was said. Raises as `map_columns`."""
    brought = _open(brought, by)
    if brought.mapping is None:
        raise BadMapping("Donnez un nom à cette correspondance.")
    content = dict(brought.content)
    said = {key: dict(words) for key, words in (content.get("values") or {}).items()}
    for target, words in values.items():
        kept = {**said.get(target.value, {}), **words}
        said[target.value] = {word: code for word, code in kept.items() if code}
    return _remember(brought, brought.mapping.name, mapping_of({**content, "values": said}), by, now)


def _open(brought: CaseImport, by: Actor) -> CaseImport:
    """Lock an import whose mapping may still change."""
    refuse_other_roles(by)
    brought = CaseImport.objects.select_for_update(of=("self",)).select_related("mapping").get(pk=brought.pk)
    if brought.state not in (Reading.READY.value, Reading.FAILED.value):
        raise Refused(Refusal("4.1", "Ce classeur est déjà importé ou en voie de l'être. Apportez-le de nouveau."))
    return brought


def _remember(brought: CaseImport, name: str, mapping: ImportMapping, by: Actor, now: datetime) -> CaseImport:
    content = mapping.as_json()
    brought.mapping, _is_new = SavedMapping.objects.update_or_create(
        name=name, defaults={"content": content, "changed_at": now, "changed_by_label": by.label}
    )
    brought.content = content
    brought.save(update_fields=["mapping", "content"])
    return brought


def words_in(staged: Staged, mapping: ImportMapping, vocabulary: Vocabulary, *, now: datetime) -> list[Word]:
    """List the distinct words of the columns that hold some, the most frequent first within each column."""
    reader = RowReader(mapping, staged.headings, vocabulary, frozenset(), now)
    words = []
    for target in (target for target in IN_WORDS if target in reader.places):
        shown: dict[str, str] = {}
        codes: dict[str, str | None] = {}
        counts: Counter[str] = Counter()
        for row in staged.rows:
            text, code = reader.word(row.values, target)
            key = folded(text)
            counts[key] += 1
            shown.setdefault(key, text)
            # Known on every row, or to be said: a name that two natures bear is known where the service tells which.
            codes[key] = code if codes.get(key, code) is not None else None
        words += [Word(target, key, shown[key], count, codes[key]) for key, count in counts.most_common()]
    return words


def looked_at(brought: CaseImport, *, by: Actor, now: datetime) -> tuple[Staged, Report]:
    """Say what the import would do, and change nothing. Raises BadMapping while no mapping fits."""
    staged = rows_of(brought)
    mapping = mapping_of(brought.content)
    return staged, import_cases(staged=staged, mapping=mapping, by=by, now=now, dry_run=True)


def begin_import(*, brought: CaseImport, by: Actor, clock: Clock) -> CaseImport:
    """Apply an import that is ready, at once or by a job; asked twice, it is done once. Raises Refused, BadMapping."""
    with transaction.atomic():
        brought = _open(brought, by)
        mapping_of(brought.content).places(rows_of(brought).headings)
        brought.state, brought.rows_done = Reading.APPLYING.value, 0
        brought.user_id, brought.by_label = by.user_id, by.label
        brought.save(update_fields=["state", "rows_done", "user", "by_label"])
        if brought.rows_total > DIRECT_ROWS:
            _have_done("intake.jobs.apply_import", brought.pk)
            return brought
    apply_import(import_id=brought.pk, clock=clock)
    brought.refresh_from_db()
    return brought


def apply_import(*, import_id: int, clock: Clock) -> None:
    """Bring in the rows of an import that was begun; may run twice, or again after it was killed: each row comes in once."""
    brought = CaseImport.objects.get(pk=import_id)
    if brought.state not in (Reading.APPLYING.value, Reading.FAILED.value):
        return
    started = CaseImport.objects.filter(pk=import_id)
    before = brought.created

    def progress(treated: int, written: int) -> None:
        started.update(rows_done=treated, created=F("created") + written)

    try:
        report = import_cases(
            staged=rows_of(brought),
            mapping=mapping_of(brought.content),
            by=_actor_of(brought),
            now=clock(),
            progress=progress,
        )
    except BaseException:
        started.update(state=Reading.FAILED.value, finished_at=clock())
        raise
    started.update(
        state=Reading.DONE.value,
        finished_at=clock(),
        rows_done=len(report.outcomes),
        # What a killed run had brought in is counted once, as imported.
        already=max(report.count(State.ALREADY) - before, 0),
        left_out=report.count(State.LEFT_OUT),
        refused=report.count(State.REFUSED),
    )
    logger.info("import_applied", extra={"import_id": import_id, "rows": report.count(State.CREATES)})


def _actor_of(brought: CaseImport) -> Actor:
    """Whoever confirmed it: his right was asked then, and the history bears his name."""
    return Actor(label=brought.by_label, roles=frozenset({Role.TECHNICIAN}), user_id=brought.user_id)


def forget_imports(*, now: datetime) -> int:
    """Delete the workbooks brought more than seven days ago, and what was read in them; the counts stay."""
    storage, before = private_storage(), now - KEPT_FOR
    kept = CaseImport.objects.filter(at__gt=before).values_list("file", "rows")
    in_use = {name for names in kept for name in names if name}
    try:
        _folders, names = storage.listdir(FOLDER)
    except FileNotFoundError:  # nothing was imported yet
        names = []
    old = [
        name
        for name in (f"{FOLDER}/{name}" for name in names)
        if name not in in_use and storage.get_modified_time(name) <= before
    ]
    for name in old:
        storage.delete(name)
    CaseImport.objects.filter(at__lte=before).exclude(Q(file="") & Q(rows="")).update(file="", rows="")
    return len(old)
