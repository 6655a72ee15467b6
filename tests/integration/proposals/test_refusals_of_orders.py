"""Why an order cannot go on: no host to invite, no day for the answer, dossiers not opened, nobody to award."""

from datetime import timedelta
from uuid import uuid4

import pytest

from core import clock
from core.people.models import User
from core.people.services import deactivate_user
from core.workflow.ruling import StepRefused
from core.workflow.table import Channel
from proposals import services
from proposals.models import Order
from proposals.services.openings import Finding
from tests.factories import proposals as make
from tests.factories.asking import ruled, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning", "language")]
PROVINCE = "Quy định của tỉnh (chưa có văn bản)"
AFTER = timedelta(days=61)


def called(people):
    return make.called_order(people, make.open_call(people))


def direct(people):
    return make.listed_order(people, make.open_call(people), mode="direct", direct_host=people.university)


def test_only_an_order_for_direct_assignment_has_a_host_to_invite(people):
    tomorrow = clock.today() + timedelta(days=40)
    order = services.name_answer_day(
        make.listed_order(people, make.open_call(people)), actor=people.officer, day=tomorrow
    )
    refusal = "The host of this order is found by a selection call."
    assert said(order, "invite", people.director) == [refusal]
    order = services.name_answer_day(direct(people), actor=people.officer, day=tomorrow)
    assert said(order, "invite", people.director) == []


def test_the_invitation_gives_the_host_a_coming_day_and_thirty_days(people):
    order = direct(people)
    unnamed = "Name the coming day until which the host may submit its dossier."
    assert said(order, "invite", people.director) == [unnamed]
    short = ("An invited host has at least 30 days.", PROVINCE, False)
    for days, answer in ((29, [short]), (30, [])):
        order = services.name_answer_day(order, actor=people.officer, day=clock.today() + timedelta(days=days))
        assert ruled(order, "invite", people.director) == answer
    with clock.moved_to(clock.now() + timedelta(days=30)):
        assert said(order, "invite", people.director) == [unnamed]


def test_the_opening_is_recorded_after_the_closing_for_every_dossier_that_came(people):
    order = called(people)
    first = make.draft_dossier(people, order)
    make.step(first, "submit", people.signer)
    early = "Dossiers may still come in: they are opened after the closing."
    unwritten = "Write the record of the opening first."
    assert said(order, "open_dossiers", people.officer) == [early, unwritten]
    rival = make.bidder()
    late = make.draft_dossier(rival, order)
    with clock.moved_to(clock.now() + AFTER):
        assert said(order, "open_dossiers", people.officer) == [unwritten]
        found = {first.code: Finding(valid=True)}
        services.record_opening(order, actor=people.head, occasion=make.occasion(people), findings=found)
        assert said(order, "open_dossiers", people.officer) == []
        paper = {"channel": Channel.PAPER, "decided_by": rival.signer, "evidence": [uuid4()]}
        with pytest.raises(StepRefused) as caught:
            make.step(late, "submit", people.clerk, effective_on=clock.today() - timedelta(days=1), **paper)
        assert [str(one) for one in caught.value.refusals] == [f"Đã hết hạn nhận hồ sơ của nhiệm vụ {order.code}."]
        make.open_dossiers(people, order)
    assert order.state == "dossiers_opened"


def test_an_opening_of_nothing_is_refused_and_the_order_has_no_dossier(people):
    order = called(people)
    make.draft_dossier(people, order)
    with clock.moved_to(clock.now() + AFTER):
        services.record_opening(order, actor=people.head, occasion=make.occasion(people), findings={})
        assert said(order, "open_dossiers", people.officer) == ["No dossier was submitted."]
        assert said(order, "find_no_dossier", people.officer) == []


def test_an_order_with_a_dossier_does_not_lack_one(people):
    order = called(people)
    dossier = make.submitted_dossier(people, order)
    with clock.moved_to(clock.now() + AFTER):
        assert said(order, "find_no_dossier", people.officer) == [f"There is a dossier: {dossier.code}."]
        make.open_dossiers(people, order, {dossier.code: Finding(valid=False, reason="Thiếu đơn")})
        assert said(order, "find_no_dossier", people.officer) == []


def test_an_invited_host_that_never_answered_keeps_the_order_until_its_day_is_over(people):
    order = make.invited_order(people, make.open_call(people))
    early = ["Dossiers may still come in: they are opened after the closing."]
    with clock.moved_to(clock.now() + timedelta(days=40)):
        assert said(order, "find_no_dossier", people.officer) == early
    with clock.moved_to(clock.now() + timedelta(days=41)):
        assert said(order, "find_no_dossier", people.officer) == []


def recommended(people):
    """An order given to the university, its dossier selected and not yet revised."""
    order = make.invited_order(people, make.open_call(people))
    dossier = make.submitted_dossier(people, order)
    make.open_dossiers(people, order)
    return order, dossier


def test_nothing_is_approved_before_the_appraisal(people):
    order, dossier = recommended(people)
    make.as_effects(people, (order, "put_to_council"), (order, "recommend_host"), (dossier, "select"))
    unappraised = f"The budget of {dossier.code} has not been appraised yet."
    assert said(Order.objects.get(pk=order.pk), "approve_task", people.chair) == [unappraised]


def test_nothing_is_approved_when_no_dossier_is_recommended(people):
    order, _dossier = recommended(people)
    make.as_effects(people, (order, "put_to_council"), (order, "recommend_host"))
    assert said(Order.objects.get(pk=order.pk), "approve_task", people.chair) == ["No dossier is recommended."]


def test_the_approval_asks_whether_host_and_leader_are_still_eligible(people):
    order, dossier = recommended(people)
    order = make.appraised_order(people, order, dossier)
    others = said(order, "approve_task", people.chair)
    leader = User.objects.get(pk=people.applicant.pk)
    deactivate_user(leader, reason="Nghỉ việc", actor=people.officer)
    gone = f"The account of {leader.full_name} has been deactivated."
    assert [one for one in said(order, "approve_task", people.chair) if one not in others] == [gone]


def test_a_refused_award_without_a_reserve_is_called_again(people):
    order, dossier = recommended(people)
    make.as_effects(people, (order, "put_to_council"), (order, "recommend_host"), (dossier, "select"))
    order.refresh_from_db()
    make.step(order, "refuse_award", people.chair, reason="Không đủ năng lực")
    assert said(order, "take_reserve", people.chair) == ["No dossier is in reserve."]
    assert said(order, "call_again", people.head) == []
