"""After the award: contract, reports, inspections, amendments, acceptance, results, ending; old and followed tasks."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import uuid4

from core import clock
from core.documents.services import refuse_document
from core.people.roles import Payer
from core.workflow.table import Row
from funds.selectors.books import is_in_ledger
from funds.services import adopt_balance
from tasks import services
from tasks.lifecycle import Guard, Management, TaskState
from tasks.models import AmendmentKind, Cause, Grade, Ground, Task, Verdict
from tasks.selectors.acceptance import PARTS
from tasks.selectors.contracts import default_instalments
from tasks.selectors.papers import unnumbered_papers
from tasks.selectors.recovery import computed_recovery, share_rule
from tasks.selectors.reports import missing_reports
from tests.factories import funds
from tests.factories import tasks as made

from .before import host_of
from .life import MOST, Life, beginning, content
from .people import Troupe

MILLION = 1_000_000
OLD, OLD_END, RECENT = date(2024, 6, 3), date(2026, 6, 3), date(2026, 1, 12)
T = TaskState


def applicant(life: Life, task: Task) -> Any:
    """Who writes for the host of a task."""
    return host_of(life, task.host).applicant


# ── Contract ────────────────────────────────────────────────────────────────────────────────────────────────────────


@content(
    Guard.CONTRACT_COMPLETE,
    Guard.CONTRACT_WITHIN_APPROVAL,
    Guard.INSTALMENTS_SUM,
    Guard.FINAL_INSTALMENT_LARGE_ENOUGH,
)
def _contract(life: Life, task: Any, _row: Row) -> None:
    starts_on = clock.today() + timedelta(days=life.choose([0, 14], "days until the start"))
    less = life.choose([0, 50 * MILLION], "below the approval")
    facts = made.contract_facts(task, starts_on=starts_on, state_value_vnd=task.approved_state_vnd - less)
    services.save_contract(task, actor=life.people.officer, facts=facts)


@content(Guard.START_DATE_REACHED)
def _start(life: Life, task: Any, _row: Row) -> None:
    life.wait_until(clock.instant(task.starts_on, clock.local(clock.now()).time()))


# ── Reports, inspections, amendments ────────────────────────────────────────────────────────────────────────────────


def write_report(life: Life, report: Any) -> None:
    facts = {"done": "Đã xây dựng mô hình", "percent": 30, "spent_vnd": 100 * MILLION}
    lines = [{"item": "Công lao động", "state_vnd": 100 * MILLION}]
    services.save_report(report, actor=applicant(life, report.task), facts=facts, spending=lines)


@content(Guard.REPORT_COMPLETE)
def _report(life: Life, report: Any, _row: Row) -> None:
    write_report(life, report)


def hand_in(life: Life, task: Task) -> None:
    """Every report that was due: filed, or struck by the head of division."""
    for report in missing_reports(Task.objects.get(pk=task.pk), clock.today()):
        if life.rarely("strike the report"):
            made.step(report, "drop", life.people.head, reason="Không còn cần")
        else:
            write_report(life, report)
            made.step(report, "file", host_of(life, task.host).signer, reason="Chi từ nguồn ứng trước của đơn vị")


@content(Guard.REPORTS_FILED)
def _reports(life: Life, task: Any, _row: Row) -> None:
    hand_in(life, task)


@content(Guard.INSPECTION_ANNOUNCED_IN_TIME)
def _plan_later(life: Life, inspection: Any, _row: Row) -> None:
    day = clock.add_working_days(clock.today(), 10)
    services.change_plan(inspection, actor=life.people.officer, facts={"planned_on": day})


@content(Guard.INSPECTION_RECORDED)
def _visit(life: Life, inspection: Any, _row: Row) -> None:
    life.wait_until(max(clock.now(), made.at(inspection.planned_on, 17)))
    verdict = life.choose([Verdict.CONTINUE, Verdict.ADJUST, Verdict.STOP], "verdict")
    made.recorded(life.people, inspection, verdict)


@content(Guard.AMENDMENT_COMPLETE)
def _amendment(life: Life, amendment: Any, _row: Row) -> None:
    changes = [{"item": "Nội dung 2", "before": "Mô hình A", "after": "Mô hình B"}]
    facts: dict[str, Any] = {
        AmendmentKind.EXTENSION: {"extension_months": 6},
        AmendmentKind.INVESTIGATOR: {"new_investigator": _other_leader(life, amendment.task)},
        AmendmentKind.CONTENT: {"changes": changes},
        AmendmentKind.PHASING: {},
    }[amendment.kind]
    services.edit_amendment(
        amendment,
        actor=applicant(life, amendment.task),
        facts=facts,
        phasings=_moved(amendment.task) if amendment.kind == AmendmentKind.PHASING else (),
    )


def _other_leader(life: Life, task: Task) -> Any:
    return next(person for person in reversed(life.people.leaders) if person.pk != task.principal_investigator_id)


def _moved(task: Task) -> list[dict[str, Any]]:
    """The last instalment a year later, where a contract has one that nobody asked for yet."""
    contract = getattr(task, "contract", None)
    free = contract.instalments.filter(disbursements=None).order_by("-sequence") if contract else []
    return [
        {
            "instalment": one,
            "amount_vnd": one.amount_vnd,
            "planned_on": clock.add_days(one.planned_on, 12, "months"),
            "budget_year": one.budget_year + 1,
        }
        for one in free[:1]
    ]


@content(Guard.AMENDMENT_OPINION_GIVEN)
def _opinion(life: Life, amendment: Any, _row: Row) -> None:
    services.give_opinion(amendment, actor=life.people.officer, opinion="Đề nghị xem xét", agrees=True)


@beginning("task.contracted", "task.running", main=False)
def running_papers(life: Life) -> Iterator[tuple[str, Any]]:
    """An inspection, an amendment of each kind."""
    for task in Task.objects.filter(state__in=[T.CONTRACTED, T.RUNNING], management="managed").order_by("code"):
        if task.inspections.count() < MOST:
            day = clock.add_working_days(clock.today(), life.choose([5, 0], "days until the inspection"))
            yield "inspection", partial(made.planned_inspection, life.people, task, day)
        if task.amendments.count() < MOST and task.ends_on:
            kind = life.choose(list(AmendmentKind), "kind of amendment")
            yield (
                f"amendment {kind}",
                partial(
                    services.create_amendment,
                    task,
                    actor=applicant(life, task),
                    kind=kind,
                    facts={"reason": "Bão làm hỏng ao nuôi"},
                    key=uuid4(),
                ),
            )


# ── Acceptance and results ──────────────────────────────────────────────────────────────────────────────────────────


@content(Guard.ACCEPTANCE_FILE_COMPLETE)
def _acceptance(life: Life, task: Any, _row: Row) -> None:
    services.save_acceptance_file(
        task,
        actor=applicant(life, task),
        facts={
            "final_report_on": clock.today(),
            "summary": "Đã hoàn thành quy trình",
            "self_grade": Grade.PASS,
            "self_assessment": "Đạt yêu cầu đặt hàng",
            "spent_vnd": task.approved_state_vnd,
            "other_spent_vnd": task.approved_other_vnd,
        },
        delivered=[
            {"sequence": product.sequence, "delivered": product.quantity, "delivered_note": "Đủ"}
            for product in task.products.all()
        ],
        files={part.purpose: made.pdf(part.purpose.rsplit(".", 1)[-1]) for part in PARTS if part.required},
    )


@content(Guard.GRASSROOTS_RESULT_RECORDED)
def _grassroots(life: Life, task: Any, _row: Row) -> None:
    facts = {"grassroots_on": clock.today(), "grassroots_decision": "12/BB-ĐH", "grassroots_passed": True}
    services.save_grassroots_result(task, actor=applicant(life, task), facts=facts)


@content(Guard.REGISTRATION_COMPLETE)
def _registration(life: Life, task: Any, _row: Row) -> None:
    facts = {
        "requested_on": clock.today(),
        "corrected_on": clock.today(),
        "storage": "Trung tâm Thông tin",
        "members": [{"name": "Chủ nhiệm", "unit": "Trường", "role": "Chủ nhiệm"}],
        "abstract": "Quy trình nuôi tôm tuần hoàn",
    }
    services.save_registration(task, actor=life.people.officer, facts=facts)


@content(Guard.RECOGNITION_WRITTEN)
def _recognition(life: Life, task: Any, _row: Row) -> None:
    words = {"ownership": "Trường quản lý, sử dụng kết quả", "results": "01 quy trình"}
    services.save_recognition(task, actor=life.people.officer, facts=words)


@content(Guard.LIQUIDATION_RECORDED)
def _liquidation(life: Life, task: Any, _row: Row) -> None:
    words = {"held_on": clock.today(), "place": "Sở", "handover": "01 quy trình"}
    services.save_liquidation(task, actor=life.people.officer, facts=words)


@content(Guard.PAPERS_TO_ARCHIVE)
def _papers(_life: Life, _task: Any, _row: Row) -> None:
    """They came with the steps before."""


@content(Guard.PAPERS_NUMBERED)
def _no_drafts(life: Life, task: Any, _row: Row) -> None:
    for draft in unnumbered_papers(task):
        refuse_document(draft, actor=life.people.officer, reason="Không còn cần")


# ── Ending otherwise ────────────────────────────────────────────────────────────────────────────────────────────────


@content(Guard.SUSPENSION_RECORDED)
def _suspension(life: Life, task: Any, _row: Row) -> None:
    facts = {
        "ground": "Bão lớn",
        "from_on": clock.today(),
        "until": clock.today() + timedelta(days=90),
        "conditions": "Ao nuôi được sửa xong",
    }
    services.save_suspension(task, actor=life.people.officer, facts=facts)


@content(Guard.RESUMPTION_RECORDED)
def _resumption(life: Life, task: Any, _row: Row) -> None:
    longer = life.rarely("the end moves", 2) and task.ends_on
    facts = {
        "resume_from": clock.today(),
        "resume_note": "Ao nuôi đã sửa xong",
        "new_ends_on": task.ends_on + timedelta(days=90) if longer else None,
    }
    services.save_resumption(task, actor=life.people.officer, facts=facts)


@content(Guard.TERMINATION_GROUND_NAMED, Guard.RETURNED_SHARE_DECIDED)
def _termination(life: Life, task: Any, _row: Row) -> None:
    cause = life.choose([Cause.SUBJECTIVE, Cause.OBJECTIVE], "cause")
    followed = life.rarely("every procedure was followed", 2)
    rule = share_rule(cause=cause, procedure_followed=followed, regulation=task.regulation)
    facts = {
        "ground": Ground.STOPPED,
        "cause": cause,
        "terminated_from": clock.today(),
        "explanation": "Không thực hiện đúng cam kết",
        "spent_vnd": 300 * MILLION,
        "accepted_vnd": 250 * MILLION,
        "compliance_note": "Đã tuân thủ quy trình",
        "procedure_followed": followed,
        "returned_percent": life.choose([rule.lowest, rule.highest], "percent"),
        "percent_reason": "Theo mức độ lỗi",
    }
    services.save_termination(task, actor=life.people.officer, facts=facts)


@content(Guard.RECOVERY_COMPUTED, Guard.NOTHING_GIVEN_AWAY, Guard.RECOVERY_PAPER_KNOWN)
def _recovery(life: Life, task: Any, _row: Row) -> None:
    facts = {
        "amount_vnd": computed_recovery(task) or 10 * MILLION,
        "difference_reason": "Theo kết luận thanh tra",
        "basis": "Biên bản làm việc",
        "cited_number": "12/QĐ-UBND",
        "cited_on": clock.today(),
        "due_on": clock.today() + timedelta(days=30),
        "account": "3713.0.1012345",
        "bank": "Kho bạc Nhà nước khu vực",
    }
    services.save_recovery(task, actor=life.people.officer, facts=facts)


@content(Guard.FOLLOWED_START_RECORDED)
def _followed_from(life: Life, task: Any, _row: Row) -> None:
    facts = {"starts_on": clock.today(), "ends_on": clock.today() + timedelta(days=365)}
    services.save_following(task, actor=life.people.officer, facts=facts)


@content(Guard.FOLLOWED_END_RECORDED)
def _followed(life: Life, task: Any, _row: Row) -> None:
    facts = {"ended_on": clock.today(), "end_note": "Bộ đã nghiệm thu"}
    services.save_following(task, actor=life.people.officer, facts=facts)


# ── From before ─────────────────────────────────────────────────────────────────────────────────────────────────────

ENTRIES: dict[str, dict[str, Any]] = {
    "approved": {"approved_on": RECENT},
    "running under the old rules": {"state": T.RUNNING, "approved_on": OLD, "starts_on": OLD, "ends_on": OLD_END},
    "followed": {"state": T.RUNNING, "approved_on": OLD, "management": Management.FOLLOWED, "level": "national"},
}


def adopt(people: Troupe, entry: str, payer: str = Payer.FUND) -> Task:
    """Let a task of before enter, with its contract and its money."""
    facts = {**ENTRIES[entry], "payer": payer}
    products = [{"name": "Quy trình nuôi", "kind": "scientific", "unit": "quy trình", "quantity": 1}]
    parts = services.TaskParts(products=products, members=[made.MEMBER])
    if entry == "running under the old rules":
        instalments = default_instalments(900 * MILLION, OLD, OLD_END, "r1_2013")
        parts = replace(parts, contract=_old_contract(), instalments=instalments)
    task = made.adopted(people, parts=parts, **facts)
    if is_in_ledger(task):
        funds.plan(task.approved_state_vnd, payer=task.payer, actor=people.house.accountant)
    adopt_balance(
        task,
        actor=people.officer,
        confirmed_by=people.head,
        decision="Bàn giao sổ cũ",
        on=clock.today(),
        key=uuid4(),
    )
    return task


def _old_contract() -> dict[str, Any]:
    task = Task(approved_state_vnd=900 * MILLION, approved_other_vnd=100 * MILLION, months=24)
    return {**made.contract_facts(task, starts_on=OLD), "signed_on": OLD, "number": "07/2024/HĐKHCN"}
