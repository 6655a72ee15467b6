"""What people write down in this room. Steps are taken through ``core.workflow.service.take_step``."""

from .adoption import adopt_order, adopt_proposal
from .calls import create_call, edit_call, put_orders_on_call
from .changes import name_answer_day, record_order_change, write_ground
from .dossiers import answer_remarks, create_dossier, edit_dossier
from .openings import record_opening
from .orders import create_order, create_order_list, edit_order, edit_order_list, merge_into_order, split_into_orders
from .proposals import create_proposal, edit_proposal, name_deferral_year, name_forward_body, record_screening

__all__ = [
    "adopt_order",
    "adopt_proposal",
    "answer_remarks",
    "create_call",
    "create_dossier",
    "create_order",
    "create_order_list",
    "create_proposal",
    "edit_call",
    "edit_dossier",
    "edit_order",
    "edit_order_list",
    "edit_proposal",
    "merge_into_order",
    "name_answer_day",
    "name_deferral_year",
    "name_forward_body",
    "put_orders_on_call",
    "record_opening",
    "record_order_change",
    "record_screening",
    "split_into_orders",
    "write_ground",
]
