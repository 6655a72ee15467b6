"""The words and pieces that the papers of this room share. Papers are Vietnamese in every language of the pages."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import translation

from core import clock
from core.documents.kinds import DocumentKind as Kind
from core.documents.schemas.parts import Ordered, Reference, TaskFacts
from core.documents.selectors import issued_paper
from core.documents.templatetags.letters import cite
from core.people.models import Organisation
from core.people.models.organisation import OrganisationKind
from core.people.roles import Payer
from core.workflow.models import Stepped
from proposals.choices import LumpSum
from proposals.lifecycle import OrderMode
from proposals.models import Dossier, Order

Facts = dict[str, Any]

PROPOSERS = [
    "Các sở, ban, ngành, Ủy ban nhân dân các xã, phường",
    "Viện nghiên cứu, trường đại học, doanh nghiệp và tổ chức khoa học và công nghệ",
]
WEBSITE = "Cổng thông tin điện tử của Sở"
ANNOUNCES = re.compile(r"^thông báo\s+((về việc|về|v/v)\s+)?", re.IGNORECASE)
PORTAL = "Hệ thống quản lý nhiệm vụ khoa học và công nghệ của Sở"
NOT_PUBLIC = {None, "localhost", "127.0.0.1", "::1", "testserver"}
ORDER_FORM = "Phiếu đặt hàng (14 mục)"
DOSSIER_PARTS = [
    "Đơn đăng ký chủ trì nhiệm vụ",
    "Thuyết minh nhiệm vụ",
    "Lý lịch tổ chức và lý lịch khoa học của chủ nhiệm, thành viên chính",
    "Văn bản xác nhận phối hợp của tổ chức tham gia",
    "Dự toán kinh phí",
]
CONDITIONS = [
    "Tổ chức có tư cách pháp nhân, có chức năng hoạt động phù hợp với lĩnh vực của nhiệm vụ",
    "Không thuộc trường hợp không được đăng ký chủ trì theo quy định của pháp luật",
]
PAYERS = {
    Payer.FUND: "Quỹ Phát triển khoa học và công nghệ tỉnh",
    Payer.DEPARTMENT_BUDGET: "Sở Khoa học và Công nghệ",
    Payer.HOST: "Tổ chức chủ trì",
    Payer.OTHER: "Nguồn khác",
}
LUMP_SUMS = {
    LumpSum.FINAL: "Khoán chi đến sản phẩm cuối cùng",
    LumpSum.PARTIAL: "Khoán chi từng phần",
    LumpSum.NONE: "Không khoán chi",
}
CHANGED = {
    "title": "Tên nhiệm vụ",
    "objectives": "Mục tiêu",
    "state_budget_vnd": "Kinh phí từ ngân sách nhà nước (đồng)",
    "other_budget_vnd": "Kinh phí từ nguồn khác (đồng)",
    "months": "Thời gian thực hiện (tháng)",
    "mode": "Phương thức",
    "direct_host": "Tổ chức được giao trực tiếp",
    "receiver": "Tổ chức tiếp nhận kết quả",
    "state_keeps_ownership": "Nhà nước giữ quyền sở hữu kết quả",
}
MODES = {OrderMode.CALL: "Tuyển chọn", OrderMode.DIRECT: "Giao trực tiếp"}


def in_vietnamese(function: Callable[[Any], Facts]) -> Callable[[Any], Facts]:
    """Papers speak Vietnamese whatever the language of whoever presses the button."""

    def told(subject: Any) -> Facts:
        with translation.override("vi"):
            return function(subject)

    return told


def department() -> Organisation:
    """The department whose papers these are."""
    living = Organisation.objects.filter(kind=OrganisationKind.DEPARTMENT, is_internal=True, ended_on=None)
    return living.order_by("pk")[0]


def official(about: str, body: Organisation, **more: Any) -> Facts:
    """The facts that every signed paper of this room has."""
    return drafted_by(department(), about, body, **more)


def drafted_by(own: Organisation, about: str, body: Organisation, /, **more: Any) -> Facts:
    """The same where the department is at hand already."""
    division = own.divisions.filter(kind=OrganisationKind.DIVISION, ended_on=None).order_by("pk").first()
    outside = body != own
    return {
        "body": body.code,
        "about": about,
        "drafting_unit": (division.short_name if division and not outside else own.short_name) or "VP",
        "proposed_by": own.name if outside else (f"Trưởng phòng {_bare(division.name)}" if division else ""),
        "bases": [],
        "recipients": [],
        "implementers": [],
        **more,
    }


def as_subject(title: str) -> str:
    """A title after "Về việc": without the name of the paper, its first letter small except in an abbreviation."""
    title = ANNOUNCES.sub("", title)
    begins_word = title[1:2].islower() or title[1:2].isspace()
    return title[:1].lower() + title[1:] if begins_word else title


def portal() -> str:
    """Where one hands in online: the address of this site, or its name where the server has no public address.

    A paper never names a machine: the same draft would say something else on the next one.
    """
    address = urlsplit(settings.SITE_BASE_URL)
    return PORTAL if address.hostname in NOT_PUBLIC else settings.SITE_BASE_URL.rstrip("/")


def text_lines(text: str) -> list[str]:
    """The lines of a text, without empty ones."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def _bare(name: str) -> str:
    return name.removeprefix("Phòng ").strip()


def local(moment: datetime | None) -> str:
    """An instant as schemas want it: local, to the minute."""
    return clock.local(moment).strftime("%Y-%m-%dT%H:%M") if moment else ""


def cited(subject: Stepped, kind: Kind, name: str) -> Reference:
    """An earlier paper of a subject, or an empty reference when it has none (adopted records)."""
    paper = issued_paper(subject, kind)
    if paper is None or paper.numbered_on is None:
        return {"name": name, "symbol": "", "date": "", "issuer": ""}
    return {"name": name, "symbol": paper.symbol, "date": paper.numbered_on.isoformat(), "issuer": paper.body.name}


def basis(reference: Reference, about: str) -> list[str]:
    """The ground that an earlier paper gives."""
    if not reference["symbol"]:
        return []
    return [f"Căn cứ {cite(reference)} {about}"]


def mode_words(order: Order) -> str:
    """Tuyển chọn, or to whom it is assigned."""
    if order.mode == OrderMode.DIRECT and order.direct_host is not None:
        return f"Giao trực tiếp cho {order.direct_host.name}"
    return MODES[OrderMode(order.mode)]


def ordered(order: Order) -> Ordered:
    """One row of the list."""
    products = [f"{one.name}: {one.quantity} {one.unit}" for one in order.products.all()]
    return {
        "code": order.code,
        "title": order.title,
        "goals": order.objectives,
        "products": "; ".join(products),
        "mode": mode_words(order),
        "months": order.months,
        "state": order.state_budget_vnd,
        "other": order.other_budget_vnd,
    }


def task_facts(order: Order, dossier: Dossier | None) -> TaskFacts:
    """The task as the paper names it before it has a contract."""
    return {
        "code": order.code,
        "title": order.title,
        "host": dossier.host.name if dossier else "",
        "principal_investigator": str(dossier.principal_investigator) if dossier else "",
        "field": order.get_field_display(),
        "months": dossier.months if dossier else order.months,
        "starts_on": "",
        "ends_on": "",
    }


def list_reference(order: Order) -> Reference:
    """The decision that approved the order's list; of an adopted order, as it was entered."""
    if order.order_list is not None:
        return cited(order.order_list, Kind.LIST_DECISION, "Quyết định")
    day = order.listed_on.isoformat() if order.listed_on else ""
    return {"name": "Quyết định", "symbol": order.listed_symbol, "date": day, "issuer": order.listed_by}
