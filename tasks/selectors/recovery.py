"""How much of the state's money a host gives back when a contract ends early."""

from dataclasses import dataclass

from core.money import VND, split
from core.regulations import value
from tasks.models import Cause, Task, Termination

from . import money

HUNDRED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryFacts:
    """What the computation rests on, in đồng."""

    paid_vnd: VND
    spent_vnd: VND
    accepted_vnd: VND
    returned_vnd: VND
    percent: int


def recovered_percent(*, cause: str, procedure_followed: bool, regulation: str) -> int:
    """Which share of properly spent money goes back.

    Subjective cause: at least 40 per cent, objective: at most 10 (old tasks: Joint Circular
    27/2015/TTLT-BKHCN-BTC, new ones: Decree 265/2025/NĐ-CP). Nothing when the risk is accepted: objective cause, every
    procedure followed (new tasks only: Law 93/2025/QH15, Article 9).
    """
    if cause == Cause.SUBJECTIVE:
        return int(value("recovery.subjective_percent_min", regulation))
    if procedure_followed and value("recovery.risk_acceptance", regulation):
        return 0
    return int(value("recovery.objective_percent_max", regulation))


def amount_to_recover(facts: RecoveryFacts) -> VND:
    """Unspent money and improper spending, less what came back already, and the share of proper spending, in đồng."""
    spent = min(facts.spent_vnd, facts.paid_vnd)
    accepted = min(facts.accepted_vnd, spent)
    owed = max(facts.paid_vnd - accepted - facts.returned_vnd, 0)
    share = split(accepted, [facts.percent, HUNDRED - facts.percent])[0]
    return VND(owed + share)


def recovery_facts(task: Task, termination: Termination) -> RecoveryFacts:
    """The facts of one terminated task, with the money from the ledger."""
    totals = money.source().totals(task)
    percent = recovered_percent(
        cause=termination.cause, procedure_followed=termination.procedure_followed, regulation=task.regulation
    )
    return RecoveryFacts(
        paid_vnd=totals.paid_vnd,
        spent_vnd=VND(termination.spent_vnd),
        accepted_vnd=VND(termination.accepted_vnd),
        returned_vnd=totals.returned_vnd,
        percent=percent,
    )


def computed_recovery(task: Task) -> VND:
    """What the rule book makes the host give back; nothing without a termination."""
    termination: Termination | None = getattr(task, "termination", None)
    return amount_to_recover(recovery_facts(task, termination)) if termination else VND(0)
