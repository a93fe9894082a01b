"""Create the groups of the admin and give each exactly its permissions."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.roles import ensure_roles


class Command(BaseCommand):
    help = "Create the groups of the admin with exactly their permissions; safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            groups = ensure_roles()
        except LookupError as error:
            raise CommandError(str(error), returncode=2) from error
        for group in groups.values():
            self.stdout.write(f"{group.name} : {group.permissions.count()} droits")
