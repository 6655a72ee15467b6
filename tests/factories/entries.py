"""What an officer types into the forms of records from before."""

from typing import Any
from uuid import uuid4

from core.people.models import Organisation
from tests.factories.people import department
from tests.factories.proposals import Cast


def words(**more: Any) -> dict[str, Any]:
    """What both forms ask."""
    return {
        "key": uuid4(),
        "code": "",
        "title": "Nghiên cứu giống lúa chịu hạn",
        "field": "agriculture",
        "research_type": "applied",
        "level": "provincial",
        "plan_year": "2026",
        "state_budget_vnd": "900.000.000",
        "other_budget_vnd": "0",
        "months": "24",
        "effective_on": "2026-02-01",
        "note": "Hồ sơ giấy, tủ 3",
        **more,
    }


def proposal_words(people: Cast, **more: Any) -> dict[str, Any]:
    own = {
        "proposer_organisation": people.university.code,
        "author": people.applicant.code,
        "received_on": "2025-12-10",
    }
    return words(**{**own, "state": "recommended", "code": "DX-CU-17", **more})


def order_words(people: Cast, **more: Any) -> dict[str, Any]:
    listed = {"listed_symbol": "12/QĐ-UBND", "listed_on": "2026-01-05", "listed_by": "UBND tỉnh"}
    own = {"payer": "fund", "origin": "directive", "mode": "direct", "direct_host": people.university.code}
    own |= {"objectives": "Giống chịu hạn", "receiver": people.receiver.code}
    return words(**{**own, **listed, "state": "listed", **more})


def task_words(people: Cast, **more: Any) -> dict[str, Any]:
    """A task of the fund over a year, approved under the new rules and under way."""
    own = {
        "title": "Nghiên cứu quy trình nuôi tôm tuần hoàn",
        "management": "managed",
        "managing_body": department().code,
        "payer": "fund",
        "host": people.university.code,
        "principal_investigator": people.applicant.code,
        "receiver": people.receiver.code,
        "approved_state_vnd": "900.000.000",
        "approved_other_vnd": "100.000.000",
        "approved_on": "2025-10-20",
        "months": "12",
        "lump_sum": "partial",
        "starts_on": "2025-11-03",
        "ends_on": "2026-11-02",
        "state": "running",
        "effective_on": "2026-03-01",
        "opening_percent": "30",
        "extensions_before": "0",
        "repeats_before": "0",
        "code": "DTKHCN.2025.07",
        "approval_symbol": "15/QĐ-UBND",
        "approval_issuer": "Ủy ban nhân dân tỉnh Bình An",
        "contract_symbol": "07/2025/HĐKHCN",
        "contract_on": "2025-11-01",
        "decision_symbol": "16/QĐ-UBND",
        "decision_on": "2026-02-10",
    }
    money = {"state_budget_vnd", "other_budget_vnd"}
    return {name: value for name, value in words(**{**own, **more}).items() if name not in money}


def contract_words(body: Organisation, **more: Any) -> dict[str, Any]:
    """What the page of a contract from before does not know already; three instalments, as ``plan`` names them."""
    own = {
        "number": "07/2025/HĐKHCN",
        "signed_on": "2025-11-01",
        "paying_body": body.code,
        "payer_signer": "Nguyễn Văn Giám Đốc",
        "payer_position": "Giám đốc",
        "host_signer": "Lê Thị Hiệu Trưởng",
        "host_position": "Hiệu trưởng",
        "host_account": "3713.0.1012345",
        "host_bank": "Kho bạc Nhà nước khu vực",
        **PLAN,
    }
    return {**own, **more}


# 2025: 400 million at signing; 2026: 300 after a report, 200 at the end.
PLAN = {
    f"instalments-{number}-{name}": value
    for number, row in enumerate(
        [
            ("400.000.000", "signed", "2025-11-20", "2025"),
            ("300.000.000", "progress_accepted", "2026-05-04", "2026"),
            ("200.000.000", "results_registered", "2026-10-20", "2026"),
        ]
    )
    for name, value in zip(("amount_vnd", "precondition", "planned_on", "budget_year"), row, strict=True)
}
