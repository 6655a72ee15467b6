"""What a payment may not pass: contract, year's estimate, advance. Each answer is a sentence, empty when all is well.

Sources: Circular 62/2020/TT-BTC, Article 7; Decree 265/2025/NĐ-CP.
"""

from datetime import date

from django.db.models import Sum
from django.utils.translation import gettext as _

from core.money import VND, format_vnd, split
from core.text import fold
from core.workflow.models import Stepped
from funds.choices import Bucket
from funds.lifecycle import DisbursementState
from funds.models import Disbursement
from funds.models.papers import GONE
from tasks.models import Contract, Precondition

from .books import Books

D = DisbursementState
WAITING = (D.REQUESTED, D.CHECKED, D.VERIFIED)
HUNDRED = 100


def others_waiting(disbursement: Disbursement, *, year: int | None = None) -> int:
    """What else the task asks for and is not approved yet, in đồng: of one budget year or of all."""
    rows = Disbursement.objects.filter(task=disbursement.task_id, state__in=WAITING).exclude(pk=disbursement.pk)
    if year is not None:
        rows = rows.filter(budget_year=year)
    return rows.aggregate(total=Sum("amount_vnd"))["total"] or 0


def over_contract(disbursement: Disbursement, books: Books) -> str:
    """Paid, on its way and asked for together may not pass the state's part of the contract."""
    value_vnd = disbursement.instalment.contract.state_value_vnd
    taken = books.paid_vnd + books.lies_in(Bucket.COMMITTED) + others_waiting(disbursement)
    if disbursement.state == D.APPROVED:
        taken -= disbursement.amount_vnd
    left = max(value_vnd - taken, 0)
    if disbursement.amount_vnd <= left:
        return ""
    text = _("The contract leaves %(left)s đồng; %(amount)s đồng are asked for.")
    return text % {"left": format_vnd(left), "amount": format_vnd(disbursement.amount_vnd)}


def over_year(disbursement: Disbursement, books: Books) -> str:
    """Payment needs the estimate of the instalment's budget year."""
    year = disbursement.budget_year
    held = books.year(year)
    if disbursement.state == D.APPROVED:
        left = held.committed_vnd
    else:
        left = VND(max(held.allocated_vnd - others_waiting(disbursement, year=year), 0))
    if disbursement.amount_vnd <= left:
        return ""
    text = _("The estimate granted for %(year)s leaves %(left)s đồng; %(amount)s đồng are asked for.")
    words = {"year": str(year), "left": format_vnd(left), "amount": format_vnd(disbursement.amount_vnd)}
    return text % words


def wrong_year(disbursement: Disbursement, on: date) -> str:
    """Money of a year is not paid before it begins; after it ends only where it is carried over."""
    if disbursement.budget_year > on.year:
        return _("The budget year %(year)s has not begun.") % {"year": str(disbursement.budget_year)}
    lapses = disbursement.rule("budget.year_end", on).value == "lapse"
    if lapses and disbursement.budget_year < on.year:
        return _("The estimate of %(year)s has lapsed at the end of the year.") % {
            "year": str(disbursement.budget_year)
        }
    return ""


def over_advance(contract: Contract, subject: Stepped, paid_vnd: int, on: date) -> str:
    """What is paid merely because the contract is signed, against the cap; no cap on a small contract.

    ``subject``: the task or the payment of which it is asked, on the day ``on`` of its step. Amounts in đồng.
    """
    percent = int(subject.rule("contract.advance_percent_max", on).value)
    worth = contract.state_value_vnd
    if worth <= subject.rule("contract.advance_threshold_vnd", on).value or paid_vnd * HUNDRED <= worth * percent:
        return ""
    cap = split(worth, [percent, HUNDRED - percent])[0]
    text = _("At most %(percent)s%% of the contract, %(cap)s đồng, may be advanced at signing, not %(amount)s đồng.")
    return text % {"percent": str(percent), "cap": format_vnd(cap), "amount": format_vnd(paid_vnd)}


def advances_with(disbursement: Disbursement) -> int:
    """All advances at signing together with this one, in đồng; nothing when this one is none."""
    if disbursement.instalment.precondition != Precondition.SIGNED:
        return 0
    at_signing = Disbursement.objects.filter(
        task=disbursement.task_id, instalment__precondition=Precondition.SIGNED
    ).exclude(state__in=[*GONE, D.DRAFT])
    others = at_signing.exclude(pk=disbursement.pk).aggregate(total=Sum("amount_vnd"))["total"] or 0
    return int(others + disbursement.amount_vnd)


def is_account_of(contract: Contract, disbursement: Disbursement) -> bool:
    """Whether the money goes to the account that the contract names, whatever the spaces, marks and capitals."""

    def plain(words: str) -> str:
        return "".join(fold(words).split())

    pairs = ((disbursement.account, contract.host_account), (disbursement.bank, contract.host_bank))
    return all(plain(asked) == plain(agreed) for asked, agreed in pairs)


def planned_advances(contract: Contract) -> int:
    """What the contract's own plan pays at signing, in đồng."""
    return sum(one.amount_vnd for one in contract.instalments.all() if one.precondition == Precondition.SIGNED)


def uncleared(disbursement: Disbursement, books: Books, on: date) -> str:
    """Before the next payment a share of the earlier advances must be settled, by the rule of the day ``on``."""
    percent = int(disbursement.rule("contract.cleared_percent_min", on).value)
    if not books.paid_vnd or books.cleared_vnd * HUNDRED >= books.paid_vnd * percent:
        return ""
    text = _("Of the %(paid)s đồng paid before, %(cleared)s đồng are settled; at least %(percent)s%% should be.")
    return text % {
        "paid": format_vnd(books.paid_vnd),
        "cleared": format_vnd(books.cleared_vnd),
        "percent": str(percent),
    }
