"""Instalments paid in this system, through every pair of hands, and the settlement of advances."""

from collections.abc import Generator
from datetime import datetime

from core import clock
from core.money import VND, split
from core.people.roles import Role
from funds import services as funds
from funds.choices import Bucket
from funds.models import Disbursement
from funds.selectors.books import books_of
from tasks.models import Instalment, Precondition, Task

from . import inspections
from .player import History
from .stage import Stage


def second_instalment(stage: Stage, task: Task, paid: int) -> History:
    """The inspection it waits for, where it waits for one, then the payment."""
    instalment = Instalment.objects.select_related("contract").get(contract__task=task, sequence=2)
    if instalment.precondition == Precondition.INSPECTION_PASSED:
        yield from inspections.inspection(stage, task, min(max(paid + 22, 14), 185))
    yield from pay(stage, task, instalment, paid)


def pay(stage: Stage, task: Task, instalment: Instalment, paid: int) -> Generator[datetime, None, Disbursement]:
    """Requested, checked, verified, approved by paper, paid and confirmed: by so many different people."""
    days, minute = stage.days, task.pk % 60
    signer, officer = stage.signer(task.host), stage.staff(Role.FUND_OFFICER)
    accountant, director = stage.staff(Role.CHIEF_ACCOUNTANT), stage.payer_of(task.payer)
    yield days.at(paid + 10, 8, minute)
    purpose = f"Cấp kinh phí đợt {instalment.sequence} theo hợp đồng"
    request = funds.create_disbursement(instalment, actor=signer, purpose=purpose, key=stage.key())
    stage.step(request, "request", signer)
    yield days.at(paid + 8, 9, minute)
    stage.step(request, "examine", officer)
    yield days.at(paid + 6, 10, minute)
    stage.step(request, "verify", accountant)
    yield days.at(paid + 4, 14, minute)
    decision = stage.draft(request, "approve")
    yield days.at(paid + 2, 15, minute)
    stage.paper(request, "approve", director, draft=decision)
    yield days.at(paid + 1, 9, minute)
    reference = f"UNC-{clock.today():%y%m}-{request.pk:04d}"
    funds.enter_payment(request, actor=officer, bank_reference=reference, paid_on=clock.today())
    yield days.at(paid, 14, minute)
    request.refresh_from_db()
    stage.step(request, "pay", accountant)
    return request


def settle(stage: Stage, task: Task, settled: int, *, give_back_percent: int = 0) -> History:
    """What is still advanced is settled; a part may be given back."""
    days, minute = stage.days, task.pk % 60
    signer, officer = stage.signer(task.host), stage.staff(Role.FUND_OFFICER)
    yield days.at(settled + 12, 8, minute)
    advanced = books_of(task).lies_in(Bucket.ADVANCED)
    back = VND(advanced * give_back_percent // 100)
    spent = VND(advanced - back)
    labour, rest = split(spent, (62, 38))
    settlement = funds.create_settlement(
        task,
        actor=signer,
        facts={
            "spent_vnd": spent,
            "returned_vnd": back,
            "return_reference": f"NT-{task.pk:04d}" if back else "",
            "report": "Kinh phí được sử dụng đúng nội dung và định mức; chứng từ lưu tại đơn vị.",
        },
        lines=[
            {"item": "Công lao động", "approved_vnd": labour, "spent_vnd": labour},
            {"item": "Vật tư, nguyên liệu và chi khác", "approved_vnd": rest, "spent_vnd": rest},
        ],
        key=stage.key(),
    )
    stage.step(settlement, "file", signer)
    yield days.at(settled + 5, 9, minute)
    stage.step(settlement, "examine", officer)
    yield days.at(settled, 10, minute)
    stage.step(settlement, "settle", stage.staff(Role.CHIEF_ACCOUNTANT))
