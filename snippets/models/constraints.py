"""One constraint that neither SQLite nor Django has: no two periods of the same owner overlap."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Statement, Table
from django.db.models import Q


class NoOverlap(models.BaseConstraint):
    """Rows with the same `owner` never share a day between `start` and `end`, both included; an empty end is for ever.

    PostgreSQL holds it with an exclusion constraint, SQLite with two triggers; `validate` says it in French
    before the database has to.
    """

    def __init__(self, *, owner: str, start: str, end: str, name: str, violation_error_message: str) -> None:
        super().__init__(name=name, violation_error_message=violation_error_message)
        self.owner, self.start, self.end = owner, start, end

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NoOverlap) and self.deconstruct() == other.deconstruct()

    def __hash__(self) -> int:
        return hash(self.name)

    def deconstruct(self) -> tuple[str, tuple[()], dict[str, Any]]:
        """Say how to write this constraint in a migration."""
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, "owner": self.owner, "start": self.start, "end": self.end}

    def constraint_sql(self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor) -> None:
        """Create it after the table (SQLite also comes here each time it rebuilds the table)."""
        schema_editor.deferred_sql.extend(self._statements(model, schema_editor))

    def create_sql(self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor) -> Statement | None:
        """Create it on a table that exists."""
        first, *others = self._statements(model, schema_editor)
        schema_editor.deferred_sql.extend(others)
        return first

    def remove_sql(self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor) -> Statement:
        """Remove it."""
        table = model._meta.db_table
        if schema_editor.connection.vendor == "postgresql":
            return Statement(f'ALTER TABLE "{table}" DROP CONSTRAINT "{self.name}"')
        schema_editor.deferred_sql.append(Statement(f'DROP TRIGGER IF EXISTS "{self.name}_update"'))
        return Statement(f'DROP TRIGGER IF EXISTS "{self.name}_insert"')

    def validate(
        self,
        model: type[models.Model],
        instance: models.Model,
        exclude: set[str] | None = None,
        using: str = DEFAULT_DB_ALIAS,
    ) -> None:
        """Raise ValidationError beside the start when another row shares a day with this one."""
        if exclude and {self.owner, self.start, self.end} & set(exclude):
            return
        start, end = getattr(instance, self.start), getattr(instance, self.end)
        if start is None or getattr(instance, f"{self.owner}_id") is None:
            return
        others = model._default_manager.using(using).filter(**{self.owner: getattr(instance, self.owner)})
        others = others.filter(Q(**{f"{self.end}__isnull": True}) | Q(**{f"{self.end}__gte": start}))
        if end is not None:
            others = others.filter(**{f"{self.start}__lte": end})
        if others.exclude(pk=instance.pk).exists():
            raise ValidationError({self.start: self.violation_error_message})

    def _statements(self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor) -> list[Statement]:
        columns = {name: model._meta.get_field(name).column for name in (self.owner, self.start, self.end)}
        owner, start, end = (columns[name] for name in (self.owner, self.start, self.end))
        # A reference, so that Django can rename it while SQLite's table is rebuilt.
        table = Table(model._meta.db_table, schema_editor.quote_name)
        if schema_editor.connection.vendor == "postgresql":
            return [
                Statement("CREATE EXTENSION IF NOT EXISTS btree_gist"),
                Statement(
                    f'ALTER TABLE %(table)s ADD CONSTRAINT "{self.name}" EXCLUDE USING gist '
                    f'("{owner}" WITH =, daterange("{start}", "{end}", \'[]\') WITH &&)',
                    table=table,
                ),
            ]
        overlap = (
            f'SELECT 1 FROM %(table)s WHERE "{owner}" = NEW."{owner}" AND "id" <> NEW."id" '
            f'AND "{start}" <= COALESCE(NEW."{end}", \'9999-12-31\') '
            f'AND COALESCE("{end}", \'9999-12-31\') >= NEW."{start}"'
        )
        # AFTER, so that NEW."id" is known on insert; RAISE(ABORT) undoes the statement.
        return [
            Statement(
                f'CREATE TRIGGER "{self.name}_{moment}" AFTER {moment.upper()} ON %(table)s '
                f"WHEN EXISTS ({overlap}) BEGIN SELECT RAISE(ABORT, '{self.name}'); END",
                table=table,
            )
            for moment in ("insert", "update")
        ]
