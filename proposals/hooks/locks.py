"""Which other records a step and its effects may touch: locked before the first write."""

from collections.abc import Iterable

from core.workflow.models import Stepped
from core.workflow.registry import locks
from core.workflow.table import Row
from proposals.lifecycle import DossierState, OrderState
from proposals.models import Call, Dossier, Order, OrderList, Proposal
from proposals.selectors.dossiers import ALIVE, dossiers_in

# Steps of an order that open, choose or release dossiers.
ON_DOSSIERS = frozenset(
    {"open_dossiers", "approve_task", "refuse_award", "take_reserve", "call_again", "cancel", "revoke", "replace_host"}
)


@locks("call")
def orders_of_call(call: Call, row: Row) -> Iterable[Stepped]:
    """Orders open and return with their call."""
    return call.orders.all() if row.effects else ()


@locks("order_list")
def orders_and_their_proposals(order_list: OrderList, row: Row) -> Iterable[Stepped]:
    """An approved list moves its orders and their proposals."""
    if row.name != "approve_list":
        return []
    orders = order_list.orders.filter(state=OrderState.PLANNED)
    return [*orders, *Proposal.objects.filter(orders__in=orders).distinct()]


@locks("order")
def dossiers_of_order(order: Order, row: Row) -> Iterable[Stepped]:
    """Opening, awarding and releasing move the dossiers."""
    if row.name not in ON_DOSSIERS:
        return ()
    return dossiers_in(order, DossierState.SUBMITTED, *ALIVE)


@locks("dossier")
def order_of_dossier(dossier: Dossier, row: Row) -> Iterable[Stepped]:
    """The closing is read from the order and its call: nobody may open the dossiers meanwhile.

    A revised dossier writes until when its order waits.
    """
    if row.name == "revise":
        return [dossier.order]
    if row.name not in {"submit", "withdraw"}:
        return ()
    call = dossier.order.selection_call
    return [dossier.order, *([call] if call else [])]


@locks("proposal")
def call_of_proposal(proposal: Proposal, row: Row) -> Iterable[Stepped]:
    """A call is not cancelled while a proposal comes in."""
    return [proposal.call] if row.name == "submit" and proposal.call else ()
