"""Money of tasks: the people of the fund, plans, and tasks whose books are open, through the services."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from core import clock
from core.audit import service as audit
from core.documents.services import endorse_document, issue_document, prepare_document
from core.money import VND
from core.people.models import User
from core.people.roles import Act, Payer, Role
from funds import services
from funds.ledger import Entry, post
from funds.models import Disbursement, Repayment, Settlement, Transfer, YearEstimate, YearPlan
from funds.models.plans import Standing
from funds.postings import Edge
from funds.selectors.books import books_of, is_in_ledger
from tasks.models import AmendmentKind, Cause, Grade, Ground, Instalment, Task
from tasks.services import (
    create_amendment,
    give_opinion,
    record_grade,
    save_liquidation,
    save_recognition,
    save_recovery,
    save_registration,
    save_termination,
)
from tests.factories import tasks as after
from tests.factories.documents import scan
from tests.factories.people import AuthorityFactory, department, fund, user_with
from tests.factories.proposals import Cast, as_effects

MILLION = 1_000_000


@dataclass
class House:
    """The people of the fund, beside those of the journey."""

    people: Cast
    fund_officer: User
    accountant: User
    director: User
    inspector: User


def house() -> House:
    """One person for each part; each payer's director approves its payments."""
    people = after.cast()
    payment_approvers()
    return House(
        people=people,
        fund_officer=user_with(Role.FUND_OFFICER),
        accountant=user_with(Role.CHIEF_ACCOUNTANT),
        director=user_with(Role.FUND_DIRECTOR),
        inspector=user_with(Role.INSPECTOR),
    )


def payment_approvers() -> None:
    """Who decides on payments, by whose money it is."""
    for payer, body, role, title in (
        (Payer.FUND, fund(), Role.FUND_DIRECTOR, "GIÁM ĐỐC QUỸ"),
        (Payer.DEPARTMENT_BUDGET, department(), Role.DEPARTMENT_DIRECTOR, "GIÁM ĐỐC"),
    ):
        AuthorityFactory(act=Act.PAYMENT_APPROVER, payer=payer, body=body, positions=[role.value], title_line=title)


def bare_task(people: Cast, **more: Any) -> Task:
    """An approved task of the fund without books: what tests of the ledger itself need."""
    return after.adopted(people, **{"payer": Payer.FUND, **more})


def lies(task: Task) -> dict[str, int]:
    """Bucket → millions of đồng, of those that hold something."""
    return {name: amount // MILLION for name, amount in books_of(task).balances.items() if amount}


def move(task: Task | None, edge: Edge, amount: int, *, year: int = 2026, **more: Any) -> Transfer:
    """Post one amount under an event of its own."""
    facts: dict[str, Any] = {"key": str(uuid4()), "task": task, "year": year, "source": "" if task else Payer.FUND}
    with audit.transaction():
        event = audit.record("test", actor=None, subject_type="task", subject_code=task.code if task else "")
        entry = Entry(**{"edge": edge, "amount_vnd": VND(amount), **facts, **more})
        return post([entry], event_uuid=event.uuid, effective_on=clock.today())[0]


def plan(amount: int, *, payer: str = Payer.FUND, year: int | None = None, actor: User | None = None) -> YearPlan:
    """Money for the source of a payer, entered by one person and confirmed by another."""
    made = entered_plan(amount, payer=payer, year=year, actor=actor)
    return services.answer_year_plan(made, actor=user_with(Role.FUND_DIRECTOR), agrees=True)


def entered_plan(
    amount: int, *, payer: str = Payer.FUND, year: int | None = None, actor: User | None = None
) -> YearPlan:
    """A plan that waits for the second person."""
    return services.set_year_plan(
        year=year or clock.today().year,
        amount_vnd=VND(amount),
        decision=decision(),
        payer=payer,
        actor=actor or user_with(Role.CHIEF_ACCOUNTANT),
        key=uuid4(),
    )


def decision(**more: Any) -> services.Decision:
    """What decides an amount, with its scan."""
    facts = {"title": "Giao kế hoạch", "number": "01/QĐ-UBND", "decided_on": clock.today(), "scan": scan()}
    return services.Decision(**{**facts, **more})


def covered(task: Task, actor: User | None = None, confirmed_by: User | None = None, **more: Any) -> Task:
    """The same adopted task with a plan that pays for it, and its books open."""
    if is_in_ledger(task):
        plan(task.approved_state_vnd, payer=task.payer)
    services.adopt_balance(
        task,
        actor=actor or user_with(Role.OFFICER),
        confirmed_by=confirmed_by or user_with(Role.HEAD_OF_DIVISION),
        decision="Bàn giao sổ cũ",
        on=clock.today(),
        key=uuid4(),
        **more,
    )
    return task


def contracted(who: House, *, grant: bool = True, **more: Any) -> Task:
    """A contract signed through the system, its first year granted."""
    task = covered(bare_task(who.people, **more))
    after.written_contract(who.people, task)
    after.paper(task, "sign_contract", who.people, who.people.director)
    if grant:
        grant_all(who, task)
    return task


def running(who: House, **more: Any) -> Task:
    task = contracted(who, **more)
    after.step(task, "start", who.people.officer)
    return task


def grant_all(who: House, task: Task) -> None:
    """Grant every budget year of the contract."""
    for year, held in books_of(task).years.items():
        if held.waiting_vnd:
            grant(who, task, year, held.waiting_vnd)


def grant(who: House, task: Task, year: int, amount: int, **more: Any) -> YearEstimate:
    """An estimate entered by one person and confirmed by another."""
    estimate = entered_grant(who, task, year, amount, **more)
    if estimate.standing == Standing.ENTERED:
        (estimate,) = services.answer_year_estimates(estimate, actor=who.accountant, agrees=True)
    return estimate


def entered_grant(who: House, task: Task, year: int, amount: int, **more: Any) -> YearEstimate:
    """An estimate that waits for the second person."""
    facts: dict[str, Any] = {
        "year": year,
        "amount_vnd": VND(amount),
        "decision": decision(),
        "actor": who.fund_officer,
        "key": uuid4(),
    }
    return services.grant_year_estimate(task, **{**facts, **more})


def request(who: House, task: Task, number: int = 1) -> Disbursement:
    """A draft request for the n-th instalment."""
    instalment = task.contract.instalments.get(sequence=number)
    return services.create_disbursement(instalment, actor=who.people.applicant, key=uuid4())


def verified(who: House, task: Task, number: int = 1, reason: str = "") -> Disbursement:
    disbursement = request(who, task, number)
    after.step(disbursement, "request", who.people.signer)
    after.step(disbursement, "examine", who.fund_officer, reason=reason)
    after.step(disbursement, "verify", who.accountant, reason=reason)
    return disbursement


def approved(who: House, task: Task, number: int = 1, reason: str = "") -> Disbursement:
    disbursement = verified(who, task, number, reason)
    fund_paper(who, disbursement, "approve", reason)
    return disbursement


def fund_paper(who: House, subject: Any, step: str, reason: str = "") -> Any:
    """Prepare, agree, number: a paper that the payer's director signs."""
    director = who.people.director if subject.task.payer == Payer.DEPARTMENT_BUDGET else who.director
    draft = prepare_document(subject, step, actor=who.fund_officer)
    endorse_document(draft, actor=director)
    today = clock.today()
    facts: dict[str, Any] = {"signer": director, "signed_on": today, "reason": reason, "key": uuid4()}
    issued = issue_document(draft, actor=who.people.clerk, **facts)
    subject.refresh_from_db()
    return issued


def paid(who: House, task: Task, number: int = 1, reason: str = "") -> Disbursement:
    disbursement = approved(who, task, number, reason)
    entered(who, disbursement)
    after.step(disbursement, "pay", who.accountant)
    return disbursement


def entered(who: House, disbursement: Disbursement, **more: Any) -> Disbursement:
    facts: dict[str, Any] = {
        "bank_reference": f"KB-{disbursement.code}",
        "paid_on": clock.today(),
        "actor": who.fund_officer,
    }
    return services.enter_payment(disbursement, **{**facts, **more})


def rephased(who: House, task: Task, amounts: Mapping[Instalment, int]) -> None:
    """An amendment that gives instalments other amounts, asked for, examined and decided."""
    people = who.people
    rows = [
        {"instalment": one, "amount_vnd": VND(amount), "planned_on": one.planned_on, "budget_year": one.budget_year}
        for one, amount in amounts.items()
    ]
    wanted = {"reason": "Giãn tiến độ cấp kinh phí"}
    kind = AmendmentKind.PHASING
    amendment = create_amendment(task, actor=people.applicant, kind=kind, facts=wanted, phasings=rows, key=uuid4())
    after.step(amendment, "request", people.signer)
    give_opinion(amendment, actor=people.officer, opinion="Phù hợp", agrees=True)
    after.step(amendment, "examine", people.officer)
    after.paper(amendment, "decide", people, people.chair)


def draft_settlement(who: House, task: Task, spent: int, returned: int = 0, **more: Any) -> Settlement:
    return services.create_settlement(
        task,
        actor=who.people.applicant,
        facts={
            "spent_vnd": VND(spent),
            "returned_vnd": VND(returned),
            "return_reference": f"NT-{uuid4()}" if returned else "",
            "report": "Đã chi đúng dự toán",
        },
        lines=[{"item": "Công lao động", "approved_vnd": VND(spent), "spent_vnd": VND(spent)}] if spent else [],
        key=more.get("key", uuid4()),
    )


def settled(who: House, task: Task, spent: int, returned: int = 0) -> Settlement:
    settlement = draft_settlement(who, task, spent, returned)
    after.step(settlement, "file", who.people.signer)
    after.step(settlement, "examine", who.fund_officer)
    after.step(settlement, "settle", who.accountant)
    return settlement


def recorded(who: House, task: Task, amount: int, **more: Any) -> Repayment:
    facts: dict[str, Any] = {
        "amount_vnd": VND(amount),
        "received_on": clock.today(),
        "bank_reference": f"NT-{uuid4()}",
        "key": uuid4(),
    }
    return services.record_repayment(task, actor=who.fund_officer, **{**facts, **more})


def recognised(who: House, task: Task) -> Task:
    """From a running task to recognised results, as the acceptance council would lead it."""
    people = who.people
    after.drop_reports(people, task)
    after.dossier_written(people, task)
    after.step(task, "file_acceptance", people.signer)
    as_effects(people, (task, "put_to_council"))
    record_grade(task, grade=Grade.PASS, on=clock.today())
    as_effects(people, (task, "accept"))
    task.refresh_from_db()
    registration = {
        "requested_on": clock.today(),
        "corrected_on": clock.today(),
        "storage": "Trung tâm Thông tin",
        "members": [{"name": "Chủ nhiệm", "unit": "Trường", "role": "Chủ nhiệm"}],
        "abstract": "Quy trình nuôi tôm tuần hoàn",
    }
    save_registration(task, actor=people.officer, facts=registration)
    after.paper(task, "register_results", people, people.director)
    words = {"ownership": "Trường quản lý, sử dụng kết quả", "results": "01 quy trình"}
    save_recognition(task, actor=people.officer, facts=words)
    after.paper(task, "recognise_results", people, people.chair)
    return task


def liquidate(who: House, task: Task, reason: str = "") -> Task:
    """The end of the contract. ``reason``: why instalments that were never paid are given up."""
    words = {"held_on": clock.today(), "place": "Sở", "handover": "01 quy trình"}
    save_liquidation(task, actor=who.people.officer, facts=words)
    after.paper(task, "liquidate", who.people, who.people.director, reason=reason)
    return task


def terminated(
    who: House, task: Task, *, spent: int, accepted: int, cause: Cause = Cause.SUBJECTIVE, **more: Any
) -> Task:
    """Subjective: 40 % of the proper spending goes back; objective: the risk is accepted, nothing of it."""
    facts = {
        "ground": Ground.STOPPED,
        "cause": cause,
        "terminated_from": clock.today(),
        "explanation": "Không thực hiện đúng cam kết",
        "spent_vnd": VND(spent),
        "accepted_vnd": VND(accepted),
        "procedure_followed": cause == Cause.OBJECTIVE,
        "compliance_note": "Đã báo cáo rủi ro" if cause == Cause.OBJECTIVE else "",
        "returned_percent": 0 if cause == Cause.OBJECTIVE else 40,
        "percent_reason": "Theo mức độ lỗi",
        **more,
    }
    save_termination(task, actor=who.people.officer, facts=facts)
    after.paper(task, "terminate", who.people, who.people.chair, reason="Vi phạm hợp đồng")
    return task


def recovering(who: House, task: Task, amount: int) -> Task:
    facts = {
        "amount_vnd": VND(amount),
        "difference_reason": "Theo kết luận thanh tra",
        "basis": "Biên bản đối chiếu",
        "due_on": clock.add_days(clock.today(), 30, "days"),
        "account": "3941.0.1",
        "bank": "Kho bạc",
    }
    save_recovery(task, actor=who.people.officer, facts=facts)
    after.paper(task, "order_recovery", who.people, who.people.chair)
    return task


def walked(who: House) -> Task:
    """A task with one paper of each kind, and something still to be paid back."""
    task = running(who)
    paid(who, task)
    settled(who, task, 100 * MILLION)
    terminated(who, task, spent=200 * MILLION, accepted=100 * MILLION)
    recovering(who, task, 350 * MILLION)
    recorded(who, task, 50 * MILLION)
    return task
