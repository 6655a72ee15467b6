"""The pieces that the papers of this room share. Papers are Vietnamese in every language of the pages."""

from datetime import date
from typing import Any

from core import clock
from core.documents.schemas.parts import Budget, Instalment, Member, Party, Product, Reference, TaskFacts
from core.documents.selectors import deciding_body
from core.people.models import Organisation
from core.people.roles import Act
from proposals.choices import LumpSum
from proposals.hooks.paper_parts import LUMP_SUMS, Facts, basis, in_vietnamese, official, text_lines
from tasks.models import Contract, Grade, Precondition, Task
from tasks.selectors.papers import approval_of, contract_of

__all__ = ["Facts", "basis", "in_vietnamese", "official", "text_lines"]

CONDITIONS = {
    Precondition.SIGNED: "Sau khi hợp đồng được ký",
    Precondition.PROGRESS_ACCEPTED: "Sau khi báo cáo tiến độ được chấp thuận",
    Precondition.INSPECTION_PASSED: "Sau khi kiểm tra, đánh giá trong kỳ đạt yêu cầu",
    Precondition.RESULTS_ACCEPTED: "Sau khi kết quả được nghiệm thu",
    Precondition.RESULTS_REGISTERED: "Sau khi kết quả được đăng ký",
    Precondition.RESULTS_RECOGNISED: "Sau khi kết quả được công nhận",
}
GRADES = {Grade.EXCELLENT: "Xuất sắc", Grade.PASS: "Đạt", Grade.FAIL: "Không đạt"}


def iso(day: date | None) -> str:
    """A day as schemas want it, or nothing."""
    return day.isoformat() if day else ""


def task_facts(task: Task) -> TaskFacts:
    """The task as papers name it, with the host's name of today."""
    return {
        "code": task.code,
        "title": task.title,
        "host": name_of(task.host),
        "principal_investigator": str(task.principal_investigator),
        "field": task.get_field_display(),
        "months": months_of(task),
        "starts_on": iso(task.starts_on),
        "ends_on": iso(task.ends_on),
    }


def months_of(task: Task) -> int:
    """The months that a paper names beside the days: those of the contract and its extensions, else the approved."""
    return clock.months_between(task.starts_on, task.ends_on) if task.starts_on and task.ends_on else task.months


def name_of(organisation: Organisation) -> str:
    """The name valid today."""
    return organisation.name_on(clock.today()).name_vi


def products(task: Task) -> list[Product]:
    """The promised results."""
    return [
        {"name": one.name, "quantity": f"{one.quantity} {one.unit}", "indicator": one.quality}
        for one in task.products.all()
    ]


def delivered(task: Task) -> list[Product]:
    """What was delivered of each result."""
    return [
        {
            "name": one.name,
            "quantity": f"{one.quantity if one.delivered is None else one.delivered} {one.unit}",
            "indicator": one.delivered_note or one.quality,
        }
        for one in task.products.all()
    ]


def budget(contract: Contract) -> Budget:
    """The contract's money by source."""
    return {
        "total": contract.value_vnd,
        "state": contract.state_value_vnd,
        "other": contract.other_value_vnd,
        "lump_sum": LUMP_SUMS[LumpSum(contract.task.lump_sum)],
    }


def instalments(contract: Contract) -> list[Instalment]:
    """The plan of payments."""
    return [
        {
            "number": one.sequence,
            "year": one.budget_year,
            "amount": one.amount_vnd,
            "condition": CONDITIONS[Precondition(one.precondition)],
        }
        for one in contract.instalments.all()
    ]


def party(organisation: Organisation, *, signer: str, position: str, account: str = "", bank: str = "") -> Party:
    """A party to the contract, by its name and seat of today."""
    name = organisation.name_on(clock.today())
    return {
        "name": name.name_vi,
        "address": name.address,
        "representative": signer,
        "position": position,
        "account": account,
        "bank": bank,
        "tax_code": organisation.tax_code,
    }


def parties(contract: Contract) -> dict[str, Party]:
    """Party A pays, party B does the work."""
    payer = party(contract.paying_body, signer=contract.payer_signer, position=contract.payer_position)
    host = party(
        contract.task.host,
        signer=contract.host_signer,
        position=contract.host_position,
        account=contract.host_account,
        bank=contract.host_bank,
    )
    return {"party_a": payer, "party_b": host}


def bare_parties(task: Task) -> dict[str, Party]:
    """The parties of a task whose contract was never signed, or is not in the system."""
    return {
        "party_a": party(task.managing_body, signer="", position=""),
        "party_b": party(task.host, signer="", position=""),
    }


def member(name: str, unit: str, role: str) -> Member:
    """A person with unit and role."""
    return {"name": name, "unit": unit, "role": role}


def decision(task: Task, act: Act, about: str, **more: Any) -> Facts:
    """The facts that every decision on a task has: it cites the approval, the host carries it out."""
    approval: Reference = approval_of(task)
    return official(
        f"{about} “{task.title}”",
        deciding_body(task, act),
        bases=basis(approval, "phê duyệt nhiệm vụ khoa học và công nghệ"),
        implementers=[name_of(task.host)],
        task=task_facts(task),
        **more,
    )


def cited_contract(task: Task) -> Reference:
    """The contract as a decision names it; empty words for a task that ended before it had one."""
    found, contract = contract_of(task), getattr(task, "contract", None)
    unsigned = contract is None or contract.signed_on is None
    return found if found["name"] or unsigned else {**found, "name": "Hợp đồng"}
