"""Which other records the steps touch: they are locked before the first write."""

from collections.abc import Iterator

from core.workflow.models import Stepped
from core.workflow.registry import locks
from core.workflow.table import Row
from proposals.lifecycle import DossierState
from proposals.models import Dossier, Order
from tasks.lifecycle import Effect, TaskState
from tasks.models import Amendment, Task
from tasks.selectors.reports import WAITED_FOR

# Steps of an order that give up the task it led to.
REVOKING = {"revoke", "replace_host"}


@locks("order")
def tasks_of_order(order: Order, row: Row) -> Iterator[Stepped]:
    """Giving up an approval revokes its task."""
    if row.name in REVOKING:
        yield from Task.objects.filter(order=order, state=TaskState.APPROVED)


@locks("task")
def parts_of_task(task: Task, row: Row) -> Iterator[Stepped]:
    """Reports that will not be due any more; dossiers that waited in reserve until the contract."""
    if Effect.DROP_REPORTS in row.effects:
        yield from task.reports.filter(state__in=WAITED_FOR)
    if Effect.BIND_CONTRACT in row.effects and task.order_id is not None:
        yield from Dossier.objects.filter(order=task.order_id, state=DossierState.RESERVE)


@locks("amendment")
def task_of_amendment(amendment: Amendment, row: Row) -> Iterator[Stepped]:
    """Guards count the other amendments of the task, the decision changes it."""
    yield amendment.task
