"""What the department writes to whoever proposed: a request to complete the file, a letter of refusal."""

from uuid import uuid4

import pytest

from core.documents.models import Document
from core.people.policy import visible_to
from core.workflow.corrections import ask_refusals
from core.workflow.table import Channel
from tests.factories import proposals as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning", "language")]
MISSING = "Nêu rõ tổ chức tiếp nhận kết quả\n\nBổ sung cam kết nguồn kinh phí khác"


@pytest.fixture
def people():
    return make.cast()


def letters(proposal, kind):
    return list(Document.objects.filter(subject_code=proposal.code, kind=kind).order_by("pk"))


def test_a_returned_proposal_is_told_by_a_numbered_paper_what_is_missing_and_until_when(people):
    call = make.open_call(people)
    announcement = Document.objects.get(subject_code=call.code, kind="call_announcement")
    proposal = make.submitted_proposal(people, call)
    make.step(proposal, "return_for_completion", people.officer, reason=MISSING)
    (letter,) = letters(proposal, "return_letter")
    rule = f"Phiếu đặt hàng (14 mục); Thông báo số {announcement.symbol}"
    assert (letter.status, letter.symbol) == ("numbered", f"{letter.number:02d}/PYC-{letter.body.short_name}")
    assert letter.facts == {
        "body": letter.body.code,
        "about": f"bổ sung, hoàn thiện đề xuất {proposal.code}",
        "record": "đề xuất",
        "code": proposal.code,
        "title": proposal.title,
        "organisation": people.university.name,
        "missing": [
            {"what": "Nêu rõ tổ chức tiếp nhận kết quả", "rule": rule},
            {"what": "Bổ sung cam kết nguồn kinh phí khác", "rule": rule},
        ],
        "complete_by": proposal.due_on.isoformat(),
        "officer": str(people.officer),
        "contact": call.contact,
    }
    assert list(visible_to(people.applicant, Document).filter(kind="return_letter")) == [letter]


def test_a_proposal_outside_a_call_is_told_whom_to_ask(people):
    proposal = make.submitted_proposal(people, None)
    make.step(proposal, "return_for_completion", people.officer, reason="Thiếu mục 9")
    (letter,) = letters(proposal, "return_letter")
    assert letter.facts["missing"] == [{"what": "Thiếu mục 9", "rule": "Phiếu đặt hàng (14 mục)"}]
    assert letter.facts["contact"] == letter.body.name


def test_every_return_has_its_own_paper_and_the_receipts_share_its_register(people):
    proposal = make.submitted_proposal(people, make.open_call(people))
    (receipt,) = letters(proposal, "proposal_receipt")
    for missing in ("Thiếu mục 9", "Vẫn thiếu mục 9"):
        make.step(proposal, "return_for_completion", people.officer, reason=missing)
        make.step(proposal, "submit", people.signer)
    first, second = letters(proposal, "return_letter")
    assert [first.number, second.number] == [receipt.number + 1, receipt.number + 2]
    assert [one.facts["missing"][0]["what"] for one in (first, second)] == ["Thiếu mục 9", "Vẫn thiếu mục 9"]


def test_a_return_entered_from_paper_bears_the_name_of_who_decided_it(people):
    proposal = make.submitted_proposal(people, make.open_call(people))
    paper = {"channel": Channel.PAPER, "decided_by": people.officer, "evidence": [uuid4()]}
    make.step(proposal, "return_for_completion", people.clerk, reason="Thiếu", **paper)
    (letter,) = letters(proposal, "return_letter")
    assert letter.facts["officer"] == str(people.officer)


def test_a_return_that_left_the_house_on_paper_is_not_undone_by_hand(people, language):
    proposal = make.submitted_proposal(people, make.open_call(people))
    make.step(proposal, "return_for_completion", people.officer, reason="Nhầm hồ sơ")
    assert len(ask_refusals(proposal, people.officer)) == 1
