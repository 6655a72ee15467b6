"""What the demo must hold, counted, one line for each figure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import Max

from core.people.models import Expert
from core.people.roles import Level
from funds.lifecycle import DisbursementState
from funds.models import Disbursement, YearPlan
from proposals.models import Proposal
from reviews.lifecycle import CouncilState
from reviews.models import Council
from tasks.lifecycle import TaskState
from tasks.models import Task
from tasks.selectors.lists import OVER_STATES, RUNNING_STATES


@dataclass(frozen=True, slots=True)
class Figure:
    """One count and what it must be. ``at_least``: more is welcome."""

    name: str
    count: int
    wanted: int
    at_least: bool = False

    @property
    def is_right(self) -> bool:
        return self.count >= self.wanted if self.at_least else self.count == self.wanted

    def __str__(self) -> str:
        wish = f" (wanted: {'at least ' if self.at_least else ''}{self.wanted})"
        return f"{self.name} {self.count}" + ("" if self.is_right else wish)


def _running(*levels: Level) -> Callable[[], int]:
    return lambda: Task.objects.filter(state__in=RUNNING_STATES, level__in=levels).count()


def figures() -> Iterator[Figure]:
    """Every figure. The plan year is the latest one: the demo may be looked at long after it was loaded."""
    plan_year = Proposal.objects.aggregate(last=Max("plan_year"))["last"]
    proposals = Proposal.objects.filter(plan_year=plan_year)
    councils = Council.objects.filter(plan_year=plan_year, state=CouncilState.CONCLUDED)
    closed = Task.objects.filter(state__in=[*OVER_STATES, TaskState.RECOVERED])
    yield Figure("proposals", proposals.exclude(received_on=None).count(), 214)
    yield Figure("states of proposals", proposals.values("state").distinct().count(), 10)
    yield Figure("running tasks", Task.objects.filter(state__in=RUNNING_STATES).count(), 131)
    yield Figure("running tasks, national and ministry", _running(Level.NATIONAL, Level.MINISTRY)(), 14)
    yield Figure("running tasks, provincial", _running(Level.PROVINCIAL)(), 92)
    yield Figure("running tasks, grassroots", _running(Level.GRASSROOTS)(), 25)
    yield Figure("closed tasks", closed.count(), 60, at_least=True)
    yield Figure("closed tasks under the old rules", closed.filter(regulation="r1_2013").count(), 55, at_least=True)
    yield Figure("complete councils of the plan", councils.count(), 12)
    yield Figure("experts", Expert.objects.count(), 40)
    yield Figure("payments", Disbursement.objects.filter(state=DisbursementState.PAID).count(), 300, at_least=True)
    yield Figure("year plans", YearPlan.objects.count(), 3, at_least=True)
