"""My work: what waits for a person, over every kind of record, in one query."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import CharField, F, QuerySet, Value
from django_stubs_ext import StrOrPromise

from core.people.models import User
from core.workflow.models import Stepped
from core.workflow.registry import subjects
from core.workflow.selectors import awaiting

SHOWN = 50
COLUMNS = ("work_kind", "code", "work_heading", "state", "state_since", "due_on")


@dataclass(frozen=True, slots=True)
class Duty:
    """One record that waits for the reader: since when, until when."""

    kind: str
    code: str
    heading: str
    state: str
    state_since: datetime
    due_on: date | None

    @property
    def model(self) -> type[Stepped]:
        return subjects[self.kind]

    @property
    def kind_label(self) -> StrOrPromise:
        return self.model.lifecycle.title

    @property
    def state_label(self) -> str:
        return str(self.model.lifecycle.states(self.state).label)

    def get_absolute_url(self) -> str:
        return self.model(code=self.code).get_absolute_url()


@dataclass(frozen=True, slots=True)
class Work:
    """The duties to show first, and how many there are of each kind."""

    duties: Sequence[Duty]
    counts: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def work_of(user: User) -> Work:
    """What waits for ``user``: overdue first, then by due date, then the oldest. Two queries, whatever there is."""
    parts = [part for part in (_part(user, name) for name in sorted(subjects)) if part is not None]
    if not parts:
        return Work((), {})
    together: Any = reduce(lambda first, second: first.union(second, all=True), parts)
    rows = together.order_by(F("due_on").asc(nulls_last=True), "state_since", "code")[:SHOWN]
    kinds: Any = reduce(
        lambda first, second: first.union(second, all=True), [part.values_list("work_kind") for part in parts]
    )
    return Work([Duty(*row) for row in rows], dict(Counter(kind for (kind,) in kinds)))


def _part(user: User, name: str) -> "QuerySet[Any] | None":
    model = subjects[name]
    rows = awaiting(user, model, duties=True).order_by()
    try:
        str(rows.query)
    except EmptyResultSet:
        return None
    kind = Value(name, output_field=CharField())
    found: QuerySet[Any] = rows.annotate(work_kind=kind, work_heading=F(model.title_path)).values_list(*COLUMNS)
    return found
