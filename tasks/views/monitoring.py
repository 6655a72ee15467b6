"""The monitoring page: how the running tasks stand, at one glance."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext, npgettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from core import clock
from core.money import percent_of
from core.people.policy import visible_to
from core.people.screens import PageKind, screen
from core.ui.charts import Donut, LineChart, Series, Slice, running_sums
from core.ui.formatting import BILLION, MILLION, short_vnd
from core.ui.listing import listing
from core.ui.parts import Figure, Panel, Tone
from tasks.forms.filters import MonitorFilter, ReportFilter
from tasks.lifecycle import ReportState
from tasks.models import Report
from tasks.selectors import money, monitored_tasks
from tasks.selectors.lists import Standing, planned_by_month, standing_figures

from . import tables
from .answers import acting
from .lists import tabs

MONTHS = range(1, 13)
# From here on the axis counts in billions.
MANY = 10 * BILLION


@screen("tasks.monitor", kind=PageKind.DASHBOARD)
@require_GET
def task_monitor(request: HttpRequest) -> HttpResponse:
    """Key figures, standing, money over the year, and the table of running tasks."""
    user, today = acting(request), clock.today()
    tasks = monitored_tasks(user, today)
    figures = standing_figures(tasks)
    to_review = visible_to(user, Report).filter(state=ReportState.FILED).count()
    return listing(
        request,
        tables.by_next_due(tasks.select_related("contract")),
        MonitorFilter,
        tables.MONITORED,
        template="tasks/task_monitor.html",
        title=_("Monitoring of running tasks"),
        tabs=tabs(user, "monitor"),
        figures=_cards(figures, to_review),
        panels=[_standing_panel(figures), _money_panel(tasks, today.year, today.month)],
    )


def _cards(figures: dict[str, int], to_review: int) -> list[Figure]:
    here, reports = reverse("tasks:task-monitor"), reverse("tasks:report-list")
    contracted = figures["contracted"]
    percent = percent_of(figures["paid"], contracted)
    money_note = f"{short_vnd(figures['paid'])} / {short_vnd(contracted)}"
    late = f"{here}?standing={Standing.OVERDUE}"
    waiting = gettext("%(number)s wait for acceptance") % {"number": figures[Standing.WAITING]}
    return [
        Figure(_("Running tasks"), figures["all"], waiting, Tone.INFO, here),
        Figure(_("Overdue"), figures[Standing.OVERDUE], _("a report or the acceptance dossier"), Tone.DANGER, late),
        Figure(_("Paid"), f"{percent}%", money_note, Tone.SUCCESS),
        Figure(_("Reports to review"), to_review, "", Tone.INFO, f"{reports}?show={ReportFilter.FILED}"),
    ]


def _standing_panel(figures: dict[str, int]) -> Panel:
    here = reverse("tasks:task-monitor")
    slices = [
        Slice(standing.label, figures[standing], tables.STANDING_TONES[standing], f"{here}?standing={standing}")
        for standing in Standing
    ]
    title = _("Tasks by standing")
    return Panel(
        title,
        "components/donut.html",
        {"chart": Donut(title, slices, npgettext("number", "task", "tasks", sum(one.value for one in slices)))},
        icon="chart",
    )


def _money_panel(tasks: Any, year: int, month: int) -> Panel:
    paid, planned = money.source().monthly_paid(year), planned_by_month(tasks, year)
    in_billions = max(sum(paid), sum(planned)) >= MANY
    unit, words = (BILLION, _("billion đồng")) if in_billions else (MILLION, _("million đồng"))
    title = gettext("Payments of %(year)s, cumulative (%(unit)s)") % {"year": year, "unit": words}
    done: list[int | None] = [*running_sums(paid, unit)[:month], *[None] * (len(MONTHS) - month)]
    lines = [
        Series(_("Paid"), done, Tone.INFO),
        Series(_("Planned"), running_sums(planned, unit), Tone.NEUTRAL, planned=True),
    ]
    chart = LineChart(title, [str(number) for number in MONTHS], lines, words)
    return Panel(title, "components/line_chart.html", {"chart": chart}, icon="money")
