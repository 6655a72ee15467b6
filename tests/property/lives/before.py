"""Before the award: what makes the guards of calls, proposals, lists, orders and dossiers content, and what begins."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

from core import clock
from core.people.roles import Payer
from core.workflow.table import Row
from proposals import services
from proposals.lifecycle import CallKind, CallState, DossierState, Guard, OrderListState, OrderState, ProposalState
from proposals.models import Call, Dossier, Order, OrderList, Proposal
from proposals.models.narratives import DOSSIER_FORM, PROPOSAL_FORM
from proposals.selectors.dossiers import submitted_dossiers
from proposals.selectors.intake import intake_is_over
from proposals.services.calls import callable_orders
from proposals.services.dossiers import DossierParts
from proposals.services.openings import Finding
from proposals.services.orders import recommended_proposals
from tests.factories import funds
from tests.factories import proposals as made

from .life import MOST, Life, beginning, content

MINUTE = timedelta(minutes=1)
MEMBERS = [{"name": "Trần Thị Thư Ký", "position": "secretary", "months": 12}]
LINES = [
    {"item": "labour", "requested_state_vnd": 800_000_000, "requested_other_vnd": 0},
    {"item": "materials", "requested_state_vnd": 200_000_000, "requested_other_vnd": 100_000_000},
]


def host_of(life: Life, organisation: Any) -> Any:
    """The people of an organisation that applies."""
    return next(host for host in life.people.hosts() if host.university == organisation)


# ── Calls ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@content(Guard.CALL_FACTS_COMPLETE, Guard.CALL_OPENS_LONG_ENOUGH)
def _call(life: Life, call: Any, _row: Row) -> None:
    now = clock.now()
    facts = {
        "opens_at": now,
        "closes_at": now + timedelta(days=60),
        "address": "Số 12 đường Trần Phú",
        "contact": "Bà Lê Thị Hồng Vân",
        "orientation": "Chuyển đổi số",
        "requirements": "Có địa chỉ ứng dụng",
    }
    services.edit_call(call, actor=life.people.officer, facts=facts)


@content(Guard.CALL_HAS_ORDERS)
def _orders_on_call(life: Life, call: Any, _row: Row) -> None:
    services.put_orders_on_call(call, actor=life.people.officer, orders=list(callable_orders(call)))


@content(Guard.CLOSING_HAS_PASSED)
def _closing(life: Life, call: Any, _row: Row) -> None:
    life.wait_until(call.closes_at + MINUTE)


@beginning("order.listed", main=True)
def calls(life: Life) -> Iterator[tuple[str, Any]]:
    kinds = [CallKind.PROPOSALS] if not Call.objects.exists() else []
    if callable_orders().exists() and not Call.objects.filter(state=CallState.DRAFT).exists():
        kinds.append(CallKind.SELECTION)
    for kind in kinds:
        title = "Đề xuất nhiệm vụ năm 2027" if kind == CallKind.PROPOSALS else "Tuyển chọn tổ chức chủ trì"
        facts = {"title": title, "plan_year": 2027}
        yield (
            f"call {kind}",
            partial(services.create_call, actor=life.people.officer, kind=kind, facts=facts, key=uuid4()),
        )


# ── Proposals ───────────────────────────────────────────────────────────────────────────────────────────────────────


@content(Guard.FORM_COMPLETE)
def _form(life: Life, proposal: Any, _row: Row) -> None:
    facts = {
        "field": "agriculture",
        "research_type": "applied",
        "state_budget_vnd": 1_200_000_000,
        "other_budget_vnd": 300_000_000,
        "months": 24,
        "receiver": life.people.receiver,
    }
    author = host_of(life, proposal.proposer_organisation).applicant
    services.edit_proposal(proposal, actor=author, facts=facts, narrative=made.texts(PROPOSAL_FORM))


@content(Guard.DUPLICATES_CHECKED)
def _screening(life: Life, proposal: Any, _row: Row) -> None:
    services.record_screening(proposal, actor=life.people.officer, is_complete=True, is_duplicate=False)


@content(Guard.FORWARD_BODY_NAMED)
def _body(life: Life, proposal: Any, _row: Row) -> None:
    services.name_forward_body(proposal, actor=life.people.head, body="Bộ Khoa học và Công nghệ")


@content(Guard.DEFERRAL_YEAR_NAMED)
def _year(life: Life, proposal: Any, _row: Row) -> None:
    services.name_deferral_year(proposal, actor=life.people.head, year=proposal.plan_year + 1)


@beginning("call.open", main=True)
def proposals(life: Life) -> Iterator[tuple[str, Any]]:
    call = Call.objects.filter(kind=CallKind.PROPOSALS, state=CallState.OPEN).first()
    if call is None or call.closes_at <= clock.now() or Proposal.objects.count() > MOST:
        return
    for number, host in enumerate(life.people.hosts()):
        facts = {"title": f"Nghiên cứu quy trình nuôi tôm tuần hoàn {Proposal.objects.count() + 1}"}
        yield (
            f"proposal of host {number}",
            partial(
                services.create_proposal,
                actor=host.applicant,
                organisation=host.university,
                call=call,
                facts=facts,
                key=uuid4(),
            ),
        )


# ── Lists and orders ────────────────────────────────────────────────────────────────────────────────────────────────


@content(Guard.LIST_HAS_ORDERS)
def _list(life: Life, order_list: Any, _row: Row) -> None:
    free = list(recommended_proposals(order_list, life.people.officer))
    if not free:
        return
    chosen = free if len(free) > 1 and life.rarely("merge proposals", 2) else free[:1]
    if len(chosen) == 1 and life.rarely("split the proposal", 6):
        titles = [f"{chosen[0].title} – phần {part}" for part in (1, 2)]
        services.split_into_orders(
            order_list, actor=life.people.officer, proposal=chosen[0], titles=titles, key=uuid4()
        )
        return
    services.merge_into_order(order_list, actor=life.people.officer, proposals=chosen, key=uuid4())


@content(Guard.LIST_ORDERS_COMPLETE)
def _order_facts(life: Life, order_list: Any, _row: Row) -> None:
    for order in order_list.orders.filter(state=OrderState.PLANNED).order_by("code"):
        mode = life.choose(["direct", "call"], "how the host is found")
        facts = {
            "mode": mode,
            "direct_host": life.people.university if mode == "direct" else None,
            "state_budget_vnd": order.state_budget_vnd or 1_200_000_000,
            "objectives": "Làm chủ quy trình",
        }
        services.edit_order(order, actor=life.people.officer, facts=facts, products=[made.PRODUCT])


@beginning("proposal.recommended", main=True)
def lists(life: Life) -> Iterator[tuple[str, Any]]:
    recommended = Proposal.objects.filter(state=ProposalState.RECOMMENDED)
    if recommended.exists() and not OrderList.objects.filter(state=OrderListState.DRAFT).exists():
        payer = Payer.FUND if OrderList.objects.count() else life.choose([Payer.FUND, Payer.DEPARTMENT_BUDGET], "payer")
        facts = {"title": "Danh mục đặt hàng năm 2027", "plan_year": 2027, "payer": payer}
        yield (
            "list of orders",
            partial(services.create_order_list, actor=life.people.officer, facts=facts, key=uuid4()),
        )


@content(Guard.ANSWER_DAY_NAMED)
def _answer_day(life: Life, order: Any, _row: Row) -> None:
    services.name_answer_day(order, actor=life.people.officer, day=clock.today() + timedelta(days=40))


@content(Guard.INTAKE_CLOSED)
def _intake(life: Life, order: Any, _row: Row) -> None:
    ends = order.selection_call.closes_at if order.state == OrderState.CALL_OPEN else None
    if ends is not None and ends >= clock.now():
        life.wait_until(ends + MINUTE)
    life.wait(0 if intake_is_over(order) else max((order.due_on - clock.today()).days, 0) + 1)


@content(Guard.OPENING_RECORDED)
def _opening(life: Life, order: Any, _row: Row) -> None:
    codes = list(submitted_dossiers(order).values_list("code", flat=True))
    if not codes:
        return
    found = {
        code: Finding(valid=False, reason="Thiếu chữ ký") if life.rarely("invalid dossier", 8) else Finding(valid=True)
        for code in codes
    }
    occasion = made.occasion(life.people)
    services.record_opening(order, actor=life.people.head, occasion=occasion, findings=found)


@content(Guard.YEAR_PLAN_HAS_ROOM)
def _plan(life: Life, order: Any, _row: Row) -> None:
    funds.plan(5_000_000_000, payer=order.payer, actor=life.people.house.accountant)


@content(Guard.ORDER_CHANGE_RECORDED)
def _change(life: Life, order: Any, _row: Row) -> None:
    facts: dict[str, Any] = {"months": 36 if order.months == 24 else 24}
    if order.mode == "call" and life.rarely("assign directly", 2):
        facts |= {"mode": "direct", "direct_host": life.people.university}
    services.record_order_change(order, actor=life.people.officer, facts=facts, ground="Công văn của Sở")


@content(Guard.GROUND_WRITTEN)
def _ground(life: Life, decided: Any, _row: Row) -> None:
    services.write_ground(decided, actor=life.people.officer, ground="Không còn nhu cầu")


# ── Dossiers ────────────────────────────────────────────────────────────────────────────────────────────────────────


@content(Guard.DOSSIER_COMPLETE)
def _dossier(life: Life, dossier: Any, _row: Row) -> None:
    services.edit_dossier(
        dossier,
        actor=host_of(life, dossier.host).applicant,
        facts={"months": 24},
        narrative=made.texts(DOSSIER_FORM),
        parts=DossierParts(members=MEMBERS, budget_lines=LINES),
    )


@content(Guard.REMARKS_ANSWERED)
def _answer(life: Life, dossier: Any, _row: Row) -> None:
    services.answer_remarks(dossier, actor=host_of(life, dossier.host).applicant, answer="Đã bổ sung mục 3")


def leader(life: Life, host: Any) -> Any:
    """Somebody of the host who leads nothing yet, as far as there is one."""
    people = [host.applicant, *(life.people.leaders if host is life.people else [])]
    busy = set(Dossier.objects.values_list("principal_investigator", flat=True))
    return next((person for person in people if person.pk not in busy), people[-1])


@beginning("order.call_open", "order.invited", main=True)
def dossiers(life: Life) -> Iterator[tuple[str, Any]]:
    waiting = Order.objects.filter(state__in=[OrderState.CALL_OPEN, OrderState.INVITED])
    for order in waiting.select_related("selection_call").order_by("code"):
        if intake_is_over(order):
            continue
        gone = [DossierState.WITHDRAWN, DossierState.INVALID, DossierState.NOT_SELECTED]
        taken = set(order.dossiers.exclude(state__in=gone).values_list("host", flat=True))
        hosts = life.people.hosts() if order.state == OrderState.CALL_OPEN else [host_of(life, order.direct_host)]
        for host in hosts:
            if host.university.pk not in taken and order.dossiers.count() <= MOST:
                facts = {"principal_investigator": leader(life, host), "months": 24, "lump_sum": "partial"}
                yield (
                    f"dossier for {order.code}",
                    partial(
                        services.create_dossier,
                        actor=host.applicant,
                        order=order,
                        host=host.university,
                        facts=facts,
                        key=uuid4(),
                    ),
                )
