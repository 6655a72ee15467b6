"""What a step on a paper of money is about: whoever confirms a payment reads amount, account and proof once more."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from core.money import format_vnd
from core.ui.formatting import language
from core.workflow.outlook import amount_line
from core.workflow.registry import stakes
from funds.models import Disbursement, Repayment, Settlement


@stakes("disbursement")
def payment(disbursement: Disbursement) -> Iterator[str]:
    """How much goes where, and by which proof it went."""
    yield amount_line(disbursement.amount_vnd)
    if disbursement.account:
        words = {"account": disbursement.account, "bank": disbursement.bank}
        yield _("To the account %(account)s, %(bank)s.") % words
    if disbursement.bank_reference and disbursement.paid_on:
        words = {"reference": disbursement.bank_reference, "day": f"{disbursement.paid_on:%d/%m/%Y}"}
        yield _("Bank reference: %(reference)s, paid on %(day)s.") % words


@stakes("settlement")
def settlement(paper: Settlement) -> Iterator[str]:
    """What is recognised as spent, and what came back."""
    spent = {"amount": format_vnd(paper.spent_vnd, language())}
    yield _("Spent and to be settled: %(amount)s đồng.") % spent
    if paper.returned_vnd:
        words = {"amount": format_vnd(paper.returned_vnd, language()), "reference": paper.return_reference or "–"}
        yield _("Given back: %(amount)s đồng, bank reference %(reference)s.") % words


@stakes("repayment")
def repayment(paper: Repayment) -> Iterator[str]:
    """What came back, when, and by which proof."""
    yield amount_line(paper.amount_vnd)
    words = {"reference": paper.bank_reference, "day": f"{paper.received_on:%d/%m/%Y}"}
    yield _("Bank reference: %(reference)s, received on %(day)s.") % words
