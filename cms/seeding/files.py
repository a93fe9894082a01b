"""Reading fixtures/: TOML files that a town can edit."""

import tomllib
from pathlib import Path
from typing import Any

from django.conf import settings

FIXTURES = Path(settings.ROOT) / "fixtures"


def read(name: str) -> dict[str, Any]:
    """Return what fixtures/<name>.toml holds. Raises FileNotFoundError, tomllib.TOMLDecodeError."""
    return tomllib.loads((FIXTURES / f"{name}.toml").read_text(encoding="utf-8"))


def read_guides() -> list[dict[str, Any]]:
    """Return the guides in the order of their file names, which is their order on the site."""
    return [read(f"guides/{path.stem}") for path in sorted((FIXTURES / "guides").glob("*.toml"))]
