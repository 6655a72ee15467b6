"""More rows of data: copies of what the demo has, put straight into the tables of the gates' own copy.

What is asked here is what a page costs, not whether the law allows thirty reports; so the copies pass no door, and the
test that makes them takes them back.
"""

import copy
import itertools
import uuid
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import Max, Model, QuerySet
from django.db.models.base import ModelState

from core.audit.models import Event
from core.documents.models import Document
from core.workflow.models import CorrectionRequest, Stepped

FEW, MANY = 3, 30
TRIED = 6
# What belongs to a record by its kind and code.
BY_CODE = (Document, Event, CorrectionRequest)
Column = models.Field[Any, Any]
_numbers = itertools.count(1)


def children(record: Model) -> Iterator[tuple[QuerySet[Any], dict[str, Any]]]:
    """The rows of each table that hang on a record or on what is one with it, and the columns that make them its."""
    for field in record._meta.get_fields():
        if field.one_to_many:
            fixed = {field.field.name: record}
            yield field.related_model._default_manager.filter(**fixed), fixed
        elif field.one_to_one and field.auto_created and (one := getattr(record, field.name, None)) is not None:
            yield from children(one)
    if isinstance(record, Stepped):
        by_code = {"subject_type": record.lifecycle.name, "subject_code": record.code}
        yield from ((model._default_manager.filter(**by_code), by_code) for model in BY_CODE)


def grow(rows: QuerySet[Any], wanted: int, fixed: dict[str, Any], *, only_own: bool = False) -> int:
    """Copy rows until there are so many; returns how many there are then. Of a table without rows nothing grows.

    The first row that can be repeated is: one of ``rows``, else (not with ``only_own``) one of another record, with
    ``fixed`` as its columns.
    """
    there = rows.count()
    missing = wanted - there
    if missing <= 0:
        return there
    own = list(rows.order_by("-pk")[:TRIED])
    others = [] if only_own else rows.model._default_manager.order_by("-pk")[:TRIED]
    for row in own or others:
        try:
            with transaction.atomic():
                rows.model._default_manager.bulk_create(_copies(row, fixed, missing))
        except IntegrityError:
            continue
        return wanted
    return there


def _copies(row: Model, fixed: dict[str, Any], number: int) -> list[Model]:
    for name, value in fixed.items():
        setattr(row, name, value)
    varied = [(column, _values(row, column, group, number)) for column, group in _to_vary(row, fixed)]
    found = []
    for index in range(number):
        new = copy.copy(row)
        new._state = ModelState()
        new.pk = None
        for column, values in varied:
            setattr(new, column.attname, values[index % len(values)] if values else None)
        found.append(new)
    return found


def _to_vary(row: Model, fixed: dict[str, Any]) -> Iterator[tuple[Column, Sequence[str]]]:
    """Columns that may not repeat: each unique one, and one of each group that is unique together, with its group."""
    meta = row._meta
    single = [column for column in meta.concrete_fields if column.unique and not column.primary_key]
    yield from ((column, ()) for column in single)
    groups = [one.fields or _named_in(one) for one in meta.constraints if isinstance(one, models.UniqueConstraint)]
    taken = {*fixed, *(column.name for column in single)}
    for group in [*groups, *meta.unique_together]:
        columns = [meta.get_field(name) for name in group if name not in taken]
        free = [one for one in columns if not one.choices and not isinstance(one, models.BooleanField)]
        if free and not {column.name for column in single} & set(group):
            yield min(free, key=lambda column: (column.is_relation, isinstance(column, models.DateField))), group


def _named_in(constraint: models.UniqueConstraint) -> tuple[str, ...]:
    """The columns of a constraint on what is computed from them."""
    return tuple(part.name for one in constraint.expressions for part in one.flatten() if isinstance(part, models.F))


def _values(row: Model, column: Column, group: Sequence[str], number: int) -> list[Any]:
    """Values of the column that no row of its group has yet. Nothing stays nothing, as does what is one to one."""
    value = getattr(row, column.attname)
    if value is None or (column.one_to_one and column.null):
        return []
    if column.is_relation:
        return _others(row, column, group)
    if isinstance(column, models.IntegerField):
        top = column.model._default_manager.aggregate(top=Max(column.attname))["top"]
        return [top + one for one in range(1, number + 1)]
    return [_another(column, value) for _one in range(number)]


def _another(column: Column, value: Any) -> Any:
    if isinstance(column, models.UUIDField):
        return uuid.uuid4()
    if isinstance(column, models.DateField):
        return value + timedelta(days=next(_numbers))
    return f"{value}"[: (column.max_length or 80) - 8] + f"-{next(_numbers)}"


def _others(row: Model, column: Column, group: Sequence[str]) -> list[int]:
    """Other rows that the key may lead to, first with the same links as the present one: the same is loaded then."""
    there = {name: getattr(row, name) for name in group if name != column.name}
    used = column.model._default_manager.filter(**there).values(column.attname)
    free = column.related_model._default_manager.exclude(pk__in=used).order_by("-pk")
    links = [one for one in column.related_model._meta.concrete_fields if one.is_relation and one.null]
    present = getattr(row, column.name)
    alike = free.filter(**{f"{one.name}__isnull": getattr(present, one.attname) is None for one in links})
    found = [list(rows.values_list("pk", flat=True)[:MANY]) for rows in (alike, free)]
    return next((some for some in found if len(some) >= MANY), found[-1])
