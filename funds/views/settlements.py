"""Settlements: list, page, form."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.people.policy import can
from core.people.screens import PageKind, screen
from core.ui.listing import listing
from core.ui.parts import Fact
from core.workflow.pages import detail
from funds import services
from funds.choices import Bucket
from funds.forms.filters import SettlementFilter
from funds.forms.money import LineSet, SettlementForm
from funds.models import Settlement
from funds.selectors.books import books_of
from funds.selectors.lists import settlements_of
from tasks.forms.base import initial_rows
from tasks.models import Task

from . import tables
from .common import (
    FORM,
    Page,
    acting,
    books_panel,
    crumbs_to,
    edit_link,
    facts_panel,
    form_page,
    require_GET,
    table_panel,
    tabs,
    task_facts,
)

RELATED = ("task__host", "task__principal_investigator", "task__contract")


@screen("funds.settlements", kind=PageKind.LIST)
@require_GET
def settlement_list(request: HttpRequest) -> HttpResponse:
    """The settlements that the reader may see."""
    return listing(
        request,
        settlements_of(acting(request)),
        SettlementFilter,
        tables.SETTLEMENTS,
        title=_("Settlements"),
        tabs=tabs(request, "settlement-list"),
    )


@screen("view", Settlement, related=RELATED)
@require_GET
def settlement_detail(request: HttpRequest, settlement: Settlement) -> HttpResponse:
    """One settlement, item by item."""
    task = settlement.task
    editable = can(request.user, "edit", settlement)
    return detail(
        request,
        settlement,
        title=gettext("Settlement"),
        lead=task.title,
        panels=[
            facts_panel(_("Settlement"), _facts(settlement), slot="main", icon="money"),
            table_panel(_("Items"), tables.LINES, settlement.lines.all(), slot="main", icon="files"),
            facts_panel(_("Task"), task_facts(task), slot="main", icon="tasks"),
            books_panel(task.contract.state_value_vnd, books_of(task)),
        ],
        actions=[edit_link(_("Change the settlement"), "settlement-edit", settlement.code)] if editable else [],
        crumbs=crumbs_to(task),
    )


def _facts(settlement: Settlement) -> Iterator[Fact]:
    yield Fact(_("Spent and to be settled"), settlement.spent_vnd, "money")
    yield Fact(_("Given back"), settlement.returned_vnd, "money")
    if settlement.return_reference:
        yield Fact(_("Bank reference of the money given back"), settlement.return_reference, "code")
    if settlement.settled_on:
        yield Fact(_("Settled on"), settlement.settled_on, "date")
    yield Fact(_("Report on the use of the money"), settlement.report, "long")


@screen("settle_money", Task, related=("host",))
@FORM
def settlement_create(request: HttpRequest, task: Task) -> HttpResponse:
    """What was spent of the advances."""
    data = request.POST or None
    form = SettlementForm(data, initial={"spent_vnd": books_of(task).lies_in(Bucket.ADVANCED)})
    lines = LineSet(data, initial=_items(task))

    def act() -> str:
        made = services.create_settlement(
            task, actor=acting(request), facts=form.facts(), lines=_kept(lines), key=form.acting_key
        )
        return made.get_absolute_url()

    page = Page(
        title=_("Write a settlement"),
        lead=task.title,
        done=_("The settlement is saved. It goes out when the signer takes the step."),
        back=task.get_absolute_url(),
        formset_label=_("Item"),
        crumbs=crumbs_to(task),
    )
    return form_page(request, form, act, page, formset=lines)


@screen("edit", Settlement, related=("task",))
@FORM
def settlement_edit(request: HttpRequest, settlement: Settlement) -> HttpResponse:
    """Change a draft."""
    data = request.POST or None
    form = SettlementForm(data, instance=settlement)
    lines = LineSet(data, initial=initial_rows(settlement.lines.all(), "item", "approved_vnd", "spent_vnd"))

    def act() -> None:
        services.edit_settlement(settlement, actor=acting(request), facts=form.facts(), lines=_kept(lines))

    page = Page(
        title=_("Settlement"),
        lead=settlement.title,
        done=_("The settlement is saved."),
        back=settlement.get_absolute_url(),
        formset_label=_("Item"),
        crumbs=crumbs_to(settlement.task, settlement),
    )
    return form_page(request, form, act, page, formset=lines)


def _items(task: Task) -> list[dict[str, Any]]:
    """The approved items of the task, nothing spent yet."""
    return [{"item": line.item, "approved_vnd": line.state_vnd, "spent_vnd": 0} for line in task.budget_lines.all()]


def _kept(lines: Any) -> list[dict[str, Any]]:
    """The items on which something was spent."""
    return [row for row in lines.kept() if row.get("spent_vnd")]
