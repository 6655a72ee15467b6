"""What people write down about money. Steps are taken through ``core.workflow.service.take_step``."""

from .confirming import answer_year_estimates, answer_year_plan, withdraw_year_estimate, withdraw_year_plan
from .decisions import Decision
from .entries import open_books, save_opening
from .opening import EarlierPayment, adopt_balance
from .papers import (
    create_disbursement,
    edit_disbursement,
    enter_payment,
    record_closing,
    record_repayment,
    write_annulment_ground,
)
from .plans import grant_year_estimate, grant_year_estimates, set_year_plan
from .settlements import create_settlement, edit_settlement

__all__ = [
    "Decision",
    "EarlierPayment",
    "adopt_balance",
    "answer_year_estimates",
    "answer_year_plan",
    "create_disbursement",
    "create_settlement",
    "edit_disbursement",
    "edit_settlement",
    "enter_payment",
    "grant_year_estimate",
    "grant_year_estimates",
    "open_books",
    "record_closing",
    "record_repayment",
    "save_opening",
    "set_year_plan",
    "withdraw_year_estimate",
    "withdraw_year_plan",
    "write_annulment_ground",
]
