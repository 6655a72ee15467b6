"""Days follow each other on every record that a step moves, not only on the one it is taken on."""

from datetime import date, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from core import clock
from core.documents.services import issue_document, prepare_document
from core.people.roles import Role
from core.workflow.adoption import Adoption, adopt
from core.workflow.corrections import ask_correction, correct_step
from core.workflow.ruling import StepRefused
from core.workflow.table import Channel
from proposals import services
from proposals.models import Order, Proposal
from tests.factories import proposals as make
from tests.factories.people import user_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning", "english")]

THIRD, SIXTH = date(2026, 3, 3), date(2026, 3, 6)
NUMBER = 812


def on_march(day):
    """The clock stands at nine o'clock of a day of March."""
    return clock.moved_to(datetime(2026, 3, day, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")))


def recommended(people, *titles):
    """Proposals of 2 March that the council recommends on the sixth."""
    call = make.open_call(people)
    known = [make.screened_proposal(people, call, title=title) for title in titles]
    with on_march(6):
        make.as_effects(people, *((one, name) for one in known for name in ("put_to_council", "recommend")))
    return known


def dated(people, subject, step, day):
    """The committee's decision of that day as the clerk enters it on 9 March, from paper."""
    with on_march(9):
        draft = prepare_document(subject, step, actor=people.officer)
        given = {"signer": people.chair, "signed_on": day, "number": NUMBER, "numbered_on": day, "reason": "Bản giấy"}
        return issue_document(draft, actor=people.clerk, evidence=[uuid4()], key=uuid4(), **given)


def listing(people, *proposals):
    """A draft list with one order for all the proposals."""
    order_list = make.draft_list(people)
    order = services.merge_into_order(order_list, actor=people.officer, proposals=proposals, key=uuid4())
    services.edit_order(order, actor=people.officer, facts={"objectives": "Tuần hoàn nước"}, products=[make.PRODUCT])
    return order_list


def refused(*args):
    with pytest.raises(StepRefused) as caught:
        dated(*args)
    return [str(one) for one in caught.value.refusals]


def younger(kind, *subjects):
    return [f"{kind} {one.code} took its last step on 06/03/2026: what follows may not be earlier." for one in subjects]


def test_a_list_is_not_older_than_the_recommendations_it_rests_on(people):
    first, second = recommended(people, "Nuôi tôm tuần hoàn", "Trồng vải thiều sớm")
    order_list = listing(people, first, second)
    assert refused(people, order_list, "approve_list", THIRD) == younger("Proposal", first, second)
    assert list(Proposal.objects.values_list("state", flat=True)) == ["recommended", "recommended"]
    assert dated(people, order_list, "approve_list", SIXTH).numbered_on == SIXTH


def test_an_approval_is_not_older_than_the_appraisal_it_rests_on(people):
    order = make.invited_order(people, make.open_call(people))
    # Money that no plan of ours has to hold.
    Order.objects.filter(pk=order.pk).update(payer="other")
    dossier = make.submitted_dossier(people, order)
    make.open_dossiers(people, order)
    with on_march(3):
        make.as_effects(people, (order, "put_to_council"), (order, "recommend_host"))
    with on_march(6):
        dossier.refresh_from_db()
        order = make.appraised(people, dossier)
    assert refused(people, order, "approve_task", THIRD) == younger("Dossier", dossier)


def test_a_record_from_before_is_as_old_as_the_day_it_was_entered_with(people):
    (grown,) = recommended(people, "Nuôi tôm tuần hoàn")
    copied = ("call", "plan_year", "title", "folded", "sort_key", "field", "research_type", "regulation", "author")
    more = ("state_budget_vnd", "other_budget_vnd", "months", "proposer_organisation", "receiver")
    entered = Proposal(code="DX.2020.0001", **{name: getattr(grown, name) for name in copied + more})
    with on_march(9):
        by = {"batch": "2026", "actor": people.officer, "confirmed_by": people.head, "note": "Sổ theo dõi"}
        adopt(entered, "recommended", Adoption(effective_on=SIXTH, **by))
    assert refused(people, listing(people, entered), "approve_list", THIRD) == younger("Proposal", entered)


def undone(people, subject, step, actor, **more):
    """A step of 9 March that was a mistake."""
    with on_march(9):
        make.step(subject, step, actor, **more)
        ask_correction(subject, actor=actor, reason="Bấm nhầm")
        correct_step(subject, actor=user_with(Role.HEAD_OF_DIVISION), reason="Đồng ý", key=uuid4())


def test_neither_a_step_that_was_undone_nor_its_undoing_comes_before_the_next_one(people):
    (proposal,) = recommended(people, "Nuôi tôm tuần hoàn")
    order_list = listing(people, proposal)
    services.name_deferral_year(proposal, actor=people.head, year=2028)
    undone(people, proposal, "defer", people.head, reason="Chưa bố trí được kinh phí")
    assert dated(people, order_list, "approve_list", SIXTH).numbered_on == SIXTH


def test_the_same_holds_on_the_record_itself(people):
    proposal = make.submitted_proposal(people, make.open_call(people))
    make.screening(proposal, people)
    undone(people, proposal, "screen", people.officer)
    on_paper = {"decided_by": people.officer, "channel": Channel.PAPER, "evidence": [uuid4()], "effective_on": SIXTH}
    with on_march(9):
        event = make.step(proposal, "screen", people.clerk, **on_paper)
    assert (proposal.state, event.effective_on) == ("screened", SIXTH)
