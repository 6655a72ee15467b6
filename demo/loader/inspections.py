"""Inspections: planned, announced, held, concluded; some still to come."""

from datetime import datetime, time, timedelta

from core import clock
from core.money import VND
from core.people.models import User
from core.people.roles import Role
from tasks import services
from tasks.lifecycle import TaskState
from tasks.models import Inspection, InspectionKind, Instalment, Precondition, Task, Verdict

from .player import History
from .reports import progress, spent_so_far
from .stage import Stage


def inspection(stage: Stage, task: Task, held: int, verdict: Verdict = Verdict.CONTINUE) -> History:
    """One visit so many days before the demo's day; what lies after that day has not happened yet."""
    yield stage.days.at(max(held + 12, 2), 8, task.pk % 60)
    made = plan(stage, task, held)
    yield stage.days.at(max(held + 6, 1), 9, task.pk % 60)
    stage.step(made, "announce", stage.staff(Role.OFFICER))
    yield clock.instant(made.planned_on, time(16, task.pk % 60))
    writer = record(stage, task, made, verdict)
    stage.step(made, "conclude", stage.other_than(writer, Role.OFFICER))


def planned(stage: Stage, task: Task, held: int) -> History:
    """A visit that is only planned so far."""
    yield stage.days.at(5, 10, task.pk % 60)
    plan(stage, task, held)


def ready_for_money(stage: Stage) -> History:
    """The demo's university passes an inspection, so that whoever signs for it can ask for the second instalment."""
    yield stage.days.at(17, 8)
    waiting = Instalment.objects.filter(
        contract__task__host=stage.world.hosts[0],
        contract__task__state=TaskState.RUNNING,
        sequence=2,
        precondition=Precondition.INSPECTION_PASSED,
        disbursements=None,
    )
    second = waiting.exclude(contract__task__inspections__isnull=False).order_by("pk").first()
    if second is not None:
        yield from inspection(stage, second.contract.task, 2)


def plan(stage: Stage, task: Task, held: int) -> Inspection:
    """The plan of a visit at the host's place."""
    day = stage.days.working(held)
    return services.plan_inspection(
        task,
        actor=stage.staff(Role.OFFICER),
        facts={
            "kind": InspectionKind.MID_TERM if task.pk % 3 == 0 else InspectionKind.PERIODIC,
            "planned_on": day,
            "place": task.host.name,
            "ground": f"Kế hoạch kiểm tra nhiệm vụ khoa học và công nghệ năm {day.year}",
            "head": stage.staff(Role.HEAD_OF_DIVISION),
            "period_from": max(day - timedelta(days=180), task.starts_on or day),
            "period_to": day,
        },
        key=stage.key(),
    )


def record(stage: Stage, task: Task, made: Inspection, verdict: Verdict) -> User:
    """What was found on the spot, and who wrote it down."""
    percent = progress(task)
    spent = spent_so_far(task, min(percent, 75))
    head, officer = stage.staff(Role.HEAD_OF_DIVISION), stage.staff(Role.OFFICER)
    unit, host, signer = "Sở Khoa học và Công nghệ", task.host.name, stage.signer(task.host).full_name
    services.record_inspection(
        made,
        actor=officer,
        facts={
            "held_at": _at(made, 8, 30),
            "closed_at": _at(made, 11, 15),
            "inspectors": [
                {"name": str(head), "unit": unit, "role": "Trưởng đoàn"},
                {"name": str(officer), "unit": unit, "role": "Thành viên"},
            ],
            "host_people": [
                {"name": signer, "unit": host, "role": "Đại diện tổ chức chủ trì"},
                {"name": str(task.principal_investigator), "unit": host, "role": "Chủ nhiệm nhiệm vụ"},
            ],
            "host_head": signer,
            "facts": stage.say("inspection", "facts"),
            "requests": stage.say("inspection", "requests"),
            "percent": percent,
            "spent_vnd": spent,
            "settled_vnd": min(spent, VND(task.approved_state_vnd * min(percent, 35) // 100)),
            "verdict": verdict,
        },
        findings=[
            {"content": "Khảo sát, đánh giá thực trạng", "planned": "Hoàn thành", "done": "Đã hoàn thành"},
            {"content": "Xây dựng mô hình", "planned": "02 mô hình", "done": f"Đạt khoảng {percent} % khối lượng"},
        ],
    )
    return officer


def _at(made: Inspection, hour: int, minute: int) -> datetime:
    return clock.instant(made.planned_on, time(hour, minute))
