"""What the papers of money say. Papers are Vietnamese in every language of the pages."""

from django.db.models import Q

from core import clock
from core.audit.models import Event
from core.documents.kinds import DocumentKind as Kind
from core.documents.registry import facts
from core.documents.schemas.parts import Reference
from core.documents.schemas.results import SettledItem
from core.documents.selectors import deciding_body
from core.money import format_vnd
from core.people.roles import Act
from funds.lifecycle import SettlementState
from funds.models import Disbursement, Settlement
from funds.selectors.books import books_of
from proposals.hooks.paper_parts import Facts, in_vietnamese, official
from tasks.hooks.paper_parts import CONDITIONS, cited_contract, name_of, parties, task_facts
from tasks.models import Contract, Precondition, Task
from tasks.selectors import overdue_reports
from tasks.selectors.papers import file_parts, of_records, paper_of

UNIT = "KT"
ACCOUNTANT = "Kế toán trưởng"
WHOLE = "Kinh phí khoán thực hiện nhiệm vụ"


def money_papers(task: Task) -> Q:
    """The papers of what was paid on the task and how it was settled."""
    return of_records(Disbursement.objects.filter(task=task)) | of_records(Settlement.objects.filter(task=task))


file_parts.append(money_papers)


@facts(("disbursement", Kind.DISBURSEMENT_DECISION))
@in_vietnamese
def disbursement_decision(disbursement: Disbursement) -> Facts:
    """Decision to pay an instalment: to whom, how much, on which conditions, what is left of the contract."""
    task = disbursement.task
    contract = Contract.objects.select_related("task__host", "paying_body").get(task=task)
    paid = books_of(task).paid_vnd
    return {
        **_official(disbursement, f"cấp kinh phí thực hiện nhiệm vụ “{task.title}”"),
        "task": task_facts(task),
        "contract": cited_contract(task),
        "instalment": disbursement.instalment.sequence,
        "budget_year": disbursement.budget_year,
        "amount": disbursement.amount_vnd,
        "contract_value": contract.state_value_vnd,
        "paid_before": paid,
        "remaining": contract.state_value_vnd - paid - disbursement.amount_vnd,
        "conditions_met": conditions_met(disbursement),
        "payee": {
            **parties(contract)["party_b"],
            "account": disbursement.account,
            "bank": disbursement.bank,
        },
        "accountant": verified_by(disbursement),
    }


def _official(disbursement: Disbursement, about: str) -> Facts:
    found = official(about, deciding_body(disbursement, Act.PAYMENT_APPROVER))
    host = name_of(disbursement.task.host)
    return {**found, "drafting_unit": UNIT, "proposed_by": ACCOUNTANT, "implementers": [ACCOUNTANT, host]}


def conditions_met(disbursement: Disbursement) -> list[str]:
    """What the contract asks before this payment, the estimate, and late reports, over which a reason lets pay."""
    condition = CONDITIONS[Precondition(disbursement.instalment.precondition)]
    late = overdue_reports(disbursement.task, clock.today())
    words = "Báo cáo tiến độ đến hạn ngày {day} chưa nộp: kinh phí được cấp theo lý do ghi trong hồ sơ"
    return [
        f"{condition}: đã đáp ứng",
        f"Dự toán năm {disbursement.budget_year} đã được giao",
        *[words.format(day=f"{report.due_date:%d/%m/%Y}") for report in late],
        *([] if late else ["Không có báo cáo tiến độ quá hạn"]),
    ]


def verified_by(disbursement: Disbursement) -> str:
    """The chief accountant who verified the request last."""
    events = Event.objects.filter(subject_type="disbursement", subject_code=disbursement.code, step="verify")
    last = events.select_related("actor", "decided_by").order_by("-sequence").first()
    person = (last.decided_by or last.actor) if last else None
    return person.full_name if person else ""


@facts(("disbursement", Kind.REVOCATION_DECISION))
@in_vietnamese
def annulment_decision(disbursement: Disbursement) -> Facts:
    """Decision annulling an approved payment that the bank has not made."""
    task: Task = disbursement.task
    revoked: Reference = paper_of(disbursement, Kind.DISBURSEMENT_DECISION)
    amount = format_vnd(disbursement.amount_vnd, "vi")
    return {
        **_official(disbursement, "bãi bỏ Quyết định cấp kinh phí thực hiện nhiệm vụ khoa học và công nghệ"),
        "task": task_facts(task),
        "act": "Bãi bỏ",
        "revoked": revoked if revoked["name"] else {**revoked, "name": "Quyết định"},
        "decided": f"cấp kinh phí đợt {disbursement.instalment.sequence} thực hiện nhiệm vụ",
        "reason": disbursement.annulment_ground,
        "consequences": [f"Kinh phí {amount} đồng được trả lại dự toán năm {disbursement.budget_year} của nhiệm vụ"],
    }


@facts(("settlement", Kind.SETTLEMENT_MINUTES))
@in_vietnamese
def settlement_minutes(settlement: Settlement) -> Facts:
    """Minutes of a settlement, numbered when it is done."""
    task: Task = settlement.task
    contract = Contract.objects.select_related("task__host", "paying_body").get(task=task)
    day = settlement.settled_on or clock.today()
    books = books_of(task)
    own = settlement.spent_vnd + settlement.returned_vnd
    # Of a settlement that is done the books already hold its own share.
    before = books.cleared_vnd - (own if settlement.state == SettlementState.SETTLED else 0)
    return {
        "body": contract.paying_body.code,
        "about": f"quyết toán kinh phí nhiệm vụ “{task.title}”",
        **parties(contract),
        "task": task_facts(task),
        "contract": cited_contract(task),
        "held_on": day.isoformat(),
        "place": name_of(contract.paying_body),
        "items": items_of(settlement, contract),
        "paid": books.paid_vnd,
        "cleared_before": before,
        "settled": settlement.spent_vnd,
        "returned": settlement.returned_vnd,
        "still_advanced": books.paid_vnd - before - own,
    }


def items_of(settlement: Settlement, contract: Contract) -> list[SettledItem]:
    """Item by item; a lump sum to the final product is one item."""
    lines: list[SettledItem] = [
        {"name": line.item, "approved": line.approved_vnd, "spent": line.spent_vnd} for line in settlement.lines.all()
    ]
    whole: SettledItem = {"name": WHOLE, "approved": contract.state_value_vnd, "spent": settlement.spent_vnd}
    return lines or [whole]
