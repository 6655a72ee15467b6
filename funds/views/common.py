"""What the pages of money share: tabs, crumbs, the money panel of a paper."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from core.money import VND
from core.people.policy import may
from core.ui.parts import Action, Crumb, Fact, MoneyLine, Panel, Tab, Tone
from core.workflow.models import Stepped
from funds.choices import Bucket
from funds.postings import Edge
from funds.selectors.books import Books
from tasks.models import Task
from tasks.views.answers import Page, acting, form_page
from tasks.views.panels import facts_panel, table_panel

__all__ = ["FORM", "Page", "acting", "facts_panel", "form_page", "require_GET", "table_panel"]

FORM = require_http_methods(["GET", "HEAD", "POST"])
PAGES = (
    ("overview", "funds.overview", _("Overview")),
    ("plan-list", "funds.plans", _("Year plans")),
    ("estimate-list", "funds.estimates", _("Year estimates")),
    ("disbursement-list", "funds.disbursements", _("Disbursements")),
    ("settlement-list", "funds.settlements", _("Settlements")),
    ("repayment-list", "funds.repayments", _("Repayments")),
)


def tabs(request: HttpRequest, current: str) -> list[Tab]:
    """The pages of this room that the reader may open."""
    return [
        Tab(label, reverse(f"funds:{name}"), name == current)
        for name, action, label in PAGES
        if may(request.user, action)
    ]


def crumbs_to(task: Task, *more: Stepped) -> tuple[Crumb, ...]:
    """The way from the list of tasks to a record of a task's money."""
    tasks = Crumb(_("Tasks"), reverse("tasks:task-list"))
    return (tasks, *(Crumb(one.code, one.get_absolute_url()) for one in (task, *more)))


def task_facts(task: Task) -> list[Fact]:
    """The task that a paper is about."""
    return [
        Fact(_("Task"), task.title, "long"),
        Fact(_("Task code"), task.code, "link", task.get_absolute_url()),
        Fact(_("Host organisation"), task.host.name),
    ]


def books_panel(contracted: int, books: Books) -> Panel:
    """Where the task's money lies now."""
    lines = [
        MoneyLine(_("Contract value from the state budget"), VND(contracted)),
        MoneyLine(_("Paid"), books.paid_vnd, VND(contracted)),
        MoneyLine(_("Granted, not paid"), VND(books.lies_in(Bucket.ALLOCATED) + books.lies_in(Bucket.COMMITTED))),
    ]
    if books.paid_vnd:
        lines.append(MoneyLine(_("Settled"), books.flowed(Edge.SETTLE), books.paid_vnd, Tone.SUCCESS))
        lines.append(MoneyLine(_("Advances not settled"), books.lies_in(Bucket.ADVANCED), tone=Tone.WARNING))
    if books.lies_in(Bucket.RECOVERABLE):
        lines.append(MoneyLine(_("To be recovered"), books.lies_in(Bucket.RECOVERABLE), tone=Tone.DANGER))
    return Panel(_("Money of the task"), "components/money.html", {"lines": lines}, slot="money", icon="money")


def edit_link(label: Any, name: str, code: str) -> Action:
    """A button that opens a form of facts."""
    return Action(label, reverse(f"funds:{name}", args=[code]), icon="pencil")
