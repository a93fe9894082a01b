"""`import_cases`: the requests of another system, from any workbook; the same reading and the same verb as the screen."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intake.excel.safe_book import UnreadableBook
from intake.excel.staged import Staged, stage
from intake.models import SavedMapping, fold
from intake.policy.import_mapping import BadMapping, ImportMapping, mapping_of
from intake.policy.roles import Actor, Role
from intake.process import Refused
from intake.process.importing import Report, State, import_cases

BAD_INPUT = 2
OPERATOR = Actor(label="import_cases", roles=frozenset({Role.TECHNICIAN}))


class Command(BaseCommand):
    help = (
        "Importe les requêtes d'un autre système (art. 4.1). Chaque ancien numéro est importé une seule fois; une ligne "
        "illisible est nommée et laissée, les autres sont prises. Personne n'est avisé."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("workbook", metavar="F.xlsx", help="Le classeur de l'ancien système.")
        parser.add_argument(
            "--mapping",
            required=True,
            metavar="M",
            help="Le nom d'une correspondance retenue à l'écran, ou un fichier .json (docs/operations.md).",
        )
        parser.add_argument("--sheet", default="", metavar="FEUILLE", help="La feuille à lire; sinon la plus reconnue.")
        parser.add_argument("--dry-run", action="store_true", help="Dit ce qui serait importé, sans rien changer.")

    def handle(self, *args: Any, **options: Any) -> None:
        mapping = _mapping(options["mapping"])
        staged = _staged(Path(options["workbook"]), options["sheet"])
        try:
            report = import_cases(
                staged=staged, mapping=mapping, by=OPERATOR, now=timezone.now(), dry_run=options["dry_run"]
            )
        except (BadMapping, Refused) as error:
            raise CommandError(str(error), returncode=BAD_INPUT) from error
        for outcome in report.refused:
            for place, reason in outcome.problems:
                self.stderr.write(f"{staged.sheet}, {place} : {reason}")
        for words, count in report.warnings:
            told = ngettext("%(count)d ligne : %(words)s", "%(count)d lignes : %(words)s", count)
            self.stderr.write(told % {"count": count, "words": words})
        self.stdout.write(_summary(report))


def _mapping(name: str) -> ImportMapping:
    """Read a mapping by its name, or from a file. Raises CommandError."""
    content = _file_content(Path(name)) if name.lower().endswith(".json") else _saved_content(name)
    try:
        return mapping_of(content)
    except BadMapping as bad:
        raise CommandError(str(bad), returncode=BAD_INPUT) from bad


def _file_content(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        words = _("Impossible de lire %(path)s : %(reason)s") % {"path": path, "reason": error.strerror or error}
        raise CommandError(words, returncode=BAD_INPUT) from error
    except (ValueError, RecursionError) as error:
        words = _("%(path)s n'est pas un fichier JSON lisible.") % {"path": path}
        raise CommandError(words, returncode=BAD_INPUT) from error


def _saved_content(name: str) -> Mapping[str, Any]:
    saved = {fold(mapping.name): mapping for mapping in SavedMapping.objects.all()}
    found = saved.get(fold(" ".join(name.split())))
    if found is None:
        known = ", ".join(mapping.name for mapping in saved.values()) or _("aucune")
        words = _("Correspondance inconnue : %(name)s. Connues : %(known)s.")
        raise CommandError(words % {"name": " ".join(name.split()), "known": known}, returncode=BAD_INPUT)
    return found.content


def _staged(path: Path, sheet: str) -> Staged:
    try:
        with path.open("rb") as file:
            return stage(file, sheet=sheet)
    except OSError as error:
        words = _("Impossible de lire %(path)s : %(reason)s") % {"path": path, "reason": error.strerror or error}
        raise CommandError(words, returncode=BAD_INPUT) from error
    except UnreadableBook as unreadable:
        raise CommandError(str(unreadable), returncode=BAD_INPUT) from unreadable


def _summary(report: Report) -> str:
    words = _("Importées : %(count)d") if report.applied else _("À importer : %(count)d")
    rest = _("déjà là : %(already)d, laissées de côté : %(left_out)d, refusées : %(refused)d.")
    return f"{words % {'count': report.count(State.CREATES)}}, " + rest % {
        "already": report.count(State.ALREADY),
        "left_out": report.count(State.LEFT_OUT),
        "refused": report.count(State.REFUSED),
    }
