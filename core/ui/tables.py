"""Tables by declaration: a list page names its columns, the one table partial draws them. No query per row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Value as Constant
from django.db.models.functions import Coalesce

from core.ui.cells import Kind, draw

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import Model, QuerySet
    from django.http import QueryDict
    from django.utils.safestring import SafeString
    from django_stubs_ext import StrOrPromise

    from core.ui.parts import Action

SORT = "sort"
NEVER = date(9999, 12, 31)
Value = Callable[[Any], object]


def with_day_key(rows: QuerySet[Any, Any], day: str, key: str) -> QuerySet[Any, Any]:
    """Rows with ``key`` to sort by the column ``day``: what has no day comes last on both databases."""
    keyed: QuerySet[Any, Any] = rows.annotate(**{key: Coalesce(day, Constant(NEVER))})
    return keyed


@dataclass(frozen=True)
class Column:
    """A column. `value` is read from the row: a callable, else the dotted path `key`.

    `url` makes the cell a link (only the code or the title should be one), `note` is a second, quieter line,
    `sort` names the fields to order by (the column can be sorted only when it is given).
    """

    key: str
    label: StrOrPromise
    kind: Kind = Kind.TEXT
    value: Value | None = None
    url: Callable[[Any], str] | None = None
    note: Value | None = None
    sort: tuple[str, ...] = ()
    on_phone: bool = True

    def read(self, row: Any) -> object:
        """The value of this column in a row; None when a step of the path is missing or empty."""
        if self.value is not None:
            return self.value(row)
        found = row
        for name in self.key.split("."):
            found = found.get(name) if isinstance(found, dict) else getattr(found, name, None)
        return found


@dataclass(frozen=True)
class Header:
    """A column's head: `direction` is `ascending`, `descending` or empty, `sort_query` the address that sorts."""

    column: Column
    direction: str
    sort_query: str


@dataclass(frozen=True)
class Cell:
    """A drawn cell."""

    column: Column
    html: SafeString


@dataclass(frozen=True)
class BoundTable:
    """A table with its rows drawn, ready for components/table.html."""

    table: Table
    headers: list[Header]
    rows: list[list[Cell]]


@dataclass(frozen=True)
class Table:
    """The declaration. `caption` names the table for people who hear it; `empty` is said when no row is there."""

    columns: Sequence[Column]
    caption: StrOrPromise
    empty: StrOrPromise = ""
    empty_action: Action | None = None
    default_sort: str = ""

    def ordered(self, queryset: QuerySet[Any, Any], query: QueryDict | None = None) -> QuerySet[Any, Any]:
        """The rows in the order the address asks for; unknown columns are ignored."""
        column, descending = self._sorting(query)
        if column is None:
            return queryset
        return queryset.order_by(*(_turn(name) if descending else name for name in column.sort))

    def bind(self, rows: Iterable[Model | Any], query: QueryDict | None = None) -> BoundTable:
        """The table drawn with these rows (already fetched with everything the columns read)."""
        cells = [[Cell(column, draw(column, row)) for column in self.columns] for row in rows]
        return BoundTable(self, self._headers(query), cells)

    def _sorting(self, query: QueryDict | None) -> tuple[Column | None, bool]:
        wanted = (query.get(SORT) if query else "") or self.default_sort
        name = wanted.removeprefix("-")
        found = next((column for column in self.columns if column.key == name and column.sort), None)
        return found, wanted.startswith("-")

    def _headers(self, query: QueryDict | None) -> list[Header]:
        current, descending = self._sorting(query)
        return [_header(column, column is current, descending=descending, query=query) for column in self.columns]


def _header(column: Column, is_current: bool, *, descending: bool, query: QueryDict | None) -> Header:  # noqa: FBT001
    direction = ("descending" if descending else "ascending") if is_current else ""
    wanted = f"-{column.key}" if direction == "ascending" else column.key
    return Header(column, direction, _address(query, wanted) if column.sort and query is not None else "")


def _address(query: QueryDict, sort: str) -> str:
    """The query string with another order, back on the first page."""
    changed = query.copy()
    changed.pop("page", None)
    changed[SORT] = sort
    return f"?{changed.urlencode()}"


def _turn(name: str) -> str:
    return name.removeprefix("-") if name.startswith("-") else f"-{name}"
