"""Money: estimates of the year, requests, the bank's answers, settlements, repayments."""

from collections.abc import Iterator
from functools import partial
from typing import Any
from uuid import uuid4

from core import clock
from core.workflow.table import Row
from funds import services
from funds.choices import Bucket, ClosingGround
from funds.lifecycle import Guard
from funds.models.papers import GONE
from funds.policy import OWING, PAYABLE, SETTLEABLE
from funds.selectors.books import books_of, is_in_ledger
from tasks.lifecycle import Guard as Tasks
from tasks.lifecycle import TaskState
from tasks.models import Instalment, Task
from tasks.selectors import instalment_obstacle
from tests.factories import funds as made

from .after import applicant, hand_in
from .life import Life, beginning, content

TEN_MILLION = 10_000_000


@content(Guard.NO_REPORT_OVERDUE)
def _reports(life: Life, disbursement: Any, _row: Row) -> None:
    hand_in(life, disbursement.task)


@content(Guard.WITHIN_YEAR_ESTIMATE)
def _estimate(life: Life, disbursement: Any, _row: Row) -> None:
    task, year = disbursement.task, disbursement.budget_year
    if year > clock.today().year:
        life.wait(366)
    waiting = books_of(task).year(year).waiting_vnd
    if waiting and task.state in (*PAYABLE, TaskState.SUSPENDED):
        made.grant(life.people.house, task, year, waiting)


@content(Guard.BANK_ACCOUNT_KNOWN)
def _account(life: Life, disbursement: Any, _row: Row) -> None:
    facts = {"account": "3713.0.1012345", "bank": "Kho bạc Nhà nước khu vực"}
    services.edit_disbursement(disbursement, actor=applicant(life, disbursement.task), facts=facts)


@content(Guard.PAYMENT_CONFIRMED_BY_TWO)
def _bank(life: Life, disbursement: Any, _row: Row) -> None:
    made.entered(life.people.house, disbursement)


@content(Guard.ANNULMENT_GROUND_WRITTEN)
def _ground(life: Life, disbursement: Any, _row: Row) -> None:
    if not disbursement.bank_reference:
        services.write_annulment_ground(disbursement, actor=life.people.house.fund_officer, ground="Nhầm đợt cấp")


@content(Tasks.RECOVERY_CLOSED)
def _closing(life: Life, task: Any, _row: Row) -> None:
    facts = {
        "ground": life.choose(list(ClosingGround), "ground for closing"),
        "decision": "Quyết định 15/QĐ-UBND",
        "decided_on": clock.today(),
    }
    services.record_closing(task, actor=life.people.house.fund_officer, facts=facts, key=uuid4())


def _kept(task: Task) -> bool:
    return is_in_ledger(task)


@beginning(*(f"task.{state}" for state in PAYABLE), main=False)
def payments(life: Life) -> Iterator[tuple[str, Any]]:
    for task in Task.objects.filter(state__in=PAYABLE, contract__isnull=False).order_by("code"):
        free = Instalment.objects.filter(contract__task=task).order_by("sequence")
        for instalment in free if _kept(task) else []:
            taken = instalment.disbursements.exclude(state__in=GONE).exists()
            if not taken and not instalment_obstacle(instalment):
                actor = applicant(life, task)
                yield (
                    f"payment {instalment.sequence}",
                    partial(services.create_disbursement, instalment, actor=actor, key=uuid4()),
                )
                break


@beginning("task.recognised", "task.terminated", "task.recovered", main=True)
@beginning(*(f"task.{state}" for state in SETTLEABLE), main=False)
def settlements(life: Life) -> Iterator[tuple[str, Any]]:
    for task in Task.objects.filter(state__in=SETTLEABLE).order_by("code"):
        advanced = books_of(task).lies_in(Bucket.ADVANCED) if _kept(task) else 0
        if advanced and not task.settlements.exclude(state__in=["settled", "dropped"]).exists():
            returned = life.choose([0, TEN_MILLION], "given back")
            yield (
                "settlement",
                partial(_settlement, life, task, max(advanced - returned, 0), min(returned, advanced)),
            )


def _settlement(life: Life, task: Task, spent: int, returned: int) -> None:
    services.create_settlement(
        task,
        actor=applicant(life, task),
        facts={
            "spent_vnd": spent,
            "returned_vnd": returned,
            "return_reference": f"NT-{uuid4()}" if returned else "",
            "report": "Đã chi đúng dự toán",
        },
        lines=[{"item": "Công lao động", "approved_vnd": spent, "spent_vnd": spent}] if spent else [],
        key=uuid4(),
    )


@beginning("task.recovering", main=True)
@beginning(*(f"task.{state}" for state in OWING), main=False)
def repayments(life: Life) -> Iterator[tuple[str, Any]]:
    for task in Task.objects.filter(state__in=OWING).order_by("code"):
        owed = books_of(task).lies_in(Bucket.RECOVERABLE) if _kept(task) else 0
        if owed and not task.repayments.filter(state="recorded").exists():
            amount = owed if life.rarely("all at once", 2) else max(owed // 2, 1)
            yield "repayment", partial(made.recorded, life.people.house, task, amount)
