"""What steps do to the books. The edges stand in funds/postings.py."""

from typing import Any

from core.money import VND
from core.workflow.registry import effect
from core.workflow.ruling import Taking
from funds.choices import Bucket, ClosingGround
from funds.ledger import Entry
from funds.lifecycle import DisbursementState, Effect
from funds.models import Disbursement, Repayment, Settlement
from funds.postings import Edge
from funds.selectors.books import books_of, is_in_ledger
from funds.selectors.rest import rest_of, shifts, ungranted, years_of
from funds.selectors.source import LedgerMoney
from funds.services.common import note
from proposals.lifecycle import Effect as Proposals
from tasks.lifecycle import Effect as Tasks
from tasks.lifecycle import TaskState
from tasks.models import Contract, Task
from tasks.selectors import money

from .common import post_step, send
from .task_guards import closing_of

OPEN_STATES = [state for state in DisbursementState if state not in Disbursement.lifecycle.final]
money.register(LedgerMoney())


# ── Tasks ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@effect(Proposals.RESERVE_FUNDS)
def reserve_funds(step: Taking) -> None:
    """Approval takes the State's money of the task out of the free plan."""
    for task in Task.objects.filter(order=step.subject, state=TaskState.APPROVED):
        if is_in_ledger(task) and not books_of(task).is_open:
            post_step(step, [(Edge.APPROVE, VND(task.approved_state_vnd), None)], task=task)


@effect(Proposals.UNRESERVE_FUNDS)
def unreserve_funds(step: Taking) -> None:
    """A revoked approval gives it back."""
    for task in Task.objects.filter(order=step.subject, state=TaskState.REVOKED):
        post_step(step, list(rest_of(books_of(task))), task=task)


@effect(Tasks.COMMIT_FUNDS)
def commit_funds(step: Taking) -> None:
    """The whole contract is bound, year by year; what was approved beyond it is free again."""
    task: Task = step.subject
    if not is_in_ledger(task):
        return
    planned = years_of(Contract.objects.get(task=task).instalments.all())
    framework = books_of(task).lies_in(Bucket.FRAMEWORK)
    rest = VND(framework - sum(planned.values()))
    signed = [(Edge.SIGN, amount, year) for year, amount in planned.items()]
    post_step(step, [*signed, (Edge.RETURN_UNCONTRACTED, rest, None)], task=task)


@effect(Tasks.FREEZE_PAYMENTS)
def freeze_payments(step: Taking) -> None:
    """While a task is suspended no step of a payment passes its guard. The end of a contract stops them for good."""
    if step.subject.state == TaskState.TERMINATED:
        for disbursement in step.subject.disbursements.filter(state__in=OPEN_STATES).order_by("pk"):
            step.take(disbursement, "stop")


@effect(Tasks.BOOK_RECOVERY)
def book_recovery(step: Taking) -> None:
    """The host owes the amount: first what it never settled, then what was settled."""
    task: Task = step.subject
    if not is_in_ledger(task):
        return
    order = task.recovery_orders.latest("sequence")
    books = books_of(task)
    first = VND(min(order.amount_vnd, books.lies_in(Bucket.ADVANCED)))
    rest = VND(order.amount_vnd - first)
    post_step(step, [(Edge.RECOVER, first, None), (Edge.RECOVER_SETTLED, rest, None)], task=task)


@effect(Tasks.WRITE_OFF_DEBT)
def write_off_debt(step: Taking) -> None:
    """A debt written off is spent; what a court or a successor has taken over stays owed."""
    task: Task = step.subject
    missing = books_of(task).lies_in(Bucket.RECOVERABLE)
    closing = closing_of(task, missing)
    if closing is not None and closing.ground == ClosingGround.WRITTEN_OFF:
        post_step(step, [(Edge.WRITE_OFF, missing, None)], task=task)


@effect(Tasks.RELEASE_FUNDS)
def release_funds(step: Taking) -> None:
    """At the liquidation everything that was not paid is free again."""
    post_step(step, list(rest_of(books_of(step.subject))), task=step.subject)


@money.on_rephasing
def rephase(step: Taking, amendment: Any) -> None:
    """An amendment has moved instalments between years: the bound money follows."""
    task: Task = amendment.task
    if not is_in_ledger(task):
        return
    paid = Disbursement.objects.filter(task=task, state=DisbursementState.PAID).values("instalment")
    unpaid = years_of(task.contract.instalments.exclude(pk__in=paid))
    back = [(Edge.UNGRANT, amount, year) for year, amount in ungranted(books_of(task), unpaid)]
    post_step(step, back, task=task)
    entries = [
        Entry(
            edge=Edge.REPHASE,
            amount_vnd=amount,
            key=f"{step.event.uuid}:{giver}:{getter}",
            task=task,
            year=giver,
            to_year=getter,
            memo=amendment.code,
        )
        for giver, getter, amount in shifts(books_of(task), unpaid)
    ]
    send(step, entries, step.effective_on)


# ── Papers of this room ──────────────────────────────────────────────────────────────────────────────────────────────


@effect(Effect.COMMIT_PAYMENT)
def commit_payment(step: Taking) -> None:
    """Approved: the money of the year is bound for this payment."""
    _pay(step, Edge.COMMIT)


@effect(Effect.RELEASE_PAYMENT)
def release_payment(step: Taking) -> None:
    """The approval is gone: the year's money is there again."""
    _pay(step, Edge.UNCOMMIT)


@effect(Effect.POST_PAYMENT)
def post_payment(step: Taking) -> None:
    """The bank has paid, on its own day."""
    _pay(step, Edge.PAY)


@effect(Effect.STRIKE_ANSWER)
def strike_answer(step: Taking) -> None:
    """The answer is as if it had not been entered; the chain of events keeps what it said and who entered it."""
    disbursement: Disbursement = step.subject
    said: dict[str, Any] = {"bank_reference": disbursement.bank_reference, "paid_on": disbursement.paid_on}
    note("payment_struck", disbursement, step.actor, **said, entered_by=disbursement.paid_entered_by_id)
    disbursement.bank_reference, disbursement.paid_on, disbursement.paid_entered_by = "", None, None
    disbursement.save(update_fields=["bank_reference", "paid_on", "paid_entered_by"])


def _pay(step: Taking, edge: Edge) -> None:
    disbursement: Disbursement = step.subject
    move = (edge, VND(disbursement.amount_vnd), disbursement.budget_year)
    day = disbursement.paid_on if edge is Edge.PAY else None
    post_step(step, [move], task=disbursement.task, on=day)


@effect(Effect.POST_SETTLEMENT)
def post_settlement(step: Taking) -> None:
    """What was spent properly is settled, what was left over comes back."""
    settlement: Settlement = step.subject
    settlement.settled_on = step.effective_on
    settlement.save(update_fields=["settled_on"])
    moves = [
        (Edge.SETTLE, VND(settlement.spent_vnd), None),
        (Edge.GIVE_BACK, VND(settlement.returned_vnd), None),
    ]
    post_step(step, moves, task=settlement.task)


@effect(Effect.POST_REPAYMENT)
def post_repayment(step: Taking) -> None:
    """Recovered money is free again, on the bank's day."""
    repayment: Repayment = step.subject
    move = (Edge.REPAY, VND(repayment.amount_vnd), None)
    post_step(step, [move], task=repayment.task, on=repayment.received_on)
