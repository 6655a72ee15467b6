"""How much of the state's money a host gives back when a contract ends early."""

from dataclasses import dataclass
from datetime import date

from core.money import VND, split
from core.regulations import value
from tasks.models import Cause, Task, Termination

from . import money

HUNDRED = 100
LEAST, MOST = "recovery.subjective_percent_min", "recovery.objective_percent_max"
RISK = "recovery.risk_acceptance"


@dataclass(frozen=True, slots=True)
class ShareRule:
    """Between which whole percentages of the money spent properly goes back, and by which parameter."""

    key: str
    lowest: int
    highest: int

    def allows(self, percent: int) -> bool:
        return self.lowest <= percent <= self.highest


def share_rule(*, cause: str, procedure_followed: bool, regulation: str, on: date | None = None) -> ShareRule:
    """What the rule book says of the share that a termination may decide.

    A subjective cause: at least so much; an objective one: at most so much, and nothing is as right (old tasks: Joint
    Circular 27/2015/TTLT-BKHCN-BTC, new ones: Decree 265/2025/NĐ-CP). Nothing where the risk is accepted: objective
    cause, every procedure followed (new tasks only: Law 93/2025/QH15, Article 9).

    ``on``: the day of the task's approval.
    """
    if cause == Cause.SUBJECTIVE:
        return ShareRule(LEAST, int(value(LEAST, regulation, on)), HUNDRED)
    if procedure_followed and value(RISK, regulation, on):
        return ShareRule(RISK, 0, 0)
    return ShareRule(MOST, 0, int(value(MOST, regulation, on)))


def rule_of(termination: Termination) -> ShareRule:
    """The rule on the share that this termination decides."""
    return share_rule(
        cause=termination.cause,
        procedure_followed=termination.procedure_followed,
        regulation=termination.task.regulation,
        on=termination.task.approved_on,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryFacts:
    """What the computation rests on, in đồng; ``percent`` as the termination decided it."""

    paid_vnd: VND
    spent_vnd: VND
    accepted_vnd: VND
    returned_vnd: VND
    percent: int

    @property
    def proper_vnd(self) -> VND:
        """What was spent properly of the money paid."""
        return VND(min(self.accepted_vnd, self.spent_vnd, self.paid_vnd))


def always_recovered(facts: RecoveryFacts) -> VND:
    """What no decision leaves with the host: unspent money and improper spending, less what came back, in đồng."""
    return VND(max(facts.paid_vnd - facts.proper_vnd - facts.returned_vnd, 0))


def amount_to_recover(facts: RecoveryFacts) -> VND:
    """What always goes back and the share of proper spending that was decided, in đồng."""
    share = split(facts.proper_vnd, [facts.percent, HUNDRED - facts.percent])[0]
    return VND(always_recovered(facts) + share)


def recovery_facts(task: Task) -> RecoveryFacts | None:
    """The facts of a terminated task, with the money from the ledger; None without a termination."""
    termination: Termination | None = getattr(task, "termination", None)
    if termination is None:
        return None
    totals = money.source().totals(task)
    return RecoveryFacts(
        paid_vnd=totals.paid_vnd,
        spent_vnd=VND(termination.spent_vnd),
        accepted_vnd=VND(termination.accepted_vnd),
        returned_vnd=totals.returned_vnd,
        percent=termination.returned_percent or 0,
    )


def computed_recovery(task: Task) -> VND:
    """What the host gives back by what its termination decided; nothing without a termination."""
    facts = recovery_facts(task)
    return amount_to_recover(facts) if facts else VND(0)
