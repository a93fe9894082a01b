"""`send_monthly_lists`: the lists of a day, by hand or from a script; each list goes out once, whoever sends it."""

from datetime import date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from intake.models import OpenRequestsList
from intake.policy.clocks import local_day
from intake.policy.roles import Actor
from intake.policy.working_days import YearOutOfRange
from intake.process.monthly_lists import due_lists, lines_for, month_on, recipient_of, send_list

BAD_INPUT = 2
OPERATOR = Actor(label="send_monthly_lists")


class Command(BaseCommand):
    help = (
        "Envoie les listes du mois dont le jour est venu et qui ne sont pas parties (art. 4.1, 4.2). "
        "Sans risque à relancer : une liste ne part qu'une fois."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--date", metavar="AAAA-MM-JJ", help="Le jour à traiter; aujourd'hui par défaut.")
        parser.add_argument("--dry-run", action="store_true", help="Dit ce qui partirait, sans rien envoyer ni écrire.")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        day = _day(options["date"]) if options["date"] else local_day(now)
        try:
            month = month_on(day)
        except YearOutOfRange as error:
            raise CommandError(str(error), returncode=BAD_INPUT) from error
        if day < month.list_on:
            words = _("Rien à envoyer : la liste de %(month)s part le %(day)s.")
            self.stdout.write(words % {"month": month.name, "day": month.list_on})
            return
        lists = due_lists(day, save=not options["dry_run"])
        for monthly in lists:
            self._send(monthly, dry_run=options["dry_run"], now=now)
        if not lists:
            self.stdout.write(_("Toutes les listes de %(month)s sont déjà parties.") % {"month": month.name})

    def _send(self, monthly: OpenRequestsList, *, dry_run: bool, now: datetime) -> None:
        words = _("%(department)s : %(count)d requêtes, à %(recipient)s") % {
            "department": monthly.department.code,
            "count": len(lines_for(monthly.department, at=now)),
            "recipient": recipient_of(monthly, on=local_day(now)) or _("personne (aucune adresse)"),
        }
        if dry_run:
            self.stdout.write(_("À envoyer – %(words)s") % {"words": words})
        elif send_list(pk=monthly.pk, by=OPERATOR, now=now):
            self.stdout.write(_("Envoyée – %(words)s") % {"words": words})


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        message = _("Date illisible : %(text)s. Écrivez-la comme 2026-05-25.") % {"text": " ".join(text.split())}
        raise CommandError(message, returncode=BAD_INPUT) from error
