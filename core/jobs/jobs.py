"""The Celery side: one task that does what is due. Celery beat calls it too, as the sweep."""

from collections.abc import Callable

from celery import shared_task

from .nudge import TASK
from .service import plan_the_night, run_due_jobs


def _run_due() -> int:
    """Run the due jobs in this worker."""
    plan_the_night()
    return run_due_jobs()


run_due: Callable[[], int] = shared_task(name=TASK, ignore_result=True)(_run_due)
