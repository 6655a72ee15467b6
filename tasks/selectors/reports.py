"""Which reports are waited for."""

from datetime import date

from django.db.models import QuerySet

from tasks.lifecycle import ReportState, TaskState
from tasks.models import Report, Task

WAITED_FOR = (ReportState.DUE, ReportState.RETURNED)
HANDED_IN = (ReportState.FILED, ReportState.ACCEPTED)
# While a task is here, its host owes reports.
REPORTING_STATES = (TaskState.CONTRACTED, TaskState.RUNNING, TaskState.SUSPENDED)


def waited_for(rows: "QuerySet[Report] | None" = None) -> QuerySet[Report]:
    """Reports not handed in yet, of tasks that still report."""
    reports = Report.objects.all() if rows is None else rows
    return reports.filter(state__in=WAITED_FOR, task__state__in=REPORTING_STATES)


def due_reports(on: date, rows: "QuerySet[Report] | None" = None, *, within: date | None = None) -> QuerySet[Report]:
    """Reports not handed in and due up to ``within`` (default: ``on``), the oldest first."""
    return waited_for(rows).filter(due_date__lte=within or on).order_by("due_date", "pk")


def missing_reports(task: Task, on: date) -> list[Report]:
    """The reports of a task whose day has passed without a filed report, the oldest first.

    The due day itself belongs to the host: a report is missing from the day after.
    """
    return [report for report in task.reports.all() if report.state in WAITED_FOR and report.due_date < on]


def overdue_reports(task: Task, on: date) -> list[Report]:
    """The missing reports of a task that still reports: no instalment is paid meanwhile."""
    return missing_reports(task, on) if task.state in REPORTING_STATES else []
