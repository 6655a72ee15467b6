"""One life: its clock, its records, the choices that are drawn for it, and the two tables that the rooms fill.

``content`` says what makes a guard content; ``beginning`` says what may be begun now. Both act through the services.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from enum import Enum
from itertools import accumulate
from typing import Any, TypeVar

from hypothesis import strategies as st

from core import clock
from core.jobs.models import Job
from core.jobs.service import run_due_jobs
from core.people.models import User
from core.workflow.admission import answer_of
from core.workflow.models import Stepped
from core.workflow.registry import subjects
from core.workflow.ruling import StepFacts
from core.workflow.table import Row

from .house import Glance, Key, glance
from .people import Troupe
from .tally import Place, place_of

T = TypeVar("T")
Supply = Callable[["Life", Any, Row], None]
Options = Iterator[tuple[str, Callable[[], Any]]]
Begin = Callable[["Life"], Options]

CONTENT: dict[Enum, Supply] = {}
BEGINNINGS: dict[bool, list[tuple[tuple[str, ...], Begin]]] = {True: [], False: []}
MAIN = ("call", "order", "order_list", "proposal", "task")
MOST = 2


def content(*names: Enum) -> Callable[[Supply], Supply]:
    """Register what makes these guards content."""

    def register(function: Supply) -> Supply:
        CONTENT.update(dict.fromkeys(names, function))
        return function

    return register


def beginning(*places: str, main: bool) -> Callable[[Begin], Begin]:
    """Register what may be begun while a record stands in one of the places ("kind.state").

    The function gives pairs of a name and of the act. ``main``: without it the life does not go on.
    """

    def register(function: Begin) -> Begin:
        BEGINNINGS[main].append((places, function))
        return function

    return register


class Life:
    """The records of one life are those in the database: every life is rolled back before the next one."""

    def __init__(self, people: Troupe, move_clock: Callable[[datetime], None]) -> None:
        self.people = people
        self.data: Any = None
        self.wishes: frozenset[Place | None] = frozenset()
        self.refused: Counter[tuple[str, str]] = Counter()
        self.diary: list[str] = []
        self.house = glance()
        self.fruitless: dict[Begin, Any] = {}
        self.may_see: set[tuple[Key, str, int]] = set()
        self._move_clock = move_clock

    # ── Chance ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def number(self, most: int, label: str) -> int:
        """A number from 0 to ``most``."""
        return int(self.data.draw(st.integers(0, most), label=label)) if most else 0

    def choose(self, options: Sequence[T], label: str) -> T:
        """One of the options."""
        found = options[self.number(len(options) - 1, label)]
        self.diary.append(f"    {label}: {getattr(found, '__name__', found)}")
        return found

    def weigh(self, options: Sequence[tuple[T, int]], label: str) -> T:
        """One of the options, each as often as its weight says."""
        sums = list(accumulate(weight for _one, weight in options))
        drawn = self.number(sums[-1] - 1, label)
        found = next(one for (one, _weight), top in zip(options, sums, strict=True) if drawn < top)
        self.diary.append(f"    {label}: {found}")
        return found

    def rarely(self, label: str, times: int = 4) -> bool:
        """True once in so many times."""
        return self.number(times - 1, label) == times - 1

    # ── Time ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def wait_until(self, moment: datetime) -> None:
        """Let the time pass. Never backwards."""
        self._move_clock(max(moment, clock.now()))

    def wait(self, days: int) -> None:
        """Let whole days pass, and the clock do what is due; no job fails."""
        self.wait_until(clock.now() + timedelta(days=days))
        run_due_jobs()
        assert list(Job.objects.exclude(last_error="").values_list("name", "last_error")) == []

    # ── Records ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def look(self) -> Glance:
        """The house as it is now, to be remembered."""
        self.house = glance()
        return self.house

    def record(self, key: Key) -> Stepped:
        """The record as it is now."""
        manager: Any = subjects[key[0]]._default_manager
        found: Stepped = manager.get(pk=self.house.states[key][1])
        return found

    def is_over(self) -> bool:
        """Whether all that was begun has ended: calls, proposals, what they led to, and tasks."""
        return not any(kind in MAIN for kind, _code in self.house.living())

    def may_begin(self, *, main: bool) -> Options:
        """What may be begun now: of one function after the other, until one has something to offer."""
        asked = [one for places, one in BEGINNINGS[main] if self.house.stands(*places)]
        state = (self.house, clock.now())
        while asked:
            function = asked.pop(self.number(len(asked) - 1, "what may begin"))
            if self.fruitless.get(function) != state:
                options = list(function(self))
                if options:
                    return iter(options)
                self.fruitless[function] = state
        return iter(())

    def is_wished(self, kind: str, row: Row, state: str) -> bool:
        """Whether this life wishes for this row, and has not come through it yet."""
        return place_of(kind, row.name, state) in self.wishes

    def came_through(self, kind: str, row: Row, state: str) -> None:
        """A wish is granted once: the next one has its turn."""
        self.wishes -= {place_of(kind, row.name, state)}

    def satisfy(self, subject: Stepped, row: Row, actor: User) -> tuple[Stepped, bool] | None:
        """Supply, guard by guard, the facts that are missing, where anybody can. None when the row is gone by then.

        The record as it is then, and whether a guard still refuses.
        """
        fresh: Any = subject
        refused, facts = False, _question(fresh, row, actor)
        for name in row.guards:
            if not answer_of(name, facts):
                continue
            if name in CONTENT:
                CONTENT[name](self, fresh, row)
                fresh = type(subject)._default_manager.get(pk=subject.pk)
                if fresh.row(row.name) is not row:
                    return None
                facts = _question(fresh, row, actor)
            refused = refused or bool(answer_of(name, facts))
        return fresh, refused


def _question(subject: Stepped, row: Row, actor: User) -> StepFacts:
    return StepFacts(subject=subject, row=row, actor=actor, decided_by=None, effective_on=clock.today())
