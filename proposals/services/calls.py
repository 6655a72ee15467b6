"""Calls are written by the division, announced by the director's paper."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from core import clock
from core.audit import service as audit
from core.people.models import User
from core.people.policy import may
from core.regulations import regulation_for
from proposals.lifecycle import CallKind, CallState, OrderMode, OrderState
from proposals.models import Call, Order

from . import common

FACTS = (
    "title",
    "plan_year",
    "opens_at",
    "closes_at",
    "orientation",
    "requirements",
    "address",
    "contact",
)
ALLOWED = (*FACTS, "folded", "sort_key")


def create_call(*, actor: User, kind: CallKind, facts: Mapping[str, Any], key: UUID) -> Call:
    """A draft call of a kind. Raises PermissionDenied, ValidationError."""
    if not may(actor, "calls.create"):
        raise PermissionDenied
    call = Call(kind=kind)
    common.set_facts(call, facts, ALLOWED)
    call.regulation = _regulation(call)
    return common.create(call, actor=actor, key=key)


def edit_call(call: Call, *, actor: User, facts: Mapping[str, Any]) -> Call:
    """Change the facts of a draft call. Raises PermissionDenied, ValidationError."""
    with audit.transaction():
        held = common.hold(call, actor=actor, action="edit")
        common.save_facts(held, facts, ALLOWED, actor=actor)
        if held.regulation != _regulation(held):
            held.regulation = _regulation(held)
            held.save(update_fields=["regulation"])
    return held


def put_orders_on_call(call: Call, *, actor: User, orders: Iterable[Order]) -> Call:
    """State which approved orders a draft selection call is for; the others are taken off it.

    Raises PermissionDenied, and ValidationError for an order that may not be called now.
    """
    with audit.transaction():
        held = common.hold(call, actor=actor, action="edit")
        wanted = {order.pk for order in orders}
        rows = {row.pk: row for row in Order.objects.select_for_update().filter(pk__in=wanted).order_by("pk")}
        _check_callable(held, [rows[pk] for pk in sorted(rows)])
        # Also one that was cancelled or given to a host directly since: it would keep the call from being announced.
        Order.objects.filter(selection_call=held).exclude(pk__in=wanted).update(selection_call=None)
        Order.objects.filter(pk__in=wanted).update(selection_call=held)
        common.note("orders", held, actor, orders=sorted(row.code for row in rows.values()))
    return held


def callable_orders(call: Call | None = None) -> Any:
    """Approved orders that wait for a selection call: those of no open or drafted call, or of this one."""
    rows = Order.objects.filter(state=OrderState.LISTED, mode=OrderMode.CALL, unconfirmed=False)
    rows = rows.select_related("selection_call")
    free = rows.exclude(selection_call__state=CallState.DRAFT)
    return (free | rows.filter(selection_call=call) if call is not None and call.pk else free).order_by("code")


def _check_callable(call: Call, orders: Iterable[Order]) -> None:
    if call.kind != CallKind.SELECTION:
        raise ValidationError(_("Only a selection call is for orders."))
    free = set(callable_orders(call).values_list("pk", flat=True))
    taken = [order.code for order in orders if order.pk not in free]
    if taken:
        message = _("These orders cannot be called now: %(orders)s.") % {"orders": ", ".join(sorted(taken))}
        raise ValidationError({"orders": message})


def _regulation(call: Call) -> str:
    """The version on the day of the closing (anchor call_closing)."""
    return regulation_for(clock.local(call.closes_at).date() if call.closes_at else clock.today())
