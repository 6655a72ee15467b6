"""What the papers of a council say. Letters are Vietnamese in every language of the pages."""

from django.db.models import Q

from core import clock
from core.documents.kinds import DocumentKind as Kind
from core.documents.registry import facts
from core.documents.schemas.parts import CouncilTask, Member
from core.documents.selectors import deciding_body
from core.people.models import User
from core.people.roles import Act, Payer, Role
from core.people.selectors import users_with_role
from proposals.hooks.paper_parts import PAYERS, Facts, cited, department, in_vietnamese, official
from reviews.lifecycle import CouncilKind
from reviews.models import Council
from reviews.selectors.agenda import head_items
from reviews.selectors.seats import seats_of
from tasks.models import Task
from tasks.selectors.papers import acceptance_councils, file_parts, of_records

from . import minutes

__all__ = ["acceptance_papers", "council_decision", "council_papers", "dissolution", "minutes"]

DUTIES = {
    CouncilKind.IDENTIFICATION: [
        "Đánh giá sự cần thiết, tính mới, tính khả thi của các đề xuất nhiệm vụ",
        "Kiến nghị tên, mục tiêu, yêu cầu đối với kết quả và phương thức thực hiện nhiệm vụ",
    ],
    CouncilKind.SELECTION: [
        "Đánh giá, chấm điểm các hồ sơ đăng ký chủ trì nhiệm vụ",
        "Kiến nghị tổ chức chủ trì, cá nhân chủ nhiệm và các nội dung cần hoàn thiện",
    ],
    CouncilKind.APPRAISAL: ["Thẩm định dự toán kinh phí theo từng nội dung chi", "Kiến nghị phương thức khoán chi"],
    CouncilKind.ACCEPTANCE: [
        "Đánh giá kết quả thực hiện nhiệm vụ theo hợp đồng và thuyết minh đã phê duyệt",
        "Xếp loại nhiệm vụ và kiến nghị các nội dung cần hoàn thiện",
    ],
}


def _secretary(user: User) -> Member:
    held = user.memberships.on(clock.today()).filter(role=Role.ADMINISTRATIVE_SECRETARY)
    membership = held.select_related("organisation").first()
    unit = membership.organisation.name if membership else ""
    return {"name": str(user), "unit": unit, "role": "Thư ký hành chính"}


@facts(Kind.COUNCIL_DECISION)
@in_vietnamese
def council_decision(council: Council) -> Facts:
    """Decision establishing a council: who sits, what they judge, their duties (TT 20/2023/TT-BKHCN, Article 8)."""
    tasks: list[CouncilTask] = [{"code": item.subject.code, "title": item.title} for item in head_items(council)]
    found = users_with_role(Role.ADMINISTRATIVE_SECRETARY, organisation=department())
    secretaries = found.order_by("sort_key", "pk")[: council.rule("council.secretaries").value]
    return official(
        f"thành lập {council.title}",
        deciding_body(council, Act.COUNCIL_FOUNDER),
        council=council.title,
        members=[minutes.member(council, seat) for seat in seats_of(council)],
        secretaries=[_secretary(user) for user in secretaries],
        tasks=tasks,
        duties=DUTIES[CouncilKind(council.kind)],
        funds=council.funds or PAYERS[Payer(council.payer)],
    )


def council_papers(task: Task) -> Q:
    """The papers of the councils that judged the task, its dossiers, its order or the proposals it came of."""
    judged = Q(items__task=task)
    if task.order is not None:
        came_of = Q(items__proposal__order_sources__order=task.order)
        judged |= Q(items__order=task.order) | Q(items__dossier__order=task.order) | came_of
    return of_records(Council.objects.filter(judged))


def acceptance_papers(task: Task) -> Q:
    """The papers of the councils that judged the task's results."""
    return of_records(Council.objects.filter(kind=CouncilKind.ACCEPTANCE, items__task=task))


file_parts.append(council_papers)
acceptance_councils.append(acceptance_papers)


@facts(("council", Kind.REVOCATION_DECISION))
@in_vietnamese
def dissolution(council: Council) -> Facts:
    """Decision dissolving a council before its conclusion. The council stands where a task would, without a host."""
    return official(
        f"giải thể {council.title}",
        deciding_body(council, Act.COUNCIL_FOUNDER),
        task={
            "code": council.code,
            "title": council.title,
            "host": "",
            "principal_investigator": "",
            "field": "",
            "months": 0,
            "starts_on": "",
            "ends_on": "",
        },
        act=f"Giải thể {council.title} (mã số {council.code}) được thành lập theo",
        revoked=cited(council, Kind.COUNCIL_DECISION, "Quyết định"),
        decided="",
        reason=council.dissolution_reason,
        consequences=["Hội đồng chấm dứt hoạt động", "Các hồ sơ đang xem xét được trả về trạng thái chờ hội đồng"],
    )
