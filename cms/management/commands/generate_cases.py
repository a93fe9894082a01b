"""Generate many plausible cases for benchmarks: `generate_cases N [--seed S]` (contract)."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from cms.seeding.bulk import generate
from cms.seeding.plausible import EmptyGrid

STEP = 10_000


class Command(BaseCommand):
    help = "Ajoute N demandes vraisemblables, pour les essais de charge. Refusé hors démonstration."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("count", type=int, metavar="N")
        parser.add_argument("--seed", type=int, default=1, metavar="S", help="Même graine, mêmes demandes.")

    def handle(self, *args: Any, count: int, seed: int, **options: Any) -> None:
        if not settings.DEMONSTRATION:
            self._refuse("refusé hors démonstration (DEMONSTRATION est faux).")
        if count < 1:
            self._refuse("N doit être un nombre d'au moins 1.")
        try:
            generate(count, seed=seed, now=timezone.now(), progress=self._say)
        except EmptyGrid:
            self._refuse("la grille est vide. Lancez d'abord seed_demo.")
        self.stdout.write(f"{count} demandes ajoutées.")

    def _say(self, done: int) -> None:
        if done % STEP == 0:
            self.stdout.write(f"{done}…")

    def _refuse(self, reason: str) -> None:
        self.stderr.write(f"generate_cases : {reason}")
        sys.exit(2)
