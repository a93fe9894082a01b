"""Build the demonstration town: grid, pages, accounts and files; safe to run again (contract)."""

import logging
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from cms.roles import ensure_roles
from cms.seeding.accounts import seed_accounts
from cms.seeding.availability import seed_availability
from cms.seeding.cases import seed_cases
from cms.seeding.forms import planned_forms
from cms.seeding.grid import seed_grid
from cms.seeding.ledger import Ledger
from cms.seeding.legal_lists import seed_provisions
from cms.seeding.messages import seed_messages
from cms.seeding.months import seed_months
from cms.seeding.pages import seed_site
from cms.seeding.surveys import seed_surveys
from cms.seeding.town import seed_closures, seed_town
from cms.seeding.work_lists import seed_work_lists


class Command(BaseCommand):
    help = "Crée la ville de démonstration. Sans risque à relancer : n'écrase rien de ce qu'une personne a changé."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMONSTRATION:
            self.stderr.write("seed_demo : refusé hors démonstration (DEMONSTRATION est faux).")
            sys.exit(2)
        # Hundreds of pages are published and of deliveries queued, then taken back: nobody has to read about each.
        logging.disable(logging.INFO)
        try:
            cases = self._seed()
        finally:
            logging.disable(logging.NOTSET)
        self.stdout.write(f"Ville de démonstration en place ({cases} nouvelles demandes).")

    def _seed(self) -> int:
        now, ledger = timezone.now(), Ledger()
        ensure_roles()
        seed_messages(ledger)
        seed_town(ledger)
        seed_closures(ledger)
        seed_grid(ledger)
        seed_work_lists(ledger)
        seed_provisions(ledger)
        seed_site(ledger, planned_forms(), today=timezone.localdate(now))
        seed_accounts(ledger)
        seed_availability(ledger, now=now)
        cases = seed_cases(ledger, now=now)
        seed_months(ledger, now=now)
        seed_surveys(ledger, now=now)
        return cases
