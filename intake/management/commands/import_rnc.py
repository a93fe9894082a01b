"""`import_rnc`: the answers of a monthly list, from its workbook; the same reading and the same verbs as the screen."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from intake.excel.monthly_reader import ReadLine, read
from intake.excel.safe_book import UnreadableBook
from intake.models import LineAnswer, OpenRequestsLine, OpenRequestsList
from intake.policy.roles import Actor, Role
from intake.process.monthly_answers import Chosen, NotApplied, Reviewed, State, apply, reasons_by_label, review

BAD_INPUT = 2
OPERATOR = Actor(label="import_rnc", roles=frozenset({Role.TECHNICIAN}))


class Command(BaseCommand):
    help = (
        "Applique les réponses d'un classeur de liste mensuelle (art. 4.2). Ce qui a changé depuis l'envoi n'est pas "
        "appliqué : le Technicien choisit à l'écran."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("workbook", metavar="F.xlsx", help="Le classeur rempli.")
        parser.add_argument("--dry-run", action="store_true", help="Dit ce qui serait appliqué, sans rien changer.")

    def handle(self, *args: Any, **options: Any) -> None:
        lines = _lines_of(Path(options["workbook"]))
        monthly = _list_of(lines)
        reviewed = review(monthly, lines, by=OPERATOR, now=timezone.now())
        for item in reviewed:
            for problem in item.problems:
                self.stderr.write(f"{problem.sheet}, {problem.place} : {problem.reason}")
            for caution in item.cautions:
                self.stderr.write(f"{item.case.reference} : {caution}")
            if item.state is State.CONFLICT:
                words = _("%(reference)s : le dossier a changé depuis l'envoi; choisissez à l'écran.")
                self.stderr.write(words % {"reference": item.case.reference})
        applies = [item for item in reviewed if item.state is State.APPLIES]
        done = len(applies) if options["dry_run"] else _apply(monthly, applies)
        self.stdout.write(_summary(reviewed, done, dry_run=options["dry_run"]))


def _lines_of(path: Path) -> list[ReadLine]:
    try:
        with path.open("rb") as file:
            return read(file, reasons=reasons_by_label())
    except OSError as error:
        words = _("Impossible de lire %(path)s : %(reason)s") % {"path": path, "reason": error.strerror or error}
        raise CommandError(words, returncode=BAD_INPUT) from error
    except UnreadableBook as unreadable:
        raise CommandError(str(unreadable), returncode=BAD_INPUT) from unreadable


def _list_of(lines: Sequence[ReadLine]) -> OpenRequestsList:
    """Return the list that most keys belong to. Raises CommandError when no key is of this town."""
    keys = [line.key for line in lines if line.key]
    owners = list(OpenRequestsLine.objects.filter(key__in=keys).values_list("list_id", flat=True))
    if not owners:
        raise CommandError(_("Aucune ligne de ce classeur ne vient d'une liste de cette ville."), returncode=BAD_INPUT)
    lists = OpenRequestsList.objects.select_related("department", "designation__employee")
    return lists.get(pk=max(set(owners), key=owners.count))


def _apply(monthly: OpenRequestsList, applies: Sequence[Reviewed]) -> int:
    chosen = [Chosen(item.line, item.read.answer, item.version) for item in applies]
    try:
        return apply(monthly, chosen, by=OPERATOR, now=timezone.now(), source=LineAnswer.Source.WORKBOOK)
    except NotApplied as refused:
        raise CommandError(_("Rien n'est appliqué. %(words)s") % {"words": refused}, returncode=BAD_INPUT) from refused


def _summary(reviewed: Sequence[Reviewed], done: int, *, dry_run: bool) -> str:
    count = {state: sum(item.state is state for item in reviewed) for state in State}
    words = _("À appliquer : %(done)d") if dry_run else _("Appliquées : %(done)d")
    rest = _("inchangées : %(unchanged)d, sans réponse : %(empty)d, en conflit : %(conflict)d, refusées : %(refused)d.")
    return f"{words % {'done': done}}, " + rest % {
        "unchanged": count[State.UNCHANGED],
        "empty": count[State.EMPTY],
        "conflict": count[State.CONFLICT],
        "refused": count[State.REFUSED],
    }
