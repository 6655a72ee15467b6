"""Triggers that keep rows as they were written: one registry, installed after every migration.

Not in migrations: SQLite silently drops triggers when Django rebuilds a table.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, models

REFUSAL = "append-only: this row may not change"


@dataclass(frozen=True, slots=True)
class Protection:
    """What stands still: with no ``columns`` every row; else those columns while ``when`` holds of the old row."""

    model: type[models.Model]
    columns: tuple[str, ...] = ()
    when: str = ""

    @property
    def table(self) -> str:
        return self.model._meta.db_table


_protections: dict[str, Protection] = {}


def append_only(model: type[models.Model]) -> None:
    """Refuse UPDATE, DELETE and (on PostgreSQL) TRUNCATE on the model's table."""
    _protections[model._meta.db_table] = Protection(model)


def frozen(model: type[models.Model], columns: tuple[str, ...], *, when: str) -> None:
    """Refuse a change of ``columns``, and any DELETE, while the SQL condition ``when`` holds of the old row.

    ``when`` names the old row's columns as ``OLD.column``.
    """
    _protections[model._meta.db_table] = Protection(model, columns, when)


def expected_triggers() -> set[str]:
    """The names of the triggers that the registry asks for on the tables of this database."""
    tables = set(connection.introspection.table_names())
    present = (protection for protection in _protections.values() if protection.table in tables)
    return {name for protection in present for name, _ in _statements(protection, connection.vendor)}


def present_triggers() -> set[str]:
    """The names of the triggers that the database has."""
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {row[0] for row in cursor.fetchall()}


def install() -> None:
    """Create every missing trigger whose table exists. Safe to repeat."""
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
            )
        for protection in _protections.values():
            if protection.table in tables:
                for name, statement in _statements(protection, connection.vendor):
                    cursor.execute(_drop(name, protection.table))
                    cursor.execute(statement)


def install_after_migrate(**_kwargs: Any) -> None:
    """Receiver of ``post_migrate``."""
    install()


@contextmanager
def lifted() -> Iterator[None]:
    """Take the triggers away and put them back: for the emptying of a test database, never for the product."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for protection in _protections.values():
            if protection.table in tables:
                for name, _ in _statements(protection, connection.vendor):
                    cursor.execute(_drop(name, protection.table))
    try:
        yield
    finally:
        install()


def _drop(name: str, table: str) -> str:
    return f"DROP TRIGGER IF EXISTS {name}" + ("" if connection.vendor == "sqlite" else f' ON "{table}"')


def _statements(protection: Protection, vendor: str) -> list[tuple[str, str]]:
    table = protection.table
    events = {"update": _changed(protection, vendor), "delete": protection.when}
    made = [(f"keep_{table}_{event}", _row_trigger(table, event, when, vendor)) for event, when in events.items()]
    if vendor == "postgresql":
        name = f"keep_{table}_truncate"
        made.append((name, f'CREATE TRIGGER {name} BEFORE TRUNCATE ON "{table}" EXECUTE FUNCTION refuse_change()'))
    return made


def _changed(protection: Protection, vendor: str) -> str:
    if not protection.columns:
        return ""
    differs = "IS NOT" if vendor == "sqlite" else "IS DISTINCT FROM"
    changes = " OR ".join(f'OLD."{column}" {differs} NEW."{column}"' for column in protection.columns)
    return f"({protection.when}) AND ({changes})"


def _row_trigger(table: str, event: str, when: str, vendor: str) -> str:
    head = f'CREATE TRIGGER keep_{table}_{event} BEFORE {event.upper()} ON "{table}" FOR EACH ROW'
    condition = f" WHEN ({when})" if when else ""
    if vendor == "sqlite":
        return f"{head}{condition} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    return f"{head}{condition} EXECUTE FUNCTION refuse_change()"
