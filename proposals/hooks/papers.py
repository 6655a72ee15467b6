"""What the announcements, receipts and minutes of this room say."""

from datetime import date, time

from core import clock
from core.documents.kinds import DocumentKind as Kind
from core.documents.registry import facts
from core.people.models import Organisation, User
from proposals.models import Call, Dossier, Order, Proposal
from proposals.selectors import dossiers, intake

from .paper_parts import (
    CONDITIONS,
    DOSSIER_PARTS,
    ORDER_FORM,
    PROPOSERS,
    WEBSITE,
    Facts,
    as_subject,
    basis,
    cited,
    department,
    in_vietnamese,
    list_reference,
    local,
    official,
    ordered,
    portal,
    text_lines,
)


@facts(("call", Kind.CALL_ANNOUNCEMENT))
@in_vietnamese
def call_announcement(call: Call) -> Facts:
    """Announcement of a call for proposals."""
    return official(
        as_subject(call.title),
        department(),
        plan_year=call.plan_year,
        orientations=text_lines(call.orientation),
        proposers=PROPOSERS,
        recipients=[*PROPOSERS, WEBSITE],
        requirements=text_lines(call.requirements),
        form="Phiếu đặt hàng nhiệm vụ khoa học và công nghệ cấp tỉnh (14 mục)",
        opens_at=local(call.opens_at),
        closes_at=local(call.closes_at),
        address=call.address,
        portal=portal(),
        contact=call.contact,
    )


@facts(("call", Kind.SELECTION_CALL))
@in_vietnamese
def selection_call(call: Call) -> Facts:
    """Selection call with its orders."""
    orders = list(call.orders.select_related("direct_host", "order_list").prefetch_related("products").order_by("code"))
    lists = {order.order_list for order in orders if order.order_list is not None}
    grounds = [
        line
        for one in sorted(lists, key=lambda each: each.code)
        for line in basis(cited(one, Kind.LIST_DECISION, "Quyết định"), "phê duyệt Danh mục nhiệm vụ đặt hàng")
    ]
    asked = text_lines(call.requirements)
    return official(
        as_subject(call.title),
        department(),
        bases=grounds,
        recipients=[*PROPOSERS, WEBSITE],
        plan_year=call.plan_year,
        items=[ordered(order) for order in orders],
        conditions=[*CONDITIONS, *asked],
        dossier=DOSSIER_PARTS,
        opens_at=local(call.opens_at),
        closes_at=local(call.closes_at),
        address=call.address,
        portal=portal(),
        contact=call.contact,
    )


def _receipt(
    record: str, subject: Proposal | Dossier, organisation: Organisation, author: User, came_on: date | None
) -> Facts:
    """Written after the effects: the step knows who handed it in; whoever wrote it is asked for what is missing."""
    today = clock.today()
    moment = clock.instant(came_on, time(0)) if came_on is not None and came_on < today else clock.now()
    submitter = subject.submitter or author
    return {
        "body": department().code,
        "about": f"tiếp nhận {record} {subject.code}",
        "record": record,
        "code": subject.code,
        "title": subject.title,
        "submitter": str(submitter),
        "contact": str(author) if author != submitter else "",
        "organisation": organisation.name,
        "received_at": local(moment),
        "channel": "Bản giấy" if subject.entered_by_id else "Trực tuyến",
        "files": [],
        "result_due_on": subject.due_on.isoformat() if subject.due_on else "",
        "receiver": str(subject.taken_in_by or f"Văn thư {department().name_on(today).name_vi}"),
    }


@facts(("proposal", Kind.PROPOSAL_RECEIPT))
@in_vietnamese
def proposal_receipt(proposal: Proposal) -> Facts:
    """Receipt of a proposal, or of what completes it: its number is the incoming number."""
    came_on = proposal.completed_on or proposal.received_on
    return _receipt("đề xuất", proposal, proposal.proposer_organisation, proposal.author, came_on)


@facts(("dossier", Kind.DOSSIER_RECEIPT))
@in_vietnamese
def dossier_receipt(dossier: Dossier) -> Facts:
    """Receipt of a dossier."""
    return _receipt("hồ sơ", dossier, dossier.host, dossier.principal_investigator, dossier.received_on)


@facts(("proposal", Kind.RETURN_LETTER))
@in_vietnamese
def return_letter(proposal: Proposal) -> Facts:
    """Request to complete a proposal. Written after the effects: what is missing and the day are in the record."""
    call, own = proposal.call, department()
    announcement = cited(call, Kind.CALL_ANNOUNCEMENT, "Thông báo") if call else None
    announced = f"; Thông báo số {announcement['symbol']}" if announcement and announcement["symbol"] else ""
    rule = f"{ORDER_FORM}{announced}"
    return {
        "body": own.code,
        "about": f"bổ sung, hoàn thiện đề xuất {proposal.code}",
        "record": "đề xuất",
        "code": proposal.code,
        "title": proposal.title,
        "organisation": proposal.proposer_organisation.name,
        "missing": [{"what": line, "rule": rule} for line in text_lines(proposal.missing_note)],
        "complete_by": proposal.due_on.isoformat() if proposal.due_on else "",
        "officer": str(proposal.returned_by or ""),
        "contact": (call.contact if call else "") or own.name,
    }


@facts(("proposal", Kind.REFUSAL_LETTER))
@in_vietnamese
def refusal_letter(proposal: Proposal) -> Facts:
    """Letter of refusal: one reason on each line of the ground."""
    return official(
        f"kết quả xem xét đề xuất “{proposal.title}”",
        department(),
        proposed_by="",
        record="đề xuất",
        code=proposal.code,
        title=proposal.title,
        organisation=proposal.proposer_organisation.name,
        reasons=text_lines(proposal.decision_ground),
        decision=f"không đưa đề xuất vào danh mục đặt hàng năm {proposal.plan_year}",
    )


@facts(("order", Kind.INVITATION_LETTER))
@in_vietnamese
def invitation(order: Order) -> Facts:
    """Invitation for direct assignment, with the day until which the host may answer."""
    closes_at = intake.answer_closes_at(order, order.answer_by) if order.answer_by else None
    own = department()
    return official(
        f"mời xây dựng hồ sơ nhiệm vụ “{order.title}”",
        own,
        to=order.direct_host.name if order.direct_host else "",
        decision=list_reference(order),
        item=ordered(order),
        dossier=DOSSIER_PARTS,
        closes_at=local(closes_at),
        address=own.name_on(clock.today()).address or own.name,
        contact=own.name,
    )


@facts(("order", Kind.OPENING_MINUTES))
@in_vietnamese
def opening_minutes(order: Order) -> Facts:
    """Minutes of the opening. Written after the effects: the opening is held, its dossiers are valid or not."""
    opening = dossiers.prepared_opening(order) or dossiers.last_opening(order)
    assert opening is not None  # noqa: S101  # the guard asked for it
    call = order.selection_call
    rows = opening.dossiers.select_related("order", "host", "principal_investigator").order_by("code")
    unit = department().name
    named = [
        {"name": str(opening.chair), "unit": unit, "role": "Chủ trì"},
        {"name": str(opening.secretary), "unit": unit, "role": "Thư ký"},
    ]
    others = [{"name": line, "unit": "", "role": ""} for line in text_lines(opening.present)]
    announced = cited(call, Kind.SELECTION_CALL, "Thông báo") if call and not order.is_direct else None
    return {
        "body": department().code,
        "about": f"mở hồ sơ nhiệm vụ “{order.title}”",
        "call": announced or cited(order, Kind.INVITATION_LETTER, "Công văn"),
        "opened_at": local(opening.opened_at),
        "closed_at": local(opening.ended_at),
        "place": opening.place,
        "present": [*named, *others],
        "dossiers": [
            {
                "code": one.code,
                "title": one.title,
                "host": one.host.name,
                "principal_investigator": str(one.principal_investigator),
                "sealed": one.opening_seal or "Điện tử",
                "copies": one.opening_copies or "01",
                "valid": bool(one.opening_valid),
                "reason": one.opening_note,
            }
            for one in rows
        ],
        "remarks": text_lines(opening.remarks),
        "chair": str(opening.chair),
        "secretary": str(opening.secretary),
    }
