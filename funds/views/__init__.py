"""The pages of money."""

from .confirming import estimate_answer, plan_answer
from .disbursements import (
    disbursement_create,
    disbursement_detail,
    disbursement_edit,
    disbursement_list,
    ground_write,
    payment_enter,
)
from .ledger import ledger_detail
from .openings import opening_edit
from .overview import overview
from .plans import (
    estimate_create,
    estimate_create_all,
    estimate_list,
    estimate_withdraw,
    plan_create,
    plan_list,
    plan_withdraw,
)
from .repayments import closing_create, repayment_create, repayment_detail, repayment_list
from .settlements import settlement_create, settlement_detail, settlement_edit, settlement_list

__all__ = [
    "closing_create",
    "disbursement_create",
    "disbursement_detail",
    "disbursement_edit",
    "disbursement_list",
    "estimate_answer",
    "estimate_create",
    "estimate_create_all",
    "estimate_list",
    "estimate_withdraw",
    "ground_write",
    "ledger_detail",
    "opening_edit",
    "overview",
    "payment_enter",
    "plan_answer",
    "plan_create",
    "plan_list",
    "plan_withdraw",
    "repayment_create",
    "repayment_detail",
    "repayment_list",
    "settlement_create",
    "settlement_detail",
    "settlement_edit",
    "settlement_list",
]
