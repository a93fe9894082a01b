"""Writes the table of transitions into docs/policy-readings.md, so that the document and the code can't differ."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from intake.policy.transitions import TRANSITIONS

BEGIN, END = "<!-- transitions: begin", "<!-- transitions: end -->"


def table() -> str:
    """Return the table of transitions in Markdown, in the order of the code."""
    lines = ["| Kind | From | Verb | To | Who | Article |", "| --- | --- | --- | --- | --- | --- |"]
    for t in TRANSITIONS:
        who = ", ".join(sorted(role.value for role in t.roles))
        ends = ", ".join(target.value for target in t.targets)
        lines.append(f"| {t.kind.value} | {t.source.value} | {t.verb.value} | {ends} | {who} | {t.article} |")
    return "\n".join(lines)


def drawn(text: str) -> str:
    """Return the document with its table replaced by that of the code."""
    before, rest = text.split(BEGIN, 1)
    comment, rest = rest.split("\n", 1)
    _, after = rest.split(END, 1)
    return f"{before}{BEGIN}{comment}\n{table()}\n{END}{after}"


class Command(BaseCommand):
    help = "Write the table of transitions into docs/policy-readings.md."

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(settings.ROOT) / "docs" / "policy-readings.md"
        path.write_text(drawn(path.read_text(encoding="utf-8")), encoding="utf-8")
