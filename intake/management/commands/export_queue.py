"""`export_queue`: the queue as a workbook, for scripts; the same rows and the same trace as the screen."""

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from intake.excel.columns import COLUMNS, without_identity
from intake.models import Case, CaseQuerySet, fold
from intake.models.choices import KIND_LABELS, STATUS_LABELS
from intake.policy.roles import CONFIDENTIAL_KINDS, NEVER_EXPORTED, Actor
from intake.process.export import export_to_path
from snippets.models import Department

BAD_INPUT = 2
OPERATOR = Actor(label="export_queue")


class Command(BaseCommand):
    help = (
        "Exporte les demandes en classeur Excel. Sans --kind : requêtes, questions et commentaires. "
        "Une plainte n'est jamais exportée (art. 4.5)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--output", required=True, metavar="F.xlsx", help="Le classeur à écrire.")
        parser.add_argument("--department", metavar="CODE", help="Un seul service, par son code : TP.")
        parser.add_argument("--status", metavar="S", help="Un seul état : " + _choices(STATUS_LABELS))
        parser.add_argument("--kind", metavar="K", help="Une seule sorte : " + _choices(KIND_LABELS))
        parser.add_argument(
            "--identities",
            action="store_true",
            help="Ajoute le nom et les coordonnées du demandeur; sinon ces colonnes n'existent pas.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        words: list[str] = []
        cases = _filtered(options, words)
        columns = list(COLUMNS) if options["identities"] else without_identity()
        with _replaced(Path(options["output"])) as path:
            rows = export_to_path(cases=cases, columns=columns, words=words, path=path, by=OPERATOR, clock=timezone.now)
        self.stdout.write(_("%(rows)d demandes dans %(output)s") % {"rows": rows, "output": options["output"]})


def _filtered(options: Mapping[str, Any], words: list[str]) -> CaseQuerySet:
    """Return the cases asked for, newest first, and say in `words` which; raises CommandError for an unknown word."""
    cases = Case.objects.exportable().order_by("-received_at", "-pk")
    if options["department"] is not None:
        department = _department(options["department"])
        words.append(_("Service : %(name)s") % {"name": department.name})
        cases = cases.for_department(department)
    if options["status"] is not None:
        status = _known(options["status"], STATUS_LABELS, _("État inconnu"))
        words.append(_("État : %(name)s") % {"name": STATUS_LABELS[status]})
        cases = cases.filter(status=status)
    if options["kind"] is None:
        # Nobody reads all kinds together: claims and access requests leave only when they are named.
        return cases.exclude(kind__in=[kind.value for kind in CONFIDENTIAL_KINDS])
    kind = _known(options["kind"], KIND_LABELS, _("Sorte inconnue"))
    if kind in {never.value for never in NEVER_EXPORTED}:
        raise CommandError(_("Une plainte n'est jamais exportée (art. 4.5)."), returncode=BAD_INPUT)
    words.append(_("Sorte : %(name)s") % {"name": KIND_LABELS[kind]})
    return cases.filter(kind=kind)


def _department(code: str) -> Department:
    department = Department.objects.filter(code=code.strip().upper()).first()
    if department is None:
        known = ", ".join(Department.objects.values_list("code", flat=True)) or _("aucun")
        message = _("Service inconnu : %(code)s. Codes connus : %(known)s.") % {
            "code": _on_a_line(code),
            "known": known,
        }
        raise CommandError(message, returncode=BAD_INPUT)
    return department


def _known(word: str, labels: Mapping[str, Promise], complaint: str) -> str:
    """Return the stored word for a code or a French label, accents and capitals forgiven."""
    for stored, label in labels.items():
        if fold(word.strip()) in {fold(stored), fold(str(label))}:
            return stored
    raise CommandError(f"{complaint} : {_on_a_line(word)}. {_choices(labels)}", returncode=BAD_INPUT)


def _choices(labels: Mapping[str, Promise]) -> str:
    return ", ".join(f"{stored} ({label})" for stored, label in labels.items()) + "."


def _on_a_line(text: str) -> str:
    return " ".join(text.split())


@contextmanager
def _replaced(output: Path) -> Iterator[Path]:
    """Give a new file beside `output`, readable by its owner only, that takes its place when all went well.

    Raises CommandError when it can't be written; nothing is created or changed then.
    """
    try:
        _refuse_what_is_no_file(output)
        handle, name = tempfile.mkstemp(prefix=".export-", suffix=".xlsx", dir=output.resolve().parent)
        os.close(handle)
        scratch = Path(name)
        try:
            yield scratch
            scratch.replace(output.resolve())
        finally:
            scratch.unlink(missing_ok=True)
    except OSError as error:
        where, reason = _on_a_line(str(output)), error.strerror or error
        message = _("Impossible d'écrire %(output)s : %(reason)s") % {"output": where, "reason": reason}
        raise CommandError(message, returncode=BAD_INPUT) from error


def _refuse_what_is_no_file(output: Path) -> None:
    """Raise OSError for a folder, a device (replacing /dev/null would harm the machine) or a missing folder."""
    if not output.resolve().parent.is_dir():
        raise OSError(_("le dossier n'existe pas"))
    if output.exists() and not output.is_file():
        raise OSError(_("ce n'est pas un fichier"))
