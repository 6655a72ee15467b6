"""What guards and effects share: the books loaded once for a question, a limit in words."""

from collections.abc import Sequence
from datetime import date

from core.people.models import User
from core.workflow.ruling import Refusal, StepFacts, StepRefused, Taking
from funds.ledger import Entry, Overspent, post
from funds.selectors.books import Books, books_of
from funds.selectors.rest import Move
from tasks.models import Task

# The parameters beside which the limits stand: what a contract pays and when, what may be advanced and paid of it
# (Circular 62/2020/TT-BTC), the budget's year, settling, and paying back what is recovered.
PLAN_RULE = "contract.instalment_percents"
PAYMENT_RULE = "contract.advance_percent_max"
BUDGET_RULE = "budget.year_end"
SETTLEMENT_RULE = "settlement.days"
VOUCHERS = "lump_sum.final_needs_vouchers"
DEBT_RULE = "recovery.payment_days"


def books(facts: StepFacts, task: Task) -> Books:
    """The task's books, loaded once for all guards of one question."""
    if "books" not in facts.cache:
        facts.cache["books"] = books_of(task)
    found: Books = facts.cache["books"]
    return found


def limit(facts: StepFacts, text: str, key: str) -> Refusal | None:
    """A limit of money: it always blocks, for what is missing cannot be paid, however sure the rule it rests on."""
    return facts.block(text, key) if text else None


def hands(facts: StepFacts) -> set[User | None]:
    """Who decides and who types: what must be seen by two is not seen by either of them twice."""
    return {facts.decided_by or facts.actor, facts.actor}


def post_step(step: Taking, moves: Sequence[Move], *, task: Task, on: date | None = None) -> None:
    """Post the edges of a step, each with its amount and budget year; the step is refused when money is missing."""
    entries = [
        Entry(
            edge=edge,
            amount_vnd=amount,
            key=f"{step.event.uuid}:{edge.word}:{year or ''}",
            task=task,
            year=year,
            memo=step.subject.code,
        )
        for edge, amount, year in moves
        if amount
    ]
    send(step, entries, on or step.effective_on)


def send(step: Taking, entries: list[Entry], on: date) -> None:
    """Post under the step's event."""
    try:
        post(entries, event_uuid=step.event.uuid, effective_on=on)
    except Overspent as refused:
        raise StepRefused([Refusal(str(refused))]) from refused
