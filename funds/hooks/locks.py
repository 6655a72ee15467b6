"""Which other records the steps touch or read: they are locked before the first write."""

from collections.abc import Iterator

from core.workflow.models import Stepped
from core.workflow.registry import locks
from core.workflow.table import Row
from funds.lifecycle import DisbursementState
from funds.models import Disbursement, MoneyPaper
from tasks.models import Task

OPEN_STATES = [state for state in DisbursementState if state not in Disbursement.lifecycle.final]


@locks("disbursement")
@locks("settlement")
@locks("repayment")
def task_of_paper(paper: MoneyPaper, row: Row) -> Iterator[Stepped]:
    """Every limit is read from the task's books: nobody else may move its money meanwhile."""
    yield paper.task  # type: ignore[attr-defined]


@locks("task")
def payments_of_task(task: Task, row: Row) -> Iterator[Stepped]:
    """The end of a contract stops what is under way; a suspension asks whether the bank has paid."""
    if row.name in {"terminate", "suspend"}:
        yield from Disbursement.objects.filter(task=task, state__in=OPEN_STATES)
