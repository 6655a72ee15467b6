"""Calls, proposals, orders and dossiers in any state: facts through the services, states through take_step."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from core import clock
from core.audit import service as audit
from core.documents.numbering import source_of
from core.documents.services import countersign_document, endorse_document, issue_document, prepare_document
from core.money import VND
from core.numbers.models import Source
from core.people.models import Organisation, OrganisationKind, User
from core.people.roles import Act, Role
from core.workflow import service
from core.workflow.paper_entries import ask_entry, confirm_entry
from core.workflow.service import take_step
from core.workflow.table import Channel
from proposals import services
from proposals.choices import BudgetItem, Field, LumpSum, Position, ProductKind, ResearchType
from proposals.lifecycle import CallKind
from proposals.models import Dossier, Order, Proposal
from proposals.models.narratives import DOSSIER_FORM, PROPOSAL_FORM
from proposals.services.dossiers import DossierParts
from proposals.services.openings import Finding, Occasion
from tests.factories.people import AuthorityFactory, OrganisationFactory, department, user_with

PPC_NUMBERS = count(1)
MILLION = 1_000_000


@dataclass
class Cast:
    """The people of a journey."""

    officer: User
    head: User
    director: User
    chair: User
    clerk: User
    university: Organisation
    applicant: User
    signer: User
    receiver: Organisation


def cast() -> Cast:
    """One person for each part, and the authorities by which the committee's chair decides."""
    university = OrganisationFactory(kind=OrganisationKind.UNIVERSITY)
    OrganisationFactory(kind=OrganisationKind.DIVISION, parent=department(), is_internal=True, short_name="QLKH")
    for act in (Act.LIST_APPROVER, Act.TASK_APPROVER):
        AuthorityFactory(act=act)
    return Cast(
        officer=user_with(Role.OFFICER),
        head=user_with(Role.HEAD_OF_DIVISION),
        director=user_with(Role.DEPARTMENT_DIRECTOR),
        chair=user_with(Role.PPC_CHAIR),
        clerk=user_with(Role.CLERK),
        university=university,
        applicant=user_with(Role.APPLICANT, university),
        signer=user_with(Role.ORGANISATION_SIGNER, university),
        receiver=OrganisationFactory(),
    )


def step(subject: Any, name: str, actor: User | None, **more: Any) -> Any:
    """Take a step with a fresh key."""
    return take_step(subject, name, actor=actor, key=uuid4(), **more)


def entered(subject: Any, name: str, decider: User, typist: User, **more: Any) -> Any:
    """What a typist enters from paper for a second person to confirm: the request, nothing moves."""
    facts = {"channel": Channel.PAPER, "effective_on": clock.today(), "evidence": (uuid4(),), "reason": "Bản giấy"}
    saying = service.Saying(actor=typist, decided_by=decider, on_behalf_of="", document=None, **{**facts, **more})
    return ask_entry(subject, name, saying=saying, key=uuid4())


def entered_by_two(subject: Any, name: str, decider: User, typists: tuple[User, User], **more: Any) -> Any:
    """A step from paper that one person has typed and another confirmed."""
    entered(subject, name, decider, typists[0], **more)
    confirm_entry(subject, actor=typists[1], key=uuid4())
    subject.refresh_from_db()
    return subject


def paper(subject: Any, name: str, people: Cast, signer: User, **more: Any) -> Any:
    """Prepare, agree (both parties to an agreement), number: the acts of a step that issues a paper. Returns it."""
    draft = prepare_document(subject, name, actor=people.officer)
    endorse_document(draft, actor=signer)
    if draft.lacks_other_side:
        countersign_document(draft, actor=people.signer)
    today = clock.today()
    if source_of(draft.body, draft.series, today.year) == Source.EXTERNAL:
        more |= {"number": next(PPC_NUMBERS), "numbered_on": today}
    issued = issue_document(draft, actor=people.clerk, signer=signer, signed_on=today, key=uuid4(), **more)
    subject.refresh_from_db()
    return issued


def texts(form: Any) -> dict[str, str]:
    """Something in every field of a form."""
    return {field.key: f"{field.label}\nMột ý nữa" for field in form}


def draft_call(people: Cast, kind: CallKind = CallKind.PROPOSALS, **facts: Any) -> Any:
    """A complete draft that opens now and closes in sixty days."""
    now = clock.now()
    return services.create_call(
        actor=people.officer,
        kind=kind,
        facts={
            "title": "Đề xuất nhiệm vụ khoa học và công nghệ cấp tỉnh năm 2027",
            "plan_year": 2027,
            "opens_at": now,
            "closes_at": now + timedelta(days=60),
            "orientation": "Chuyển đổi số\nNông nghiệp công nghệ cao",
            "requirements": "Có địa chỉ ứng dụng",
            "address": "Số 12 đường Trần Phú",
            "contact": "Bà Lê Thị Hồng Vân",
            **facts,
        },
        key=uuid4(),
    )


def open_call(people: Cast, **facts: Any) -> Any:
    """An announced call for proposals."""
    call = draft_call(people, **facts)
    paper(call, "announce", people, people.director)
    return call


def draft_proposal(people: Cast, call: Any, **facts: Any) -> Proposal:
    """A complete draft of the university."""
    return services.create_proposal(
        actor=people.applicant,
        organisation=people.university,
        call=call,
        facts={
            "title": "Nghiên cứu quy trình nuôi tôm thẻ chân trắng tuần hoàn",
            "field": Field.AGRICULTURE,
            "research_type": ResearchType.APPLIED,
            "state_budget_vnd": VND(1_200 * MILLION),
            "other_budget_vnd": VND(300 * MILLION),
            "months": 24,
            "receiver": people.receiver,
            **facts,
        },
        narrative=texts(PROPOSAL_FORM),
        key=uuid4(),
    )


def submitted_proposal(people: Cast, call: Any, **facts: Any) -> Proposal:
    proposal = draft_proposal(people, call, **facts)
    step(proposal, "submit", people.signer)
    return proposal


def screened(people: Cast, proposal: Proposal) -> Proposal:
    """The submitted proposal after the officer has confirmed its screening."""
    screening(proposal, people)
    step(proposal, "screen", people.officer)
    return proposal


def screening(proposal: Proposal, people: Cast) -> None:
    """The record of a screening that found nothing wrong."""
    services.record_screening(proposal, actor=people.officer, is_complete=True, is_duplicate=False)


def screened_proposal(people: Cast, call: Any, **facts: Any) -> Proposal:
    return screened(people, submitted_proposal(people, call, **facts))


def refused(people: Cast, proposal: Proposal, ground: str = "Trùng lặp với nhiệm vụ đang thực hiện") -> Proposal:
    """The proposal after the head of division has signed the letter that refuses it."""
    services.write_ground(proposal, actor=people.officer, ground=ground)
    paper(proposal, "refuse", people, people.head)
    return proposal


def as_effects(people: Cast, *moves: tuple[Any, str]) -> None:
    """Take steps that only another room's step may take, as that room's effect would."""
    saying = service.Saying(
        actor=people.officer,
        decided_by=None,
        on_behalf_of="",
        channel=Channel.IN_SYSTEM,
        effective_on=clock.today(),
        reason="",
        evidence=(),
        document=None,
    )
    held = {service._identity(subject) for subject, _name in moves}
    with audit.transaction():
        for subject, name in moves:
            service._take_as_effect(subject, name, saying, held, uuid4())


def recommended_proposal(people: Cast, call: Any, **facts: Any) -> Proposal:
    proposal = screened_proposal(people, call, **facts)
    as_effects(people, (proposal, "put_to_council"), (proposal, "recommend"))
    return proposal


PRODUCT = {
    "name": "Quy trình nuôi",
    "kind": ProductKind.SCIENTIFIC,
    "unit": "quy trình",
    "quantity": 1,
    "quality": "Được hội đồng thông qua",
}


def draft_list(people: Cast, **facts: Any) -> Any:
    title = "Danh mục nhiệm vụ đặt hàng năm 2027"
    return services.create_order_list(
        actor=people.officer, facts={"title": title, "plan_year": 2027, **facts}, key=uuid4()
    )


def planned_order(people: Cast, order_list: Any, proposal: Proposal, **facts: Any) -> Order:
    order = services.merge_into_order(order_list, actor=people.officer, proposals=[proposal], key=uuid4())
    return services.edit_order(order, actor=people.officer, facts=facts, products=[PRODUCT])


def listed_order(people: Cast, call: Any, **facts: Any) -> Order:
    """An order on an approved list of its own."""
    order_list = draft_list(people)
    order = planned_order(people, order_list, recommended_proposal(people, call), **facts)
    paper(order_list, "approve_list", people, people.chair)
    order.refresh_from_db()
    return order


def called_order(people: Cast, call: Any) -> Order:
    """An order that a selection call is open for."""
    order = listed_order(people, call)
    announced_selection(people, order)
    order.refresh_from_db()
    return order


def announced_selection(people: Cast, *orders: Order) -> Any:
    """An open selection call for these orders."""
    selection = draft_call(people, CallKind.SELECTION, title="Tuyển chọn tổ chức chủ trì")
    services.put_orders_on_call(selection, actor=people.officer, orders=list(orders))
    paper(selection, "announce_selection", people, people.director)
    return selection


def invited_order(people: Cast, call: Any) -> Order:
    """An order assigned directly to the university."""
    order = listed_order(people, call, mode="direct", direct_host=people.university)
    answer_by = clock.today() + timedelta(days=40)
    order = services.name_answer_day(order, actor=people.officer, day=answer_by)
    paper(order, "invite", people, people.director)
    return order


def bidder() -> Any:
    """Another university with its own people."""
    host = OrganisationFactory()
    applicant, signer = user_with(Role.APPLICANT, host), user_with(Role.ORGANISATION_SIGNER, host)
    return SimpleNamespace(university=host, applicant=applicant, signer=signer)


def draft_dossier(people: Any, order: Order, **facts: Any) -> Dossier:
    """A complete draft of the people's university."""
    return services.create_dossier(
        actor=people.applicant,
        order=order,
        host=people.university,
        facts={
            "principal_investigator": people.applicant,
            "months": 24,
            "lump_sum": LumpSum.PARTIAL,
            **facts,
        },
        narrative=texts(DOSSIER_FORM),
        parts=DossierParts(
            members=[{"name": "Trần Thị Thư Ký", "position": Position.SECRETARY, "months": 12}],
            budget_lines=[
                {
                    "item": BudgetItem.LABOUR,
                    "requested_state_vnd": VND(800 * MILLION),
                    "requested_other_vnd": VND(0),
                },
                {
                    "item": BudgetItem.MATERIALS,
                    "requested_state_vnd": VND(200 * MILLION),
                    "requested_other_vnd": VND(100 * MILLION),
                },
            ],
        ),
        key=uuid4(),
    )


def submitted_dossier(people: Any, order: Order, **facts: Any) -> Dossier:
    dossier = draft_dossier(people, order, **facts)
    step(dossier, "submit", people.signer)
    return dossier


def occasion(people: Cast) -> Occasion:
    now = clock.now()
    return Occasion(
        opened_at=now - timedelta(hours=1),
        ended_at=now,
        place="Phòng họp số 2",
        chair=people.head,
        secretary=people.officer,
        present="Đại diện Trường",
    )


def record_opening(people: Cast, order: Order, findings: dict[str, Finding] | None = None) -> None:
    """The record of an opening of every submitted dossier; all are valid unless ``findings`` say otherwise.

    The head of division, who held it, writes it down: the officer opens the dossiers by it.
    """
    codes = order.dossiers.filter(state="submitted").values_list("code", flat=True)
    found = {code: Finding(valid=True) for code in codes} | (findings or {})
    services.record_opening(order, actor=people.head, occasion=occasion(people), findings=found)
    order.refresh_from_db()


def open_dossiers(people: Cast, order: Order, findings: dict[str, Finding] | None = None) -> Order:
    """Open every submitted dossier by its minutes."""
    record_opening(people, order, findings)
    step(order, "open_dossiers", people.officer)
    return order


def appraised_order(people: Cast, order: Order, dossier: Dossier) -> Order:
    """From opened dossiers to an appraised recommendation, as the councils would lead it."""
    as_effects(people, (order, "put_to_council"), (order, "recommend_host"))
    return appraised(people, dossier)


def appraised(people: Cast, dossier: Dossier) -> Order:
    """The opened dossier of a recommended host, selected, revised and appraised; its order is returned."""
    as_effects(people, (dossier, "select"))
    Dossier.objects.filter(pk=dossier.pk).update(remarks="Làm rõ phương pháp")
    dossier.refresh_from_db()
    services.answer_remarks(dossier, actor=people.applicant, answer="Đã bổ sung mục 3")
    step(dossier, "revise", people.signer)
    Dossier.objects.filter(pk=dossier.pk).update(
        appraised_state_vnd=900 * MILLION, appraised_other_vnd=100 * MILLION, mean_hundredths=8250, rank=1
    )
    as_effects(people, (dossier, "appraise"))
    dossier.refresh_from_db()
    return Order.objects.get(pk=dossier.order_id)
