"""Article → where → test: what carries out each article of the policy (docs/policy.toml), drawn as docs/policy.md."""

import ast
import tomllib
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.ROOT)
SOURCE, DRAWN = ROOT / "docs" / "policy.toml", ROOT / "docs" / "policy.md"

HEAD = """# The policy, article by article

Written by `manage.py draw_policy` from `docs/policy.toml`; `make test` fails when an article loses its test. What asks
nothing of software (1 and 2.1 to 2.2: aims and field; the discipline of 4.7 and the rewards of 4.8, decided outside) is
left out.

| Article | What it says (abridged) | Where | Tests |
| --- | --- | --- | --- |
"""


@dataclass(frozen=True)
class PolicyLine:
    """One sentence of the policy, the modules that carry it out and the tests that say so (`file::function`)."""

    ref: str
    sentence: str
    where: tuple[str, ...]
    tests: tuple[str, ...]


def policy_lines() -> list[PolicyLine]:
    """Read docs/policy.toml, in its order."""
    data = tomllib.loads(SOURCE.read_text(encoding="utf-8"))
    return [PolicyLine(row["ref"], row["sentence"], tuple(row["where"]), tuple(row["tests"])) for row in data["line"]]


def drawn() -> str:
    """Return what docs/policy.md must be."""
    rows = []
    for line in policy_lines():
        where = "<br>".join(f"`{place}`" for place in line.where)
        tests = "<br>".join(f"`{test}`" for test in line.tests)
        rows.append(f"| {line.ref} | {line.sentence} | {where} | {tests} |\n")
    return HEAD + "".join(rows)


def missing_tests() -> list[str]:
    """Name the tests that the list promises and that are not in the code, by reading the files themselves."""
    return [test for line in policy_lines() for test in line.tests if not _exists(test)]


def _exists(test: str) -> bool:
    file, _, name = test.partition("::")
    path = ROOT / "tests" / file
    if not path.is_file():
        return False
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return any(isinstance(node, ast.FunctionDef) and node.name == name for node in ast.walk(tree))
