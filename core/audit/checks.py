"""Start-up check: the triggers in the database are those of the registry."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error
from django.db import connection

from .models import Event
from .triggers import expected_triggers, present_triggers


def triggers_are_present(*, databases: Sequence[str] | None = None, **_kwargs: Any) -> list[CheckMessage]:
    """Run by ``check --database default`` and by ``migrate``; silent before the first migration."""
    if not databases or Event._meta.db_table not in connection.introspection.table_names():
        return []
    missing = sorted(expected_triggers() - present_triggers())
    hint = "Run manage.py migrate."
    return [Error(f"Trigger {name} is missing from the database.", hint=hint, id="audit.E001") for name in missing]
