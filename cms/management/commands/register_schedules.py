from typing import Any

from django.core.management.base import BaseCommand

from intake.schedules import register


class Command(BaseCommand):
    help = "Register the recurring jobs of the worker; safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        register()
        self.stdout.write("Recurring jobs registered.")
