"""From the screened proposal to the approved list of orders."""

from .acting import Person, Stage, say
from .councils import Sitting, concludes, convenes, counts, drafts, sits, suspects, votes
from .life import Life
from .papers import external, issue
from .people import CHAIR, EXPERTS, OFFICER
from .proposing import HOST, RECEIVER, TITLE

AGREES = "Agree: the task shall be carried out"


def _sitting(life: Life) -> Sitting:
    return Sitting(
        "Identification council",
        life.proposal,
        EXPERTS[:7],
        sends_on="2026-05-11",
        sits_on="2026-05-20",
        code=life.councils.get("identification", ""),
    )


def council_is_established(stage: Stage, life: Life) -> None:
    sitting = _sitting(life)
    drafts(stage, sitting)
    life.councils["identification"] = sitting.code
    convenes(stage, sitting)
    suspects(stage, sitting, EXPERTS[3])


def _ballot(member: Person, number: int) -> None:
    member.answers(say("Vote"), say(AGREES if number < 6 else "Disagree: the task shall not be carried out", "ballot"))
    member.fills({say("Comments"): f"Ý kiến {number + 1}: đề nghị làm rõ quy mô mô hình."})


def council_votes(stage: Stage, life: Life) -> None:
    sitting = _sitting(life)
    sits(stage, sitting)
    votes(stage, sitting, _ballot)
    counts(stage, sitting)


def council_concludes(stage: Stage, life: Life) -> None:
    facts = {say("Conclusion"): "Đề nghị thực hiện; giao trực tiếp cho Trường Đại học Bình An."}
    concludes(stage, _sitting(life), (TITLE, facts))


def list_is_drafted(stage: Stage, life: Life) -> None:
    """The officer takes the recommended proposal onto a list and completes the order."""
    officer = stage.person(OFFICER)
    officer.goes(say("Proposals"), say("Lists of orders"))
    officer.presses(say("New list"))
    officer.fills({say("Title"): "Danh mục nhiệm vụ khoa học và công nghệ đặt hàng năm 2027", say("Plan year"): 2027})
    officer.sends(say("Save the draft"), say("The list is saved."))
    life.order_list = officer.code()
    officer.presses(say("Take proposals onto the list"))
    officer.ticks(life.proposal)
    officer.answers(say("How they become orders"), say("One order of each"))
    officer.sends(say("Make the orders"), say("The orders stand on the draft list: complete each of them."))
    officer.picks(TITLE)
    life.order = officer.code()
    officer.presses(say("Edit"))
    officer.fills({say("Objectives"): "Có quy trình và mô hình trồng dưa lưới hữu cơ quy mô 2 ha tại xã Tân Hòa."})
    officer.answers(say("How the host is found"), say("Direct assignment"))
    officer.fills({say("Organisation for direct assignment"): HOST, say("Receiving organisation"): RECEIVER})
    for number, (name, kind, unit) in enumerate(PRODUCTS, start=1):
        facts = {say("Result"): name, say("Kind"): say(kind), say("Unit"): unit, say("Quantity"): 1}
        officer.fills(facts, within=f"{say('Result')} {number}")
    officer.sends(say("Save the order"), say("The order is saved."))


PRODUCTS = (
    ("Mô hình trồng dưa lưới hữu cơ 2 ha", "Product with measured quality", "mô hình"),
    ("Quy trình trồng dưa lưới theo hướng hữu cơ", "Scientific document", "quy trình"),
)


def list_is_approved(stage: Stage, life: Life) -> None:
    """The chair of the committee agrees; the clerk enters the number that the committee's office gave."""
    officer = stage.person(OFFICER)
    officer.opens(life.order_list, say("Proposals"), say("Lists of orders"))
    decision = issue(stage, "Approve the list", by=OFFICER, signer=CHAIR, facts=external(stage, 812))
    assert decision == "812/QĐ-UBND"
    officer.opens(life.proposal, say("Proposals"))
    officer.reads_state(say("On the approved list"))
