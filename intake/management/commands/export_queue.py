"""`export_queue`: the queue as a workbook or a text file, for scripts; the same rows and the same trace as the screen."""

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from intake.excel.column import Column
from intake.excel.columns import COLUMNS, chosen, without_identity
from intake.models import Case, CaseQuerySet, ExportLayout, fold
from intake.models.choices import KIND_LABELS, STATUS_LABELS
from intake.policy.exports import FileFormat, Sheets
from intake.policy.roles import CONFIDENTIAL_KINDS, NEVER_EXPORTED, Actor
from intake.process.export import export_to_path
from intake.queue.desk import desk_of
from intake.queue.export_choice import in_words, left_out, list_of_layout
from intake.queue.listing import read_listing
from snippets.models import Department

BAD_INPUT = 2
OPERATOR = Actor(label="export_queue")
# Whoever runs the server reads every list; what may leave is narrowed below (art. 4.5).
WHOLE_TOWN = Actor(label="export_queue", everything=True)


class Command(BaseCommand):
    help = (
        "Exporte les demandes en classeur Excel, ou en fichier texte si le nom du fichier finit par .csv. "
        "Sans --kind : requêtes, questions et commentaires. "
        "Une plainte n'est jamais exportée (art. 4.5)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--output", required=True, metavar="F.xlsx", help="Le fichier à écrire : .xlsx ou .csv.")
        parser.add_argument("--department", metavar="CODE", help="Un seul service, par son code : TP.")
        parser.add_argument("--status", metavar="S", help="Un seul état : " + _choices(STATUS_LABELS))
        parser.add_argument("--kind", metavar="K", help="Une seule sorte : " + _choices(KIND_LABELS))
        parser.add_argument(
            "--layout",
            metavar="NOM",
            help="Une présentation partagée : ses colonnes dans leur ordre, sa liste, ses feuilles.",
        )
        parser.add_argument(
            "--identities",
            action="store_true",
            help="Ajoute le nom et les coordonnées du demandeur; sinon ces colonnes n'existent pas.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        layout = _layout(options["layout"]) if options["layout"] is not None else None
        allowed = list(COLUMNS) if options["identities"] else without_identity()
        words: list[str] = []
        if layout is None:
            cases, columns, sheets = Case.objects.order_by("-received_at", "-pk"), allowed, Sheets.ONE
        else:
            cases = self._list_of(layout, allowed, words)
            columns, sheets = chosen(layout.columns, allowed), Sheets(layout.sheets)
        cases = _filtered(cases.exportable(), options, words)
        with _replaced(Path(options["output"])) as path:
            rows = export_to_path(
                cases=cases,
                columns=columns,
                words=words,
                path=path,
                by=OPERATOR,
                clock=timezone.now,
                sheets=sheets,
                file_format=FileFormat.CSV if path.suffix == ".csv" else FileFormat.XLSX,
                layout=layout.name if layout else "",
            )
        self.stdout.write(_("%(rows)d demandes dans %(output)s") % {"rows": rows, "output": options["output"]})

    def _list_of(self, layout: ExportLayout, allowed: Sequence[Column], words: list[str]) -> CaseQuerySet:
        """Return the rows of a layout in its order; what it asks for and exists no more is said, a line each."""
        params = list_of_layout(layout)
        listing = read_listing(desk_of(WHOLE_TOWN, timezone.localdate()), params)
        words += in_words(listing)
        for sentence in left_out(params, layout.columns, listing, allowed):
            self.stderr.write(sentence)
        return listing.rows


def _layout(name: str) -> ExportLayout:
    """Return the shared layout of this name; a private one is its owner's alone."""
    shared = {fold(layout.name): layout for layout in ExportLayout.objects.filter(shared=True)}
    found = shared.get(fold(_on_a_line(name)))
    if found is None:
        known = ", ".join(layout.name for layout in shared.values()) or _("aucune")
        message = _("Présentation partagée inconnue : %(name)s. Présentations connues : %(known)s.") % {
            "name": _on_a_line(name),
            "known": known,
        }
        raise CommandError(message, returncode=BAD_INPUT)
    return found


def _filtered(cases: CaseQuerySet, options: Mapping[str, Any], words: list[str]) -> CaseQuerySet:
    """Narrow the cases to those asked for, and say in `words` which; raises CommandError for an unknown word."""
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
        handle, name = tempfile.mkstemp(prefix=".export-", suffix=_suffix(output), dir=output.resolve().parent)
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


def _suffix(output: Path) -> str:
    """`.csv` asks for a text file; any other name gets a workbook, as before."""
    return ".csv" if output.suffix.lower() == ".csv" else ".xlsx"


def _refuse_what_is_no_file(output: Path) -> None:
    """Raise OSError for a folder, a device (replacing /dev/null would harm the machine) or a missing folder."""
    if not output.resolve().parent.is_dir():
        raise OSError(_("le dossier n'existe pas"))
    if output.exists() and not output.is_file():
        raise OSError(_("ce n'est pas un fichier"))
