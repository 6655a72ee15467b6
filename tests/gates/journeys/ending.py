"""From the acceptance dossier to the archive."""

import re

from .acting import Person, Stage, say
from .councils import Sitting, concludes, convenes, counts, drafts, sits, votes
from .life import Life
from .papers import external, hands_in, issue
from .people import CHAIR, CLERK, DIRECTOR, EXPERTS, FUND_DIRECTOR, OFFICER, RESEARCHER, SIGNER

FILES = (
    "Letter asking for acceptance",
    "Final report",
    "Summary report",
    "Report on the products",
    "Report on the spending",
    "Self-assessment report",
    "Record of each member's contribution",
)


def dossier_is_filed(stage: Stage, life: Life) -> None:
    """Words, what was delivered, seven files; the head of the host files it."""
    researcher = stage.writer(RESEARCHER, OFFICER)
    researcher.opens(life.task, say("Tasks"))
    researcher.presses(say("Acceptance dossier"))
    researcher.fills(
        {
            say("Date of the final report"): stage.today(),
            say("Own grade"): say("Pass", "grade"),
            say("Summary of the results"): "Đã có mô hình 2 ha và quy trình; năng suất tăng 12%.",
            say("Self-assessment"): "Hoàn thành đúng hợp đồng.",
            say("Spent from the state budget"): "575.000.000",
            say("Spent from other sources"): "300.000.000",
        }
    )
    researcher.fills({say(label): f"{number}.pdf" for number, label in enumerate(FILES, start=1)})
    for number in (1, 2):
        facts = {say("Delivered"): 1, say("How it meets the order"): "Đạt yêu cầu đặt hàng"}
        researcher.fills(facts, within=f"{say('Product')} {number}")
    researcher.sends(say("Save"), say("The dossier is saved. File it when it is complete."))
    hands_in(stage, SIGNER, "File the acceptance dossier", life.task, typist=OFFICER)


def _sitting(life: Life) -> Sitting:
    representative = say("Representative of users or managers", "seat")
    chosen = dict.fromkeys(EXPERTS[6:9], representative)
    code = life.councils.get("acceptance", "")
    parts = ("Chair", "Scientific secretary", "Reviewer", "Reviewer", *["Member"] * 5)
    days = ("2027-09-13", "2027-09-21")
    return Sitting("Acceptance council", life.task, EXPERTS[:9], *days, parts, chosen, code=code)


def acceptance_council_is_established(stage: Stage, life: Life) -> None:
    sitting = _sitting(life)
    drafts(stage, sitting)
    life.councils["acceptance"] = sitting.code
    convenes(stage, sitting)


def _grades(member: Person, number: int) -> None:
    """Every product meets the order by every criterion; the report passes."""
    # A label names the product and, after a dash, the criterion.
    for field in member.here.get_by_label(re.compile(" – ")).all():
        field.select_option(label=say("Meets the order", "level of a product"))
    member.answers(say("Final report"), say("Pass", "grade"))
    member.fills({say("Comments"): "Sản phẩm đạt yêu cầu đặt hàng."})


def council_accepts(stage: Stage, life: Life) -> None:
    sitting = _sitting(life)
    sits(stage, sitting)
    votes(stage, sitting, _grades)
    counts(stage, sitting)
    facts = {say("Conclusion"): "Nghiệm thu, xếp loại Đạt.", say("Remarks to the host"): "Hoàn thiện báo cáo tổng hợp."}
    concludes(stage, sitting, (life.task, facts))


def results_are_registered(stage: Stage, life: Life) -> None:
    officer = stage.person(OFFICER)
    officer.opens(life.task, say("Tasks"))
    officer.presses(say("Facts of the registration"))
    officer.fills(
        {
            say("Request received on"): stage.today(),
            say("Corrected final report received on"): stage.today(),
            say("Where the copies are kept"): "Trung tâm Thông tin khoa học và công nghệ",
            say("Abstract for the national database"): "Quy trình và mô hình trồng dưa lưới hữu cơ.",
        }
    )
    officer.sends(say("Save"))
    issue(stage, "Issue the registration certificate", by=OFFICER, signer=DIRECTOR)


def results_are_recognised(stage: Stage, life: Life) -> None:
    officer = stage.person(OFFICER)
    officer.opens(life.task, say("Tasks"))
    officer.presses(say("Text of the recognition"))
    officer.sends(say("Save"))
    issue(stage, "Recognise the results", by=OFFICER, signer=CHAIR, facts=external(stage, 2011))


def contract_is_liquidated(stage: Stage, life: Life) -> None:
    officer = stage.person(OFFICER)
    officer.opens(life.task, say("Tasks"))
    officer.presses(say("Facts of the liquidation"))
    officer.fills({say("Products handed over"): "01 mô hình; 01 quy trình"})
    officer.sends(say("Save"))
    # Party A is the fund, which pays.
    given_up = {say("Reason"): "Đơn vị không đề nghị cấp các đợt còn lại"}
    issue(stage, "Liquidate the contract", by=OFFICER, signer=FUND_DIRECTOR, other=SIGNER, facts=given_up)
    officer.opens(life.task, say("Tasks"))
    officer.reads_state(say("Contract liquidated"))


def file_is_archived(stage: Stage, life: Life) -> None:
    clerk = stage.person(CLERK)
    clerk.works_on(life.task)
    clerk.takes(say("Archive the file"))
    clerk.reads_state(say("Archived"))
