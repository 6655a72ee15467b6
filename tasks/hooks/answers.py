"""What this room tells the room of proposals: obstacles of hosts and investigators, texts of tasks from before."""

from collections.abc import Iterator

from proposals.selectors import eligibility, similar
from tasks.lifecycle import TaskState
from tasks.models import Task
from tasks.selectors.eligibility import task_obstacles


def adopted_texts() -> Iterator[similar.Candidate]:
    """Tasks that came in without an order; the others are found by their orders."""
    rows = Task.objects.filter(order__isnull=True).exclude(state=TaskState.VOID).order_by("pk")
    for code, title, state, goals in rows.values_list("code", "title", "state", "goals"):
        yield similar.Candidate("task", code, title, state, goals)


eligibility.checks.append(task_obstacles)
similar.sources.append(adopted_texts)
