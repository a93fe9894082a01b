"""Writes docs/policy.md, « article → where → test », from docs/policy.toml."""

from typing import Any

from django.core.management.base import BaseCommand

from cms.policy_map import DRAWN, drawn


class Command(BaseCommand):
    help = "Write docs/policy.md from docs/policy.toml."

    def handle(self, *args: Any, **options: Any) -> None:
        DRAWN.write_text(drawn(), encoding="utf-8")
