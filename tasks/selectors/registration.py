"""Until when the results of a task are registered."""

from datetime import date

from core import clock
from core.clock import Unit
from core.workflow.chronicle import events_of
from tasks.lifecycle import TaskState
from tasks.models import Task

USUAL, FILING, MOST = "registration.days", "registration.filing_days", "registration.filing_max_days"


def registration_deadline(task: Task, filing_on: date | None) -> date | None:
    """The last day to register the results of an accepted task; None when nothing says since when it is accepted.

    The usual time after the acceptance. An application for intellectual property that is filed after the acceptance
    gives some days from its filing, within a limit counted from the acceptance (TT 14/2014/TT-BKHCN); it never
    shortens the usual time.
    """
    since = _accepted_since(task)
    if since is None:
        return None
    usual = _after(since, USUAL, task)
    accepted_on = task.accepted_on or since
    if filing_on is None or filing_on <= accepted_on:
        return usual
    return max(usual, min(_after(filing_on, FILING, task), _after(accepted_on, MOST, task)))


def _after(day: date, key: str, task: Task) -> date:
    rule = task.rule(key)
    return clock.deadline(day, rule.value, Unit(rule.unit))


def _accepted_since(task: Task) -> date | None:
    """The day from which the time of the state is counted: of the acceptance, or the one that an adoption names."""
    came = events_of(task).filter(to_state=TaskState.ACCEPTED, effective_on__isnull=False).last()
    return came.effective_on if came else None
