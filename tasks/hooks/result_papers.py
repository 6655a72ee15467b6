"""What the papers at the end say: certificate, recognition, liquidation, archive."""

from django.db.models import Max
from django.utils import translation

from core import clock
from core.documents.kinds import DocumentKind as Kind
from core.documents.registry import facts
from core.documents.snapshot import reference_missing
from core.people.models import Organisation
from core.people.roles import Act, Role
from core.people.selectors import users_with_role
from proposals.hooks.paper_parts import basis, department
from tasks.models import Contract, Grade, Liquidation, Recognition, Registration, Task
from tasks.selectors import money
from tasks.selectors.papers import acceptance_of, paper_of, papers_with_number, was_terminated

from .paper_parts import (
    GRADES,
    Facts,
    bare_parties,
    cited_contract,
    decision,
    delivered,
    in_vietnamese,
    iso,
    member,
    name_of,
    official,
    parties,
    task_facts,
    text_lines,
)

RETENTION = "vĩnh viễn"
BY_LAW = "thực hiện theo quy định của pháp luật"


def _grade(task: Task) -> str:
    return GRADES[Grade(task.grade)] if task.grade else ""


def _holder(role: Role) -> str:
    """Who holds the role in the department today."""
    found = users_with_role(role, organisation=department()).order_by("sort_key", "pk").first()
    return str(found) if found else ""


@facts(("task", Kind.REGISTRATION_CERTIFICATE))
@in_vietnamese
def registration_certificate(task: Task) -> Facts:
    """Certificate that the results were registered."""
    row = Registration.objects.get(task=task)
    return official(
        f"đăng ký kết quả thực hiện nhiệm vụ “{task.title}”",
        department(),
        proposed_by="",
        task=task_facts(task),
        members=row.members,
        acceptance=acceptance_of(task),
        grade=_grade(task),
        registered_on=iso(row.requested_on),
        storage=row.storage,
    )


@facts(("task", Kind.RECOGNITION_DECISION))
@in_vietnamese
def recognition_decision(task: Task) -> Facts:
    """Decision recognising the results, with the clause on ownership."""
    row = Recognition.objects.get(task=task)
    return decision(
        task,
        Act.TASK_APPROVER,
        "công nhận kết quả thực hiện nhiệm vụ",
        acceptance=acceptance_of(task),
        certificate=paper_of(task, Kind.REGISTRATION_CERTIFICATE),
        grade=_grade(task),
        results=delivered(task),
        ownership=row.ownership or BY_LAW,
        receivers=text_lines(row.receivers),
    )


def _ground(task: Task) -> str:
    """The decision that the liquidation rests on: results recognised, or the contract ended."""
    recognised = basis(paper_of(task, Kind.RECOGNITION_DECISION), "công nhận kết quả")
    terminated = basis(paper_of(task, Kind.TERMINATION_DECISION), "chấm dứt hợp đồng")
    found = [*recognised, *terminated]
    if not found:
        raise reference_missing(
            "Quyết định chấm dứt hợp đồng" if was_terminated(task) else "Quyết định công nhận kết quả"
        )
    return found[0].removeprefix("Căn cứ ")


@facts(("task", Kind.LIQUIDATION_MINUTES))
@in_vietnamese
def liquidation_minutes(task: Task) -> Facts:
    """Minutes of the liquidation: the money of the ledger, the products, the assets."""
    row = Liquidation.objects.get(task=task)
    contract = Contract.objects.select_related("task__host", "paying_body").filter(task=task).first()
    totals = money.source().totals(task)
    return {
        "body": (contract.paying_body if contract else task.managing_body).code,
        "about": f"thanh lý hợp đồng thực hiện nhiệm vụ “{task.title}”",
        **(parties(contract) if contract else bare_parties(task)),
        "task": task_facts(task),
        "contract": cited_contract(task),
        "ground": _ground(task),
        "held_on": iso(row.held_on),
        "place": row.place,
        "contract_value": contract.state_value_vnd if contract else 0,
        "paid": totals.paid_vnd,
        "accepted_spending": totals.settled_vnd,
        "returned": totals.returned_vnd + totals.recovered_vnd,
        "products": delivered(task),
        "assets": text_lines(row.assets),
    }


@facts(("task", Kind.ARCHIVE_RECORD))
@in_vietnamese
def archive_record(task: Task) -> Facts:
    """Record of delivery to the archive: every paper with its number."""
    house: Organisation = department()
    years = task.rule("archive.years").value
    with translation.override("vi"):
        papers = [
            {"symbol": one.symbol, "date": iso(one.numbered_on), "about": one.about, "pages": one.most_pages or 0}
            for one in papers_with_number(task).annotate(most_pages=Max("files__pages"))
        ]
    return {
        "body": house.code,
        "about": f"giao nhận hồ sơ nhiệm vụ “{task.title}”",
        "task": task_facts(task),
        "papers": papers,
        "held_on": clock.today().isoformat(),
        "place": name_of(house),
        "retention": f"{RETENTION} (nộp lưu trong {years} năm từ khi kết thúc)",
        "giver": member(_holder(Role.HEAD_OF_DIVISION), name_of(house), "Đại diện đơn vị chuyên môn"),
        "receiver": member(_holder(Role.CLERK), name_of(house), "Văn thư, lưu trữ"),
    }
