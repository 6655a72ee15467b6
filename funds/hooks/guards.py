"""The preconditions of this room's own steps, each answered in words."""

from django.utils.translation import gettext as _

from core.money import format_vnd
from core.workflow.registry import guard
from core.workflow.ruling import Refusal, StepFacts
from funds.choices import Bucket
from funds.lifecycle import Guard
from funds.models import Disbursement, MoneyPaper, Repayment, Settlement
from funds.policy import PAYABLE
from funds.selectors import limits
from funds.selectors.books import is_in_ledger
from funds.selectors.grounds import void_papers
from funds.selectors.references import booked_elsewhere, reference_of
from tasks.models import Task
from tasks.selectors import instalment_obstacle, overdue_reports

from .common import BUDGET_RULE, DEBT_RULE, PAYMENT_RULE, PLAN_RULE, SETTLEMENT_RULE, VOUCHERS, books, hands, limit


@guard(Guard.INSTALMENT_OPEN)
def instalment_open(facts: StepFacts) -> Refusal | None:
    """The instalment stands as it was asked for, and the contract's condition for it holds."""
    disbursement: Disbursement = facts.subject
    planned = disbursement.instalment
    if (planned.amount_vnd, planned.budget_year) != (disbursement.amount_vnd, disbursement.budget_year):
        return facts.refuse(_("The plan of payments has changed since: save the request again."))
    obstacle = instalment_obstacle(planned)
    return facts.block(obstacle, PLAN_RULE) if obstacle else None


@guard(Guard.TASK_MAY_BE_PAID)
def task_may_be_paid(facts: StepFacts) -> Refusal | None:
    """A managed task that the fund or the department pays, neither suspended nor ended."""
    task: Task = facts.subject.task
    if not is_in_ledger(task):
        return limit(facts, _("Money of other sources is tracked, never paid here."), "fund.other_source_allowed")
    if task.state not in PAYABLE:
        text = _("Task %(code)s is in the state “%(state)s”: its payments stand still.")
        refusal = text % {"code": task.code, "state": task.state_label}
        # What the bank did meanwhile is booked, with a reason: else it would stay outside of the books.
        return Refusal(refusal, facts.parameter(PLAN_RULE).source, blocking=facts.row.name != "pay")
    return None


@guard(Guard.NO_REPORT_OVERDUE)
def no_report_overdue(facts: StepFacts) -> Refusal | None:
    """Nothing is paid while a progress report is late (TT 33/2014/TT-BKHCN, Article 15)."""
    late = next(iter(overdue_reports(facts.subject.task, facts.effective_on)), None)
    if late is None:
        return None
    text = _("Report %(code)s was due on %(day)s: nothing is paid before it is filed.")
    return facts.refuse(text % {"code": late.code, "day": f"{late.due_date:%d/%m/%Y}"}, by="report.dates")


@guard(Guard.WITHIN_CONTRACT)
def within_contract(facts: StepFacts) -> Refusal | None:
    """Paid and asked for together stay within the contract (Circular 62/2020/TT-BTC)."""
    return limit(facts, limits.over_contract(facts.subject, books(facts, facts.subject.task)), PAYMENT_RULE)


@guard(Guard.WITHIN_YEAR_ESTIMATE)
def within_year_estimate(facts: StepFacts) -> Refusal | None:
    """No payment in a year beyond that year's estimate (Circular 62/2020/TT-BTC)."""
    disbursement: Disbursement = facts.subject
    wrong = limits.wrong_year(disbursement, disbursement.paid_on or facts.effective_on)
    if wrong:
        return limit(facts, wrong, BUDGET_RULE)
    return limit(facts, limits.over_year(disbursement, books(facts, disbursement.task)), PAYMENT_RULE)


@guard(Guard.WITHIN_ADVANCE_CAP)
def within_advance_cap(facts: StepFacts) -> Refusal | None:
    """At most half of the contract is advanced at signing (Circular 62/2020/TT-BTC, Article 7)."""
    disbursement: Disbursement = facts.subject
    contract = disbursement.instalment.contract
    advances = limits.advances_with(disbursement)
    return limit(facts, limits.over_advance(contract, disbursement, advances, facts.effective_on), PAYMENT_RULE)


@guard(Guard.ADVANCE_CLEARED)
def advance_cleared(facts: StepFacts) -> Refusal | None:
    """Most of the earlier advances are settled before the next is paid."""
    text = limits.uncleared(facts.subject, books(facts, facts.subject.task), facts.effective_on)
    return facts.refuse(text, by="contract.cleared_percent_min") if text else None


@guard(Guard.BANK_ACCOUNT_KNOWN)
def bank_account_known(facts: StepFacts) -> Refusal | None:
    """Somewhere to pay to: the account of the contract, or a reason why it is another (Circular 62/2020/TT-BTC)."""
    disbursement: Disbursement = facts.subject
    if not disbursement.account or not disbursement.bank:
        return facts.refuse(_("Name the account and the bank or treasury of the host."))
    contract = disbursement.instalment.contract
    if not contract.host_account or limits.is_account_of(contract, disbursement):
        return None
    text = _("The contract names another account: %(account)s, %(bank)s. Say why the money goes elsewhere.")
    words = {"account": contract.host_account, "bank": contract.host_bank}
    return Refusal(text % words, facts.parameter(PAYMENT_RULE).source, blocking=False)


@guard(Guard.PAPERS_IN_FORCE)
def papers_in_force(facts: StepFacts) -> Refusal | None:
    """No payment rests on a void paper. What the bank has paid already is booked all the same, with a reason."""
    void = ", ".join(void_papers(facts.subject))
    if not void:
        return None
    text = _("These papers are void, and no valid one stands in their place: %(papers)s.") % {"papers": void}
    return Refusal(text, facts.parameter(PAYMENT_RULE).source, blocking=facts.row.name != "pay")


@guard(Guard.PAYMENT_CONFIRMED_BY_TWO)
def payment_confirmed_by_two(facts: StepFacts) -> Refusal | None:
    """One person enters the bank's answer, another confirms it."""
    disbursement: Disbursement = facts.subject
    if not disbursement.bank_reference or disbursement.paid_on is None:
        return facts.refuse(_("The fund officer enters the bank's reference and the day of the payment first."))
    if disbursement.paid_entered_by in hands(facts):
        return facts.refuse(_("Whoever entered the payment may not confirm it too (separation of duties)."))
    return None


@guard(Guard.BANK_REFERENCE_FREE)
def bank_reference_free(facts: StepFacts) -> Refusal | None:
    """One movement of money is booked once: its reference proves nothing of another kind."""
    paper: MoneyPaper = facts.subject
    text = booked_elsewhere(reference_of(paper), beside=type(paper))
    return facts.refuse(text) if text else None


@guard(Guard.PAID_THIS_YEAR)
def paid_this_year(facts: StepFacts) -> Refusal | None:
    """The bank's day decides which estimate pays: one of a year that is over is explained, not merely typed."""
    paid_on = facts.subject.paid_on
    if paid_on is None or paid_on.year >= facts.effective_on.year:
        return None
    text = _("The bank's day, %(day)s, lies in a budget year that is over: say why it is booked only now.")
    source = facts.parameter(BUDGET_RULE).source
    return Refusal(text % {"day": f"{paid_on:%d/%m/%Y}"}, source, blocking=False)


@guard(Guard.BANK_ANSWER_OF_ANOTHER)
def bank_answer_of_another(facts: StepFacts) -> Refusal | None:
    """What was entered by mistake is struck out by another person: nobody hides alone that the bank has paid."""
    disbursement: Disbursement = facts.subject
    if not disbursement.bank_reference:
        return facts.refuse(_("No answer of the bank is entered."))
    if disbursement.paid_entered_by in hands(facts):
        return facts.refuse(_("Whoever entered the payment may not strike it out too (separation of duties)."))
    return None


@guard(Guard.BANK_HAS_NOT_PAID)
def bank_has_not_paid(facts: StepFacts) -> Refusal | None:
    """Money that the bank has paid is not taken out of the books by a decision."""
    if not facts.subject.bank_reference:
        return None
    return facts.refuse(_("The bank's answer is entered already: what was paid comes back by settlement or recovery."))


@guard(Guard.ANNULMENT_GROUND_WRITTEN)
def annulment_ground_written(facts: StepFacts) -> Refusal | None:
    """A ground is written, which the decision prints."""
    return None if facts.subject.annulment_ground else facts.refuse(_("Write the ground of the annulment first."))


# ── Settlement ───────────────────────────────────────────────────────────────────────────────────────────────────────


@guard(Guard.SETTLEMENT_COMPLETE)
def settlement_complete(facts: StepFacts) -> Refusal | None:
    """A report, the bank's reference of what comes back, and items unless it is one lump sum (NĐ 265/2025/NĐ-CP)."""
    settlement: Settlement = facts.subject
    if not settlement.report:
        return facts.refuse(_("Write the report on the use of the money."))
    if settlement.returned_vnd and not settlement.return_reference:
        return facts.refuse(_("Enter the bank's reference of the money given back."))
    return _items_missing(facts) if settlement.spent_vnd and not settlement.lines.exists() else None


def _items_missing(facts: StepFacts) -> Refusal | None:
    """The minutes name the items of all but a lump sum to the final product; whether of that one too, the rules say."""
    text = _("Only a lump sum to the final product is settled without items: list the items.")
    if facts.subject.task.lump_sum != "final":
        return facts.block(text, VOUCHERS)
    return facts.refuse(text, by=VOUCHERS) if facts.value(VOUCHERS) else None


@guard(Guard.SETTLEMENT_WITHIN_ADVANCE)
def settlement_within_advance(facts: StepFacts) -> Refusal | None:
    """Only what was advanced can be settled."""
    settlement: Settlement = facts.subject
    asked = settlement.spent_vnd + settlement.returned_vnd
    advanced = books(facts, settlement.task).lies_in(Bucket.ADVANCED)
    if asked <= advanced:
        return None
    text = _("%(asked)s đồng cannot be settled: only %(advanced)s đồng of advances are not settled yet.")
    return limit(facts, text % {"asked": format_vnd(asked), "advanced": format_vnd(advanced)}, SETTLEMENT_RULE)


# ── Repayment ────────────────────────────────────────────────────────────────────────────────────────────────────────


@guard(Guard.REPAYMENT_COMPLETE)
def repayment_complete(facts: StepFacts) -> Refusal | None:
    """One person records the money, another confirms it."""
    repayment: Repayment = facts.subject
    if repayment.recorded_by in hands(facts):
        return facts.refuse(_("Whoever recorded the repayment may not confirm it too (separation of duties)."))
    return None


@guard(Guard.REPAYMENT_WITHIN_DEBT)
def repayment_within_debt(facts: StepFacts) -> Refusal | None:
    """No more comes back than is owed."""
    owed = books(facts, facts.subject.task).lies_in(Bucket.RECOVERABLE)
    if facts.subject.amount_vnd <= owed:
        return None
    text = _("%(amount)s đồng cannot be booked: the host owes %(owed)s đồng.")
    words = {"amount": format_vnd(facts.subject.amount_vnd), "owed": format_vnd(owed)}
    return limit(facts, text % words, DEBT_RULE)
