"""`send_monthly_lists`: the lists of a day, by hand or from a script; each list goes out once, whoever sends it."""

from datetime import date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intake.jobs import publish_owed
from intake.models import OpenRequestsList
from intake.policy.clocks import local_day
from intake.policy.roles import Actor
from intake.policy.working_days import YearOutOfRange
from intake.process import council
from intake.process.monthly_lists import lines_for, month_on, owed_lists, recipient_of, send_list
from snippets.models import TownSettings

BAD_INPUT = 2
OPERATOR = Actor(label="send_monthly_lists")


class Command(BaseCommand):
    help = (
        "Envoie les listes dont le jour est venu et qui ne sont pas parties : aux Responsables, celles du mois ou du mois "
        "d'avant; aux élus, celles des douze derniers mois (art. 4.1, 4.2). Sans risque à relancer : une liste ne part "
        "qu'une fois."
    )
    stealth_options = ("now",)  # the moment, for tests

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--date", metavar="AAAA-MM-JJ", help="Le jour à traiter; aujourd'hui par défaut.")
        parser.add_argument("--dry-run", action="store_true", help="Dit ce qui partirait, sans rien envoyer ni écrire.")

    def handle(self, *args: Any, **options: Any) -> None:
        now, dry_run = options.get("now") or timezone.now(), options["dry_run"]
        day = _day(options["date"]) if options["date"] else local_day(now)
        if day > local_day(now) and not dry_run:
            words = _("Le %(day)s n'est pas venu. Ajoutez --dry-run pour voir ce qui partirait ce jour-là.")
            raise CommandError(words % {"day": day}, returncode=BAD_INPUT)
        try:
            self._send_lists(day, dry_run=dry_run, now=now)
        except YearOutOfRange as error:
            raise CommandError(str(error), returncode=BAD_INPUT) from error
        for owed in council.owed_lists(day=day, now=now):
            self._publish(owed, dry_run=dry_run, now=now)

    def _send_lists(self, day: date, *, dry_run: bool, now: datetime) -> None:
        """The lists to the Responsables; a person who names a day asks for the list of its month, whenever the town began."""
        month = month_on(day)
        begins = min(TownSettings.load().lists_from, month.list_on)
        lists = owed_lists(day, begins=begins, save=not dry_run)
        for monthly in lists:
            name = monthly.department.code
            if monthly.month != month.name:
                name = f"{name} ({monthly.month})"  # missed, and sent late
            self._send(monthly, name, dry_run=dry_run, now=now)
        if not lists and day < month.list_on:
            words = _("Rien à envoyer : la liste de %(month)s part le %(day)s.")
            self.stdout.write(words % {"month": month.name, "day": month.list_on})
        elif not lists:
            self.stdout.write(_("Toutes les listes de %(month)s sont déjà parties.") % {"month": month.name})

    def _send(self, monthly: OpenRequestsList, name: str, *, dry_run: bool, now: datetime) -> None:
        count = len(lines_for(monthly.department, at=now))
        # In French, none is singular.
        requests = ngettext("%(count)d requête", "%(count)d requêtes", max(count, 1)) % {"count": count}
        words = _("%(name)s : %(requests)s, à %(recipient)s") % {
            "name": name,
            "requests": requests,
            "recipient": recipient_of(monthly, on=local_day(now)) or _("personne (aucune adresse)"),
        }
        if dry_run:
            self.stdout.write(_("À envoyer – %(words)s") % {"words": words})
        elif send_list(pk=monthly.pk, by=OPERATOR, now=now):
            self.stdout.write(_("Envoyée – %(words)s") % {"words": words})

    def _publish(self, owed: council.OwedList, *, dry_run: bool, now: datetime) -> None:
        words = _("Élus : %(month)s") % {"month": owed.name}
        if dry_run:
            self.stdout.write(_("À publier – %(words)s") % {"words": words})
        elif publish_owed(owed, now=now, by=OPERATOR):
            self.stdout.write(_("Publiée – %(words)s") % {"words": words})


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        message = _("Date illisible : %(text)s. Écrivez-la comme 2026-05-25.") % {"text": " ".join(text.split())}
        raise CommandError(message, returncode=BAD_INPUT) from error
