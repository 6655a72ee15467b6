"""What the minutes of the four kinds of council say."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from core import clock
from core.audit.models import Event
from core.documents.kinds import DocumentKind as Kind
from core.documents.registry import facts
from core.documents.schemas.councils import MemberGrade, ProductGrade, Scored, Vote
from core.documents.selectors import deciding_body
from core.money import format_vnd
from core.people.roles import Act
from core.regulations import fraction, number
from proposals.choices import LumpSum
from proposals.hooks.paper_parts import LUMP_SUMS, Facts, cited, in_vietnamese, local, task_facts, text_lines
from reviews.lifecycle import CouncilKind
from reviews.models import AgendaItem, AppraisalLine, Council, GradeBallot, GradeLine, Position, ScoreBallot, Seat
from reviews.rules import grading
from reviews.selectors.agenda import head_items, items_of
from reviews.selectors.ballots import days_late
from reviews.selectors.seats import presiding_seat, seats_of, unit_of
from tasks.hooks.paper_parts import GRADES, cited_contract
from tasks.hooks.paper_parts import task_facts as running_facts
from tasks.models import Grade

NO_REASON = "không ghi lý do"
CRITERIA = {
    grading.QUANTITY: "Số lượng, khối lượng",
    grading.QUALITY: "Chất lượng",
    grading.KIND: "Chủng loại",
}
IN_COUNCIL = {
    Position.CHAIR: "Chủ tịch",
    Position.VICE_CHAIR: "Phó Chủ tịch",
    Position.SECRETARY: "Ủy viên, thư ký khoa học",
    Position.REVIEWER: "Ủy viên phản biện",
    Position.MEMBER: "Ủy viên",
}
IN_TEAM = {
    Position.CHAIR: "Tổ trưởng",
    Position.VICE_CHAIR: "Tổ phó",
    Position.SECRETARY: "Thành viên, thư ký",
    Position.REVIEWER: "Thành viên",
    Position.MEMBER: "Thành viên",
}


def position_words(council: Council, position: str) -> str:
    """The part of a member as papers name it."""
    words = IN_TEAM if council.kind == CouncilKind.APPRAISAL else IN_COUNCIL
    return words[Position(position)]


def member(council: Council, seat: Seat) -> dict[str, str]:
    """A member as papers list him."""
    return {"name": str(seat.user), "unit": unit_of(seat.user), "role": position_words(council, seat.position)}


def _sitting(council: Council, about: str, conclusions: list[str]) -> Facts:
    """What all minutes hold. Instants that nobody recorded are those of the steps."""
    seats = seats_of(council)
    presiding = presiding_seat(seats)
    secretary = next((seat for seat in seats if seat.position == Position.SECRETARY and seat.attended), None)
    return {
        "body": deciding_body(council, Act.COUNCIL_FOUNDER).code,
        "about": about,
        "council": council.title,
        "decision": cited(council, Kind.COUNCIL_DECISION, "Quyết định"),
        "opened_at": local(council.opened_at or _opened(council)),
        "closed_at": local(council.closed_at or clock.now()),
        "place": council.place,
        "appointed": len(seats),
        "present": [member(council, seat) for seat in seats if seat.attended],
        "absent": [
            {"name": str(seat.user), "reason": seat.absence_reason or NO_REASON} for seat in seats if not seat.attended
        ],
        "guests": text_lines(council.guests),
        "counters": [str(seat.user) for seat in seats if seat.counts_votes],
        "remarks": text_lines(council.discussion),
        "conclusions": [line for line in conclusions if line],
        "chair": str(presiding.user) if presiding else "",
        "secretary": str(secretary.user) if secretary else "",
        "seal": council.seal,
    }


def _opened(council: Council) -> Any:
    events = Event.objects.filter(subject_type="council", subject_code=council.code, step="open_sitting")
    return events.order_by("sequence").values_list("recorded_at", flat=True).last() or clock.now()


@facts(Kind.COUNCIL_MINUTES)
@in_vietnamese
def council_minutes(council: Council) -> Facts:
    """Minutes of an identification or a selection council."""
    return _identification(council) if council.kind == CouncilKind.IDENTIFICATION else _selection(council)


def _identification(council: Council) -> Facts:
    items = items_of(council)
    votes: list[Vote] = [
        {
            "code": item.subject.code,
            "title": item.title,
            "edited_title": item.conclusion_title,
            "issued": item.issued or 0,
            "returned": item.returned or 0,
            "valid": item.valid or 0,
            "agree": item.agree or 0,
            "disagree": item.disagree or 0,
            "recommended": bool(item.passed),
        }
        for item in items
    ]
    share = fraction("council.identification.pass_share", council.regulation, council.sitting_day)
    enough = f"trên {share}" if council.rule("council.identification.pass_strictly").value else f"từ {share} trở lên"
    chosen = [item.subject.code for item in items if item.passed]
    named = f": {', '.join(chosen)}" if chosen else ""
    summary = f"Đề nghị thực hiện {len(chosen):02d}/{len(items):02d} đề xuất{named}"
    notes = [f"{item.subject.code}: {item.conclusion}" for item in items if item.conclusion]
    return {
        **_sitting(council, f"họp {council.title}", [summary, *notes]),
        "variant": "identification",
        "votes": votes,
        "pass_rule": f"nhiệm vụ được đề nghị thực hiện khi {enough} số thành viên có mặt đồng ý",
    }


def _selection(council: Council) -> Facts:
    items = items_of(council)
    heads = head_items(council)
    points = number("council.selection.pass_points", council.regulation, council.sitting_day)
    winner = next((head.recommended for head in heads if head.recommended), None)
    scored = [item for item in items if item.dossier]
    return {
        **_sitting(council, f"họp {council.title}", [head.conclusion for head in heads]),
        "variant": "selection",
        "task": "; ".join(head.title for head in heads),
        "dossiers": [_scored(item) for item in scored],
        "pass_rule": f"hồ sơ được đề nghị khi có điểm trung bình cao nhất và đạt từ {points}/100 điểm trở lên",
        "recommended": _recommendation(winner),
        "revisions": [line for item in scored if item.dossier == winner for line in text_lines(item.remarks)],
        "lump_sum": _lump_sum(council, winner),
    }


def _recommendation(winner: Any) -> str:
    if winner is None:
        return "không đề nghị tổ chức nào chủ trì nhiệm vụ"
    return f"đề nghị giao {winner.host.name} chủ trì, {winner.principal_investigator} làm chủ nhiệm nhiệm vụ"


def _scored(item: AgendaItem) -> Scored:
    dossier = item.dossier
    assert dossier is not None  # noqa: S101  # the caller chose the dossiers
    return {
        "code": dossier.code,
        "title": dossier.title,
        "host": dossier.host.name,
        "principal_investigator": str(dossier.principal_investigator),
        "ballots": item.returned or 0,
        "valid": item.valid or 0,
        "mean": decimal(item.mean_hundredths),
        "rank": item.rank or 0,
        "passed": bool(item.passed),
    }


def decimal(hundredths: int | None) -> str:
    """8257 is 82,57, as Vietnamese papers write it."""
    return "" if hundredths is None else f"{hundredths // 100},{hundredths % 100:02d}"


def _lump_sum(council: Council, winner: Any) -> str:
    """What most valid ballots on the recommended dossier advise."""
    if winner is None:
        return ""
    ballots = ScoreBallot.objects.filter(item__council=council, item__dossier=winner, is_valid=True)
    advice = Counter(ballots.exclude(lump_sum="").values_list("lump_sum", flat=True))
    return LUMP_SUMS[LumpSum(advice.most_common(1)[0][0])] if advice else ""


@facts(Kind.APPRAISAL_MINUTES)
@in_vietnamese
def appraisal_minutes(council: Council) -> Facts:
    """Minutes of a budget appraisal: item by item asked, granted, cut and why."""
    item = items_of(council)[0]
    dossier = item.dossier
    assert dossier is not None  # noqa: S101  # an appraisal judges dossiers
    lines = list(AppraisalLine.objects.filter(item=item).select_related("budget_line"))
    state, other = sum(one.approved_state_vnd for one in lines), sum(one.approved_other_vnd for one in lines)
    return {
        **_sitting(council, f"thẩm định kinh phí nhiệm vụ “{dossier.title}”", _appraised(item, state, other)),
        "variant": "appraisal",
        "task": task_facts(dossier.order, dossier),
        "items": [
            {
                "name": line.budget_line.get_item_display(),
                "asked": line.requested_state_vnd + line.requested_other_vnd,
                "approved": line.approved_state_vnd + line.approved_other_vnd,
                "reason": line.reason,
            }
            for line in lines
        ],
        "budget": {
            "total": state + other,
            "state": state,
            "other": other,
            "lump_sum": LUMP_SUMS[LumpSum(dossier.lump_sum)],
        },
    }


def _appraised(item: AgendaItem, state: int, other: int) -> list[str]:
    total = format_vnd(state + other, "vi")
    return [f"Thống nhất mức kinh phí thẩm định là {total} đồng", *text_lines(item.conclusion)]


@facts(Kind.ACCEPTANCE_MINUTES)
@in_vietnamese
def acceptance_minutes(council: Council) -> Facts:
    """Minutes of an acceptance: levels per product and criterion, the grade of each ballot, the council's grade."""
    item = items_of(council)[0]
    task = item.task
    assert task is not None  # noqa: S101  # an acceptance judges tasks
    ballots = list(GradeBallot.objects.filter(item=item, is_valid=True).order_by("nonce"))
    grade = GRADES[Grade(item.grade or Grade.FAIL)]
    return {
        **_sitting(council, f"đánh giá, nghiệm thu nhiệm vụ “{task.title}”", [f"Xếp loại: {grade}", item.conclusion]),
        "variant": "acceptance",
        "task": running_facts(task),
        "contract": cited_contract(task),
        "products": product_levels(item),
        "report": _level("Báo cáo tổng hợp", "", [ballot.report_level for ballot in ballots]),
        "grades": _numbered(ballots),
        "grade": grade,
        "days_late": days_late(task),
        "revisions": text_lines(item.remarks),
    }


def _numbered(ballots: Sequence[GradeBallot]) -> list[MemberGrade]:
    """By numbers drawn from the nonces: they say nothing about whose ballot it is."""
    return [{"ballot": f"{place:02d}", "grade": GRADES[Grade(one.grade)]} for place, one in enumerate(ballots, start=1)]


def product_levels(item: AgendaItem) -> list[ProductGrade]:
    """How many members put each criterion of each product on each level."""
    lines = GradeLine.objects.filter(ballot__item=item, ballot__is_valid=True).select_related("product")
    found: dict[tuple[int, str, str], list[str]] = {}
    for line in lines:
        found.setdefault((line.product.sequence, line.product.name, line.criterion), []).append(line.level)
    ordered = sorted(found.items(), key=lambda one: (one[0][0], grading.CRITERIA.index(one[0][2])))
    return [_level(name, CRITERIA[criterion], levels) for (_at, name, criterion), levels in ordered]


def _level(product: str, criterion: str, levels: Iterable[str]) -> ProductGrade:
    count = Counter(levels)
    return {
        "product": product,
        "criterion": criterion,
        "excellent": count[grading.EXCELLENT],
        "passed": count[grading.PASS],
        "failed": count[grading.FAIL] + count[grading.BELOW],
    }
