"""Tasks among the texts that proposals are compared with: those that came in without an order.

The others are found by their orders.
"""

from collections.abc import Collection, Iterator

from proposals.selectors.similar import Candidate
from tasks.lifecycle import TaskState
from tasks.models import Task


def adopted_texts(codes: Collection[str] | None) -> Iterator[Candidate]:
    """The texts of the adopted tasks with these codes, or of all of them."""
    rows = Task.objects.filter(order__isnull=True).exclude(state=TaskState.VOID).order_by("code")
    rows = rows.only("code", "title", "state", "goals")
    return map(text_of, (rows if codes is None else rows.filter(code__in=codes)).iterator())


def text_of(task: Task) -> Candidate:
    """What of a task is compared."""
    return Candidate(task.lifecycle.name, task.code, task.title, task.state, task.goals)
