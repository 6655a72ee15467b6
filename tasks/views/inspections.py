"""The pages of an inspection."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from core.people.models import User
from core.people.policy import can
from core.people.screens import screen
from core.ui.parts import Action, Fact, Panel, Person
from core.workflow.pages import detail
from tasks import services
from tasks.forms.base import initial_rows
from tasks.forms.inspections import FindingSet, PlanForm, RecordForm
from tasks.models import Inspection, Task

from . import tables
from .answers import Page, acting, crumbs_of, form_page
from .contracts import FORM
from .panels import PEOPLE, facts_panel, table_panel

RELATED = ("task__host", "head")


@screen("view", Inspection, related=RELATED)
@require_GET
def inspection_detail(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """Plan, findings, verdict."""
    return detail(
        request,
        inspection,
        title=f"{inspection.title} · {inspection.get_kind_display()}",
        lead=inspection.task.title,
        panels=_panels(inspection),
        actions=list(_actions(inspection, acting(request))),
        crumbs=crumbs_of(inspection)[:-1],
    )


def _actions(inspection: Inspection, user: User) -> Iterator[Action]:
    pages = (("edit", _("Change the plan"), "inspection-edit"), ("record", _("Record the result"), "inspection-record"))
    for action, label, name in pages:
        if can(user, action, inspection):
            yield Action(label, reverse(f"tasks:{name}", args=[inspection.code]), icon="pencil")


def _panels(inspection: Inspection) -> list[Panel]:
    plan = [
        Fact(_("Planned on"), inspection.planned_on, "date"),
        Fact(_("Venue"), inspection.place),
        Fact(_("Ground"), inspection.ground),
        Fact(_("Head of the inspection"), str(inspection.head)),
        Fact(_("Period from"), inspection.period_from, "date"),
        Fact(_("Period to"), inspection.period_to, "date"),
    ]
    found = [facts_panel(_("Plan"), plan, slot="main", icon="calendar")]
    if not inspection.verdict:
        return found
    result = [
        Fact(_("Verdict"), inspection.get_verdict_display()),
        Fact(_("Began at"), inspection.held_at, "datetime"),
        Fact(_("Closed at"), inspection.closed_at, "datetime"),
        Fact(_("Completed (%)"), "" if inspection.percent is None else f"{inspection.percent}%"),
        Fact(_("Spent so far"), inspection.spent_vnd, "money"),
        Fact(_("Settled so far"), inspection.settled_vnd, "money"),
        Fact(_("What was found"), inspection.facts, "long"),
        Fact(_("Requests to the host"), inspection.requests, "long"),
    ]
    people = [
        Person(one["name"], one["role"], one["unit"]) for one in [*inspection.inspectors, *inspection.host_people]
    ]
    return [
        *found,
        facts_panel(_("Outcome"), result, slot="main", icon="search"),
        table_panel(_("Points inspected"), tables.FINDINGS, inspection.findings.all(), slot="main", icon="flag"),
        Panel(_("People"), PEOPLE, {"people": people}, slot="people", icon="users"),
    ]


@screen("plan_inspection", Task)
@FORM
def inspection_create(request: HttpRequest, task: Task) -> HttpResponse:
    """Plan an inspection of a task."""
    user = acting(request)
    form = PlanForm(request.POST or None, user=user, instance=Inspection(task=task))

    def act() -> str:
        made = services.plan_inspection(task, actor=user, facts=form.facts(), key=form.acting_key)
        return made.get_absolute_url()

    page = Page(
        title=_("Plan an inspection"),
        lead=task.title,
        done=_("The inspection is planned. Announce it in time."),
        back=task.get_absolute_url(),
        crumbs=crumbs_of(task),
    )
    return form_page(request, form, act, page)


@screen("edit", Inspection, related=RELATED)
@FORM
def inspection_edit(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """Change the plan before it is announced."""
    user = acting(request)
    form = PlanForm(request.POST or None, user=user, instance=inspection)

    def act() -> None:
        services.change_plan(inspection, actor=user, facts=form.facts())

    page = Page(
        title=_("Change the plan"),
        lead=inspection.task.title,
        done=_("The plan is changed."),
        back=inspection.get_absolute_url(),
        crumbs=crumbs_of(inspection),
    )
    return form_page(request, form, act, page)


@screen("record", Inspection, related=RELATED)
@FORM
def inspection_record(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """Write down what was found."""
    data = request.POST or None
    form = RecordForm(data, instance=inspection)
    lines = FindingSet(data, initial=initial_rows(inspection.findings.all(), "content", "planned", "done"))

    def act() -> None:
        services.record_inspection(inspection, actor=acting(request), facts=form.facts(), findings=lines.kept())

    page = Page(
        title=_("Record the result"),
        lead=inspection.task.title,
        done=_("The result is recorded. Conclude the inspection to issue the minutes."),
        back=inspection.get_absolute_url(),
        formset_label=_("Point inspected"),
        crumbs=crumbs_of(inspection),
    )
    return form_page(request, form, act, page, formset=lines)
