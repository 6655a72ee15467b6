"""Lists and orders: composed, merged, split, approved, amended, cancelled."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from core import clock
from core.audit.models import Event
from core.workflow.ruling import StepRefused
from proposals import services
from proposals.choices import Origin
from proposals.models import OrderSource
from tests.factories import proposals as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning", "language")]


def test_two_proposals_merge_into_one_order_with_their_sums(people):
    call = make.open_call(people)
    one = make.recommended_proposal(people, call)
    two = make.recommended_proposal(people, call, title="Đề xuất hai", months=30)
    order = services.merge_into_order(make.draft_list(people), actor=people.officer, proposals=[one, two], key=uuid4())
    assert (order.state_budget_vnd, order.other_budget_vnd, order.months) == (2_400_000_000, 600_000_000, 30)
    assert set(order.proposals.all()) == {one, two}


def test_one_proposal_splits_into_several_orders_and_the_money_stays_one_sum(people):
    proposal = make.recommended_proposal(people, make.open_call(people))
    orders = services.split_into_orders(
        make.draft_list(people), actor=people.officer, proposal=proposal, titles=["Phần một", "Phần hai"], key=uuid4()
    )
    assert [order.title for order in orders] == ["Phần một", "Phần hai"]
    assert sum(order.state_budget_vnd for order in orders) == proposal.state_budget_vnd
    assert OrderSource.objects.filter(proposal=proposal).count() == 2


def test_the_council_title_is_the_title_of_the_order(people):
    proposal = make.recommended_proposal(people, make.open_call(people))
    proposal.council_title = "Tên do hội đồng sửa"
    proposal.save(update_fields=["council_title"])
    order = make.planned_order(people, make.draft_list(people), proposal)
    assert order.title == "Tên do hội đồng sửa"


def test_a_proposal_that_no_council_recommended_is_refused(people):
    proposal = make.screened_proposal(people, make.open_call(people))
    with pytest.raises(ValidationError):
        services.merge_into_order(make.draft_list(people), actor=people.officer, proposals=[proposal], key=uuid4())


def test_an_order_without_proposals_names_its_origin(people):
    order_list = make.draft_list(people)
    facts = {
        "title": "Nhiệm vụ theo chỉ đạo",
        "field": "strategic",
        "research_type": "applied",
        "mode": "call",
        "origin": Origin.DIRECTIVE,
        "origin_note": "Thông báo 12/TB-UBND",
    }
    order = services.create_order(order_list, actor=people.officer, facts=facts, key=uuid4())
    assert (order.state, order.proposals.count()) == ("planned", 0)
    with pytest.raises(ValidationError):
        services.create_order(
            order_list, actor=people.officer, facts={**facts, "origin": Origin.PROPOSALS}, key=uuid4()
        )


def test_an_incomplete_list_is_not_approved(people):
    order_list = make.draft_list(people)
    with pytest.raises(StepRefused):
        make.paper(order_list, "approve_list", people, people.chair)
    proposal = make.recommended_proposal(people, make.open_call(people))
    order = services.merge_into_order(order_list, actor=people.officer, proposals=[proposal], key=uuid4())
    with pytest.raises(StepRefused) as refused:
        make.paper(order_list, "approve_list", people, people.chair)
    assert order.code in str(refused.value)


def test_a_proposal_on_two_lists_is_listed_once(people):
    proposal = make.recommended_proposal(people, make.open_call(people))
    first, second = make.draft_list(people), make.draft_list(people)
    for order_list in (first, second):
        make.planned_order(people, order_list, proposal)
    make.paper(first, "approve_list", people, people.chair)
    with pytest.raises(StepRefused) as refused:
        make.paper(second, "approve_list", people, people.chair)
    assert proposal.code in str(refused.value)


def test_an_approved_order_is_changed_by_decision_only(people):
    order = make.listed_order(people, make.open_call(people))
    with pytest.raises(PermissionDenied):
        services.edit_order(order, actor=people.officer, facts={"months": 12})
    with pytest.raises(StepRefused):
        make.paper(order, "amend", people, people.chair)
    services.record_order_change(
        order, actor=people.officer, facts={"title": "Tên mới", "months": 18}, ground="Ý kiến của sở ngành"
    )
    order.refresh_from_db()
    assert order.months == 24
    decision = make.paper(order, "amend", people, people.chair)
    assert (order.state, order.title, order.folded, order.months) == ("listed", "Tên mới", "ten moi", 18)
    assert {change["item"]: change["after"] for change in decision.facts["changes"]} == {
        "Tên nhiệm vụ": "Tên mới",
        "Thời gian thực hiện (tháng)": "18",
    }


def test_a_change_that_changes_nothing_is_refused(people):
    order = make.listed_order(people, make.open_call(people))
    with pytest.raises(ValidationError):
        services.record_order_change(order, actor=people.officer, facts={"months": 24}, ground="Không")


def test_a_cancelling_decision_prints_its_ground(people):
    order = make.listed_order(people, make.open_call(people))
    with pytest.raises(StepRefused):
        make.paper(order, "cancel", people, people.chair)
    order = services.write_ground(order, actor=people.officer, ground="Không còn nguồn vốn")
    decision = make.paper(order, "cancel", people, people.chair)
    assert (order.state, decision.facts["reason"]) == ("cancelled", "Không còn nguồn vốn")


def test_an_invited_host_has_the_days_of_the_letter(people):
    order = make.invited_order(people, make.open_call(people))
    assert (order.state, order.due_on) == ("invited", clock.today() + timedelta(days=40))


def test_direct_assignment_needs_the_organisation(people):
    order_list = make.draft_list(people)
    proposal = make.recommended_proposal(people, make.open_call(people))
    make.planned_order(people, order_list, proposal, mode="direct")
    with pytest.raises(StepRefused):
        make.paper(order_list, "approve_list", people, people.chair)


def test_other_results_of_an_order_leave_an_event_and_the_same_ones_none(people):
    order = make.planned_order(
        people, make.draft_list(people), make.recommended_proposal(people, make.open_call(people))
    )
    events = Event.objects.filter(subject_code=order.code, kind="products")
    for quantity, expected in ((2, 2), (2, 2), (3, 3)):
        row = {"name": "Mô hình", "unit": "mô hình", "quantity": quantity}
        services.edit_order(order, actor=people.officer, facts={}, products=[row])
        assert events.count() == expected
