"""The pages of a progress report."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from core.people.policy import can
from core.people.screens import screen
from core.ui.parts import Action, Fact, Panel
from core.workflow.pages import detail
from tasks import services
from tasks.forms.reports import ReportForm, SpendingSet, spending_initial
from tasks.lifecycle import ReportState
from tasks.models import Report

from . import tables
from .answers import Page, acting, crumbs_of, form_page
from .contracts import FORM
from .panels import facts_panel, files_of, files_panel, table_panel

RELATED = ("task__host", "task__principal_investigator")


@screen("view", Report, related=RELATED)
@require_GET
def report_detail(request: HttpRequest, report: Report) -> HttpResponse:
    """What the report says; before it is filed, only who writes it reads the draft."""
    user = acting(request)
    may_edit = can(user, "edit", report).allowed
    edit = Action(_("Write the report"), reverse("tasks:report-edit", args=[report.code]), icon="pencil")
    shown = may_edit or report.state != ReportState.DUE
    return detail(
        request,
        report,
        title=report.title,
        lead=report.task.title,
        panels=[*_panels(report, shown=shown), *(files_panel(files_of(report, user)) if shown else [])],
        actions=[edit] if may_edit else [],
        crumbs=crumbs_of(report)[:-1],
    )


def _panels(report: Report, *, shown: bool) -> list[Panel]:
    schedule = [
        Fact(_("Due on"), report.due_date, "date"),
        Fact(_("Period from"), report.period_from, "date"),
        Fact(_("Period to"), report.period_to, "date"),
        Fact(_("Host organisation"), report.task.host.name),
        Fact(_("Principal investigator"), str(report.task.principal_investigator)),
    ]
    found = [facts_panel(_("Facts"), schedule, slot="facts", icon="calendar")]
    if not shown:
        return found
    words = [
        Fact(_("Completed (%)"), "" if report.percent is None else f"{report.percent}%"),
        Fact(_("Spent from the state budget so far"), report.spent_vnd, "money"),
        Fact(_("Spent from other sources so far"), report.other_spent_vnd, "money"),
        Fact(_("Work done"), report.done, "long"),
        Fact(_("Work not done, and why"), report.not_done, "long"),
        Fact(_("Plan for the next period"), report.next_steps, "long"),
        Fact(_("Risks and proposals"), report.risks, "long"),
    ]
    spending = table_panel(
        _("Spending by budget line"), tables.SPENDING, report.spending.all(), slot="main", icon="money"
    )
    return [facts_panel(_("Report"), words, slot="main", icon="file"), spending, *found]


@screen("edit", Report, related=RELATED)
@FORM
def report_edit(request: HttpRequest, report: Report) -> HttpResponse:
    """Write the report; filing it is a step of its own."""
    data, files = request.POST or None, request.FILES or None
    form = ReportForm(data, files, instance=report)
    lines = SpendingSet(data, initial=spending_initial(report))

    def act() -> None:
        attached = form.cleaned_data["attachment"]
        services.save_report(
            report,
            actor=acting(request),
            facts=form.facts(),
            spending=lines.kept(),
            files=[attached] if attached else [],
        )

    page = Page(
        title=report.title,
        lead=report.task.title,
        done=_("The report is saved. File it when it is complete."),
        back=report.get_absolute_url(),
        formset_label=_("Budget line"),
        crumbs=crumbs_of(report),
    )
    return form_page(request, form, act, page, formset=lines)
