"""Tasks of before come in: facts, products, people, contract, and what was paid on them."""

from datetime import timedelta
from typing import Any

from core import clock
from core.money import VND
from core.people.models import Organisation, User
from core.people.roles import Role
from core.workflow.adoption import Adoption
from funds import services as funds
from proposals.choices import LumpSum, Position
from tasks import services
from tasks.lifecycle import Management
from tasks.lifecycle import TaskState as S
from tasks.models import Grade, Instalment, Precondition, Task

from .lists import products
from .plan_tasks import OLD, SIGNED, Life, TaskPlan
from .stage import Stage
from .terms import IN_LEDGER, Terms, instalments, old_contract

# Lives that had reached their state before; those that are signed here enter approved, the others running.
BEFORE = OLD | {Life.REGISTERED, Life.RECOGNISED}
ALL_PAID = BEFORE | {Life.WHOLE, Life.ACCEPTED, Life.FAILED}
OLD_BOOKS = "Sổ theo dõi cấp kinh phí và quyết toán đến ngày nhập"


def adopt(stage: Stage, plan: TaskPlan, agreed: Terms, waits_for: Precondition) -> Task:
    """Let the task enter, then open its books."""
    host = stage.host_for(plan.title.field)
    officer, head = stage.staff(Role.OFFICER), stage.staff(Role.HEAD_OF_DIVISION)
    entry = entry_of(plan)
    has_contract = entry != S.APPROVED and not plan.is_followed
    task = services.adopt_task(
        facts=_facts(stage, plan, agreed, host),
        state=entry,
        adoption=Adoption(
            batch=f"{clock.today():%Y-%m-%d}",
            actor=officer,
            confirmed_by=head,
            effective_on=clock.today(),
            note="Nhập từ hồ sơ quản lý nhiệm vụ trước khi dùng hệ thống.",
        ),
        parts=services.TaskParts(
            products=_products(stage, plan),
            members=_members(stage, host),
            contract=old_contract(stage, agreed, host, plan.payer) if has_contract else None,
            instalments=instalments(agreed, waits_for) if has_contract and plan.payer in IN_LEDGER else (),
        ),
        key=stage.key(),
    )
    _open_books(stage, plan, task, officer, head)
    return task


def entry_of(plan: TaskPlan) -> S:
    """The state in which a task comes in."""
    if plan.life in SIGNED:
        return S.APPROVED
    return plan.life.state if plan.life in BEFORE else S.RUNNING


def _facts(stage: Stage, plan: TaskPlan, agreed: Terms, host: Organisation) -> dict[str, Any]:
    return {
        "title": plan.title.text,
        "goals": stage.say("goals", "task"),
        "field": plan.title.field,
        "research_type": plan.title.research_type,
        "level": plan.level,
        "management": Management.FOLLOWED if plan.is_followed else Management.MANAGED,
        "managing_body": stage.world.managers[plan.level] if plan.is_followed else stage.body("SKHCN"),
        "payer": plan.payer,
        "host": host,
        "principal_investigator": stage.next_leader(host),
        "approved_state_vnd": agreed.state_vnd,
        "approved_other_vnd": agreed.other_vnd,
        "months": plan.months,
        "approved_on": agreed.approved_on,
        "lump_sum": stage.random.choice((LumpSum.PARTIAL, LumpSum.PARTIAL, LumpSum.FINAL)),
        "receiver": stage.random.choice(stage.receivers),
        "plan_year": agreed.starts_on.year,
        "synthetic": plan.title.synthetic,
        **_times(plan, agreed),
        **_result(plan, agreed),
    }


def _times(plan: TaskPlan, agreed: Terms) -> dict[str, Any]:
    """A task whose contract is signed here has no days yet."""
    if plan.life in SIGNED:
        return {}
    elapsed = (clock.today() - agreed.starts_on).days * 100 // (agreed.ends_on - agreed.starts_on).days
    percent = None if plan.life in BEFORE else max(0, min(elapsed, 95))
    return {"starts_on": agreed.starts_on, "ends_on": agreed.ends_on, "opening_percent": percent}


def _result(plan: TaskPlan, agreed: Terms) -> dict[str, Any]:
    if plan.life is Life.ENDED:
        return {"ended_on": agreed.ends_on, "end_note": "Cơ quan quản lý đã nghiệm thu và thanh lý."}
    if plan.life not in BEFORE or plan.life is Life.OLD_RECOVERED:
        return {}
    grade = Grade.EXCELLENT if plan.place % 7 == 2 else Grade.PASS  # noqa: PLR2004
    return {"grade": grade, "accepted_on": agreed.ends_on + timedelta(days=50)}


def _products(stage: Stage, plan: TaskPlan) -> list[dict[str, Any]]:
    rows = products(stage, 2 + stage.random.randrange(2))
    done = plan.life in BEFORE and plan.life is not Life.OLD_RECOVERED
    delivered = {"delivered_note": "Đủ số lượng, đạt yêu cầu."}
    return [{**row, **({"delivered": row["quantity"], **delivered} if done else {})} for row in rows]


def _members(stage: Stage, host: Organisation) -> list[dict[str, Any]]:
    secretary = stage.random.choice(stage.world.researchers[host.pk])
    row = {"user": secretary, "name": str(secretary), "organisation": host.name, "position": Position.SECRETARY}
    return [{**row, "months": 12}]


def _open_books(stage: Stage, plan: TaskPlan, task: Task, officer: User, head: User) -> None:
    """What the bank paid before, and how much of it was settled: three quarters, all of it on closed tasks."""
    paid = _paid(plan, task)
    total = sum(payment.instalment.amount_vnd for payment in paid)
    settled = total if plan.life in OLD else total * 3 // 4
    back = settled * 2 // 100 if plan.life in OLD and plan.place % 5 == 1 else 0
    funds.adopt_balance(
        task,
        actor=officer,
        confirmed_by=head,
        decision=OLD_BOOKS,
        on=clock.today(),
        payments=paid,
        settled_vnd=VND(settled - back),
        returned_vnd=VND(back),
        batch=f"{clock.today():%Y-%m-%d}",
        key=stage.key(),
    )


def _paid(plan: TaskPlan, task: Task) -> list[funds.EarlierPayment]:
    """The instalments whose day lay before; the last one waits for the registration of the results."""
    today = clock.today()
    rows = Instalment.objects.filter(contract__task=task).select_related("contract").order_by("sequence")
    mine = [one for one in rows if plan.life in ALL_PAID or one.planned_on < today]
    if plan.life not in OLD and plan.life is not Life.RECOGNISED:
        mine = mine[:2]
    return [
        funds.EarlierPayment(one, min(one.planned_on, today), f"UNC-{one.planned_on:%y%m}-{task.pk:03d}{one.sequence}")
        for one in mine
    ]
