"""What the papers of a running task say: contract, inspection, amendment, suspension, termination, recovery."""

from core.documents.kinds import DocumentKind as Kind
from core.documents.registry import facts, other_parties
from core.documents.schemas.running import Milestone
from core.documents.selectors import deciding_body, issued_paper
from core.people.roles import Act, Role
from proposals.hooks.paper_parts import department, local
from tasks.models import Amendment, Contract, Ground, Inspection, RecoveryOrder, Task, Termination, Verdict
from tasks.selectors import money, report_days
from tasks.selectors.acceptance import acceptance_deadline
from tasks.selectors.amendments import changes_of
from tasks.selectors.papers import approval_of, paper_of, recovery_rests_on
from tasks.selectors.recovery import computed_recovery
from tasks.selectors.schedule import reporting_days
from tasks.services.ending import open_suspension

from .paper_parts import (
    Facts,
    basis,
    budget,
    cited_contract,
    decision,
    in_vietnamese,
    instalments,
    iso,
    name_of,
    official,
    parties,
    products,
    task_facts,
    text_lines,
)

# The host is the other party of the contract and of its liquidation.
other_parties["task"] = Role.ORGANISATION_SIGNER
REPORTING = "báo cáo tiến độ và tình hình sử dụng kinh phí vào các ngày {days} hằng năm và khi Bên A yêu cầu"
HOST_OWNS = "Bên B được giao quyền quản lý, sử dụng, quyền sở hữu kết quả theo quy định của pháp luật"
STATE_OWNS = "Nhà nước giữ quyền sở hữu kết quả; Bên B chuyển giao kết quả cho tổ chức tiếp nhận"
VERDICTS = {
    Verdict.CONTINUE: "Tiếp tục thực hiện",
    Verdict.ADJUST: "Tiếp tục thực hiện sau khi điều chỉnh",
    Verdict.STOP: "Đề nghị dừng thực hiện",
}
GROUNDS = {
    Ground.NOT_NEEDED: "Việc tiếp tục thực hiện không cần thiết, hai bên đồng ý chấm dứt",
    Ground.STOPPED: "Bên B bị đình chỉ theo quyết định của cơ quan có thẩm quyền",
    Ground.NO_DOSSIER: "Bên B không nộp hồ sơ để đánh giá, nghiệm thu theo quy định",
    Ground.PARTY_A: "Vi phạm của Bên A làm cho nhiệm vụ không thể tiếp tục thực hiện",
}
# Where the contract that this system prints says so (templates/letters/_contract_end.html).
CLAUSES = {Ground.NOT_NEEDED: 2, Ground.STOPPED: 3, Ground.NO_DOSSIER: 4, Ground.PARTY_A: 5}


def ground_words(termination: Termination) -> str:
    """The ground, with its clause where the contract is one of this system: nobody knows the clauses of another."""
    ground = Ground(termination.ground)
    printed = issued_paper(termination.task, Kind.CONTRACT) is not None
    clause = f" (khoản {CLAUSES[ground]} Điều 5 Hợp đồng)" if printed else ""
    return f"{GROUNDS[ground]}{clause}. {termination.explanation}"


def ownership_words(task: Task) -> str:
    """Who owns the results (rule book: recognition.names_owner)."""
    return STATE_OWNS if task.state_keeps_ownership else HOST_OWNS


@facts(("task", Kind.CONTRACT))
@in_vietnamese
def contract_paper(task: Task) -> Facts:
    """The contract between payer and host."""
    contract = Contract.objects.select_related("task__host", "paying_body").get(task=task)
    approval = approval_of(task)
    own = {**task_facts(task), "starts_on": iso(contract.starts_on), "ends_on": iso(contract.ends_on)}
    days = ", ".join(f"{day}/{month}" for month, day in reporting_days(task))
    return official(
        f"thực hiện nhiệm vụ khoa học và công nghệ “{task.title}”",
        deciding_body(task, Act.CONTRACT_SIGNER),
        proposed_by="",
        bases=basis(approval, "phê duyệt nhiệm vụ khoa học và công nghệ"),
        **parties(contract),
        task=own,
        approval=approval,
        goals=task.goals or task.title,
        products=products(task),
        budget=budget(contract),
        instalments=instalments(contract),
        milestones=_milestones(task, contract),
        reporting=REPORTING.format(days=days),
        ownership=ownership_words(task),
        copies=contract.copies,
    )


def _milestones(task: Task, contract: Contract) -> list[Milestone]:
    days = report_days(
        contract.starts_on,
        contract.ends_on,
        days=reporting_days(task),
        additional=contract.additional_report_days,
    )
    reports: list[Milestone] = [
        {
            "name": f"Báo cáo tiến độ lần {number}",
            "result": "Báo cáo tình hình thực hiện và sử dụng kinh phí",
            "due_on": day.isoformat(),
        }
        for number, day in enumerate(days, start=1)
    ]
    end = acceptance_deadline(contract.ends_on, task.regulation, task.approved_on)
    last: Milestone = {
        "name": "Nộp hồ sơ đánh giá, nghiệm thu",
        "result": "Đủ sản phẩm tại Điều 1",
        "due_on": end.isoformat(),
    }
    return [*reports, last]


@facts(("inspection", Kind.INSPECTION_MINUTES))
@in_vietnamese
def inspection_minutes(inspection: Inspection) -> Facts:
    """Minutes of an inspection, numbered when it is concluded. The department visits, whoever manages or pays."""
    task: Task = inspection.task
    totals = money.source().totals(task)
    spent = inspection.spent_vnd or 0
    return {
        "body": department().code,
        "about": f"kiểm tra tình hình thực hiện nhiệm vụ “{task.title}”",
        "task": task_facts(task),
        "contract": cited_contract(task),
        "ground": inspection.ground,
        "held_at": local(inspection.held_at),
        "closed_at": local(inspection.closed_at),
        "place": inspection.place,
        "period": f"từ {inspection.period_from:%d/%m/%Y} đến {inspection.period_to:%d/%m/%Y}",
        "inspectors": inspection.inspectors,
        "host_people": inspection.host_people,
        "findings": [
            {"content": one.content, "planned": one.planned, "done": one.done} for one in inspection.findings.all()
        ],
        "disbursed": totals.paid_vnd,
        "spent": spent,
        "settled": inspection.settled_vnd or 0,
        "remarks": text_lines(inspection.facts),
        "verdict": VERDICTS[Verdict(inspection.verdict)],
        "requests": text_lines(inspection.requests),
        "head": str(inspection.head),
        "host_head": inspection.host_head,
    }


@facts(("amendment", Kind.AMENDMENT_DECISION))
@in_vietnamese
def amendment_decision(amendment: Amendment) -> Facts:
    """Decision amending a task: each point before and after."""
    task: Task = amendment.task
    approval = approval_of(task)
    decided = task.amendments.filter(decided_on__isnull=False).exclude(pk=amendment.pk).count()
    return decision(
        task,
        Act.AMENDMENT_APPROVER,
        "điều chỉnh nhiệm vụ khoa học và công nghệ",
        amended=approval if approval["name"] else {**approval, "name": "Quyết định"},
        ordinal=decided + 1,
        changes=changes_of(amendment),
        reason=amendment.reason,
    )


@facts(("task", Kind.SUSPENSION_DECISION))
@in_vietnamese
def suspension_decision(task: Task) -> Facts:
    """Decision suspending a task."""
    suspension = open_suspension(task)
    assert suspension is not None  # noqa: S101  # the guard asked for it
    return decision(
        task,
        Act.TASK_APPROVER,
        "tạm dừng thực hiện nhiệm vụ",
        contract=cited_contract(task),
        reason=suspension.ground,
        suspended_from=iso(suspension.from_on),
        until=iso(suspension.until),
        conditions=text_lines(suspension.conditions),
    )


@facts(("task", Kind.RESUMPTION_DECISION))
@in_vietnamese
def resumption_decision(task: Task) -> Facts:
    """Decision resuming a task."""
    suspension = open_suspension(task)
    assert suspension is not None  # noqa: S101  # the guard asked for it
    suspended = paper_of(task, Kind.SUSPENSION_DECISION)
    return decision(
        task,
        Act.TASK_APPROVER,
        "tiếp tục thực hiện nhiệm vụ",
        suspension=suspended if suspended["name"] else {**suspended, "name": "Quyết định tạm dừng"},
        resumed_from=iso(suspension.resume_from),
        new_end_on=iso(suspension.new_ends_on),
        reason=suspension.resume_note,
    )


@facts(("task", Kind.TERMINATION_DECISION))
@in_vietnamese
def termination_decision(task: Task) -> Facts:
    """Decision terminating a contract, with the money as far as it is known."""
    termination = Termination.objects.get(task=task)
    return decision(
        task,
        Act.TASK_APPROVER,
        "chấm dứt hợp đồng thực hiện nhiệm vụ",
        contract=cited_contract(task),
        ground=ground_words(termination),
        terminated_on=iso(termination.terminated_from),
        disbursed=money.source().totals(task).paid_vnd,
        accepted_spending=termination.accepted_vnd,
        returned_percent=termination.returned_percent or 0,
        percent_reason=termination.percent_reason,
        to_return=computed_recovery(task),
        handover=text_lines(termination.handover),
    )


@facts(("task", Kind.RECOVERY_DECISION))
@in_vietnamese
def recovery_decision(task: Task) -> Facts:
    """Decision recovering money from the host."""
    order: RecoveryOrder = task.recovery_orders.latest("sequence")
    return decision(
        task,
        Act.TASK_APPROVER,
        "thu hồi kinh phí thực hiện nhiệm vụ",
        termination=recovery_rests_on(task, order),
        debtor=name_of(task.host),
        amount=order.amount_vnd,
        basis=" ".join(filter(None, (order.basis, order.difference_reason))),
        due_on=iso(order.due_on),
        payments=[],
        account=order.account,
        bank=order.bank,
    )
