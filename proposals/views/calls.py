"""Calls: list, page, form."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.audit import service as audit
from core.people.policy import can, may, visible_to
from core.people.screens import PageKind, screen
from core.regulations.pages import rules_fact
from core.ui.listing import listing
from core.ui.parts import Action, Fact
from core.workflow import pages
from proposals import services
from proposals.forms.calls import CallForm
from proposals.lifecycle import CallKind, CallState
from proposals.models import Call, Order, Proposal
from proposals.selectors.completeness import missing_in_call

from . import panels
from .answers import FORM, acting, made_before, record_form
from .filters import CallFilter
from .tables import CALLS, tabs

LIST = "proposals:call-list"


@screen("calls.list", kind=PageKind.LIST)
@require_GET
def call_list(request: HttpRequest) -> HttpResponse:
    actions = []
    if may(request.user, "calls.create"):
        actions = [
            Action(_("New call for proposals"), reverse("proposals:call-create"), primary=True, icon="plus"),
            Action(_("New selection call"), reverse("proposals:call-create-selection"), icon="plus"),
        ]
    rows = visible_to(request.user, Call)
    return listing(request, rows, CallFilter, CALLS, title=_("Calls"), actions=actions, tabs=tabs(request))


@screen("view", Call)
@require_GET
def call_detail(request: HttpRequest, call: Call) -> HttpResponse:
    editable = can(request.user, "edit", call).allowed
    actions = panels.edit_action(request.user, call, "edit", "proposals:call-edit", _("Edit"), icon="pencil")
    if call.kind == CallKind.PROPOSALS and can(request.user, "propose", call):
        address = f"{reverse('proposals:proposal-create')}?call={call.code}"
        actions.append(Action(_("New proposal"), address, primary=True, icon="plus"))
    bids, hints = _bids(request, call)
    missing = panels.missing_note(missing_in_call(call), _("Still missing before the announcement"))
    return pages.detail(
        request,
        call,
        title=call.title,
        crumbs=panels.crumb(LIST, _("Calls")),
        actions=[*actions, *bids],
        notes=[*(missing if editable else []), *hints],
        panels=[panels.facts_panel(_("Call"), _facts(call)), *_received(request, call)],
    )


def _facts(call: Call) -> list[Fact]:
    return [
        Fact(_("Kind of call"), call.get_kind_display()),
        Fact(_("Plan year"), str(call.plan_year)),
        Fact(_("Opens at"), call.opens_at, "datetime"),
        Fact(_("Closes at"), call.closes_at, "datetime"),
        rules_fact(call.regulation),
        Fact(_("Orientations"), call.orientation, "long"),
        Fact(_("Requirements"), call.requirements, "long"),
        Fact(_("Address for paper files"), call.address),
        Fact(_("Contact"), call.contact),
    ]


def _received(request: HttpRequest, call: Call) -> list[Any]:
    """The orders of a selection call; for others the newest proposals that the reader may see."""
    if call.kind == CallKind.SELECTION:
        orders = visible_to(request.user, Order).filter(selection_call=call).order_by("code")
        return [panels.lineage_panel(_("Orders"), orders)]
    rows = visible_to(request.user, Proposal).filter(call=call).order_by("-code")[:10]
    return [panels.lineage_panel(_("Newest proposals"), rows)]


def _bids(request: HttpRequest, call: Call) -> tuple[list[Action], list[dict[str, Any]]]:
    """The way of a bidder from a selection call to the dossier: a button, or among several orders the place to look."""
    if call.kind != CallKind.SELECTION or call.state != CallState.OPEN:
        return [], []
    orders = list(visible_to(request.user, Order, "apply").filter(selection_call=call).order_by("code")[:2])
    if len(orders) == 1:
        address = reverse("proposals:dossier-create", args=[orders[0].code])
        return [Action(_("New dossier"), address, primary=True, icon="plus")], []
    if not orders or may(request.user, "order_lists.list"):
        return [], []
    text = _("Under “Orders”, open the one that your organisation wants to carry out, and write a dossier there.")
    return [], [{"tone": "info", "title": _("One dossier for each order"), "text": text}]


def _form_page(request: HttpRequest, kind: CallKind, call: Call | None) -> HttpResponse:
    made = made_before(request, Call) if call is None else None
    if made is not None:
        return redirect(made.get_absolute_url())
    form = CallForm(request.POST or None, kind=kind, call=call)

    def act() -> Call:
        user, facts = acting(request), form.facts()
        orders = facts.pop("orders", None)
        with audit.transaction():
            if call is None:
                written = services.create_call(actor=user, kind=kind, facts=facts, key=form.acting_key)
            else:
                written = services.edit_call(call, actor=user, facts=facts)
            if orders is not None:
                services.put_orders_on_call(written, actor=user, orders=orders)
        return written

    return record_form(
        request,
        form,
        act,
        title=str(kind.label) if call is None else _("Edit the call"),
        submit_label=_("Save the draft"),
        done=_("The call is saved."),
        back=call.get_absolute_url() if call else reverse(LIST),
        crumbs=panels.crumb(LIST, _("Calls")),
    )


@screen("calls.create", kind=PageKind.FORM)
@FORM
def call_create(request: HttpRequest) -> HttpResponse:
    return _form_page(request, CallKind.PROPOSALS, None)


@screen("calls.create", kind=PageKind.FORM)
@FORM
def call_create_selection(request: HttpRequest) -> HttpResponse:
    return _form_page(request, CallKind.SELECTION, None)


@screen("edit", Call)
@FORM
def call_edit(request: HttpRequest, call: Call) -> HttpResponse:
    return _form_page(request, CallKind(call.kind), call)
