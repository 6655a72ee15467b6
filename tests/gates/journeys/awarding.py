"""From the listed order to the approval decision: direct assignment, dossier, opening, council, appraisal."""

import re

from .acting import Person, Stage, say
from .councils import TEAM, Sitting, concludes, convenes, counts, drafts, leaves, signs, sits, votes
from .life import Life
from .papers import external, hands_in, issue
from .people import CHAIR, DIRECTOR, EXPERTS, OFFICER, RESEARCHER, SECOND_OFFICER, SECRETARY, SIGNER
from .proposing import TITLE

TEXTS = {
    "Overview of research": "Trong nước có 12 công trình về dưa lưới; chưa có công trình tại Bình An.",
    "Objectives": "Có quy trình và mô hình trồng dưa lưới hữu cơ.",
    "Contents and methods": "Khảo sát\nThử nghiệm 3 công thức phân bón\nXây dựng mô hình 2 ha",
    "Results and their quality": "01 mô hình 2 ha; 01 quy trình được hội đồng thông qua",
    "Application and impact two to five years after the end": "Nhân rộng 20 ha sau 3 năm.",
    "Plan and reasons for the budget": "Kinh phí chia theo năm; đối ứng do đơn vị bảo đảm.",
    "Capacity of the organisation and the people": "Trường có khoa Nông học và trại thực nghiệm.",
    "Risks and how they are managed": "Rủi ro thời tiết: dùng nhà màng.",
}
LINES = (
    ("Labour", "700.000.000", "0"),
    ("Materials and energy", "500.000.000", "300.000.000"),
)


def host_is_invited(stage: Stage, life: Life) -> None:
    """The director's letter names the day until which the dossier is expected."""
    officer = stage.person(OFFICER)
    officer.opens(life.order, say("Proposals"), say("Orders"))
    officer.presses(say("Name the day for the dossier"))
    officer.fills({say("Dossier expected by"): "2026-07-15"})
    officer.sends(say("Save"), say("Saved: the invitation will name this day."))
    issue(stage, "Invite the host", by=OFFICER, signer=DIRECTOR)


def dossier_is_written(stage: Stage, life: Life) -> None:
    """The researcher explains how the order would be carried out and what it costs."""
    researcher = stage.writer(RESEARCHER, OFFICER)
    researcher.opens(life.order, say("Proposals"), say("Orders"))
    researcher.presses(say("New dossier"))
    leader = stage.called(RESEARCHER)
    researcher.fills({say("Principal investigator"): leader, say("Form of payment"): say("Lump sum in part")})
    researcher.fills({say(label): words for label, words in TEXTS.items()})
    secretary = {say("Full name"): "ThS. Trần Thu Phương", say("Part"): say("Scientific secretary")}
    researcher.fills(secretary, within=f"{say('Person')} 1")
    for number, (item, state, other) in enumerate(LINES, start=1):
        facts = {
            say("Item"): say(item),
            say("State budget (đồng)"): state,
            say("Other sources (đồng)"): other,
        }
        researcher.fills(facts, within=f"{say('Line')} {number}")
    researcher.sends(say("Save the draft"), say("The draft is saved. Nothing is submitted yet."))
    life.dossier = researcher.code()


def dossier_is_submitted(stage: Stage, life: Life) -> None:
    hands_in(stage, SIGNER, "Submit the dossier", life.dossier, typist=OFFICER)


def dossier_is_opened(stage: Stage, life: Life) -> None:
    """Before witnesses; one officer writes it down, another opens the dossiers, which makes the minutes."""
    officer = stage.person(OFFICER)
    officer.works_on(life.order)
    officer.presses(say("Record the opening"))
    officer.fills(
        {
            say("Venue"): "Phòng họp tầng 2, Sở Khoa học và Công nghệ",
            say("Chaired by"): "Lê Hoàng Nam",
            say("Secretary"): stage.called(OFFICER),
        }
    )
    officer.answers(say("Finding"), say("Valid"))
    officer.sends(say("Save the record"))
    other = stage.person(SECOND_OFFICER)
    other.works_on(life.order)
    other.takes(say("Open the dossiers"))
    other.reads_state(say("Dossiers opened"))


def _selection(life: Life) -> Sitting:
    code = life.councils.get("selection", "")
    days = ("2026-07-20", "2026-07-28")
    return Sitting("Selection council", life.order, EXPERTS[:7], *days, code=code, judged=life.dossier)


def _scores(member: Person, number: int) -> None:
    """Three quarters of the points of every criterion, and a little more from the later members."""
    for field in member.here.get_by_role("spinbutton").all():
        field.fill(str(int(field.get_attribute("max")) * (75 + number) // 100))
    member.fills({say("Comments"): "Đề nghị làm rõ kế hoạch nhân rộng."})


def selection_council_is_established(stage: Stage, life: Life) -> None:
    sitting = _selection(life)
    drafts(stage, sitting)
    life.councils["selection"] = sitting.code
    convenes(stage, sitting)


def council_scores(stage: Stage, life: Life) -> None:
    sitting = _selection(life)
    sits(stage, sitting)
    leaves(stage, sitting, EXPERTS[3])
    votes(stage, sitting, _scores, absent=(EXPERTS[3],))
    counts(stage, sitting)


def council_recommends(stage: Stage, life: Life) -> None:
    conclusion = {say("Conclusion"): "Đề nghị giao trực tiếp cho Trường Đại học Bình An chủ trì."}
    remarks = {say("Remarks to the host"): "Làm rõ kế hoạch nhân rộng\nBổ sung tiêu chuẩn phân bón hữu cơ"}
    concludes(stage, _selection(life), (life.order, conclusion), (life.dossier, remarks))


def remarks_are_answered(stage: Stage, life: Life) -> None:
    """The host reads the remarks, answers each and hands in the revised dossier."""
    researcher = stage.writer(RESEARCHER, OFFICER)
    researcher.opens(life.dossier, say("Proposals"), say("Dossiers"))
    researcher.sees("Bổ sung tiêu chuẩn phân bón hữu cơ")
    researcher.presses(say("Answer the remarks"))
    researcher.fills({say("Answer to the remarks"): "1. Đã bổ sung kế hoạch nhân rộng. 2. Đã bổ sung TCVN 7185."})
    researcher.sends(say("Save the answer"))
    hands_in(stage, SIGNER, "Hand in the revised dossier", life.dossier, typist=OFFICER)


def budget_is_appraised(stage: Stage, life: Life) -> None:
    """A team of five, two of them from the council, decides line by line."""
    code = life.councils.get("appraisal", "")
    team = [*EXPERTS[:2], *EXPERTS[6:9]]
    sitting = Sitting("Budget appraisal team", life.dossier, team, "2026-08-24", "2026-09-01", TEAM, code=code)
    drafts(stage, sitting)
    life.councils["appraisal"] = sitting.code
    convenes(stage, sitting)
    sits(stage, sitting)
    secretary = stage.person(SECRETARY)
    secretary.follows(say("Decide the estimate line by line"))
    first = re.compile(r"^1\. ")
    place = secretary.here.get_by_role("group", name=first)
    place.get_by_label(re.compile(re.escape(say("State budget approved (đồng)")))).fill("650.000.000")
    place.get_by_label(say("Reason of the reduction")).fill("Giảm ngày công gián tiếp.")
    secretary.sends(say("Save"), say("The appraisal is saved."))
    signs(stage, sitting)


def task_is_approved(stage: Stage, life: Life) -> None:
    officer = stage.person(OFFICER)
    officer.opens(life.order, say("Proposals"), say("Orders"))
    decision = issue(stage, "Approve the task", by=OFFICER, signer=CHAIR, facts=external(stage, 1655))
    assert decision == "1655/QĐ-UBND"
    officer.opens(life.order, say("Proposals"), say("Orders"))
    officer.reads_state(say("Awarded"))
    officer.opens(TITLE, say("Tasks"))
    life.task = officer.code()
