"""On which days reports are due: from the rule book and the contract, never from the present day."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from core.regulations import DayOfYear
from tasks.models import Contract, Task


class Period(NamedTuple):
    """One report: when it is due and the time it speaks of."""

    due_on: date
    starts_on: date


def report_days(
    starts_on: date, ends_on: date, *, days: Iterable[DayOfYear], additional: Iterable[date] = ()
) -> list[date]:
    """The due days after ``starts_on`` up to and including ``ends_on``, in order, each once.

    >>> [str(day) for day in report_days(date(2026, 1, 10), date(2026, 12, 31), days=[DayOfYear(3, 15)])]
    ['2026-03-15']
    """
    yearly = [date(year, month, day) for year in range(starts_on.year, ends_on.year + 1) for month, day in days]
    return sorted({day for day in [*yearly, *additional] if starts_on < day <= ends_on})


def days_of_task(task: Task) -> list[date]:
    """Every day of the task's time on which a report is due, by the rule book and the contract."""
    if task.starts_on is None or task.ends_on is None:
        return []
    contract: Contract | None = getattr(task, "contract", None)
    additional = contract.additional_report_days if contract else []
    return report_days(task.starts_on, task.ends_on, days=reporting_days(task), additional=additional)


def reporting_days(task: Task) -> tuple[DayOfYear, ...]:
    """The yearly reporting days of a task, as they stood at its approval (TT 33/2014/TT-BKHCN, Article 15)."""
    found: tuple[DayOfYear, ...] = task.rule("report.dates").value
    return found


def periods(due_days: Sequence[date], first_day: date) -> list[Period]:
    """What each report speaks of: from the day after the one before it, the first from ``first_day``."""
    starts = [first_day, *(day + timedelta(days=1) for day in due_days[:-1])][: len(due_days)]
    return [Period(due, start) for due, start in zip(due_days, starts, strict=True)]
