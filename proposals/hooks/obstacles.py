"""What forbids undoing the last step of a record of this room: something else has taken its place meanwhile."""

from django.utils.translation import gettext as _

from core.workflow.registry import obstacle
from core.workflow.ruling import Refusal
from proposals.lifecycle import DossierState, OrderListState, OrderState
from proposals.models import Dossier, Order
from proposals.selectors.dossiers import GONE
from proposals.selectors.intake import intake_is_over

RECEIVING = (OrderState.CALL_OPEN, OrderState.INVITED)


@obstacle("dossier")
def a_newer_dossier(dossier: Dossier) -> Refusal | None:
    """One living dossier per organisation and order."""
    others = dossier.order.dossiers.filter(host=dossier.host).exclude(pk=dossier.pk).exclude(state__in=GONE)
    if dossier.state in GONE and others.exists():
        return Refusal(_("A newer dossier of this organisation stands in its place."))
    return None


@obstacle("dossier")
def the_closing_has_passed(dossier: Dossier) -> Refusal | None:
    """A withdrawn dossier comes back only while dossiers are received: it would never be opened."""
    order = dossier.order
    if dossier.state == DossierState.WITHDRAWN and (order.state not in RECEIVING or intake_is_over(order)):
        return Refusal(_("The time to hand in dossiers is over."))
    return None


@obstacle("order")
def the_list_is_closed(order: Order) -> Refusal | None:
    """A dropped order comes back only into a draft list: an approved one would never list it."""
    closed = order.order_list is None or order.order_list.state != OrderListState.DRAFT
    if order.state == OrderState.CANCELLED and closed:
        return Refusal(_("The list is approved already: the order goes into another list."))
    return None
