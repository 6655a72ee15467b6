"""What the department writes to whoever proposed: a request to complete the file, a letter of refusal."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from core import clock
from core.documents.models import Document
from core.people.policy import visible_to
from core.workflow.corrections import ask_refusals
from core.workflow.ruling import StepRefused
from core.workflow.table import Channel
from proposals import services
from proposals.lifecycle import ProposalState
from tests.factories import proposals as make
from tests.factories.asking import said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning", "language")]
MISSING = "Nêu rõ tổ chức tiếp nhận kết quả\n\nBổ sung cam kết nguồn kinh phí khác"


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


def test_every_return_has_its_own_paper_and_every_completed_file_its_receipt(people):
    """What goes out takes no incoming number; what comes in is registered each time (Decree 30/2020, Article 22)."""
    proposal = make.submitted_proposal(people, make.open_call(people))
    for missing in ("Thiếu mục 9", "Vẫn thiếu mục 9"):
        make.step(proposal, "return_for_completion", people.officer, reason=missing)
        make.step(proposal, "submit", people.signer)
    requests, receipts = letters(proposal, "return_letter"), letters(proposal, "proposal_receipt")
    assert [one.facts["missing"][0]["what"] for one in requests] == ["Thiếu mục 9", "Vẫn thiếu mục 9"]
    assert [(one.series, one.number) for one in requests] == [("requests", 1), ("requests", 2)]
    assert [(one.series, one.number) for one in receipts] == [("incoming", 1), ("incoming", 2), ("incoming", 3)]


def test_the_receipt_of_a_completed_file_tells_when_it_came_and_the_closing_keeps_its_day(people):
    monday = clock.today()
    proposal = make.submitted_proposal(people, make.open_call(people))
    make.step(proposal, "return_for_completion", people.officer, reason="Thiếu mục 9")
    wednesday, by_post = monday + timedelta(days=2), {"channel": Channel.PAPER, "evidence": [uuid4()]}
    with clock.moved_to(clock.now() + timedelta(days=7)):
        given = {"decided_by": people.signer, "effective_on": wednesday, **by_post}
        make.step(proposal, "submit", people.clerk, **given)
    first, second = letters(proposal, "proposal_receipt")
    days = [one.facts["received_at"][:10] for one in (first, second)]
    assert days == [monday.isoformat(), wednesday.isoformat()]
    assert (proposal.received_on, proposal.completed_on) == (monday, wednesday)


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


GROUND = "Trùng lặp nội dung với nhiệm vụ NV.2023.045\nChưa có địa chỉ ứng dụng"


def test_a_proposal_is_refused_by_a_letter_that_says_why(people):
    proposal = make.submitted_proposal(people, make.open_call(people))
    unwritten = "Write the ground of the decision first: the paper prints it."
    assert said(proposal, "refuse", people.head) == [unwritten]
    services.write_ground(proposal, actor=people.officer, ground=GROUND)
    proposal.refresh_from_db()
    assert said(proposal, "refuse", people.head) == []
    with pytest.raises(StepRefused):
        make.step(proposal, "refuse", people.head)
    letter = make.paper(proposal, "refuse", people, people.head)
    assert (proposal.state, letter.kind, letter.signer) == (ProposalState.REJECTED, "refusal_letter", people.head)
    assert letter.symbol == f"{letter.number:02d}/{letter.body.short_name}-QLKH"
    assert letter.header["signer_lines"] == ["TL. GIÁM ĐỐC", "TRƯỞNG PHÒNG"]
    assert letter.facts["about"] == f"kết quả xem xét đề xuất “{proposal.title}”"
    assert letter.facts["reasons"] == GROUND.split("\n")
    assert letter.facts["decision"] == f"không đưa đề xuất vào danh mục đặt hàng năm {proposal.plan_year}"
    assert list(visible_to(people.applicant, Document).filter(kind="refusal_letter")) == [letter]


@pytest.mark.parametrize("state", ["submitted", "returned", "screened"])
def test_a_proposal_may_be_refused_until_it_comes_to_a_council(people, state):
    proposal = make.submitted_proposal(people, make.open_call(people))
    if state == "returned":
        make.step(proposal, "return_for_completion", people.officer, reason="Thiếu mục 9")
    elif state == "screened":
        make.screened(people, proposal)
    make.refused(people, proposal)
    assert proposal.state == ProposalState.REJECTED


def test_only_the_division_writes_why_and_only_while_the_proposal_may_be_refused(people):
    proposal = make.submitted_proposal(people, make.open_call(people))
    for stranger in (people.applicant, people.clerk, people.director):
        with pytest.raises(PermissionDenied):
            services.write_ground(proposal, actor=stranger, ground=GROUND)
    with pytest.raises(ValidationError):
        services.write_ground(proposal, actor=people.head, ground="  ")
    make.refused(people, proposal)
    with pytest.raises(PermissionDenied):
        services.write_ground(proposal, actor=people.head, ground=GROUND)


def test_the_form_begins_with_what_the_screening_found(people, client_for):
    proposal = make.submitted_proposal(people, make.open_call(people))
    facts = {"is_complete": True, "is_duplicate": True, "note": "Trùng với NV.2023.045"}
    services.record_screening(proposal, actor=people.officer, **facts)
    page = reverse("proposals:proposal-ground", args=[proposal.code])
    officer = client_for(people.officer)
    assert officer.get(page).context["form"].initial == {"decision_ground": "Trùng với NV.2023.045"}
    assert officer.post(page, {"key": uuid4(), "decision_ground": GROUND}).status_code == 302
    assert officer.get(page).context["form"].initial == {"decision_ground": GROUND}
    shown = [client_for(one).get(proposal.get_absolute_url()).content.decode() for one in (people.head, people.signer)]
    assert ["Chưa có địa chỉ ứng dụng" in one for one in shown] == [True, False]
    assert [page in one for one in shown] == [True, False]
    assert client_for(people.signer).get(page).status_code == 404


def test_a_letter_written_before_the_ground_changed_is_prepared_again(people):
    proposal = make.submitted_proposal(people, make.open_call(people))
    services.write_ground(proposal, actor=people.officer, ground=GROUND)
    draft = make.prepare_document(proposal, "refuse", actor=people.officer)
    services.write_ground(proposal, actor=people.officer, ground="Không thuộc phạm vi cấp tỉnh")
    with pytest.raises(StepRefused) as refused:
        make.endorse_document(draft, actor=people.head)
    assert refused.value.keys == ("reasons",)
