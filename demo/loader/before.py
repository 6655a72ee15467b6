"""An order and a task from before this system that an officer has entered and nobody has confirmed yet."""

from datetime import date, timedelta
from typing import Any

from core import clock
from core.clock import Unit
from core.documents.kinds import DocumentKind
from core.money import VND
from core.people.models import User
from core.people.roles import Level, Payer, Role
from core.workflow.adoption import Adoption
from funds import services as funds
from proposals import services as proposals
from proposals.choices import Field, LumpSum, Origin, ProductKind, ResearchType
from proposals.lifecycle import OrderMode, OrderState
from tasks import services as tasks
from tasks.lifecycle import Management, TaskState
from tasks.models import Grade, Precondition, Task

from .stage import Stage
from .terms import Terms, instalments, old_contract

MONTHS, STATE_VND = 18, VND(640_000_000)
SURVEY = {
    "name": "Báo cáo hiện trạng và bản đồ vùng nguy cơ",
    "kind": ProductKind.SCIENTIFIC,
    "unit": "bộ",
    "quantity": 1,
    "quality": "Được hội đồng nghiệm thu thông qua",
}


def _entered(officer: User, on: date) -> Adoption:
    return Adoption(
        batch=f"{clock.today():%Y-%m-%d}",
        actor=officer,
        effective_on=on,
        note="Nhập từ hồ sơ trước khi dùng hệ thống, chờ xác nhận.",
    )


def order_of_before(stage: Stage) -> None:
    """An order of a list from before, with its results."""
    listed, officer = stage.days.working(400), stage.staff(Role.OFFICER)
    order = proposals.adopt_order(
        facts={
            "title": "Đánh giá hiện trạng và đề xuất giải pháp bảo vệ nguồn nước ngầm các xã ven sông tỉnh Bình An",
            "field": Field.NATURAL,
            "research_type": ResearchType.APPLIED,
            "mode": OrderMode.CALL,
            "origin": Origin.DIRECTIVE,
            "origin_note": f"Thông báo kết luận của Chủ tịch UBND tỉnh ngày {listed:%d/%m/%Y}",
            "objectives": "Xác định nguyên nhân suy giảm và giải pháp bảo vệ nguồn nước.",
            "state_budget_vnd": 1_250_000_000,
            "months": 18,
            "receiver": stage.receivers[0] if stage.receivers else None,
            "level": Level.PROVINCIAL,
            "payer": Payer.FUND,
            "plan_year": listed.year + 1,
            "listed_symbol": "1188/QĐ-UBND",
            "listed_on": listed,
            "listed_by": stage.body("UBND"),
        },
        state=OrderState.LISTED,
        adoption=_entered(officer, listed),
        key=stage.key(),
    )
    proposals.edit_order(order, actor=officer, facts={}, products=[SURVEY])


def task_of_before(stage: Stage) -> None:
    """A liquidated task with its contract and its money: its file still has to go to the archive."""
    starts = stage.days.working(1_000)
    ends = clock.add_days(starts, MONTHS, Unit.MONTHS)
    agreed = Terms(starts, ends, STATE_VND, VND(0), starts + (ends - starts) / 2)
    host, officer = stage.world.hosts[1], stage.staff(Role.OFFICER)
    task = tasks.adopt_task(
        facts={
            "title": "Nghiên cứu giải pháp giảm xói lở bờ sông bằng thảm thực vật bản địa tại các xã ven sông",
            "goals": "Đề xuất mô hình thảm thực vật giữ bờ phù hợp với từng đoạn sông.",
            "field": Field.NATURAL,
            "research_type": ResearchType.APPLIED,
            "level": Level.PROVINCIAL,
            "management": Management.MANAGED,
            "managing_body": stage.body("SKHCN"),
            "payer": Payer.FUND,
            "host": host,
            "principal_investigator": stage.next_leader(host),
            "approved_state_vnd": STATE_VND,
            "months": MONTHS,
            "approved_on": agreed.approved_on,
            "lump_sum": LumpSum.PARTIAL,
            "receiver": stage.receivers[0] if stage.receivers else None,
            "plan_year": starts.year,
            "starts_on": starts,
            "ends_on": ends,
            "grade": Grade.PASS,
            "accepted_on": ends + timedelta(days=50),
            "synthetic": True,
        },
        state=TaskState.LIQUIDATED,
        adoption=_entered(officer, stage.days.working(20)),
        parts=tasks.TaskParts(papers=_approval(stage, agreed)),
        key=stage.key(),
    )
    tasks.save_products(task, actor=officer, rows=[{**SURVEY, "delivered": 1, "delivered_note": "Đủ, đạt yêu cầu."}])
    contract = old_contract(stage, agreed, host, Payer.FUND)
    tasks.save_contract(
        task, actor=officer, facts=contract, instalments=instalments(agreed, Precondition.PROGRESS_ACCEPTED)
    )
    _opening(stage, task)


def _approval(stage: Stage, agreed: Terms) -> dict[DocumentKind, dict[str, Any]]:
    """The decision that later papers cite; the contract has its own number."""
    facts = {"symbol": "1042/QĐ-UBND", "signed_on": agreed.approved_on, "issuer": stage.body("UBND").name}
    return {DocumentKind.APPROVAL_DECISION: facts}


def _opening(stage: Stage, task: Task) -> None:
    """Everything was paid and settled; the fund officer writes it from his books."""
    plan = list(task.contract.instalments.order_by("sequence"))
    granted: dict[int, int] = {}
    for one in plan:
        granted[one.budget_year] = granted.get(one.budget_year, 0) + one.amount_vnd
    funds.save_opening(
        task,
        actor=stage.staff(Role.FUND_OFFICER),
        facts={
            "decision": "Sổ theo dõi cấp kinh phí và quyết toán đến ngày nhập",
            "settled_vnd": STATE_VND,
            "settled_on": plan[-1].planned_on + timedelta(days=30),
        },
        granted=granted,
        payments=[
            {
                "sequence": one.sequence,
                "paid_on": one.planned_on,
                "bank_reference": f"UNC-{one.planned_on:%y%m}-{one.sequence}",
            }
            for one in plan
        ],
    )
