"""Lists of orders: composing them from recommended proposals."""

from uuid import uuid5

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from core.audit import service as audit
from core.money import VND
from core.people.policy import can, may, visible_to
from core.people.screens import PageKind, screen
from core.regulations.pages import rules_fact
from core.ui.cells import Kind
from core.ui.listing import listing
from core.ui.parts import Action, Fact
from core.ui.tables import Column, Table
from core.workflow import pages
from proposals import services
from proposals.forms.fields import rows_of
from proposals.forms.orders import ComposeForm, OrderForm, OrderListForm, ProductForms
from proposals.lifecycle import OrderState
from proposals.models import Order, OrderList
from proposals.selectors.completeness import missing_in_order

from . import panels
from .answers import FORM, Part, acting, made_before, record_form
from .filters import OrderListFilter
from .tables import ORDER_LISTS, counted, tabs

LIST = "proposals:order_list-list"


def _origin(order: Order) -> str:
    """The proposals behind an order, or its other origin; and how its host is found."""
    codes = ", ".join(proposal.code for proposal in order.proposals.all())
    return f"{codes or order.get_origin_display()} · {order.get_mode_display()}"


ITEMS = Table(
    caption=gettext_lazy("Orders of the list"),
    empty=gettext_lazy("No order yet. Take recommended proposals onto the list."),
    columns=[
        Column("code", gettext_lazy("Code"), Kind.CODE),
        Column(
            "title",
            gettext_lazy("Title"),
            Kind.TITLE,
            url=lambda one: str(one.get_absolute_url()),
            note=_origin,
        ),
        Column("state_budget_vnd", gettext_lazy("State budget (đồng)"), Kind.MONEY),
        Column("months", gettext_lazy("Months"), Kind.NUMBER),
        Column("state", gettext_lazy("Status"), Kind.BADGE, value=lambda one: one),
    ],
)


@screen("order_lists.list", kind=PageKind.LIST)
@require_GET
def order_list_list(request: HttpRequest) -> HttpResponse:
    actions = []
    if may(request.user, "order_lists.create"):
        actions = [Action(_("New list"), reverse("proposals:order_list-create"), primary=True, icon="plus")]
    rows = counted(visible_to(request.user, OrderList), order_count="orders")
    title = _("Lists of orders")
    return listing(request, rows, OrderListFilter, ORDER_LISTS, title=title, actions=actions, tabs=tabs(request))


@screen("view", OrderList)
@require_GET
def order_list_detail(request: HttpRequest, order_list: OrderList) -> HttpResponse:
    rows = order_list.orders.select_related("receiver", "direct_host").prefetch_related("proposals", "products")
    orders = list(rows.order_by("code"))
    living = [order for order in orders if order.state != OrderState.CANCELLED]
    editable = can(request.user, "edit", order_list).allowed
    actions = []
    if editable:
        code = [order_list.code]
        actions = [
            Action(_("Take proposals onto the list"), reverse("proposals:order_list-compose", args=code), primary=True),
            Action(_("New order without a proposal"), reverse("proposals:order_list-add", args=code), icon="plus"),
            Action(_("Edit"), reverse("proposals:order_list-edit", args=code), icon="pencil"),
        ]
    facts = [
        Fact(_("Plan year"), str(order_list.plan_year)),
        Fact(_("Level"), order_list.get_level_display()),
        Fact(_("Payer"), order_list.get_payer_display()),
        rules_fact(order_list.regulation),
    ]
    state, other = sum(one.state_budget_vnd for one in living), sum(one.other_budget_vnd for one in living)
    return pages.detail(
        request,
        order_list,
        title=order_list.title,
        crumbs=panels.crumb(LIST, _("Lists of orders")),
        actions=actions,
        notes=panels.missing_note(_missing(living), _("Still missing before the approval")) if editable else [],
        panels=[
            panels.table_panel(_("Orders"), ITEMS, orders, slot="main", icon="flag"),
            panels.facts_panel(_("List"), facts),
            panels.money_panel(VND(state), VND(other)),
        ],
    )


def _missing(orders: list[Order]) -> list[str]:
    found = [(order.code, missing_in_order(order)) for order in orders if order.state == OrderState.PLANNED]
    return [f"{code}: {', '.join(missing)}" for code, missing in found if missing]


def _form_page(request: HttpRequest, order_list: OrderList | None) -> HttpResponse:
    form = OrderListForm(request.POST or None, order_list=order_list)

    def act() -> OrderList:
        if order_list is None:
            return services.create_order_list(actor=acting(request), facts=form.facts(), key=form.acting_key)
        return services.edit_order_list(order_list, actor=acting(request), facts=form.facts())

    return record_form(
        request,
        form,
        act,
        title=_("Edit the list") if order_list else _("New list"),
        submit_label=_("Save the draft"),
        done=_("The list is saved."),
        back=order_list.get_absolute_url() if order_list else reverse(LIST),
        crumbs=panels.crumb(LIST, _("Lists of orders")),
    )


@screen("order_lists.create", kind=PageKind.FORM)
@FORM
def order_list_create(request: HttpRequest) -> HttpResponse:
    return _form_page(request, None)


@screen("edit", OrderList)
@FORM
def order_list_edit(request: HttpRequest, order_list: OrderList) -> HttpResponse:
    return _form_page(request, order_list)


@screen("edit", OrderList)
@FORM
def order_list_compose(request: HttpRequest, order_list: OrderList) -> HttpResponse:
    if made_before(request, Order, "0", *request.POST.getlist("proposals")) is not None:
        return redirect(order_list.get_absolute_url())
    form = ComposeForm(request.POST or None, order_list=order_list, user=acting(request))

    def act() -> OrderList:
        compose(order_list, form, request)
        return order_list

    return record_form(
        request,
        form,
        act,
        title=_("Take proposals onto the list"),
        submit_label=_("Make the orders"),
        done=_("The orders stand on the draft list: complete each of them."),
        back=order_list.get_absolute_url(),
        notes=[{"tone": "info", "title": order_list.code, "text": order_list.title}],
    )


def compose(order_list: OrderList, form: ComposeForm, request: HttpRequest) -> None:
    """One order each, one of all, or several of one; all of them or none."""
    user, key, chosen = acting(request), form.acting_key, list(form.cleaned_data["proposals"])
    with audit.transaction():
        match form.cleaned_data["how"]:
            case form.MERGE:
                services.merge_into_order(order_list, actor=user, proposals=chosen, key=key)
            case form.SPLIT:
                services.split_into_orders(
                    order_list, actor=user, proposal=chosen[0], titles=form.title_lines(), key=key
                )
            case _each:
                for one in chosen:
                    services.merge_into_order(order_list, actor=user, proposals=[one], key=uuid5(key, one.code))


@screen("edit", OrderList)
@FORM
def order_list_add(request: HttpRequest, order_list: OrderList) -> HttpResponse:
    form = OrderForm(request.POST or None)
    products = ProductForms(request.POST or None, prefix="products")

    def act() -> Order:
        return services.create_order(
            order_list, actor=acting(request), facts=form.facts(), products=rows_of(products), key=form.acting_key
        )

    return record_form(
        request,
        form,
        act,
        title=_("New order without a proposal"),
        submit_label=_("Save the order"),
        done=_("The order is saved."),
        back=order_list.get_absolute_url(),
        parts=[Part(_("Results"), _("Result"), products)],
    )
