"""Why a call cannot be announced or closed, and why a proposal cannot be submitted or screened: in words."""

from datetime import timedelta
from uuid import uuid4

import pytest

from core import clock
from core.workflow.ruling import StepRefused
from core.workflow.table import Channel
from proposals import services
from proposals.lifecycle import CallKind
from tests.factories import proposals as make
from tests.factories.asking import ruled, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning", "language")]
PROVINCE = "Quy định của tỉnh (chưa có văn bản)"


def selection(people, **facts):
    return make.draft_call(people, CallKind.SELECTION, title="Tuyển chọn tổ chức chủ trì", **facts)


def test_a_complete_call_may_be_announced(people):
    assert said(make.draft_call(people), "announce", people.director) == []


def test_a_call_whose_closing_has_passed_is_not_announced(people):
    call = make.draft_call(people)
    with clock.moved_to(call.closes_at):
        assert said(call, "announce", people.director) == ["The closing has already passed: name a later one."]


def test_a_call_without_dates_is_refused_for_the_dates_alone(people):
    call = make.draft_call(people, opens_at=None, closes_at=None)
    assert said(call, "announce", people.director) == ["Still missing: Opens at; Closes at."]


@pytest.mark.parametrize(("days", "short"), [(29, True), (30, False)])
def test_a_call_that_stays_open_less_than_thirty_days_warns(people, days, short):
    warning = ("A call must stay open for at least 30 days.", PROVINCE, False)
    call = make.draft_call(people, closes_at=clock.now() + timedelta(days=days))
    assert ruled(call, "announce", people.director) == [warning] * short
    call = selection(people, closes_at=clock.now() + timedelta(days=days))
    services.put_orders_on_call(call, actor=people.officer, orders=[make.listed_order(people, make.open_call(people))])
    assert ruled(call, "announce_selection", people.director) == [warning] * short


@pytest.mark.parametrize(("waited", "short"), [(30, False), (31, True), (59, True)])
def test_a_call_stays_open_from_its_announcement_not_from_the_day_typed_before_it(people, waited, short):
    warning = ("A call must stay open for at least 30 days.", PROVINCE, False)
    order = make.listed_order(people, make.open_call(people))
    written = [make.draft_call(people), selection(people)]
    services.put_orders_on_call(written[1], actor=people.officer, orders=[order])
    with clock.moved_to(clock.now() + timedelta(days=waited)):
        for call, step in zip(written, ("announce", "announce_selection"), strict=True):
            assert ruled(call, step, people.director) == [warning] * short


def test_a_call_announced_ahead_counts_from_the_day_it_opens(people):
    warning = ("A call must stay open for at least 30 days.", PROVINCE, False)
    opens_at = clock.now() + timedelta(days=20)
    for days, short in ((29, True), (30, False)):
        call = make.draft_call(people, opens_at=opens_at, closes_at=opens_at + timedelta(days=days))
        assert ruled(call, "announce", people.director) == [warning] * short


def test_a_selection_call_names_its_orders(people):
    call = selection(people)
    assert said(call, "announce_selection", people.director) == ["Name the orders that the call is for."]
    services.put_orders_on_call(call, actor=people.officer, orders=[make.listed_order(people, make.open_call(people))])
    assert said(call, "announce_selection", people.director) == []


def test_an_order_cancelled_meanwhile_is_taken_off_the_call_before_it_is_announced(people):
    call, source = selection(people), make.open_call(people)
    gone, kept = make.listed_order(people, source), make.listed_order(people, source)
    services.put_orders_on_call(call, actor=people.officer, orders=[gone, kept])
    gone = services.write_ground(gone, actor=people.officer, ground="Không còn nguồn vốn")
    make.paper(gone, "cancel", people, people.chair)
    refusal = f"These orders cannot be called now: {gone.code}."
    assert said(call, "announce_selection", people.director) == [refusal]
    services.put_orders_on_call(call, actor=people.officer, orders=[kept])
    assert said(call, "announce_selection", people.director) == []


def test_an_open_call_says_when_it_closes(people):
    call = make.open_call(people)
    closing = f"{clock.local(call.closes_at):%d/%m/%Y %H:%M}"
    refusal = f"The call closes on {closing}: it cannot be closed earlier."
    assert said(call, "close", people.officer) == [refusal]
    with clock.moved_to(call.closes_at):
        assert said(call, "close", people.officer) == []


def test_a_call_for_which_a_dossier_came_in_is_not_cancelled(people):
    order = make.called_order(people, make.open_call(people))
    dossier = make.draft_dossier(people, order)
    assert said(order.selection_call, "cancel", people.head) == []
    make.step(dossier, "submit", people.signer)
    refusal = ["Dossiers were already submitted to this call."]
    assert said(order.selection_call, "cancel", people.head) == refusal


def test_a_proposal_without_a_call_may_come_at_any_time(people):
    assert said(make.draft_proposal(people, None), "submit", people.signer) == []


def test_after_the_closing_the_form_of_a_paper_stays_open_and_its_date_decides(people):
    call = make.open_call(people)
    proposal = make.draft_proposal(people, call)
    closing = f"{clock.local(call.closes_at):%d/%m/%Y %H:%M}"
    with clock.moved_to(call.closes_at + timedelta(days=2)):
        assert said(proposal, "submit", people.signer) == [f"The call {call.code} closed on {closing}."]
        # The clerk has a paper in hand whose postmark the system does not know yet.
        assert said(proposal, "submit", people.clerk) == []
        paper = {"channel": Channel.PAPER, "decided_by": people.signer, "evidence": [uuid4()]}
        with pytest.raises(StepRefused):
            make.step(proposal, "submit", people.clerk, **paper)


def test_a_completed_proposal_that_comes_late_is_a_warning(people):
    proposal = make.submitted_proposal(people, make.open_call(people))
    make.step(proposal, "return_for_completion", people.officer, reason="Thiếu mục 9")
    due = proposal.due_on
    with clock.moved_to(clock.now() + (due - clock.today())):
        assert ruled(proposal, "submit", people.signer) == []
    with clock.moved_to(clock.now() + (due - clock.today()) + timedelta(days=1)):
        late = f"The completed proposal was due on {due:%d/%m/%Y}."
        assert ruled(proposal, "submit", people.signer) == [(late, PROVINCE, False)]
        assert ruled(proposal, "submit", people.clerk) == []


def test_screening_confirms_a_complete_file_without_a_duplicate_looked_at_after_its_submission(people):
    proposal = make.submitted_proposal(people, make.open_call(people))

    def found(**more):
        facts = {"is_complete": True, "is_duplicate": False, "note": "Trùng một phần", **more}
        services.record_screening(proposal, actor=people.officer, **facts)
        proposal.refresh_from_db()
        return said(proposal, "screen", people.officer)

    unwritten = ["Write the screening record first: completeness and search for duplicates."]
    assert said(proposal, "screen", people.officer) == unwritten
    incomplete = "The screening found the file incomplete: return it for completion."
    assert found(is_complete=False) == [incomplete]
    repeated = "The screening found that the proposal repeats an earlier one: refuse it."
    assert found(is_duplicate=True) == [repeated]
    assert found() == []
    with clock.moved_to(clock.now() + timedelta(days=1)):
        make.step(proposal, "return_for_completion", people.officer, reason="Thiếu mục 9")
        make.step(proposal, "submit", people.signer)
        assert said(proposal, "screen", people.officer) == unwritten
