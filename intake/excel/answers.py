"""The answers of a case in one cell, read with the case itself and not by a query for each."""

from collections.abc import Iterable
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Aggregate, JSONField, OuterRef, Subquery
from django.db.models.sql.compiler import SQLCompiler

from intake.models import Answer


class GatheredRows(Aggregate):
    """Gather some columns of many rows as one JSON list of lists, on SQLite and on PostgreSQL."""

    output_field = JSONField()
    template = "JSON_GROUP_ARRAY(JSON_ARRAY(%(expressions)s))"

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any) -> tuple[str, Any]:
        """Say the same in PostgreSQL's words."""
        return self.as_sql(compiler, connection, template="JSONB_AGG(JSONB_BUILD_ARRAY(%(expressions)s))", **extra)


def answers_of_each_case() -> Subquery:
    """Return the annotation that holds each case's answers: `[[position, label, display], …]`, None without answers."""
    answers = Answer.objects.filter(case=OuterRef("pk")).order_by().values("case")
    return Subquery(answers.annotate(rows=GatheredRows("position", "label", "display")).values("rows"))


def answers_text(answers: Iterable[tuple[int, str, str]] | None) -> str:
    """Write « Question : réponse », one a line, in the order asked; what was left empty is left out."""
    if not answers:
        return ""
    return "\n".join(_line(label, display) for _position, label, display in sorted(answers) if display)


def _line(label: str, display: str) -> str:
    return f"{label} {display}" if label.endswith("?") else f"{label} : {display}"
