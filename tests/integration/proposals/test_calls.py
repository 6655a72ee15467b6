"""Calls: announced by paper, closed by the clock, cancelled only while empty."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from core import clock
from core.jobs.service import run_due_jobs
from core.workflow.ruling import StepRefused
from proposals import services
from proposals.lifecycle import CallKind
from proposals.models import Call
from tests.factories import proposals as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning", "language")]


def test_an_incomplete_call_names_all_that_is_missing(people):
    call = make.draft_call(people, address="", orientation="")
    with pytest.raises(StepRefused) as refused:
        make.paper(call, "announce", people, people.director)
    assert len(refused.value.refusals) == 1


def test_an_announced_call_is_numbered_and_frozen(people):
    call = make.open_call(people)
    assert (call.state, call.regulation) == ("open", "r2_2025")
    with pytest.raises(PermissionDenied):
        services.edit_call(call, actor=people.officer, facts={"title": "Khác"})


def test_the_clock_closes_the_call_at_its_closing_and_not_before(people):
    call = make.open_call(people)
    with clock.moved_to(call.closes_at - timedelta(minutes=1)):
        run_due_jobs()
    call.refresh_from_db()
    assert call.state == "open"
    with clock.moved_to(call.closes_at):
        run_due_jobs()
        run_due_jobs()
    call.refresh_from_db()
    assert call.state == "closed"


def test_nobody_closes_a_call_before_its_closing(people):
    call = make.open_call(people)
    with pytest.raises(StepRefused):
        make.step(call, "close", people.officer)


def test_a_call_with_a_submitted_proposal_cannot_be_cancelled(people):
    call = make.open_call(people)
    make.draft_proposal(people, call)
    proposal = make.submitted_proposal(people, call, title="Một đề xuất khác")
    with pytest.raises(StepRefused):
        make.step(call, "cancel", people.head, reason="Không còn nhu cầu")
    make.step(proposal, "withdraw", people.signer, reason="Nộp nhầm")
    make.step(call, "cancel", people.head, reason="Không còn nhu cầu")
    assert call.state == "cancelled"


def test_the_orders_of_a_cancelled_selection_call_wait_for_another_one(people):
    order = make.called_order(people, make.open_call(people))
    make.step(order.selection_call, "cancel", people.head, reason="Sai điều kiện")
    order.refresh_from_db()
    assert (order.state, order.selection_call) == ("listed", None)


def test_only_approved_orders_that_wait_may_be_called(people):
    planned = make.planned_order(
        people, make.draft_list(people), make.recommended_proposal(people, make.open_call(people))
    )
    selection = make.draft_call(people, CallKind.SELECTION)
    with pytest.raises(ValidationError) as refused:
        services.put_orders_on_call(selection, actor=people.officer, orders=[planned])
    assert list(refused.value.message_dict) == ["orders"]


def test_the_same_form_sent_twice_makes_one_call(people):
    key = uuid4()
    facts = {"title": "Đợt 1", "plan_year": 2027}
    first, second = (
        services.create_call(actor=people.officer, kind=CallKind.PROPOSALS, facts=facts, key=key) for _ in range(2)
    )
    assert (first, Call.objects.count()) == (second, 1)


def test_an_applicant_writes_no_call(people):
    with pytest.raises(PermissionDenied):
        services.create_call(actor=people.applicant, kind=CallKind.PROPOSALS, facts={"title": "Đợt 1"}, key=uuid4())


@pytest.mark.parametrize("facts", [{"title": ""}, {"plan_year": 1900}, {"title": "a\0b"}])
def test_the_service_refuses_what_the_form_refuses(people, facts):
    with pytest.raises(ValidationError):
        make.draft_call(people, **facts)
