"""`policy_calendar`: the dates of the monthly lists of a year (art. 4.1, 4.2), for people and for scripts."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from intake.policy.monthly import Month, Reading, year_of
from intake.policy.working_days import WorkingCalendar, YearOutOfRange
from intake.process.calendar import town_calendar, town_reading

BAD_INPUT = 2


class Command(BaseCommand):
    help = "Donne les dates des listes mensuelles d'une année : aux Responsables, réponses attendues, aux élus."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--year", type=int, required=True, metavar="A", help="L'année, par exemple 2026.")
        parser.add_argument("--format", choices=["json", "text"], default="text", help="text (par défaut) ou json.")
        parser.add_argument(
            "--statutory-only", action="store_true", help="Sans les fermetures de la Ville : jours fériés seulement."
        )
        parser.add_argument(
            "--reading",
            choices=[reading.value for reading in Reading],
            help="full_week (art. 4.2) ou last_week (art. 4.1); sinon, celle des réglages de la Ville.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        calendar = WorkingCalendar() if options["statutory_only"] else town_calendar()
        reading = Reading(options["reading"]) if options["reading"] else town_reading()
        try:
            months = year_of(options["year"], calendar, reading)
        except YearOutOfRange as error:
            raise CommandError(str(error), returncode=BAD_INPUT) from error
        self.stdout.write(as_json(months) if options["format"] == "json" else as_text(months))


def as_json(months: list[Month]) -> str:
    """Return the months as the contract says: a list of month, rnc_date, due_date, council_date, in ISO days."""
    rows = [
        {
            "month": month.name,
            "rnc_date": month.list_on.isoformat(),
            "due_date": month.due_on.isoformat(),
            "council_date": month.council_on.isoformat(),
        }
        for month in months
    ]
    return json.dumps(rows, indent=2)


def as_text(months: list[Month]) -> str:
    """Return the months as a small table."""
    head = f"{'Mois':<9}{'Liste':<12}{'Réponses':<12}{'Élus':<12}"
    lines = [f"{m.name:<9}{m.list_on!s:<12}{m.due_on!s:<12}{m.council_on!s:<12}".rstrip() for m in months]
    return "\n".join([head.rstrip(), *lines])
