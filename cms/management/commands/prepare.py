"""What `make run` does before the site and the worker start: tables, content, jobs, and the accounts to use."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from cms.demonstration import ACCOUNTS, PASSWORD
from intake.policy.roles import GROUP_NAMES
from intake.schedules import register


class Command(BaseCommand):
    help = "Prepare the demonstration town and print its addresses and accounts; safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError("The demonstration town is for development only.", returncode=2)
        self.migrate()
        register()
        call_command("seed_demo", stdout=self.stdout)
        self.print_welcome()

    def migrate(self) -> None:
        """Bring the tables up to date, saying so only when there is something to do."""
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Préparation de la base de données…")
            call_command("migrate", verbosity=0, interactive=False)

    def print_welcome(self) -> None:
        base = settings.BASE_URL.rstrip("/")
        self.stdout.write(f"\nSite des citoyens : {base}/")
        self.stdout.write(f"Personnel :         {base}/admin/\n\nComptes de démonstration :")
        for account in ACCOUNTS:
            self.stdout.write(f"  {account.username:<22}{GROUP_NAMES[account.role]}")
        self.stdout.write(f"Mot de passe : {PASSWORD}")
        self.stdout.write("\nCourriels envoyés : var/mail/ (fichiers .eml). Ctrl-C arrête le site et le travailleur.\n")
