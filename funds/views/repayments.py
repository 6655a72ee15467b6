"""Repayments of a recovery: list, page, form; the ground on which a recovery ends."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.people.screens import PageKind, screen
from core.ui.listing import listing
from core.ui.parts import Fact
from core.workflow.pages import detail
from funds import services
from funds.forms.filters import RepaymentFilter
from funds.forms.money import ClosingForm, RepaymentForm
from funds.models import Repayment
from funds.selectors.books import books_of
from funds.selectors.lists import repayments_of
from tasks.models import Task

from . import tables
from .common import (
    FORM,
    Page,
    acting,
    books_panel,
    crumbs_to,
    facts_panel,
    form_page,
    require_GET,
    tabs,
    task_facts,
)

RELATED = ("task__host", "task__principal_investigator", "task__contract", "recorded_by")


@screen("funds.repayments", kind=PageKind.LIST)
@require_GET
def repayment_list(request: HttpRequest) -> HttpResponse:
    """The repayments that the reader may see."""
    return listing(
        request,
        repayments_of(acting(request)),
        RepaymentFilter,
        tables.REPAYMENTS,
        title=_("Repayments"),
        lead=_("What came back of recoveries. Advances given back unspent stand in the settlements."),
        tabs=tabs(request, "repayment-list"),
    )


@screen("view", Repayment, related=RELATED)
@require_GET
def repayment_detail(request: HttpRequest, repayment: Repayment) -> HttpResponse:
    """One repayment."""
    task = repayment.task
    return detail(
        request,
        repayment,
        title=gettext("Repayment"),
        lead=task.title,
        panels=[
            facts_panel(_("Repayment"), _facts(repayment), slot="main", icon="bank"),
            facts_panel(_("Task"), task_facts(task), slot="main", icon="tasks"),
            books_panel(task.contract.state_value_vnd, books_of(task)),
        ],
        crumbs=crumbs_to(task),
    )


def _facts(repayment: Repayment) -> Iterator[Fact]:
    yield Fact(_("Amount"), repayment.amount_vnd, "money")
    yield Fact(_("Received on"), repayment.received_on, "date")
    yield Fact(_("Bank reference"), repayment.bank_reference, "code")
    yield Fact(_("Recorded by"), str(repayment.recorded_by))


@screen("repay_money", Task, related=("host",))
@FORM
def repayment_create(request: HttpRequest, task: Task) -> HttpResponse:
    """Money of a recovery that came in."""
    form = RepaymentForm(request.POST or None)

    def act() -> str:
        made = services.record_repayment(task, **form.facts(), actor=acting(request), key=form.acting_key)
        return made.get_absolute_url()

    page = Page(
        title=_("Record a repayment"),
        lead=task.title,
        done=_("The repayment is recorded. The chief accountant confirms it."),
        back=task.get_absolute_url(),
        crumbs=crumbs_to(task),
    )
    return form_page(request, form, act, page)


@screen("close_debt", Task, related=("host",))
@FORM
def closing_create(request: HttpRequest, task: Task) -> HttpResponse:
    """Why the recovery ends although money is missing."""
    form = ClosingForm(request.POST or None)

    def act() -> None:
        services.record_closing(task, actor=acting(request), facts=form.facts(), key=form.acting_key)

    page = Page(
        title=_("Ground for closing the recovery"),
        lead=task.title,
        done=_("The ground is recorded. The chief accountant closes the recovery."),
        back=task.get_absolute_url(),
        crumbs=crumbs_to(task),
    )
    return form_page(request, form, act, page)
