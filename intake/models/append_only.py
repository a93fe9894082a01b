"""A table to which rows are only added: « History is only added to » held by the database itself."""

from collections.abc import Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Statement, Table


class AppendOnly(models.BaseConstraint):
    """Refuse every UPDATE of the table with a trigger (SQLite and PostgreSQL), or of some of its `fields` only.

    Deletion is refused by the queryset and by the protected foreign key to the case: the one lawful deletion, the
    destruction of a whole file under the retention schedule, must stay possible.
    """

    def __init__(self, *, name: str, fields: Sequence[str] = ()) -> None:
        super().__init__(name=name)
        self.fields = tuple(fields)

    def deconstruct(self) -> tuple[str, tuple, dict[str, Any]]:
        """Say how to make it again, for migrations."""
        path, args, kwargs = super().deconstruct()
        return path, args, kwargs | ({"fields": self.fields} if self.fields else {})

    def __eq__(self, other: object) -> bool:
        return isinstance(other, AppendOnly) and self.deconstruct() == other.deconstruct()

    def __hash__(self) -> int:
        return hash(self.name)

    def constraint_sql(self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor) -> None:
        """Create it after the table."""
        schema_editor.deferred_sql.extend(self._statements(model, schema_editor))

    def create_sql(self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor) -> Statement:
        """Create it on a table that exists."""
        first, *others = self._statements(model, schema_editor)
        schema_editor.deferred_sql.extend(others)
        return first

    def remove_sql(self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor) -> Statement:
        """Remove it."""
        table = Table(model._meta.db_table, schema_editor.quote_name)
        on = " ON %(table)s" if schema_editor.connection.vendor == "postgresql" else ""
        return Statement(f'DROP TRIGGER IF EXISTS "{self.name}"{on}', table=table)

    def validate(
        self,
        model: type[models.Model],
        instance: models.Model,
        exclude: set[str] | None = None,
        using: str = DEFAULT_DB_ALIAS,
    ) -> None:
        """Nothing to ask of one row: the trigger does the work."""

    def _update_of(self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor) -> str:
        columns = ", ".join(schema_editor.quote_name(model._meta.get_field(name).column) for name in self.fields)
        return f"UPDATE OF {columns}" if columns else "UPDATE"

    def _statements(self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor) -> list[Statement]:
        update = self._update_of(model, schema_editor)
        table = Table(model._meta.db_table, schema_editor.quote_name)
        if schema_editor.connection.vendor == "postgresql":
            return [
                Statement(
                    f'CREATE OR REPLACE FUNCTION "{self.name}"() RETURNS trigger LANGUAGE plpgsql AS '
                    f"$$ BEGIN RAISE EXCEPTION '{self.name}' USING ERRCODE = 'check_violation'; END $$"
                ),
                Statement(
                    f'CREATE TRIGGER "{self.name}" BEFORE {update} ON %(table)s '
                    f'FOR EACH ROW EXECUTE FUNCTION "{self.name}"()',
                    table=table,
                ),
            ]
        return [
            Statement(
                f'CREATE TRIGGER "{self.name}" BEFORE {update} ON %(table)s '
                f"BEGIN SELECT RAISE(ABORT, '{self.name}'); END",
                table=table,
            )
        ]


class AppendOnlyQuerySet(models.QuerySet):
    """Rows that can be added and read, nothing else."""

    def update(self, **kwargs: Any) -> int:
        """Raise TypeError: history is only added to."""
        raise TypeError("History is only added to.")

    def delete(self) -> tuple[int, dict[str, int]]:
        """Raise TypeError: history is only added to."""
        raise TypeError("History is only added to.")
