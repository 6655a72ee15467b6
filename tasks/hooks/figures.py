"""Do the figures of reports, inspections and dossiers fit what was paid and agreed? They warn and ask for a reason."""

from django.utils.translation import gettext as _

from core.money import format_vnd
from core.workflow.registry import guard
from core.workflow.ruling import Refusal, StepFacts
from tasks.lifecycle import Guard, TaskState
from tasks.models import Inspection, Report, Task
from tasks.selectors import current_file, money
from tasks.selectors.contracts import contract_of

RULE = "contract.advance_percent_max"


def _warn(facts: StepFacts, text: str, first: int, second: int) -> Refusal:
    words = text % {"first": format_vnd(first), "second": format_vnd(second)}
    return Refusal(words, facts.parameter(RULE).source, blocking=False)


@guard(Guard.SPENDING_WITHIN_PAYMENTS)
def spending_within_payments(facts: StepFacts) -> Refusal | None:
    """No more is spent than was paid, no more settled than spent; a host that advances its own money says so."""
    record: Report | Inspection = facts.subject
    spent, settled = record.spent_vnd or 0, getattr(record, "settled_vnd", None) or 0
    if settled > spent:
        text = _("%(first)s đồng are said to be settled, but only %(second)s đồng to be spent: say why.")
        return _warn(facts, text, settled, spent)
    if not spent:
        return None
    totals = money.source().totals(record.task)
    if totals.with_host_vnd is None or spent <= totals.paid_vnd:
        return None
    text = _("%(first)s đồng of the State are said to be spent, but only %(second)s đồng were paid: say why.")
    return _warn(facts, text, spent, totals.paid_vnd)


@guard(Guard.SPENDING_WITHIN_CONTRACT)
def spending_within_contract(facts: StepFacts) -> Refusal | None:
    """The final report spends no more of the State's money than the contract gives."""
    task: Task = facts.subject
    dossier, contract = current_file(task), contract_of(task)
    if dossier is None or contract is None or dossier.spent_vnd <= contract.state_value_vnd:
        return None
    text = _("%(first)s đồng of the State are said to be spent; the contract gives %(second)s đồng: say why.")
    return _warn(facts, text, dossier.spent_vnd, contract.state_value_vnd)


@guard(Guard.ALL_INSTALMENTS_PAID)
def all_instalments_paid(facts: StepFacts) -> Refusal | None:
    """A task that went well is paid in full before its contract ends; what is left goes back to the plan."""
    task: Task = facts.subject
    contract, totals = contract_of(task), money.source().totals(task)
    if task.state != TaskState.RECOGNISED or contract is None or totals.with_host_vnd is None:
        return None
    unpaid = contract.state_value_vnd - totals.paid_vnd
    if unpaid <= 0:
        return None
    text = _("%(first)s of the contract's %(second)s đồng were never paid and will be given up: say why.")
    return _warn(facts, text, unpaid, contract.state_value_vnd)
