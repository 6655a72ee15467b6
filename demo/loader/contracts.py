"""A contract is written, signed by paper, and the work begins."""

from datetime import datetime, time, timedelta
from typing import Any

from core import clock
from core.clock import Unit
from core.money import VND
from core.people.roles import Role
from core.workflow.service import take_step
from funds import services as funds
from funds.selectors.books import books_of
from tasks import services
from tasks.models import Task

from .money import decision
from .player import History
from .stage import Stage
from .terms import IN_LEDGER, Terms, contract_facts, payer_signer

TO_START = timedelta(days=12)
OPENING = time(7, 30)


def sign(stage: Stage, task: Task, when: datetime) -> History:
    """Written, signed, the estimate of the year granted; it starts on its first day."""
    yield when
    write(stage, task)
    yield stage.player.later(minutes=90)
    stage.paper(task, "sign_contract", payer_signer(stage, task.payer))
    assert task.starts_on is not None  # noqa: S101  # the signed contract set it
    grant(stage, task, task.starts_on.year)
    yield clock.instant(task.starts_on, OPENING)
    task.refresh_from_db()
    take_step(task, "start", actor=None, key=stage.key())


def write(stage: Stage, task: Task) -> None:
    """The officer writes what the parties agreed."""
    starts = clock.today() + TO_START
    agreed = Terms(
        starts,
        clock.add_days(starts, task.months, Unit.MONTHS),
        VND(task.approved_state_vnd),
        VND(task.approved_other_vnd),
        starts + timedelta(days=task.months * 15),
    )
    facts = contract_facts(stage, agreed, task.host, task.payer)
    plan: list[Any] | None = None if task.payer in IN_LEDGER else []
    if plan is not None:
        # The host pays itself: nothing is disbursed, so the contract promises no money of the State.
        facts |= {"state_value_vnd": VND(0), "other_value_vnd": VND(task.approved_other_vnd)}
    services.save_contract(task, actor=stage.staff(Role.OFFICER), facts=facts, instalments=plan)
    task.refresh_from_db()


def grant(stage: Stage, task: Task, year: int) -> None:
    """What the contract still waits for in the year is granted to the task."""
    waiting = books_of(task).year(year).waiting_vnd
    if waiting:
        estimate = funds.grant_year_estimate(
            task,
            year=year,
            amount_vnd=waiting,
            decision=decision(f"Giao dự toán năm {year}", f"{task.pk + 20}/QĐ-QPTKHCN", clock.today()),
            actor=stage.staff(Role.FUND_OFFICER),
            key=stage.key(),
        )
        funds.answer_year_estimates(estimate, actor=stage.staff(Role.CHIEF_ACCOUNTANT), agrees=True)
