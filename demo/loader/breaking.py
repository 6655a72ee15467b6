"""Tasks that leave the usual way: suspended, resumed, terminated, under recovery."""

from datetime import datetime, timedelta

from core import clock
from core.money import VND
from core.people.roles import Role
from core.regulations import value
from funds import services as funds
from tasks import services
from tasks.models import Cause, Ground, Task
from tasks.selectors import computed_recovery

from .player import History
from .stage import Stage


def suspend(stage: Stage, task: Task, when: datetime) -> History:
    """By decision, for at most six months."""
    yield when
    ground = "Địa điểm thực nghiệm bị ngập, chưa thể tiếp tục bố trí thử nghiệm."
    services.save_suspension(
        task,
        actor=stage.staff(Role.OFFICER),
        facts={
            "ground": ground,
            "from_on": clock.today(),
            "until": clock.today() + timedelta(days=150),
            "conditions": "Khôi phục xong địa điểm thực nghiệm.\nCó kế hoạch bù tiến độ được chấp thuận.",
        },
    )
    stage.paper(task, "suspend", stage.staff(Role.PPC_CHAIR), reason=ground)


def resume(stage: Stage, task: Task, when: datetime) -> History:
    """The conditions are met: the work goes on."""
    yield when
    note = "Đơn vị đã khôi phục địa điểm thực nghiệm và có kế hoạch bù tiến độ."
    services.save_resumption(
        task,
        actor=stage.staff(Role.OFFICER),
        facts={"resume_from": clock.today(), "resume_note": note},
    )
    stage.paper(task, "resume", stage.staff(Role.PPC_CHAIR), reason=note)


def terminate(stage: Stage, task: Task, when: datetime) -> History:
    """The contract ends early through the host's fault."""
    yield when
    paid = task.approved_state_vnd // 2
    explanation = "Đơn vị chủ trì không bố trí được nhân lực thực hiện, quá hạn các mốc chính."
    services.save_termination(
        task,
        actor=stage.staff(Role.OFFICER),
        facts={
            "ground": Ground.STOPPED,
            "cause": Cause.SUBJECTIVE,
            "terminated_from": clock.today(),
            "explanation": explanation,
            "spent_vnd": VND(paid * 9 // 10),
            "accepted_vnd": VND(paid * 8 // 10),
            "returned_percent": value("recovery.subjective_percent_min", task.regulation),
            "percent_reason": "Mức tối thiểu đối với nguyên nhân chủ quan; đơn vị chủ trì đã phối hợp bàn giao.",
            "handover": "Toàn bộ số liệu khảo sát và báo cáo chuyên đề đã hoàn thành.",
        },
    )
    task.refresh_from_db()
    stage.paper(task, "terminate", stage.staff(Role.PPC_CHAIR), reason=explanation)


def order_recovery(stage: Stage, task: Task, when: datetime) -> History:
    """What the termination decided, to be paid within a month."""
    yield when
    amount = computed_recovery(Task.objects.get(pk=task.pk))
    services.save_recovery(
        task,
        actor=stage.staff(Role.OFFICER),
        facts={
            "amount_vnd": amount,
            "basis": "Kinh phí chưa sử dụng, chi không đúng quy định và phần phải hoàn trả do nguyên nhân chủ quan.",
            "due_on": clock.today() + timedelta(days=30),
            "account": "3713.0.9059031",
            "bank": "Kho bạc Nhà nước khu vực Bình An",
        },
    )
    task.refresh_from_db()
    stage.paper(task, "order_recovery", stage.staff(Role.PPC_CHAIR))


def repay(stage: Stage, task: Task, when: datetime) -> History:
    """The host pays everything back; the accountant confirms it and closes the recovery."""
    yield when
    owed = task.recovery_orders.get().amount_vnd
    repayment = funds.record_repayment(
        task,
        actor=stage.staff(Role.FUND_OFFICER),
        amount_vnd=VND(owed),
        received_on=clock.today(),
        bank_reference=f"NT-{clock.today():%y%m}-{task.pk:04d}",
        key=stage.key(),
    )
    yield stage.player.later(minutes=120)
    accountant = stage.staff(Role.CHIEF_ACCOUNTANT)
    stage.step(repayment, "confirm", accountant)
    task.refresh_from_db()
    stage.step(task, "close_recovery", accountant)
