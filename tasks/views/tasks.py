"""The pages of one task."""

from typing import Any

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from core.people.policy import visible_to
from core.people.screens import screen
from core.ui import badges
from core.ui.parts import Tab, panels_by_slot
from core.workflow.pages import detail
from tasks.lifecycle import TaskState
from tasks.models import Amendment, Task

from .answers import acting, crumbs_of
from .panels import course_panels, files_of, files_panel, task_actions, task_panels

RELATED = (
    "host",
    "principal_investigator",
    "managing_body",
    "receiver",
    "order",
    "contract__paying_body",
    "acceptance_file",
    "termination",
    "registration",
    "recognition",
    "liquidation",
)
COURSE = ("reports", "inspections", "members")
# States in which a suspension can be prepared or is in force.
MAY_REST = (TaskState.RUNNING, TaskState.SUSPENDED)


@screen("view", Task, related=RELATED)
@require_GET
def task_detail(request: HttpRequest, task: Task) -> HttpResponse:
    """Facts, contract, products, reports, acceptance; the rest comes from the rooms above."""
    user = acting(request)
    prefetch_related_objects([task], *_parts(task))
    return detail(
        request,
        task,
        title=task.title,
        panels=task_panels(task),
        actions=task_actions(task, user),
        crumbs=crumbs_of(task)[:-1],
        tabs=_tabs(task, "detail"),
    )


def _parts(task: Task) -> list[Any]:
    """Only what a task in this state can have: each is a query."""
    if task.unconfirmed:
        return [
            "products",
            "members",
            "earlier_papers",
            *(["contract__instalments"] if hasattr(task, "contract") else []),
        ]
    wanted = ["products", "reports"]
    if hasattr(task, "contract"):
        wanted.append("contract__instalments")
    if hasattr(task, "termination"):
        wanted.append("recovery_orders")
    if task.state in MAY_REST:
        wanted.append("suspensions")
    return wanted


def _tabs(task: Task, current: str) -> list[Tab]:
    pages = {"detail": (_("Overview"), "tasks:task-detail"), "course": (_("Course of the work"), "tasks:task-course")}
    return [Tab(label, reverse(url, args=[task.code]), name == current) for name, (label, url) in pages.items()]


@screen("view", Task, related=("host", "principal_investigator", "contract"))
@require_GET
def task_course(request: HttpRequest, task: Task) -> HttpResponse:
    """Payments, reports, inspections, amendments, people, files."""
    user = acting(request)
    prefetch_related_objects([task], *COURSE)
    amendments = list(visible_to(user, Amendment).filter(task=task))
    context = {
        "title": task.title,
        "code": task.code,
        "badge": badges.of(task),
        "tabs": _tabs(task, "course"),
        "crumbs": crumbs_of(task)[:-1],
        "slots": panels_by_slot([*course_panels(task, amendments), *files_panel(files_of(task, user))]),
    }
    return render(request, "generic/detail.html", context)
