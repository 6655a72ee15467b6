"""The end of a task: the dossier, the council, registration, recognition, liquidation, archive."""

import io
from datetime import datetime

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile

from core import clock
from core.money import VND
from core.people.models import User
from core.people.roles import Role
from reviews import services as reviews
from reviews.lifecycle import CouncilKind
from reviews.models import AgendaItem, Level, Seat
from reviews.rules import grading
from reviews.services.contents import products_of
from tasks import services
from tasks.models import Grade, Task
from tasks.selectors.acceptance import PARTS

from .councils import Sitting, council
from .player import History
from .stage import Stage
from .terms import payer_signer

NAMES = {
    "acceptance.letter": "Công văn đề nghị nghiệm thu",
    "acceptance.final_report": "Báo cáo tổng hợp",
    "acceptance.summary_report": "Báo cáo tóm tắt",
    "acceptance.product_report": "Báo cáo sản phẩm",
    "acceptance.spending_report": "Báo cáo sử dụng kinh phí",
    "acceptance.self_assessment": "Báo cáo tự đánh giá",
    "acceptance.contributions": "Biên bản xác nhận đóng góp",
}


def blank_pdf() -> bytes:
    """The smallest file that is taken in: one empty page."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(out, static_id=True)
    return out.getvalue()


def file_dossier(stage: Stage, task: Task, when: datetime, *, grade: Grade = Grade.PASS) -> History:
    """Written and filed by the host; under the old rules its own council accepts first."""
    yield when
    signer = stage.signer(task.host)
    body = blank_pdf()
    services.save_acceptance_file(
        task,
        actor=signer,
        facts={
            "final_report_on": clock.today(),
            "summary": "Đã hoàn thành các nội dung, sản phẩm theo hợp đồng.",
            "self_grade": grade,
            "self_assessment": "Đạt các chỉ tiêu về số lượng, khối lượng và chất lượng.",
            "spent_vnd": VND(task.approved_state_vnd * 8 // 10),
            "other_spent_vnd": VND(task.approved_other_vnd),
        },
        delivered=[
            {"sequence": one.sequence, "delivered": one.quantity, "delivered_note": "Đủ số lượng, đạt yêu cầu."}
            for one in task.products.all()
        ],
        files={
            part.purpose: SimpleUploadedFile(f"{NAMES[part.purpose]}.pdf", body, "application/pdf")
            for part in PARTS
            if part.is_required(task.regulation, task.approved_on)
        },
    )
    task.refresh_from_db()
    stage.step(task, "file_acceptance", signer)


def send_back(stage: Stage, task: Task, when: datetime) -> History:
    """The dossier lacks something."""
    yield when
    task.refresh_from_db()
    stage.step(task, "return_acceptance", stage.staff(Role.OFFICER), reason="Báo cáo tổng hợp thiếu phụ lục số liệu.")


def accept_at_grassroots(stage: Stage, task: Task, when: datetime) -> History:
    """The host's own council, where the law of the task asks for one."""
    yield when
    task.refresh_from_db()
    if task.row("accept_at_grassroots") is None:
        return
    signer = stage.signer(task.host)
    services.save_grassroots_result(
        task,
        actor=signer,
        facts={
            "grassroots_on": clock.today(),
            "grassroots_decision": f"Biên bản số {task.pk % 30 + 1:02d}/BB-HĐCS",
            "grassroots_passed": True,
            "grassroots_note": "Đề nghị nghiệm thu cấp tỉnh.",
        },
    )
    task.refresh_from_db()
    stage.step(task, "accept_at_grassroots", signer)


def judge(stage: Stage, task: Task, sits: int, *, level: Level = Level.PASS, until: str = "") -> History:
    """The acceptance council of nine: six experts, three representatives."""

    def ballot(item: AgendaItem, seat: Seat) -> reviews.Grades:
        own = Level.EXCELLENT if level is Level.PASS and seat.pk % 4 == 0 else level
        levels = {(one.sequence, criterion): own for one in products_of(item) for criterion in grading.CRITERIA}
        return reviews.Grades(levels=levels, report=Grade.FAIL if level is Level.FAIL else Grade.PASS)

    words = "Không đạt: sản phẩm chưa đủ yêu cầu." if level is Level.FAIL else "Đề nghị công nhận kết quả: Đạt."
    yield from council(
        stage,
        Sitting(
            kind=CouncilKind.ACCEPTANCE,
            title=f"Hội đồng nghiệm thu nhiệm vụ {task.code}",
            items=lambda: [Task.objects.get(pk=task.pk)],
            sits=sits,
            size=9,
            ballot=ballot,
            words=lambda _item: {"conclusion": words, "remarks": "Hoàn thiện báo cáo tổng hợp."},
            until=until,
            hour=9,
        ),
    )


def register(stage: Stage, task: Task, when: datetime) -> History:
    """The certificate of registration."""
    yield when
    task.refresh_from_db()
    services.save_registration(
        task,
        actor=stage.staff(Role.OFFICER),
        facts={
            "requested_on": clock.today(),
            "corrected_on": clock.today(),
            "storage": "Trung tâm Ứng dụng tiến bộ khoa học và công nghệ Bình An",
            "members": [_author(task.principal_investigator, task, "Chủ nhiệm")],
            "abstract": "Quy trình, mô hình và tài liệu hướng dẫn đã được kiểm chứng trong điều kiện của tỉnh.",
        },
    )
    stage.paper(task, "register_results", stage.staff(Role.DEPARTMENT_DIRECTOR))


def _author(person: User, task: Task, role: str) -> dict[str, str]:
    return {"name": str(person), "unit": task.host.name, "role": role}


def recognise(stage: Stage, task: Task, when: datetime) -> History:
    """The decision that recognises the results."""
    yield when
    words = {
        "ownership": "Tổ chức chủ trì được giao quyền quản lý, sử dụng kết quả.",
        "receivers": task.receiver.name if task.receiver else "",
        "results": "\n".join(f"{one.quantity:02d} {one.unit}: {one.name}" for one in task.products.all()),
    }
    services.save_recognition(task, actor=stage.staff(Role.OFFICER), facts=words)
    stage.paper(task, "recognise_results", stage.staff(Role.PPC_CHAIR))


def liquidate(stage: Stage, task: Task, when: datetime) -> History:
    """The minutes of the liquidation."""
    yield when
    task.refresh_from_db()
    facts = {
        "held_on": clock.today(),
        "place": "Sở Khoa học và Công nghệ",
        "assets": "Không có tài sản phải xử lý.",
        "handover": "Toàn bộ sản phẩm theo hợp đồng đã bàn giao cho đơn vị tiếp nhận.",
    }
    services.save_liquidation(task, actor=stage.staff(Role.OFFICER), facts=facts)
    task.refresh_from_db()
    stage.paper(task, "liquidate", payer_signer(stage, task.payer))


def archive(stage: Stage, task: Task, when: datetime) -> History:
    """The file goes to the archive."""
    yield when
    stage.step(task, "archive", stage.staff(Role.CLERK))
