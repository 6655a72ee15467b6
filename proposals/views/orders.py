"""Orders: list, page, form, change, ground, invitation, opening."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.forms import formset_factory
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from core import clock
from core.people.policy import allowed, may, visible_to
from core.people.roles import INSIDE
from core.people.screens import PageKind, screen
from core.people.selectors import users_with_role
from core.ui.listing import listing
from core.ui.parts import Action, Fact, Panel, Person
from core.workflow import pages
from proposals import policy, services
from proposals.forms.fields import rows_of
from proposals.forms.orders import (
    AnswerDayForm,
    ChangeForm,
    FindingForm,
    Findings,
    OpeningForm,
    OrderForm,
    ProductForms,
)
from proposals.models import Dossier, Opening, Order, Proposal
from proposals.selectors.dossiers import RECOMMENDED, prepared_opening, submitted_dossiers, with_parties
from proposals.services.openings import Finding, Occasion
from proposals.services.orders import PRODUCT_FACTS

from . import panels
from .answers import FORM, Part, acting, record_form
from .filters import OrderFilter
from .tables import ORDERS, by_due, tabs

LIST = "proposals:order-list"
RELATED = ("order_list", "selection_call", "direct_host", "receiver")
PRESENT = ("chair", "secretary")


@screen("orders.list", kind=PageKind.LIST)
@require_GET
def order_list(request: HttpRequest) -> HttpResponse:
    rows = by_due(visible_to(request.user, Order))
    actions = []
    if may(request.user, "orders.adopt"):
        actions = [Action(_("Enter an order from before"), reverse("proposals:order-adopt"))]
    return listing(request, rows, OrderFilter, ORDERS, title=_("Orders"), actions=actions, tabs=tabs(request))


# In which states something is offered.
OFFERED: Mapping[str, Sequence[str]] = {
    "apply": policy.RECEIVING,
    "edit": policy.PLANNED,
    "open": policy.RECEIVING,
    "change": policy.CHANGEABLE,
    "ground": policy.GROUNDED,
}


@screen("view", Order, related=RELATED, asks=tuple(OFFERED))
@require_GET
def order_detail(request: HttpRequest, order: Order) -> HttpResponse:
    user: Any = request.user
    seen = with_parties(visible_to(user, Dossier).filter(order=order))
    dossiers = list(seen.select_related(*(f"opening__{who}" for who in PRESENT)).order_by("rank", "code"))
    actions, asides = _actions(request, order)
    return pages.detail(
        request,
        order,
        title=order.title,
        crumbs=panels.crumb(LIST, _("Orders")),
        actions=actions,
        asides=asides,
        panels=_panels(request, order, dossiers),
        loaded=_recommended(dossiers) if panels.is_inside(user) else None,
    )


def _recommended(dossiers: Sequence[Dossier]) -> dict[str, Any]:
    """What the guards would load again: the administration sees every dossier that a council could recommend."""
    found = sorted((one for one in dossiers if one.state in RECOMMENDED), key=lambda one: one.code)
    return {"recommended": found[0] if found else None}


def _actions(request: HttpRequest, order: Order) -> tuple[list[Action], list[Action]]:
    """What leads on, and what is written for a step off the usual way."""
    code, found, asides = [order.code], list[Action](), list[Action]()
    offered = {action for action, states in OFFERED.items() if order.state in states}
    mine = allowed(request.user, order, *offered, *(["edit"] if order.unconfirmed else []))

    def offer(action: str, name: str, label: str, among: list[Action] = found, **more: Any) -> None:
        if action in mine:
            among.append(Action(label, reverse(f"proposals:{name}", args=code), **more))

    offer("apply", "dossier-create", _("New dossier"), primary=True, icon="plus")
    offer("edit", "order-edit", _("Edit"), icon="pencil")
    offer("open", "order-opening", _("Record the opening"), primary=True)
    offer("change", "order-change", _("Prepare a change"), icon="pencil")
    if order.is_direct:
        offer("change", "order-answer-day", _("Name the day for the dossier"), dialog=True)
    offer("ground", "order-ground", _("Write the ground of a decision"), among=asides, dialog=True)
    return found, asides


def _panels(request: HttpRequest, order: Order, dossiers: Sequence[Dossier]) -> list[Panel]:
    user: Any = request.user
    inside = panels.is_inside(user)
    made = [
        panels.facts_panel(pgettext("item of the list", "Order"), _facts(order, inside=inside)),
        panels.table_panel(_("Results"), panels.PRODUCTS, order.products.all(), icon="flag"),
        panels.money_panel(order.state_budget_vnd, order.other_budget_vnd),
        panels.people_panel(_people(order)),
    ]
    if dossiers:
        made.append(panels.table_panel(_("Dossiers"), panels.OPENED, dossiers, icon="files"))
    sources = visible_to(user, Proposal).filter(order_sources__order=order).order_by("code")
    if sources:
        made.append(panels.lineage_panel(_("Made of these proposals"), sources))
    if inside:
        made += _inside(order, dossiers)
    return made


def _inside(order: Order, dossiers: Sequence[Dossier]) -> list[Panel]:
    """What only the administration reads: openings, changes."""
    made = []
    opening = _opening(order, dossiers)
    if opening is not None:
        facts = [
            Fact(_("Opened at"), opening.opened_at, "datetime"),
            Fact(_("Venue"), opening.place),
            Fact(_("Chaired by"), str(opening.chair)),
            Fact(_("Secretary"), str(opening.secretary)),
            Fact(_("Also present"), opening.present, "long"),
            Fact(_("Remarks"), opening.remarks, "long"),
        ]
        made.append(panels.facts_panel(_("Opening of the dossiers"), facts))
    changes = list(order.changes.all())
    if changes:
        made.append(panels.table_panel(_("Changes of the order"), panels.CHANGES, changes, icon="history"))
    return made


def _opening(order: Order, dossiers: Sequence[Dossier]) -> Opening | None:
    """The one that is prepared, else the last: read with the dossiers that were opened in it."""
    opened = [one.opening for one in dossiers if one.opening is not None]
    if opened and order.state not in policy.RECEIVING:
        return max(opened, key=lambda one: one.pk)
    return order.openings.select_related(*PRESENT).order_by("is_held", "-pk").first()


def _facts(order: Order, *, inside: bool) -> list[Fact]:
    facts = [
        Fact(_("Plan year"), str(order.plan_year)),
        Fact(_("Field"), order.get_field_display()),
        Fact(_("Type of research"), order.get_research_type_display()),
        Fact(_("Level"), order.get_level_display()),
        Fact(_("Payer"), order.get_payer_display()),
        Fact(_("How the host is found"), order.get_mode_display()),
        Fact(_("Duration (months)"), order.months or ""),
        Fact(_("Ownership of the results"), _("The State") if order.state_keeps_ownership else _("The host")),
        Fact(_("Origin"), order.get_origin_display()),
        Fact(_("Document of the origin"), order.origin_note),
    ]
    if order.order_list is not None and inside:
        facts.append(Fact(_("List of orders"), order.order_list.code, "code", order.order_list.get_absolute_url()))
    if order.former_code:
        facts.append(Fact(_("Former code"), order.former_code, "code"))
    if order.order_list is None:
        facts += [
            Fact(_("Decision approving the list: number"), order.listed_symbol, "code"),
            Fact(_("Decision approving the list: date"), order.listed_on, "date"),
            Fact(_("Decision approving the list: issued by"), order.listed_by),
        ]
    if order.selection_call is not None:
        call = order.selection_call
        facts += [
            Fact(_("Selection call"), call.code, "code", call.get_absolute_url()),
            Fact(_("Closes at"), call.closes_at, "datetime"),
        ]
    if order.answer_by:
        facts.append(Fact(_("Dossier expected by"), order.answer_by, "date"))
    if inside and order.decision_ground:
        facts.append(Fact(_("Ground of the decision"), order.decision_ground, "long"))
    return [*facts, Fact(_("Objectives"), order.objectives, "long")]


def _people(order: Order) -> list[Person]:
    named = (
        (order.direct_host, _("Organisation for direct assignment")),
        (order.receiver, _("Receiving organisation")),
    )
    return [Person(organisation.name, part) for organisation, part in named if organisation is not None]


@screen("edit", Order, related=("order_list",))
@FORM
def order_edit(request: HttpRequest, order: Order) -> HttpResponse:
    form = OrderForm(request.POST or None, order=order)
    rows = [{name: getattr(one, name) for name in PRODUCT_FACTS} for one in order.products.all()]
    products = ProductForms(request.POST or None, initial=rows, prefix="products")

    def act() -> Order:
        return services.edit_order(order, actor=acting(request), facts=form.facts(), products=rows_of(products))

    return record_form(
        request,
        form,
        act,
        title=order.title,
        submit_label=_("Save the order"),
        done=_("The order is saved."),
        back=order.get_absolute_url(),
        parts=[Part(_("Results"), _("Result"), products)],
    )


@screen("change", Order)
@FORM
def order_change(request: HttpRequest, order: Order) -> HttpResponse:
    form = ChangeForm(request.POST or None, order=order)

    def act() -> Order:
        facts = form.facts()
        ground = str(facts.pop("ground"))
        services.record_order_change(order, actor=acting(request), facts=facts, ground=ground)
        return order

    return record_form(
        request,
        form,
        act,
        title=_("Prepare a change"),
        submit_label=_("Save the change"),
        done=_("The change is prepared: the amending decision puts it in force."),
        back=order.get_absolute_url(),
        notes=[{"tone": "info", "title": order.code, "text": order.title}],
    )


@screen("change", Order)
@FORM
def order_answer_day(request: HttpRequest, order: Order) -> HttpResponse:
    form = AnswerDayForm(request.POST or None, initial={"answer_by": order.answer_by})
    return record_form(
        request,
        form,
        lambda: services.name_answer_day(order, actor=acting(request), day=form.cleaned_data["answer_by"]),
        title=_("Name the day for the dossier"),
        submit_label=_("Save"),
        done=_("Saved: the invitation will name this day."),
        back=order.get_absolute_url(),
    )


@screen("open", Order, related=("selection_call",))
@FORM
def order_opening(request: HttpRequest, order: Order) -> HttpResponse:
    dossiers = list(submitted_dossiers(order))
    form = OpeningForm(request.POST or None, staff=users_with_role(*sorted(INSIDE)), initial=_occasion(order, request))
    number = len(dossiers)
    makers = formset_factory(FindingForm, Findings, extra=0, min_num=number, max_num=number, validate_max=True)
    findings: Any = makers(request.POST or None, prefix="findings", initial=[_finding(one) for one in dossiers])
    findings.codes = [one.code for one in dossiers]
    for dossier, row in zip(dossiers, findings.forms, strict=False):
        row.empty_permitted = False
        row.legend = f"{dossier.code} · {dossier.host.name}"

    def act() -> Order:
        data = dict(form.cleaned_data)
        data.pop("key")
        found = {one.code: _read(row.cleaned_data) for one, row in zip(dossiers, findings.forms, strict=True)}
        services.record_opening(order, actor=acting(request), occasion=Occasion(**data), findings=found)
        return order

    return record_form(
        request,
        form,
        act,
        title=_("Record the opening"),
        submit_label=_("Save the record"),
        done=_("The record is saved: the step “Open the dossiers” issues the minutes."),
        back=order.get_absolute_url(),
        parts=[Part(_("Dossiers"), _("Dossier"), findings)],
        notes=[{"tone": "info", "title": order.code, "text": order.title}],
    )


def _occasion(order: Order, request: HttpRequest) -> dict[str, Any]:
    opening = prepared_opening(order)
    if opening is None:
        return {"opened_at": clock.now(), "ended_at": clock.now(), "secretary": acting(request)}
    names = ("opened_at", "ended_at", "place", "chair", "secretary", "present", "remarks")
    return {name: getattr(opening, name) for name in names}


def _finding(dossier: Dossier) -> dict[str, str]:
    if dossier.opening_valid is None:
        return {"code": dossier.code}
    verdict = FindingForm.VALID if dossier.opening_valid else FindingForm.INVALID
    note = {"reason": dossier.opening_note, "seal": dossier.opening_seal, "copies": dossier.opening_copies}
    return {"code": dossier.code, "verdict": verdict, **note}


def _read(row: dict[str, Any]) -> Finding:
    return Finding(
        valid=row["verdict"] == FindingForm.VALID, reason=row["reason"], seal=row["seal"], copies=row["copies"]
    )
