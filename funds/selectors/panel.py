"""A task's money on its own page, which asks many questions already: here everything is asked once."""

from core.people.models import User
from funds.models import Disbursement
from funds.models.papers import GONE
from funds.policy import TASK_ACTIONS, permits
from tasks.models import Contract, Task

REMEMBERED = "known_disbursements"


def money_actions(user: User, task: Task) -> set[str]:
    """What the user may do with the task's money, and what he may see of it. No query."""
    return {name for name in TASK_ACTIONS if permits(user, name, task)}


def disbursements_under(contract: Contract) -> list[Disbursement]:
    """Every request to pay that still counts, loaded once for this instance of the contract."""
    known: list[Disbursement] | None = vars(contract).get(REMEMBERED)
    if known is None:
        known = list(Disbursement.objects.filter(task=contract.task_id).exclude(state__in=GONE))
        vars(contract)[REMEMBERED] = known
    return known
