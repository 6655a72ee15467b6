"""The two calls for proposals of the coming plan year: one closed long ago, one still open."""

from datetime import date, time
from typing import Any

from core import clock
from core.people.roles import Role
from core.workflow.service import take_step
from proposals import services
from proposals.lifecycle import CallKind
from proposals.models import Call

from .player import History
from .stage import Stage

ORIENTATION = """Nông nghiệp công nghệ cao, chế biến và bảo quản sau thu hoạch
Chuyển đổi số, trí tuệ nhân tạo trong quản lý và dịch vụ công
Chăm sóc sức khỏe nhân dân, phát triển dược liệu
Bảo vệ môi trường, ứng phó với thiên tai
Bảo tồn và phát huy giá trị văn hóa"""
REQUIREMENTS = """Phiếu đặt hàng đủ 14 mục, có xác nhận của thủ trưởng đơn vị
Có đơn vị cam kết tiếp nhận kết quả
Không trùng lặp với nhiệm vụ đã và đang thực hiện"""


def call_facts(stage: Stage, title: str, opens: date, closes: date) -> dict[str, Any]:
    """What every announcement says; calls close at 17:00."""
    return {
        "title": title,
        "plan_year": stage.plan_year,
        "opens_at": clock.instant(opens, time(8)),
        "closes_at": clock.instant(closes, time(17)),
        "orientation": ORIENTATION,
        "requirements": REQUIREMENTS,
        "address": "Sở Khoa học và Công nghệ, số 12 đường Hòa Bình, phường Trung Tâm, tỉnh Bình An",
        "contact": "Phòng Quản lý Khoa học, điện thoại 0200 3 000 000",
    }


def call_for_proposals(stage: Stage, number: int, announced: int, closes: int) -> History:
    """Announced and, when its time has come, closed by the clock."""
    yield stage.days.at(announced, 8)
    title = f"Đề xuất, đặt hàng nhiệm vụ khoa học và công nghệ năm {stage.plan_year}, đợt {number}"
    facts = call_facts(stage, title, stage.days.working(announced), stage.days.day(closes))
    call = services.create_call(actor=stage.staff(Role.OFFICER), kind=CallKind.PROPOSALS, facts=facts, key=stage.key())
    stage.paper(call, "announce", stage.staff(Role.DEPARTMENT_DIRECTOR))
    stage.calls_for_proposals[number] = call
    yield from close(stage, call)


def close(stage: Stage, call: Call) -> History:
    """The clock closes a call."""
    assert call.closes_at is not None  # noqa: S101  # an announced call has a closing
    yield call.closes_at
    take_step(call, "close", actor=None, key=stage.key())


def call_in_preparation(stage: Stage) -> History:
    """The next call: a draft whose announcement waits for the director."""
    yield stage.days.at(2, 15)
    title = f"Đề xuất nhiệm vụ đột xuất phục vụ phòng, chống thiên tai năm {stage.plan_year}"
    facts = call_facts(stage, title, stage.days.day(-10), stage.days.day(-45))
    call = services.create_call(actor=stage.staff(Role.OFFICER), kind=CallKind.PROPOSALS, facts=facts, key=stage.key())
    stage.draft(call, "announce")
