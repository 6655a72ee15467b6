"""Everything before the award: calls, proposals, the approved list and its orders, dossiers."""

from .calls import Call
from .dossiers import BudgetLine, Dossier, DossierMember, Partner
from .lists import Order, OrderChange, OrderList, OrderProduct, OrderSource
from .openings import Opening
from .proposals import Proposal, Screening
from .texts import ComparedRun, ComparedText

__all__ = [
    "BudgetLine",
    "Call",
    "ComparedRun",
    "ComparedText",
    "Dossier",
    "DossierMember",
    "Opening",
    "Order",
    "OrderChange",
    "OrderList",
    "OrderProduct",
    "OrderSource",
    "Partner",
    "Proposal",
    "Screening",
]
