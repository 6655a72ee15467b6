"""One life: its clock, its records, the choices that are drawn for it, and the two tables that the rooms fill.

``content`` says what makes a guard content; ``beginning`` says what may be begun now. Both act through the services.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from datetime import datetime, timedelta
from enum import Enum
from typing import Any, TypeVar

from django.utils import translation
from hypothesis import note
from hypothesis import strategies as st

from core import clock
from core.documents.issuer import rendered_when_opened
from core.jobs.service import run_due_jobs
from core.notifications.service import of_the_past
from core.people.models import User
from core.workflow.models import Stepped
from core.workflow.registry import guard, subjects
from core.workflow.ruling import StepFacts
from core.workflow.table import Row
from proposals.models import Call, Order, OrderList, Proposal
from tasks.models import Task
from tests.conftest import MORNING

from .people import Troupe

T = TypeVar("T")
Supply = Callable[["Life", Any, Row], None]
Begin = Callable[["Life"], Iterator[tuple[str, Callable[[], Any]]]]

CONTENT: dict[Enum, Supply] = {}
BEGINNINGS: dict[bool, list[Begin]] = {True: [], False: []}
MOST = 2


def content(*names: Enum) -> Callable[[Supply], Supply]:
    """Register what makes these guards content."""

    def register(function: Supply) -> Supply:
        CONTENT.update(dict.fromkeys(names, function))
        return function

    return register


def beginning(*, main: bool) -> Callable[[Begin], Begin]:
    """Register what may be begun: pairs of a name and of the act. ``main``: without it the life does not go on."""

    def register(function: Begin) -> Begin:
        BEGINNINGS[main].append(function)
        return function

    return register


class Life:
    """The records of one life are those in the database: every life is rolled back before the next one."""

    def __init__(self, people: Troupe) -> None:
        self.people = people
        self.data: Any = None
        self.refused: Counter[tuple[str, str]] = Counter()
        self._stack = ExitStack()
        self._stack.enter_context(translation.override("vi"))
        self._stack.enter_context(rendered_when_opened())
        self._stack.enter_context(of_the_past(read=False))
        self._clock = self._stack.enter_context(ExitStack())
        self.wait_until(MORNING)

    def close(self) -> None:
        self._stack.close()

    # ── Chance ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def choose(self, options: Sequence[T], label: str) -> T:
        """One of the options; a failing example is shrunk towards the first."""
        found = options[self.data.draw(st.integers(0, len(options) - 1), label=label) if options[1:] else 0]
        note(f"{label}: {found}")
        return found

    def rarely(self, label: str, times: int = 4) -> bool:
        """True once in so many times."""
        return bool(self.data.draw(st.integers(0, times - 1), label=label) == times - 1)

    # ── Time ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def wait_until(self, moment: datetime) -> None:
        """Let the time pass, and the clock do what is due. Never backwards."""
        self._clock.close()
        self._clock.enter_context(clock.moved_to(moment))

    def wait(self, days: int) -> None:
        """Let whole days pass."""
        self.wait_until(clock.now() + timedelta(days=days))
        run_due_jobs()

    # ── Records ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def all_records(self) -> list[Stepped]:
        """Every record with a life, by kind and code."""
        return [one for _name, model in sorted(subjects.items()) for one in _rows(model).order_by("code")]

    def living(self) -> list[Stepped]:
        """Those that are not in a final state."""
        return [
            one
            for _name, model in sorted(subjects.items())
            for one in _rows(model).exclude(state__in=model.lifecycle.final).order_by("code")
        ]

    def is_over(self) -> bool:
        """Whether all that was begun has ended: calls, proposals, what they led to, and tasks."""
        main = (Call, Proposal, OrderList, Order, Task)
        return not any(model.objects.exclude(state__in=model.lifecycle.final).exists() for model in main)

    def beginnings(self, *, main: bool) -> list[tuple[str, Callable[[], Any]]]:
        """What may be begun now."""
        return [option for function in BEGINNINGS[main] for option in function(self)]

    def missing(self, subject: Stepped, row: Row, actor: User) -> list[Enum]:
        """The guards of the row that are not content now."""
        facts = StepFacts(subject=subject, row=row, actor=actor, decided_by=None, effective_on=clock.today())
        return [name for name in row.guards if guard[name](facts) is not None]

    def satisfy(self, subject: Stepped, row: Row, actor: User) -> None:
        """Supply, guard by guard, the facts that are missing, where anybody can."""
        for name in row.guards:
            fresh = _rows(type(subject)).get(pk=subject.pk)
            if fresh.row(row.name) is None:
                return
            if name in self.missing(fresh, row, actor) and name in CONTENT:
                CONTENT[name](self, fresh, row)


def _rows(model: type[Stepped]) -> Any:
    return model._default_manager
