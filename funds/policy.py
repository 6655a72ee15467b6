"""Who may see and change what about money: the host its own, the department and the fund all, councils nothing."""

from typing import Any

from django.db.models import Q

from core.documents.policy import loose_files
from core.people.models import User
from core.people.policy import Named, both, declare, declare_actions, either, only, own, own_organisation, role
from core.people.roles import INSIDE, Role
from core.workflow.confirmed import CONFIRMED, UNCONFIRMED
from tasks.lifecycle import Management, TaskState
from tasks.models import Task

from .choices import LEDGER_PAYERS
from .lifecycle import DisbursementState, RepaymentState, SettlementState
from .models import Disbursement, Repayment, Settlement, YearEstimate, YearPlan
from .models.plans import ENTRY_WAITS, IN_FORCE, WITHDRAWAL_WAITS

T = TaskState
HOST = (Role.APPLICANT, Role.ORGANISATION_SIGNER)
# Sorted, so that the permission table reads the same on every machine.
INSIDERS = role(*sorted(INSIDE))
HOSTS = role(*HOST)
PLANNERS = role(Role.FUND_OFFICER, Role.CHIEF_ACCOUNTANT)
# The second person behind plans and estimates.
CONFIRMERS = role(Role.CHIEF_ACCOUNTANT, Role.FUND_DIRECTOR)
BOOKKEEPERS = role(Role.FUND_OFFICER)
# Who enters what a host handed in on paper: whoever may also enter that it was signed (recorders of the tables).
ON_PAPER = role(Role.FUND_OFFICER, Role.CLERK)
LEDGER_READERS = role(Role.FUND_OFFICER, Role.CHIEF_ACCOUNTANT, Role.FUND_DIRECTOR, Role.INSPECTOR)

IN_LEDGER = only(Q(payer__in=LEDGER_PAYERS, management=Management.MANAGED), "paid by the fund or the department")
# A task from before is paid once a second person has confirmed it; until then its opening balance is written.
ENTERED = both(UNCONFIRMED, only(~Q(state=T.APPROVED), "contracted"))
PAYABLE = (
    T.CONTRACTED,
    T.RUNNING,
    T.ACCEPTANCE_FILED,
    T.ACCEPTANCE_RETURNED,
    T.GRASSROOTS_ACCEPTED,
    T.AT_COUNCIL,
    T.ACCEPTED,
    T.REGISTERED,
    T.RECOGNISED,
)
SETTLEABLE = (*PAYABLE, T.SUSPENDED, T.FAILED, T.TERMINATED, T.RECOVERING, T.RECOVERED)
OWING = (T.RECOVERING, T.RECOVERED, T.LIQUIDATED, T.ARCHIVED)


def _state(*states: str) -> Named:
    return only(Q(state__in=states), " / ".join(states))


def _of_host(prefix: str) -> Named:
    return either(own_organisation(f"{prefix}host", *HOST), own(f"{prefix}principal_investigator", "the investigator"))


def _host_side(prefix: str) -> Named:
    return either(_of_host(prefix), ON_PAPER)


OUTSIDE = _of_host("task__")
# A host's own draft is the host's: the administration changes only what it entered from paper itself.
WRITES_DRAFT = either(OUTSIDE, both(ON_PAPER, own("entered_by", "who entered it from paper")))

TASK_ACTIONS: dict[str, Named] = {
    "open_books": both(role(Role.OFFICER, Role.FUND_OFFICER), IN_LEDGER, ENTERED),
    "request_money": both(_host_side(""), IN_LEDGER, _state(*PAYABLE), CONFIRMED),
    "settle_money": both(_host_side(""), IN_LEDGER, _state(*SETTLEABLE), CONFIRMED),
    "grant_money": both(PLANNERS, IN_LEDGER, _state(*PAYABLE, T.SUSPENDED), CONFIRMED),
    "repay_money": both(BOOKKEEPERS, IN_LEDGER, _state(*OWING), CONFIRMED),
    "close_debt": both(BOOKKEEPERS, IN_LEDGER, _state(T.RECOVERING), CONFIRMED),
    "see_ledger": both(LEDGER_READERS, IN_LEDGER),
    "see_money": either(INSIDERS, _of_host("")),
    "see_drafts": _host_side(""),
}


def permits(user: User, action: str, task: Task) -> bool:
    """Whether the rule of a task's action holds for the loaded ``task``, without asking the database again.

    The same answer as ``can``, as a test compares: for pages that ask for all the actions at once.
    """
    condition = TASK_ACTIONS[action](user)
    return condition is not None and _holds(condition, task)


def _holds(condition: Q, task: Task) -> bool:
    """A condition on the task's own columns: equality, ``__in``, and, or, not."""
    parts: list[Any] = condition.children
    answers = [_holds(part, task) if isinstance(part, Q) else _fits(part[0], part[1], task) for part in parts]
    found = any(answers) if condition.connector == Q.OR and answers else all(answers)
    return not found if condition.negated else found


def _fits(lookup: str, value: Any, task: Task) -> bool:
    name, _, operator = lookup.partition("__")
    column: Any = task._meta.get_field(name)
    own = getattr(task, column.attname)
    return own in value if operator == "in" else own == value


declare(Task, TASK_ACTIONS)
declare(
    Disbursement,
    {
        "view": either(both(INSIDERS, only(~Q(state=DisbursementState.DRAFT), "no draft")), OUTSIDE, ON_PAPER),
        "edit": both(WRITES_DRAFT, _state(DisbursementState.DRAFT)),
        "enter_payment": both(BOOKKEEPERS, _state(DisbursementState.APPROVED)),
        "write_ground": both(BOOKKEEPERS, _state(DisbursementState.APPROVED)),
    },
)
declare(
    Settlement,
    {
        "view": either(both(INSIDERS, only(~Q(state=SettlementState.DRAFT), "no draft")), OUTSIDE, ON_PAPER),
        "edit": both(WRITES_DRAFT, _state(SettlementState.DRAFT)),
    },
)
declare(
    Repayment,
    {"view": either(INSIDERS, OUTSIDE), "edit": both(BOOKKEEPERS, _state(RepaymentState.RECORDED))},
)


def _answerable(user: User) -> Q:
    """What somebody else has entered, or wants to withdraw."""
    return ENTRY_WAITS & ~Q(entered_by=user.pk) | WITHDRAWAL_WAITS & ~Q(withdrawal_by=user.pk)


GRANTED: dict[str, Named] = {
    "view": INSIDERS,
    "withdraw": both(PLANNERS, only(IN_FORCE & Q(withdrawal_by=None), "in force")),
    "answer": both(CONFIRMERS, Named("entered or withdrawn by somebody else", _answerable)),
}
declare(YearPlan, GRANTED)
declare(YearEstimate, GRANTED)
loose_files.update({"year_plan": INSIDERS, "year_estimate": INSIDERS})
declare_actions(
    {
        "funds.overview": INSIDERS,
        "funds.plans": INSIDERS,
        "funds.plan": PLANNERS,
        "funds.estimates": INSIDERS,
        "funds.grant": PLANNERS,
        "funds.disbursements": either(INSIDERS, HOSTS),
        "funds.settlements": either(INSIDERS, HOSTS),
        "funds.repayments": either(INSIDERS, HOSTS),
    }
)
