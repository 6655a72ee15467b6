"""Accounts and transfers; plans; the papers of money."""

from funds.choices import Bucket

from .accounts import Account, Transfer
from .openings import OpeningBalance, OpeningGrant, OpeningPayment
from .papers import Disbursement, MoneyPaper, RecoveryClosing, Repayment, Settlement, SettlementLine
from .plans import YearEstimate, YearPlan

__all__ = [
    "Account",
    "Bucket",
    "Disbursement",
    "MoneyPaper",
    "OpeningBalance",
    "OpeningGrant",
    "OpeningPayment",
    "RecoveryClosing",
    "Repayment",
    "Settlement",
    "SettlementLine",
    "Transfer",
    "YearEstimate",
    "YearPlan",
]
