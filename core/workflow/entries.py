"""Records from before, as the rooms know them: what stands in one, what it still lacks, what its confirmation brings.

The room that owns the knowledge registers it in its ``hooks.py``, by subject type.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _

from core.money import VNDField
from core.people.models import User
from core.ui.parts import Fact

from .chronicle import ADOPTED, events_of

if TYPE_CHECKING:
    from core.audit.models import Event

    from .models import Stepped
    from .ruling import Refusal

Function = TypeVar("Function", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """The second person's word on a record: who entered it, who confirms it, from which day it stands so."""

    subject: Any
    entered_by: User
    confirmed_by: User
    effective_on: date
    note: str
    key: UUID


class Answers(Generic[Function]):
    """Functions of the rooms for one subject type, in the order of the rooms."""

    def __init__(self) -> None:
        self.functions: dict[str, list[Function]] = {}

    def __call__(self, subject_type: str) -> Callable[[Function], Function]:
        def register(function: Function) -> Function:
            self.functions.setdefault(subject_type, []).append(function)
            return function

        return register

    def of(self, subject: "Stepped") -> list[Function]:
        return self.functions.get(subject.lifecycle.name, [])


read_with: dict[str, tuple[str, ...]] = {}
"""Subject type -> the relations that the page of the confirmation loads with its record."""
entered: Answers[Callable[[Any], Iterable[Fact]]] = Answers()
"""What the second person confirms, line by line."""
lacking: "Answers[Callable[[Any], Iterable[Refusal]]]" = Answers()
"""What its state needs and is not there: nothing is confirmed before."""
on_confirmation: Answers[Callable[[Confirmation], None]] = Answers()
"""What follows from the confirmation, in its transaction."""
on_refusal: Answers[Callable[[Any], None]] = Answers()
"""What follows from the refusal, in its transaction, while the record still has its own code."""


def writers_of(events: "Iterable[Event]") -> set[int]:
    """Who entered a record from before or wrote a part of it: another person confirms it."""
    return {event.actor_id for event in events if event.actor_id is not None}


def entry_facts(subject: "Stepped") -> Iterator[Fact]:
    """As of which day the record was entered, and from where the facts come."""
    event = events_of(subject).filter(kind=ADOPTED).first()
    if event is not None:
        yield Fact(_("Status as of"), event.effective_on, "date")
        yield Fact(_("Where the facts come from"), event.reason, "long")


def facts_of(record: models.Model, *columns: str) -> Iterator[Fact]:
    """The filled columns of a record as labels and values, in words."""
    for name in columns:
        column: Any = record._meta.get_field(name)
        value = getattr(record, name)
        if value not in (None, ""):
            yield Fact(column.verbose_name, _words(record, column, value), _kind(column))


def _words(record: models.Model, column: Any, value: Any) -> Any:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if column.choices:
        return getattr(record, f"get_{column.name}_display")()
    return str(value) if isinstance(value, models.Model) or (type(value) is int and _kind(column) == "text") else value


def _kind(column: Any) -> str:
    if isinstance(column, VNDField):
        return "money"
    if isinstance(column, models.DateField):
        return "date"
    return "long" if isinstance(column, models.TextField) else "text"
