"""Start-up check: every name in a table has its function."""

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error

from core.people.roles import STAFF_ROLES, Role

from .models import Stepped
from .registry import effect, guard, relation, subjects, tellings
from .table import Row


def tables_are_complete(**_kwargs: Any) -> list[CheckMessage]:
    """An error for each guard, effect, notice or relation that a table names and nobody registered."""
    return [Error(text, id="workflow.E001") for model in subjects.values() for text in missing(model)]


def missing(model: type[Stepped]) -> Iterator[str]:
    """One sentence for each name of the model's table that leads nowhere."""
    for row in model.lifecycle.rows:
        yield from (f"{model.lifecycle.name}.{row.name}: {text}" for text in _missing_in(model, row))


def _missing_in(model: type[Stepped], row: Row) -> Iterator[str]:
    yield from (f"nobody answers guard {name.name}" for name in row.guards if name not in guard)
    yield from (f"nobody does effect {name.name}" for name in row.effects if name not in effect)
    yield from (f"nobody tells {name.name}" for name in row.tells if name not in tellings)
    for by in row.by:
        named = isinstance(by, Role) and (by in STAFF_ROLES or by in model.organisation_columns)
        if isinstance(by, Role) and not named and (model.lifecycle.name, by) not in relation:
            yield f"no relation says which {model.lifecycle.name} belongs to a {by.value}"
