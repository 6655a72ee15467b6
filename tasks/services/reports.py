"""Reports are scheduled once, at signing; extensions add rows and never move the old ones."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Max
from django.utils.translation import gettext as _

from core import clock
from core.audit import service as audit
from core.files.services import store_upload
from core.people.models import User
from tasks.models import Report, SpendingLine, Task
from tasks.selectors.schedule import days_of_task, periods

from . import common

REPORT_FACTS = ("done", "not_done", "next_steps", "risks", "percent", "spent_vnd", "other_spent_vnd")
ATTACHMENT = "report.attachment"
ONE_DAY = timedelta(days=1)


def schedule_reports(task: Task, *, after: date) -> list[Report]:
    """Make a row for every reporting day of the rule book and the contract after ``after`` up to the task's end."""
    days = days_of_task(task)
    wanted = [day for day in days if day > after]
    if not wanted:
        return []
    made = list(_rows(task, wanted, _first_day(task, days, wanted)))
    for report in made:
        report.save()
        common.note("create", report, None, due_date=report.due_date.isoformat())
    return made


def _first_day(task: Task, days: list[date], wanted: list[date]) -> date:
    """From the day after the reporting day before the first wanted one, else from the start."""
    earlier = [day for day in days if wanted and day < wanted[0]]
    assert task.starts_on is not None  # noqa: S101  # schedule_reports looked
    return earlier[-1] + ONE_DAY if earlier else task.starts_on


def _rows(task: Task, days: list[date], first_day: date) -> Iterator[Report]:
    last = Report.objects.filter(task=task).aggregate(last=Max("sequence"))["last"] or 0
    for number, period in enumerate(periods(days, first_day), start=last + 1):
        yield Report(
            task=task,
            code=f"{task.code}.BC{number:02d}",
            sequence=number,
            due_date=period.due_on,
            period_from=period.starts_on,
            period_to=period.due_on,
            regulation=task.regulation,
            state_since=clock.now(),
            due_on=period.due_on,
        )


def save_report(
    report: Report,
    *,
    actor: User,
    facts: common.Facts,
    spending: Iterable[Mapping[str, Any]] | None = None,
    files: "Iterable[UploadedFile[Any]]" = (),
) -> Report:
    """Write what a report says, before it is filed.

    ``spending``: item, planned_vnd, state_vnd, other_vnd; None leaves the lines.
    Raises PermissionDenied, UploadRefused, ValidationError when the lines do not add up to what was spent.
    """
    with audit.transaction():
        held = common.hold(report, actor=actor, action="edit")
        held.entered_by = common.typist(held.task, actor)
        common.write(held, facts, REPORT_FACTS)
        if spending is not None:
            rows = [SpendingLine(report=held, sequence=number, **row) for number, row in enumerate(spending, start=1)]
            check_spending(held, rows)
            common.rewrite(rows, held.spending)
        for upload in files:
            store_upload(upload, actor=actor, subject=held, purpose=ATTACHMENT)
        common.note("edit", held, actor, percent=held.percent, spent_vnd=held.spent_vnd)
    return held


def check_spending(report: Report, rows: list[SpendingLine]) -> None:
    """Raise ValidationError when lines are given and their sum is not what the report says was spent."""
    if rows and report.spent_vnd is not None and sum(row.state_vnd for row in rows) != report.spent_vnd:
        message = _("The lines must add up to what was spent from the state budget.")
        raise ValidationError({"spent_vnd": message})
