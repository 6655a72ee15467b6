"""The lists: tasks of all levels, reports due and overdue, inspections, amendments."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from core.people.models import User
from core.people.policy import may, visible_to
from core.people.roles import Level
from core.people.screens import PageKind, screen
from core.ui.listing import listing
from core.ui.parts import Action, Tab
from tasks.forms.filters import AmendmentFilter, InspectionFilter, ReportFilter, TaskFilter
from tasks.lifecycle import Management
from tasks.models import Amendment, Inspection, Report, Task
from tasks.selectors.lists import counted_tasks, level_counts, listed_tasks

from . import tables
from .answers import acting

PART = ("task__host", "task__principal_investigator")


@screen("tasks.list", kind=PageKind.LIST)
@require_GET
def task_list(request: HttpRequest) -> HttpResponse:
    """Every task one may see, of all levels, managed and followed; counts are by level."""
    user = acting(request)
    return listing(
        request,
        tables.by_next_due(listed_tasks(user)),
        TaskFilter,
        tables.TASKS,
        title=_("Tasks"),
        tabs=_level_tabs(request, counted_tasks(user)),
        actions=_actions(user),
    )


def _actions(user: User) -> list[Action]:
    """To the other lists of the room, and the entry of old tasks."""
    monitor = Action(_("Monitoring"), reverse("tasks:task-monitor"), icon="chart")
    reports = Action(_("Progress reports"), reverse("tasks:report-list"), icon="file")
    adopt = Action(_("Enter a task from before"), reverse("tasks:task-adopt"), icon="plus")
    wanted = [("tasks.monitor", monitor), ("tasks.reports", reports), ("tasks.adopt", adopt)]
    return [action for name, action in wanted if may(user, name)]


def _level_tabs(request: HttpRequest, tasks: QuerySet[Task]) -> list[Tab]:
    counts = level_counts(tasks)
    here, asked = request.path, request.GET
    followed = sum(number for (_level, management), number in counts.items() if management == Management.FOLLOWED)
    tabs = [Tab(_("All levels"), here, not {"level", "management"} & set(asked), sum(counts.values()))]
    for level in Level:
        number = sum(counts.get((level, management), 0) for management in Management.values)
        tabs.append(Tab(level.label, f"{here}?level={level}", asked.get("level") == level, number))
    chosen = asked.get("management") == Management.FOLLOWED
    return [*tabs, Tab(_("Followed"), f"{here}?management={Management.FOLLOWED}", chosen, followed)]


@screen("tasks.reports", kind=PageKind.LIST)
@require_GET
def report_list(request: HttpRequest) -> HttpResponse:
    """Due and overdue reports; others on request."""
    user = acting(request)
    rows: QuerySet[Any] = visible_to(user, Report).select_related(*PART)
    return listing(request, rows, ReportFilter, tables.REPORTS, title=_("Progress reports"), tabs=tabs(user, "reports"))


@screen("tasks.inspections", kind=PageKind.LIST)
@require_GET
def inspection_list(request: HttpRequest) -> HttpResponse:
    """Inspections, the latest first."""
    user = acting(request)
    rows: QuerySet[Any] = visible_to(user, Inspection).select_related(*PART)
    return listing(
        request, rows, InspectionFilter, tables.INSPECTIONS, title=_("Inspections"), tabs=tabs(user, "inspections")
    )


@screen("tasks.amendments", kind=PageKind.LIST)
@require_GET
def amendment_list(request: HttpRequest) -> HttpResponse:
    """Amendments, the latest first."""
    user = acting(request)
    rows: QuerySet[Any] = visible_to(user, Amendment).select_related(*PART)
    return listing(
        request, rows, AmendmentFilter, tables.AMENDMENTS, title=_("Amendments"), tabs=tabs(user, "amendments")
    )


def tabs(user: User, current: str) -> list[Tab]:
    """The lists beside each other, as far as the user may open them."""
    pages = {
        "list": (_("Tasks"), "tasks:task-list"),
        "monitor": (_("Monitoring"), "tasks:task-monitor"),
        "reports": (_("Progress reports"), "tasks:report-list"),
        "inspections": (_("Inspections"), "tasks:inspection-list"),
        "amendments": (_("Amendments"), "tasks:amendment-list"),
    }
    return [
        Tab(label, reverse(url), name == current) for name, (label, url) in pages.items() if may(user, f"tasks.{name}")
    ]
