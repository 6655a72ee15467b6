"""The contract: its default plan of payments, what it lacks, whether an instalment's precondition holds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from django.utils.translation import gettext as _

from core import clock
from core.clock import Unit
from core.money import VND, split
from core.regulations import value
from tasks.lifecycle import InspectionState, ReportState, TaskState
from tasks.models import Contract, Instalment, Precondition, Task, Verdict

FINAL_AFTER = {
    "acceptance": Precondition.RESULTS_ACCEPTED,
    "registration": Precondition.RESULTS_REGISTERED,
    "recognition": Precondition.RESULTS_RECOGNISED,
}
# In the order in which a task comes to them.
ON_RESULTS = (Precondition.RESULTS_ACCEPTED, Precondition.RESULTS_REGISTERED, Precondition.RESULTS_RECOGNISED)
SIGNED_STATES = tuple(
    state for state in TaskState if state not in {TaskState.APPROVED, TaskState.REVOKED, TaskState.VOID}
)
AFTER_ACCEPTANCE = (TaskState.ACCEPTED, TaskState.REGISTERED, TaskState.RECOGNISED)


@dataclass(frozen=True, slots=True, kw_only=True)
class InstalmentPlan:
    """One instalment before it is a row."""

    amount_vnd: VND
    precondition: Precondition
    planned_on: date
    budget_year: int


def default_instalments(state_value_vnd: int, starts_on: date, ends_on: date, regulation: str) -> list[InstalmentPlan]:
    """The rule book's shares of the contract value, spread over its time. Empty when there is no state money."""
    if not state_value_vnd:
        return []
    amounts = split(state_value_vnd, value("contract.instalment_percents", regulation))
    last = len(amounts) - 1
    days = (ends_on - starts_on).days
    dates = [clock.add_days(starts_on, days * number // max(last, 1), Unit.DAYS) for number in range(len(amounts))]
    return [
        InstalmentPlan(
            amount_vnd=amount,
            precondition=default_precondition(number, last, regulation),
            planned_on=day,
            budget_year=day.year,
        )
        for number, (amount, day) in enumerate(zip(amounts, dates, strict=True))
    ]


def default_precondition(number: int, last: int, regulation: str) -> Precondition:
    """The first after signing, the last as the rule book says, those between after an inspection or a report."""
    if number == 0:
        return Precondition.SIGNED
    if number < last:
        inspected = value("disbursement.needs_inspection", regulation)
        return Precondition.INSPECTION_PASSED if inspected else Precondition.PROGRESS_ACCEPTED
    return FINAL_AFTER[value("disbursement.final_after", regulation)]


def contract_of(task: Task) -> Contract | None:
    """The task's contract, read once for each instance."""
    found: Contract | None = getattr(task, "contract", None)
    return found


def is_of_before(task: Task) -> bool:
    """Whether the contract that is being written was signed before this system."""
    return bool(task.unconfirmed) and task.state != TaskState.APPROVED


def over_approval(task: Task, contract: Contract) -> str:
    """What the contract promises beyond the approval, in words; state and other money apart."""
    if contract.state_value_vnd > task.approved_state_vnd:
        return _("The contract promises more state money than was approved.")
    if contract.other_value_vnd > task.approved_other_vnd:
        return _("The contract names more money from other sources than was approved.")
    return ""


def unplanned(contract: Contract) -> str:
    """What the instalments leave open, in words: no đồng without its day and its precondition."""
    total = sum(one.amount_vnd for one in contract.instalments.all())
    if total == contract.state_value_vnd:
        return ""
    return _("The instalments do not add up to the state's part of the contract.")


def missing_in_contract(task: Task) -> Iterator[str]:
    """What keeps the contract from being signed, in words."""
    contract = contract_of(task)
    if contract is None:
        yield _("The contract has not been written yet.")
        return
    if contract.state_value_vnd and not contract.instalments.all():
        yield _("The contract has no instalments.")
    if contract.ends_on > last_end(task, contract.starts_on):
        text = _("The contract runs longer than the %(months)s months approved.")
        yield text % {"months": task.months}


def percent_kept(contract: Contract, moved: Mapping[int, int] = MappingProxyType({})) -> int | None:
    """The part of the state's money that waits for the results, in whole percent; None without instalments.

    ``moved``: primary key of an instalment → the amount in đồng that an amendment would give it.
    """
    instalments = list(contract.instalments.all())
    if not instalments or not contract.state_value_vnd:
        return None
    waiting = [moved.get(one.pk, one.amount_vnd) for one in instalments if one.precondition in ON_RESULTS]
    return sum(waiting) * 100 // contract.state_value_vnd


def last_end(task: Task, starts_on: date) -> date:
    """The last day a contract that starts then may run to."""
    return clock.add_days(starts_on, task.months, Unit.MONTHS)


def instalment_obstacle(instalment: Instalment) -> str:
    """Why an instalment may not be paid yet, in words; empty when its precondition holds.

    Inspections and reports count once: the n-th instalment that waits for one needs the n-th of them.
    """
    kind = Precondition(instalment.precondition)
    if _holds(instalment, kind):
        return ""
    return _("Instalment %(number)s waits for: %(precondition)s.") % {
        "number": instalment.sequence,
        "precondition": kind.label,
    }


def _holds(instalment: Instalment, kind: Precondition) -> bool:
    # Counted in Python: a page that has loaded these rows already asks nothing more.
    task = instalment.contract.task
    match kind:
        case Precondition.SIGNED:
            return task.state in SIGNED_STATES
        case Precondition.PROGRESS_ACCEPTED:
            accepted = [one for one in task.reports.all() if one.state == ReportState.ACCEPTED]
            return len(accepted) >= _place(instalment, kind)
        case Precondition.INSPECTION_PASSED:
            return _passed_inspections(task) >= _place(instalment, kind)
        case _:
            return task.state in AFTER_ACCEPTANCE[ON_RESULTS.index(kind) :]


def _passed_inspections(task: Task) -> int:
    """How many inspections the task has passed; none counts while the last one asks to stop the work."""
    concluded = [one for one in task.inspections.all() if one.state == InspectionState.CONCLUDED]
    last = max(concluded, key=lambda one: (one.held_at or clock.instant(one.planned_on), one.sequence), default=None)
    if last is None or last.verdict == Verdict.STOP:
        return 0
    return sum(one.verdict != Verdict.STOP for one in concluded)


def _place(instalment: Instalment, kind: Precondition) -> int:
    """The instalment's place among those of its contract that wait for the same."""
    rows = instalment.contract.instalments.all()
    return sum(one.precondition == kind and one.sequence <= instalment.sequence for one in rows)
