"""The texts a town starts with, read from fixtures/: used until its staff write their own."""

import tomllib
from functools import cache
from pathlib import Path

from django.conf import settings

FIXTURES = Path(settings.ROOT) / "fixtures"


@cache
def start_texts() -> dict[str, tuple[str, str]]:
    """Return {code: (subject, body)} of fixtures/message_texts.toml."""
    data = tomllib.loads((FIXTURES / "message_texts.toml").read_text(encoding="utf-8"))
    return {item["code"]: (item["subject"], item["body"]) for item in data["message"]}
