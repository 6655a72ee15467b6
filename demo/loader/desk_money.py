"""What lies half done on the desks of the fund: a settlement, requests for money, a plan and an estimate."""

from contextlib import suppress

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from core import clock
from core.money import VND
from core.people.models import User
from core.people.policy import visible_to
from core.people.roles import Payer, Role
from core.workflow.ruling import StepRefused
from funds import services as funds
from funds.choices import Bucket
from funds.models import Disbursement
from funds.selectors.books import books_of
from tasks.models import Instalment, Task

from .money import decision
from .stage import Stage

BEGUN = 2
MORE_VND = VND(2_000_000_000)


def settlement(stage: Stage, signer: User) -> None:
    """Of the last task that has an advance."""
    for task in visible_to(signer, Task, "settle_money").order_by("-pk"):
        advanced = books_of(task).lies_in(Bucket.ADVANCED)
        if advanced:
            facts = {"spent_vnd": advanced, "returned_vnd": 0, "return_reference": "", "report": "Đang tập hợp."}
            funds.create_settlement(task, actor=signer, facts=facts, key=stage.key())
            return


def requests(stage: Stage) -> list[Disbursement]:
    """One request that the accountant has verified, one that the fund officer types from paper.

    Not of the demo's university: whoever tries the demo as its signer asks for money himself.
    """
    planned = Instalment.objects.filter(disbursements=None).exclude(contract__task__host=stage.world.hosts[0])
    made: list[Disbursement] = []
    for instalment in planned.select_related("contract__task__host").order_by("pk"):
        if len(made) < BEGUN:
            with suppress(PermissionDenied, ValidationError, StepRefused), transaction.atomic():
                made.append(_typed(stage, instalment) if made else _verified(stage, instalment))
    return made


def approve(stage: Stage, requested: list[Disbursement]) -> None:
    """The director approves the first; it waits for the bank."""
    for request in requested[:1]:
        stage.paper(request, "approve", stage.payer_of(request.task.payer))


def _typed(stage: Stage, instalment: Instalment) -> Disbursement:
    return _request(stage, instalment, stage.staff(Role.FUND_OFFICER))


def _verified(stage: Stage, instalment: Instalment) -> Disbursement:
    signer = stage.signer(instalment.contract.task.host)
    request = _request(stage, instalment, signer)
    stage.step(request, "request", signer)
    stage.step(request, "examine", stage.staff(Role.FUND_OFFICER))
    stage.step(request, "verify", stage.staff(Role.CHIEF_ACCOUNTANT))
    return request


def _request(stage: Stage, instalment: Instalment, actor: User) -> Disbursement:
    purpose = f"Cấp kinh phí đợt {instalment.sequence} theo hợp đồng"
    return funds.create_disbursement(instalment, actor=actor, purpose=purpose, key=stage.key())


def plan_and_estimate(stage: Stage) -> None:
    """More money for the year, and the estimate of one task: both entered, nobody has confirmed them."""
    officer, today = stage.staff(Role.FUND_OFFICER), clock.today()
    funds.set_year_plan(
        year=today.year,
        amount_vnd=MORE_VND,
        decision=decision(f"Bổ sung kế hoạch vốn khoa học và công nghệ năm {today.year}", "3117/QĐ-UBND", today),
        payer=Payer.FUND,
        actor=officer,
        key=stage.key(),
    )
    _estimate(stage, officer)


def _estimate(stage: Stage, officer: User) -> None:
    """Of the first task whose contract has money that waits for the coming year's estimate."""
    year = clock.today().year + 1
    for task in visible_to(officer, Task, "grant_money").filter(payer=Payer.FUND).order_by("pk"):
        waiting = books_of(task).year(year).waiting_vnd
        if waiting:
            more = decision("Giao dự toán bổ sung", "41/QĐ-QPTKHCN", clock.today())
            funds.grant_year_estimate(
                task, year=year, amount_vnd=waiting, decision=more, actor=officer, key=stage.key()
            )
            return
