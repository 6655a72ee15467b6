"""Proposals: drafts at any completeness, received in time, screened, returned, sent elsewhere."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from core import clock
from core.documents.models import Document
from core.people.policy import can, visible_to
from core.workflow.ruling import StepRefused
from core.workflow.table import Channel
from proposals import services
from proposals.models import Proposal
from tests.factories import proposals as make
from tests.factories.people import user_with
from tests.factories.rules import province_says

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning", "language")]


def bare(people, call, **more):
    return services.create_proposal(
        actor=people.applicant,
        organisation=people.university,
        call=call,
        facts={"title": "Ý tưởng"},
        key=uuid4(),
        **more,
    )


def test_a_title_is_enough_to_save_a_draft_but_not_to_submit(people):
    proposal = bare(people, make.open_call(people))
    assert (proposal.state, proposal.plan_year, proposal.author) == ("draft", 2027, people.applicant)
    with pytest.raises(StepRefused) as refused:
        make.step(proposal, "submit", people.signer)
    assert len(refused.value.refusals) == 1


def test_submitting_numbers_a_receipt_and_notes_the_day(people):
    proposal = make.submitted_proposal(people, make.open_call(people))
    receipt = Document.objects.get(kind="proposal_receipt", subject_code=proposal.code)
    assert (proposal.state, proposal.received_on) == ("submitted", clock.today())
    assert (receipt.number, receipt.facts["organisation"]) == (1, people.university.name)


def test_only_a_signer_of_the_organisation_submits(people):
    proposal = make.draft_proposal(people, make.open_call(people))
    for stranger in (people.applicant, make.bidder().signer, people.officer):
        with pytest.raises(StepRefused):
            make.step(proposal, "submit", stranger)


def test_a_submitted_proposal_is_frozen_for_the_applicant(people):
    proposal = make.submitted_proposal(people, make.open_call(people))
    with pytest.raises(PermissionDenied):
        services.edit_proposal(proposal, actor=people.applicant, facts={"title": "Tên khác"})


def test_after_the_closing_nothing_is_received(people):
    call = make.open_call(people)
    proposal = make.draft_proposal(people, call)
    with clock.moved_to(call.closes_at + timedelta(seconds=1)), pytest.raises(StepRefused) as refused:
        make.step(proposal, "submit", people.signer)
    assert call.code in str(refused.value)


def test_on_paper_the_postmark_counts(people):
    call = make.open_call(people)
    proposal = make.draft_proposal(people, call)
    closing = clock.local(call.closes_at).date()
    late = {"channel": Channel.PAPER, "decided_by": people.signer, "evidence": [uuid4()]}
    with clock.moved_to(call.closes_at + timedelta(days=2)):
        with pytest.raises(StepRefused):
            make.step(proposal, "submit", people.clerk, effective_on=closing + timedelta(days=1), **late)
        make.step(proposal, "submit", people.clerk, effective_on=closing, **late)
    assert (proposal.state, proposal.received_on) == ("submitted", closing)


def test_where_the_postmark_does_not_count_a_paper_comes_when_it_is_entered(settings, tmp_path):
    province_says(settings, tmp_path, "call.postmark_counts", "false")
    people = make.cast()
    call = make.open_call(people)
    late, early = make.draft_proposal(people, call), make.draft_proposal(people, call)
    paper = {"channel": Channel.PAPER, "decided_by": people.signer, "evidence": [uuid4()]}
    with clock.moved_to(call.closes_at - timedelta(hours=1)):
        make.step(early, "submit", people.clerk, **paper)
    with clock.moved_to(call.closes_at + timedelta(days=2)), pytest.raises(StepRefused):
        make.step(late, "submit", people.clerk, effective_on=clock.local(call.closes_at).date(), **paper)
    assert (early.state, late.state) == ("submitted", "draft")


def test_an_officer_enters_what_came_on_paper_for_another_organisation(people):
    proposal = services.create_proposal(
        actor=people.officer,
        organisation=people.university,
        call=make.open_call(people),
        facts={"title": "Bản giấy", "author": people.applicant},
        key=uuid4(),
    )
    assert (proposal.entered_by, proposal.author) == (people.officer, people.applicant)


def test_a_proposal_entered_from_paper_is_its_organisations_once_it_writes_it_itself(people):
    facts = {"title": "Bản giấy", "author": people.applicant}
    entered = {"actor": people.officer, "organisation": people.university, "call": make.open_call(people)}
    proposal = services.create_proposal(**entered, facts=facts, key=uuid4())
    assert services.edit_proposal(proposal, actor=people.officer, facts={"months": 12}).entered_by == people.officer
    assert services.edit_proposal(proposal, actor=people.signer, facts={"months": 24}).entered_by is None
    assert [bool(can(people.officer, action, proposal)) for action in ("view", "edit")] == [False, False]


def test_a_returned_proposal_is_completed_after_the_closing(people):
    call = make.open_call(people)
    with clock.moved_to(call.closes_at - timedelta(hours=1)):
        proposal = make.submitted_proposal(people, call)
        make.step(proposal, "return_for_completion", people.officer, reason="Thiếu mục 9")
    with clock.moved_to(call.closes_at + timedelta(days=3)):
        services.edit_proposal(proposal, actor=people.applicant, facts={"months": 30})
        make.step(proposal, "submit", people.signer)
    assert (proposal.state, proposal.months) == ("submitted", 30)
    assert proposal.received_on == clock.local(call.closes_at).date()


def test_a_late_completion_asks_for_a_reason_because_the_number_is_not_confirmed(people):
    proposal = make.submitted_proposal(people, make.open_call(people))
    make.step(proposal, "return_for_completion", people.officer, reason="Thiếu mục 9")
    with clock.moved_to(clock.now() + timedelta(days=40)):
        with pytest.raises(StepRefused):
            make.step(proposal, "submit", people.signer)
        make.step(proposal, "submit", people.signer, reason="Nhận được yêu cầu muộn")
    assert proposal.state == "submitted"


def test_screening_needs_a_record_of_this_very_submission(people):
    proposal = make.submitted_proposal(people, make.open_call(people))
    with pytest.raises(StepRefused):
        make.step(proposal, "screen", people.officer)
    services.record_screening(proposal, actor=people.officer, is_complete=True, is_duplicate=False)
    with clock.moved_to(clock.now() + timedelta(hours=1)):
        make.step(proposal, "return_for_completion", people.officer, reason="Thiếu mục 9")
        make.step(proposal, "submit", people.signer)
        with pytest.raises(StepRefused):
            make.step(proposal, "screen", people.officer)


def test_a_duplicate_is_shown_with_its_source_and_cannot_be_screened(people):
    call = make.open_call(people)
    first = make.submitted_proposal(people, call)
    second = make.submitted_proposal(people, call)
    with pytest.raises(ValidationError):
        services.record_screening(second, actor=people.officer, is_complete=True, is_duplicate=True)
    screening = services.record_screening(
        second, actor=people.officer, is_complete=True, is_duplicate=True, note=f"Trùng {first.code}"
    )
    assert [(row["code"], row["percent"], row["state"]) for row in screening.similar] == [
        (first.code, 100, "submitted")
    ]
    second.refresh_from_db()
    with pytest.raises(StepRefused):
        make.step(second, "screen", people.officer)
    make.refused(people, second)
    assert second.state == "rejected"


def test_forwarding_and_deferring_name_the_body_and_the_year_first(people):
    call = make.open_call(people)
    one, other = make.screened_proposal(people, call), make.screened_proposal(people, call, title="Đề xuất thứ hai")
    for proposal, name in ((one, "forward"), (other, "defer")):
        with pytest.raises(StepRefused):
            make.step(proposal, name, people.head, reason="Lý do")
    with pytest.raises(ValidationError):
        services.name_deferral_year(other, actor=people.officer, year=2027)
    one = services.name_forward_body(one, actor=people.officer, body="Bộ Khoa học và Công nghệ")
    other = services.name_deferral_year(other, actor=people.officer, year=2028)
    make.step(one, "forward", people.head, reason="Vượt thẩm quyền")
    make.step(other, "defer", people.head, reason="Chưa cấp thiết")
    assert (one.state, other.state) == ("forwarded", "deferred")


def test_the_same_form_sent_twice_makes_one_proposal(people):
    call, key = make.open_call(people), uuid4()
    made = [
        services.create_proposal(
            actor=people.applicant, organisation=people.university, call=call, facts={"title": "Một"}, key=key
        )
        for _ in range(2)
    ]
    assert (made[0], Proposal.objects.count()) == (made[1], 1)


def test_nobody_writes_in_the_name_of_another_organisation(people):
    call, stranger = make.open_call(people), make.bidder()
    with pytest.raises(PermissionDenied):
        services.create_proposal(
            actor=stranger.applicant, organisation=people.university, call=call, facts={"title": "Một"}, key=uuid4()
        )
    with pytest.raises(PermissionDenied):
        services.edit_proposal(make.draft_proposal(people, call), actor=stranger.applicant, facts={"months": 5})


def test_an_unknown_field_of_the_narrative_is_refused(people):
    with pytest.raises(ValidationError):
        bare(people, make.open_call(people), narrative={"password": "x"})


@pytest.mark.parametrize("amount", [-1, 10**15 + 1])
def test_the_database_itself_refuses_an_impossible_amount(people, amount):
    proposal = make.draft_proposal(people, make.open_call(people))
    with pytest.raises(ValidationError):
        services.edit_proposal(proposal, actor=people.applicant, facts={"state_budget_vnd": amount})
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(state_budget_vnd=amount)


def test_drafts_are_seen_by_their_own_organisation_only(people):
    draft = make.draft_proposal(people, make.open_call(people))
    sees = {
        "applicant": people.applicant,
        "signer": people.signer,
        "officer": people.officer,
        "director": people.director,
        "stranger": make.bidder().applicant,
        "inspector": user_with("inspector"),
    }
    allowed = {name: can(user, "view", draft).allowed for name, user in sees.items()}
    listed = {name: draft in visible_to(user, Proposal) for name, user in sees.items()}
    assert allowed == listed
    assert [name for name, seen in allowed.items() if seen] == ["applicant", "signer"]
