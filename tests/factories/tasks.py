"""Tasks in any state: facts through the services, states through take_step."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from core import clock
from core.clock import ZONE
from core.documents.kinds import DocumentKind
from core.documents.selectors import deciding_body
from core.money import VND
from core.people.authorities import holders, is_holder
from core.people.models import User
from core.people.roles import Act, Level, Payer, Role
from core.workflow.adoption import Adoption
from proposals.choices import Field, LumpSum, Position, ProductKind, ResearchType
from tasks import services
from tasks.lifecycle import Management, TaskState
from tasks.models import AmendmentKind, Cause, Grade, Ground, Inspection, InspectionKind, Report, Task, Verdict
from tasks.selectors.acceptance import PARTS
from tasks.selectors.earlier import wanted_papers
from tests.factories import proposals as before
from tests.factories.people import AuthorityFactory, department, user_with

MILLION = 1_000_000
paper, step = before.paper, before.step
MEMBER = {"name": "Trần Thị Thư Ký", "position": Position.SECRETARY, "organisation": "Trường Đại học", "months": 12}


def cast() -> before.Cast:
    """The people of ``proposals.cast``; the director signs contracts, the committee's chair decides amendments."""
    people = before.cast()
    AuthorityFactory(act=Act.AMENDMENT_APPROVER)
    AuthorityFactory(
        act=Act.CONTRACT_SIGNER,
        body=department(),
        positions=[Role.DEPARTMENT_DIRECTOR.value],
        title_line="GIÁM ĐỐC",
    )
    return people


def facts(people: before.Cast, **more: Any) -> dict[str, Any]:
    """The facts of a task of 24 months for 900 million đồng of the state and 100 million of the host."""
    return {
        "title": "Nghiên cứu quy trình nuôi tôm thẻ chân trắng tuần hoàn",
        "goals": "Làm chủ quy trình nuôi tuần hoàn",
        "field": Field.AGRICULTURE,
        "research_type": ResearchType.APPLIED,
        "level": Level.PROVINCIAL,
        "management": Management.MANAGED,
        "managing_body": department(),
        # Outside the ledger: the rooms above have books of their own.
        "payer": Payer.OTHER,
        "host": people.university,
        "principal_investigator": people.applicant,
        "approved_state_vnd": VND(900 * MILLION),
        "approved_other_vnd": VND(100 * MILLION),
        "months": 24,
        "approved_on": clock.today(),
        "lump_sum": LumpSum.PARTIAL,
        "receiver": people.receiver,
        "plan_year": clock.today().year,
        **more,
    }


def earlier_papers(state: str, *, has_contract: bool = False) -> dict[DocumentKind, dict[str, Any]]:
    """The papers from before that a task in ``state`` brings with it."""
    paper = {"symbol": "15/QĐ-UBND", "signed_on": clock.today(), "issuer": "Ủy ban nhân dân tỉnh Bình An"}
    return {kind: dict(paper) for kind in wanted_papers(state, has_contract=has_contract)}


def adopted(people: before.Cast, state: str = TaskState.APPROVED, *, parts: Any = None, **more: Any) -> Task:
    """A task that enters in any state."""
    adoption = Adoption(
        batch="test", actor=people.officer, confirmed_by=people.head, effective_on=clock.today(), note="Từ hồ sơ cũ"
    )
    parts = parts or services.TaskParts(
        products=[{"name": "Quy trình nuôi", "kind": ProductKind.SCIENTIFIC, "unit": "quy trình", "quantity": 1}],
        members=[MEMBER],
    )
    parts = replace(parts, papers=earlier_papers(state, has_contract=parts.contract is not None))
    return services.adopt_task(facts=facts(people, **more), state=state, adoption=adoption, parts=parts, key=uuid4())


def _payer_signer(task: Task) -> str:
    signer = holders(task.authority(Act.CONTRACT_SIGNER, clock.today())).first()
    return signer.full_name if signer else "Nguyễn Văn Giám Đốc"


def contract_facts(task: Task, **more: Any) -> dict[str, Any]:
    starts_on = more.get("starts_on", clock.today())
    return {
        "paying_body": deciding_body(task, Act.CONTRACT_SIGNER),
        "payer_signer": _payer_signer(task),
        "payer_position": "Giám đốc",
        "host_signer": "Lê Thị Hiệu Trưởng",
        "host_position": "Hiệu trưởng",
        "host_account": "3713.0.1012345",
        "host_bank": "Kho bạc Nhà nước khu vực",
        "state_value_vnd": task.approved_state_vnd,
        "other_value_vnd": task.approved_other_vnd,
        "starts_on": starts_on,
        "ends_on": clock.add_days(starts_on, task.months, "months"),
        **more,
    }


def written_contract(people: before.Cast, task: Task, *, plan: Any = None, **more: Any) -> Any:
    """With the rule book's instalments unless ``plan`` names others; signed by who signs for the payer."""
    authority = task.authority(Act.CONTRACT_SIGNER, clock.today())
    if is_holder(authority, people.director):
        more = {"payer_signer": people.director.full_name, **more}
    facts = contract_facts(task, **more)
    return services.save_contract(task, actor=people.officer, facts=facts, instalments=plan)


def contracted(people: before.Cast, **more: Any) -> Task:
    task = adopted(people, **more)
    written_contract(people, task)
    paper(task, "sign_contract", people, people.director)
    return task


def running(people: before.Cast, **more: Any) -> Task:
    task = contracted(people, **more)
    step(task, "start", people.officer)
    return task


def filed_report(people: before.Cast, report: Report, *, percent: int = 30, spent: int = 100 * MILLION) -> Report:
    services.save_report(
        report,
        actor=people.applicant,
        facts={"done": "Đã xây dựng mô hình", "percent": percent, "spent_vnd": VND(spent)},
        spending=[{"item": "Công lao động", "state_vnd": VND(spent)}],
    )
    # More than was paid is spent only for a reason.
    return step(report, "file", people.signer, reason="Đơn vị ứng trước vốn của mình") and report


def planned_inspection(people: before.Cast, task: Task, day: date) -> Inspection:
    return services.plan_inspection(
        task,
        actor=people.officer,
        facts={
            "kind": InspectionKind.PERIODIC,
            "planned_on": day,
            "place": "Trường Đại học",
            "ground": "Kế hoạch kiểm tra năm 2026",
            "head": people.head,
            "period_from": day - timedelta(days=180),
            "period_to": day,
        },
        key=uuid4(),
    )


def at(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZONE)


def recorded(
    people: before.Cast, inspection: Inspection, verdict: Verdict = Verdict.CONTINUE, by: User | None = None
) -> Inspection:
    """The inspection with its findings, as the head of division (or ``by``) wrote them: the officer concludes it."""
    day = inspection.planned_on
    return services.record_inspection(
        inspection,
        actor=by or people.head,
        facts={
            "held_at": at(day, 8),
            "closed_at": at(day, 11),
            "inspectors": [{"name": "Trưởng đoàn", "unit": "Sở", "role": "Trưởng đoàn"}],
            "host_people": [{"name": "Chủ nhiệm", "unit": "Trường", "role": "Chủ nhiệm"}],
            "host_head": "Lê Thị Hiệu Trưởng",
            "facts": "Đúng tiến độ",
            "percent": 40,
            "spent_vnd": VND(200 * MILLION),
            "verdict": verdict,
        },
        findings=[{"content": "Mô hình", "planned": "01 mô hình", "done": "01 mô hình"}],
    )


def extension(people: before.Cast, task: Task, months: int) -> Any:
    return services.create_amendment(
        task,
        actor=people.applicant,
        kind=AmendmentKind.EXTENSION,
        facts={"reason": "Bão làm hỏng ao nuôi", "extension_months": months},
        key=uuid4(),
    )


def examined(people: before.Cast, amendment: Any) -> Any:
    step(amendment, "request", people.signer)
    services.give_opinion(amendment, actor=people.officer, opinion="Đề nghị chấp thuận", agrees=True)
    step(amendment, "examine", people.officer)
    return amendment


def pdf(name: str) -> SimpleUploadedFile:
    """The smallest file that is taken in."""
    import io  # noqa: PLC0415

    import pikepdf  # noqa: PLC0415

    body = io.BytesIO()
    document = pikepdf.new()
    document.add_blank_page()
    document.save(body)
    return SimpleUploadedFile(f"{name}.pdf", body.getvalue(), content_type="application/pdf")


def dossier_written(people: before.Cast, task: Task, files: Any = None) -> None:
    """An acceptance dossier, complete unless ``files`` says otherwise, not filed."""
    whole = {part.purpose: pdf(part.purpose.rsplit(".", 1)[-1]) for part in PARTS if part.required}
    services.save_acceptance_file(
        task,
        actor=people.applicant,
        facts={
            "final_report_on": clock.today(),
            "summary": "Đã hoàn thành quy trình",
            "self_grade": Grade.PASS,
            "self_assessment": "Đạt yêu cầu đặt hàng",
            "spent_vnd": task.approved_state_vnd,
            "other_spent_vnd": task.approved_other_vnd,
        },
        delivered=[{"sequence": 1, "delivered": 1, "delivered_note": "Đủ"}],
        files=whole if files is None else files,
    )


def drop_reports(people: before.Cast, task: Task) -> None:
    """Strike what is still due from the schedule."""
    for report in task.reports.filter(state__in=["due", "returned"]):
        step(report, "drop", people.head, reason="Không còn cần")


def acceptance_filed(people: before.Cast, **more: Any) -> Task:
    task = running(people, **more)
    drop_reports(people, task)
    dossier_written(people, task)
    step(task, "file_acceptance", people.signer)
    return task


def graded(people: before.Cast, grade: Grade, **more: Any) -> Task:
    """Accepted or failed, as the acceptance council would conclude."""
    task = acceptance_filed(people, **more)
    before.as_effects(people, (task, "put_to_council"))
    services.record_grade(task, grade=grade, on=clock.today())
    before.as_effects(people, (task, "fail" if grade == Grade.FAIL else "accept"))
    task.refresh_from_db()
    return task


def registered(people: before.Cast, **more: Any) -> Task:
    task = graded(people, Grade.PASS, **more)
    services.save_registration(
        task,
        actor=people.officer,
        facts={
            "requested_on": clock.today(),
            "corrected_on": clock.today(),
            "storage": "Trung tâm Thông tin",
            "members": [{"name": "Chủ nhiệm", "unit": "Trường", "role": "Chủ nhiệm"}],
            "abstract": "Quy trình nuôi tôm tuần hoàn",
        },
    )
    paper(task, "register_results", people, people.director)
    return task


def recognised(people: before.Cast, **more: Any) -> Task:
    task = registered(people, **more)
    words = {"ownership": "Trường quản lý, sử dụng kết quả", "results": "01 quy trình"}
    services.save_recognition(task, actor=people.officer, facts=words)
    paper(task, "recognise_results", people, people.chair)
    return task


def liquidated(people: before.Cast, **more: Any) -> Task:
    task = recognised(people, **more)
    words = {"held_on": clock.today(), "place": "Sở", "handover": "01 quy trình"}
    services.save_liquidation(task, actor=people.officer, facts=words)
    paper(task, "liquidate", people, people.director)
    return task


def terminated(people: before.Cast, cause: Cause = Cause.SUBJECTIVE, **more: Any) -> Task:
    task = running(people, **more)
    services.save_termination(
        task,
        actor=people.officer,
        facts={
            "ground": Ground.STOPPED,
            "cause": cause,
            "terminated_from": clock.today(),
            "explanation": "Không thực hiện đúng cam kết",
            "spent_vnd": VND(300 * MILLION),
            "accepted_vnd": VND(250 * MILLION),
            "returned_percent": 40 if cause == Cause.SUBJECTIVE else 10,
            "percent_reason": "Theo mức độ lỗi",
        },
    )
    paper(task, "terminate", people, people.chair, reason="Vi phạm hợp đồng")
    return task


def inspector() -> Any:
    """Somebody who reads everything and changes nothing."""
    return user_with(Role.INSPECTOR)
