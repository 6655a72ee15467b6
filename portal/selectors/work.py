"""My work: what waits for a person, over every kind of record, whatever there is in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from typing import Any, NamedTuple

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.core.paginator import Page, Paginator
from django.db.models import Case, CharField, DateField, DateTimeField, F, QuerySet, Value, When
from django.db.models.functions import Coalesce, TruncDate
from django_stubs_ext import StrOrPromise

from core import clock
from core.people.models import User
from core.workflow.models import Stepped
from core.workflow.registry import subjects
from core.workflow.waiting import Stage, missing_words, place_of, waiting

COLUMNS = ("work_kind", "code", "state", "state_since", "work_due", "waits")


class Fact(NamedTuple):
    """One row of one's work as the database tells it; ``waits`` is stage, step and what is missing, by colons."""

    kind: str
    code: str
    state: str
    state_since: datetime
    due_on: date | None
    waits: str

    @property
    def stage(self) -> str:
        return self.waits.split(":", 1)[0]

    @property
    def is_late(self) -> bool:
        """Overdue, where somebody can do something about it."""
        return self.stage != Stage.LATER and self.due_on is not None and self.due_on < clock.today()


@dataclass(frozen=True, slots=True)
class Duty:
    """One record that waits for the reader: since when, until when, and what it still lacks."""

    fact: Fact
    heading: str

    @property
    def code(self) -> str:
        return self.fact.code

    @property
    def state_since(self) -> datetime:
        return self.fact.state_since

    @property
    def due_on(self) -> date | None:
        return self.fact.due_on

    @property
    def model(self) -> type[Stepped]:
        return subjects[self.fact.kind]

    @property
    def kind_label(self) -> StrOrPromise:
        return self.model.lifecycle.title

    @property
    def state_label(self) -> str:
        return str(self.model.lifecycle.states(self.fact.state).label)

    @property
    def missing(self) -> str:
        """What the record waits for, in words; empty when only the reader's decision is wanting."""
        _stage, step, missing = self.fact.waits.split(":")
        return missing_words(self.model, step, missing)

    @property
    def place(self) -> str:
        """The page on which what is missing is made."""
        stage, step, _missing = self.fact.waits.split(":")
        return place_of(self.model, step, self.code) if stage == Stage.PREPARE else ""

    def get_absolute_url(self) -> str:
        return self.model(code=self.code).get_absolute_url()


@dataclass(frozen=True, slots=True)
class Work:
    """All that waits for somebody, most urgent first: overdue, then by due date, then the oldest."""

    facts: Sequence[Fact]

    def of(self, stage: str) -> list[Fact]:
        """What is in one stage."""
        return [fact for fact in self.facts if fact.stage == stage]

    @property
    def late(self) -> list[Fact]:
        return [fact for fact in self.facts if fact.is_late]

    @property
    def codes(self) -> set[str]:
        return {fact.code for fact in self.facts}


def work_of(user: User) -> Work:
    """What waits for ``user``, in every stage. One query, whatever there is."""
    together = union([part(waiting(user, model), model, *COLUMNS) for _name, model in sorted(subjects.items())])
    facts = [Fact(*row) for row in together] if together is not None else []
    return Work(sorted(facts, key=lambda one: (one.due_on or date.max, one.state_since, one.code)))


def page_of(facts: Sequence[Fact], number: Any) -> "Page[Any]":
    """One page of rows with their headings. One query."""
    page: Page[Any] = Paginator(facts, settings.ROWS_PER_PAGE).get_page(number)
    (page.object_list,) = duties(list(page.object_list))
    return page


def duties(*groups: Sequence[Fact]) -> list[list[Duty]]:
    """The rows of each group with their headings. One query for all of them."""
    titles = _titles([fact for group in groups for fact in group])
    return [[Duty(fact, titles[fact.kind, fact.code]) for fact in group] for group in groups]


def _titles(facts: Sequence[Fact]) -> dict[tuple[str, str], str]:
    kinds: dict[str, list[str]] = {}
    for fact in facts:
        kinds.setdefault(fact.kind, []).append(fact.code)
    parts = [
        part(subjects[kind]._default_manager.filter(code__in=codes), subjects[kind], "work_kind", "code", "work_title")
        for kind, codes in sorted(kinds.items())
    ]
    together = union(parts)
    return {(kind, code): title for kind, code, title in together} if together is not None else {}


def _due(model: type[Stepped]) -> Any:
    """The day by which something must be done: by the table, else by what closes in this state."""
    if not model.closing_paths:
        return F("due_on")
    closings = [When(state=state, then=_day(model, path)) for state, path in sorted(model.closing_paths.items())]
    return Coalesce("due_on", Case(*closings, output_field=DateField()))


def _day(model: type[Stepped], path: str) -> Any:
    """The day of a column behind relations, whether it holds days or moments."""
    *relations, column = path.split("__")
    holder: Any = model
    for name in relations:
        holder = holder._meta.get_field(name).related_model
    return TruncDate(path) if isinstance(holder._meta.get_field(column), DateTimeField) else F(path)


def union(parts: Sequence["QuerySet[Any] | None"]) -> Any:
    """All the parts as one query; None when there is none."""
    found = [part for part in parts if part is not None]
    return reduce(lambda first, second: first.union(second, all=True), found) if found else None


def part(rows: "QuerySet[Any]", model: type[Stepped], *columns: str) -> "QuerySet[Any] | None":
    """The rows of one kind in those columns; None when the table already says that there are none."""
    plain = rows.order_by()
    try:
        str(plain.query)
    except EmptyResultSet:
        return None
    kind = Value(model.lifecycle.name, output_field=CharField())
    known = plain.annotate(work_kind=kind, work_title=F(model.title_path), work_due=_due(model))
    found: QuerySet[Any] = known.values_list(*columns)
    return found
