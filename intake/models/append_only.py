"""A table to which rows are only added: « History is only added to » held by the database itself."""

from collections.abc import Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Statement, Table


class AppendOnly(models.BaseConstraint):
    """Refuse every UPDATE of the table with a trigger (SQLite and PostgreSQL), or of some of its `fields` only.

    `erasable` fields may be emptied, never written anew: art. 4.4.1 destroys what was said of someone, nothing else does.
    Deletion is refused by the queryset and by the protected foreign key to the case: the one lawful deletion, the
    destruction of a whole file under the retention schedule, must stay possible.
    """

    def __init__(self, *, name: str, fields: Sequence[str] = (), erasable: Sequence[str] = ()) -> None:
        super().__init__(name=name)
        self.fields, self.erasable = tuple(fields), tuple(erasable)

    def deconstruct(self) -> tuple[str, tuple, dict[str, Any]]:
        """Say how to make it again, for migrations."""
        path, args, kwargs = super().deconstruct()
        more = {"fields": self.fields, "erasable": self.erasable}
        return path, args, kwargs | {key: value for key, value in more.items() if value}

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

    def _when(self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor) -> str:
        """The condition of the trigger: something fixed changed, or something erasable became other than empty."""
        if not self.erasable:
            return ""
        differs = "IS DISTINCT FROM" if schema_editor.connection.vendor == "postgresql" else "IS NOT"
        broken = []
        for field in model._meta.concrete_fields:
            column = schema_editor.quote_name(field.column)
            changed = f"NEW.{column} {differs} OLD.{column}"
            if field.name in self.erasable:
                empty = "{}" if isinstance(field, models.JSONField) else ""
                changed = f"({changed} AND NEW.{column} <> '{empty}')"
            broken.append(changed)
        return f"WHEN ({' OR '.join(broken)}) "

    def _statements(self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor) -> list[Statement]:
        update, when = self._update_of(model, schema_editor), self._when(model, schema_editor)
        table = Table(model._meta.db_table, schema_editor.quote_name)
        if schema_editor.connection.vendor == "postgresql":
            return [
                Statement(
                    f'CREATE OR REPLACE FUNCTION "{self.name}"() RETURNS trigger LANGUAGE plpgsql AS '
                    f"$$ BEGIN RAISE EXCEPTION '{self.name}' USING ERRCODE = 'check_violation'; END $$"
                ),
                Statement(
                    f'CREATE TRIGGER "{self.name}" BEFORE {update} ON %(table)s '
                    f'FOR EACH ROW {when}EXECUTE FUNCTION "{self.name}"()',
                    table=table,
                ),
            ]
        return [
            Statement(
                f'CREATE TRIGGER "{self.name}" BEFORE {update} ON %(table)s '
                f"{when}BEGIN SELECT RAISE(ABORT, '{self.name}'); END",
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
