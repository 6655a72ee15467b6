"""What the page of a record shows of its life: who holds it, the buttons, the history."""

from datetime import time, timedelta
from html import unescape
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.urls import reverse

from core import clock
from core.documents.services.drafts import prepare_document
from core.people.models import Authority, Membership
from core.people.roles import Act
from core.ui.parts import Panel
from core.workflow import registry
from core.workflow.corrections import open_request
from core.workflow.holding import held_by
from core.workflow.outlook import consequences
from core.workflow.pages import (
    correction_actions,
    entry,
    in_order,
    refusal_lines,
    step_action,
)
from core.workflow.returns import return_note
from core.workflow.ruling import Refusal
from core.workflow.selectors import StepOffer, available_steps, awaiting, history
from core.workflow.service import take_step
from core.workflow.table import Channel
from core.workflow.telling import event_label
from core.workflow.waiting import waiting
from funds.models import Disbursement
from portal.selectors import work_of
from proposals.models import Call, Proposal
from tests.factories import funds
from tests.factories import proposals as make
from tests.factories import tasks as after

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning", "english")]


def tell():
    """A proposal that was submitted."""
    people = make.cast()
    return SimpleNamespace(people=people, proposal=make.submitted_proposal(people, make.open_call(people)))


@pytest.fixture
def proposal(story):
    return story.proposal


def labels(actions):
    return [str(action.label) for action in actions]


def test_a_step_says_which_paper_it_issues_and_only_where_it_writes_one_itself(people):
    task = after.adopted(people, "liquidated")
    issued = "Issues: Record of delivery to the archive, numbered at once."
    rows = {row.name: row for row in task.lifecycle.rows}
    assert [issued in consequences(task, rows[name]) for name in ("archive", "liquidate")] == [True, False]
    assert [line for line in consequences(task, rows["liquidate"]) if line.startswith("Issues")] == []


def test_the_ball_is_with_those_whose_duty_it_is(people, proposal):
    due = held_by(proposal)
    assert (due.holder, due.since, due.due_on) == ("Officer", clock.today(), proposal.due_on)
    make.refused(people, proposal)
    due = held_by(proposal)
    assert (due.holder, due.since, due.due_on) == ("", None, None)


def test_a_body_may_hold_the_ball(people):
    order_list = make.draft_list(people)
    make.planned_order(people, order_list, make.recommended_proposal(people, make.open_call(people)))
    assert held_by(order_list).holder == "Officer"
    assert held_by(order_list).note == "waits for the draft: Approve the list"
    prepare_document(order_list, "approve_list", actor=people.officer)
    chair = f"Chair of the Provincial People's Committee ({people.chair.full_name})"
    assert (held_by(order_list).holder, held_by(order_list).note) == (chair, "")
    Membership.objects.filter(user=people.chair).update(valid_to=clock.today() - timedelta(days=1))
    assert held_by(order_list).holder == "Approve the list of orders"
    Authority.objects.filter(act=Act.LIST_APPROVER).update(valid_to=clock.today() - timedelta(days=1))
    assert held_by(order_list).holder == "Approve the list of orders"


def test_a_position_that_nobody_has_is_named_alone(people, proposal):
    make.screened(people, proposal)
    (row,) = (one for one in proposal.rows() if one.name == "defer")
    named = f"Then it is the turn of Head of division ({people.head.full_name})."
    assert named in consequences(proposal, row)
    Membership.objects.filter(user=people.head).update(valid_to=clock.today() - timedelta(days=1))
    assert "Then it is the turn of Head of division." in consequences(proposal, row)


def test_a_step_that_leaves_the_state_says_nothing_of_the_state(people):
    dossier = make.draft_dossier(people, make.called_order(people, make.open_call(people)))
    (row,) = (one for one in dossier.rows() if one.name == "hand_over")
    assert [line for line in consequences(dossier, row) if line.startswith("The record becomes")] == []


def test_nobody_holds_a_task_that_the_host_carries_out(people):
    """Days are counted only while somebody must act."""
    task = funds.running(funds.house())
    due = held_by(task)
    assert (due.holder, due.since, due.due_on) == ("The host carries the work out", None, None)
    with clock.moved_to(clock.instant(task.acceptance_due_on, time(9))):
        due = held_by(task)
        assert (due.holder, due.due_on) == ("Signer of the organisation", task.acceptance_due_on)


def test_a_missed_acceptance_dossier_is_late_for_the_signer_on_every_page(client_for):
    house = funds.house()
    task = funds.running(house)
    with clock.moved_to(clock.instant(task.acceptance_due_on + timedelta(days=1), time(9))):
        late = {one.code: one.due_on for one in work_of(house.people.signer).late}
        assert late.pop(task.code) == task.acceptance_due_on
        assert set(late) == {report.code for report in task.reports.all()}
        figures = {
            str(one.label): one.value for one in client_for(house.people.signer, "en").get("/").context["figures"]
        }
        assert figures["Overdue"] == len(late) + 1
        assert held_by(task).state == "overdue"


def test_a_draft_is_due_on_the_day_on_which_its_call_closes(people):
    call = make.open_call(people)
    draft = make.draft_proposal(people, call)
    assert held_by(draft).due_on == clock.local(call.closes_at).date()
    make.step(draft, "submit", people.signer)
    assert held_by(draft).due_on == draft.due_on


def test_a_payment_is_held_by_whoever_enters_the_answer_of_the_bank():
    house = funds.house()
    payment = funds.approved(house, funds.running(house))
    assert held_by(payment).holder == "Fund officer"
    assert rows_of(house.fund_officer, Disbursement) == [(payment.code, "prepare:pay:facts")]
    assert rows_of(house.accountant, Disbursement) == [(payment.code, "later:pay:facts")]
    funds.entered(house, payment)
    assert rows_of(house.accountant, Disbursement) == [(payment.code, "decide:pay:")]
    assert held_by(payment).holder.startswith("Chief accountant (")


def rows_of(user, model):
    return list(waiting(user, model).values_list("code", "waits"))


def test_own_duties_come_first_then_the_rest_then_what_one_enters_for_others(people, proposal):
    offers = in_order(available_steps(proposal, people.officer))
    assert [offer.row.name for offer in offers] == [
        "return_for_completion",
        "screen",
        "withdraw",
        "refuse",
        "forward",
    ]
    assert labels(step_action(proposal, offer) for offer in offers) == [
        "Return for completion",
        "Confirm the screening",
        "Enter: Withdraw the proposal",
        "Prepare the paper: Refuse the proposal",
        "Enter: Forward to another body",
    ]


def test_a_button_says_what_it_is_by_its_look(people, proposal):
    offers = {offer.row.name: step_action(proposal, offer) for offer in available_steps(proposal, people.officer)}
    assert [(name, offers[name].primary, offers[name].danger) for name in ("return_for_completion", "screen")] == [
        ("return_for_completion", True, False),
        ("screen", False, False),
    ]
    withdraw = next(offer for offer in available_steps(proposal, people.signer))
    assert (step_action(proposal, withdraw).danger, step_action(proposal, withdraw).dialog) == (True, True)


def test_the_button_of_a_signed_paper_opens_a_page_of_its_own(people):
    call = make.draft_call(people)
    offer = StepOffer(call.row("announce"))
    assert not step_action(call, offer).dialog


def test_the_page_carries_title_buttons_and_history(people, proposal, client_for):
    page = client_for(people.officer, "en").get(proposal.get_absolute_url())
    assert page.context["title"] == proposal.title
    assert f"/steps/proposal/{proposal.code}/screen/" in page.content.decode()
    assert "Submit the proposal" in page.content.decode()


def test_a_panel_of_another_room_stands_on_the_page(people, proposal, client_for, monkeypatch):
    shown = Panel(title="From above", template="components/timeline.html", context={"entries": []}, slot="facts")
    added = [*registry._panels["proposal"], (1, lambda _request, _subject: shown)]
    monkeypatch.setitem(registry._panels, "proposal", added)
    assert "From above" in client_for(people.officer, "en").get(proposal.get_absolute_url()).content.decode()


def test_the_history_names_the_decider_and_who_typed_it(people, proposal):
    take_step(
        proposal,
        "return_for_completion",
        actor=people.clerk,
        decided_by=people.officer,
        channel=Channel.PAPER,
        reason="Thiếu phụ lục",
        evidence=[uuid4()],
        key=uuid4(),
    )
    last = entry(proposal, history(proposal)[-1], people.officer)
    assert (last.title, last.who, last.recorded_by, last.text) == (
        "Return for completion",
        people.officer.full_name,
        people.clerk.full_name,
        "Thiếu phụ lục",
    )


def test_the_clock_stands_in_the_history_as_the_system(people):
    call = make.open_call(people)
    with clock.moved_to(call.closes_at + timedelta(minutes=1)):
        take_step(call, "close", actor=None, key=uuid4())
    last = entry(call, history(call)[-1], people.officer)
    assert (last.who, last.recorded_by) == ("The system", "")


def test_a_consequence_names_nobody(people):
    proposal = make.recommended_proposal(people, make.open_call(people))
    last = entry(proposal, history(proposal)[-1], people.officer)
    assert (last.title, last.who, last.recorded_by) == ("Recommend", "As a consequence", "")


def test_a_consequence_does_not_repeat_the_reason_of_its_cause(people):
    proposal = make.recommended_proposal(people, make.open_call(people))
    consequence = history(proposal)[-1]
    consequence.reason = "Hội đồng thống nhất"
    assert entry(proposal, consequence, people.officer).text == ""


def test_a_reason_is_read_outside_where_the_step_asks_for_one_and_inside_always(people, proposal):
    make.step(proposal, "return_for_completion", people.officer, reason="Thiếu văn bản đồng ý")
    make.step(proposal, "submit", people.signer, reason="Đã bổ sung theo điện thoại")
    returned, sent = (event for event in history(proposal)[-2:])
    assert [entry(proposal, event, people.applicant).text for event in (returned, sent)] == ["Thiếu văn bản đồng ý", ""]
    assert [entry(proposal, event, people.head).text for event in (returned, sent)] == [
        "Thiếu văn bản đồng ý",
        "Đã bổ sung theo điện thoại",
    ]


def test_why_a_host_was_refused_is_no_business_of_its_rivals(people):
    order = make.invited_order(people, make.open_call(people))
    dossier = make.submitted_dossier(people, order)
    make.open_dossiers(people, order)
    make.as_effects(people, (order, "put_to_council"), (order, "recommend_host"), (dossier, "select"))
    make.step(order, "refuse_award", people.chair, reason="Đơn vị đang bị thanh tra")
    last, rival = history(order)[-1], make.cast().applicant
    assert [entry(order, last, one).text for one in (people.head, rival)] == ["Đơn vị đang bị thanh tra", ""]
    assert return_note(order, history(order), rival) is None


def test_two_rows_of_one_name_keep_their_own_words(people, proposal):
    make.step(proposal, "return_for_completion", people.officer, reason="Thiếu")
    make.step(proposal, "submit", people.signer)
    said = [event_label(proposal, event) for event in history(proposal) if event.step == "submit"]
    assert said == ["Submit the proposal", "Submit the completed proposal"]


def test_an_event_that_is_no_step_keeps_its_kind_and_stays_off_the_page(people, proposal, client_for):
    kinds = [event_label(proposal, event) for event in history(proposal) if not event.step]
    assert kinds[0] == "create"
    page = client_for(people.officer, "en").get(proposal.get_absolute_url())
    (panel,) = page.context["slots"]["history"]
    assert [str(one.title) for one in panel.context["entries"]] == ["Submit the proposal"]


def test_the_reason_of_a_return_stands_on_top_of_the_record_and_of_its_form(people, proposal, client_for):
    host = client_for(people.applicant, "en")
    assert host.get(proposal.get_absolute_url()).context["returned"] is None
    make.step(proposal, "return_for_completion", people.officer, reason="Thiếu dự toán")
    title = f"Return for completion – {people.officer.full_name}, {clock.today():%d/%m/%Y}"
    for address in (proposal.get_absolute_url(), reverse("proposals:proposal-edit", args=[proposal.code])):
        page = host.get(address)
        text = f"Thiếu dự toán · Until {proposal.due_on:%d/%m/%Y}."
        assert (page.context["returned"]["title"], page.context["returned"]["text"]) == (title, text)
        assert title in unescape(page.text)
    make.step(proposal, "submit", people.signer)
    assert host.get(proposal.get_absolute_url()).context["returned"] is None


def test_the_head_sees_the_answer_buttons_only_while_somebody_asks(people, proposal):
    make.screened(people, proposal)
    offered = labels(correction_actions(proposal, people.officer, history(proposal), open_request(proposal)))
    assert offered == ["Ask to undo the last step", "Ask to correct data"]
    assert correction_actions(proposal, people.head, history(proposal), open_request(proposal)) == []
    assert correction_actions(proposal, people.signer, history(proposal), open_request(proposal)) == []


def test_what_is_waited_for_is_narrower_than_what_one_may_do(people, proposal):
    """A signer may withdraw a submitted proposal, but nobody waits for it."""
    assert list(awaiting(people.signer, Proposal)) == [proposal]
    assert list(awaiting(people.signer, Proposal, duties=True)) == []
    assert list(awaiting(people.officer, Proposal, duties=True)) == [proposal]


def test_rows_for_one_kind_wait_only_there(people):
    """A director announces drafts of both kinds, by a row of each kind."""
    one, other = make.draft_call(people), make.draft_call(people, kind="selection")
    assert sorted(row.code for row in awaiting(people.director, Call)) == [one.code, other.code]
    assert [offer.row.name for offer in available_steps(other, people.director)] == ["announce_selection"]


def test_a_refusal_leads_to_the_form_that_is_missing_whoever_may_open_it(people, proposal):
    (missing,) = (offer for offer in available_steps(proposal, people.officer) if offer.row.name == "screen")
    form = reverse("proposals:proposal-screen", args=[proposal.code])
    assert [line.url for line in refusal_lines(missing.refusals, proposal, people.officer)] == [form]
    assert [line.url for line in refusal_lines(missing.refusals, proposal, people.clerk)] == [""]
    assert [(one.text, one.url) for one in refusal_lines([Refusal("x")], proposal, people.officer)] == [("x", "")]


def test_one_button_is_the_main_one_and_the_rest_is_folded(people, proposal, client_for):
    officer = client_for(people.officer, "en")

    def heading():
        context = officer.get(proposal.get_absolute_url()).context
        return [(str(one.label), one.primary) for one in context["actions"]], labels(context["more"])

    shown, more = heading()
    assert shown == [
        ("Screening record", True),
        ("Return for completion", False),
        ("Confirm the screening", False),
    ]
    assert more == [
        "Enter: Withdraw the proposal",
        "Prepare the paper: Refuse the proposal",
        "Enter: Forward to another body",
        "Name the body to forward to",
        "Name the year to defer to",
        "Write the ground of a decision",
        "Ask to correct data",
    ]
    make.screening(proposal, people)
    assert heading()[0][0] == ("Confirm the screening", True)
    assert [primary for _label, primary in heading()[0]].count(True) == 1


def test_the_page_of_a_screened_proposal_leads_the_officer_to_its_council(people, proposal, client_for):
    make.screened(people, proposal)
    page = client_for(people.officer, "en").get(proposal.get_absolute_url())
    (lead,) = page.context["actions"]
    address = f"{reverse('reviews:council-create')}?kind=identification&item={proposal.code}"
    assert (str(lead.label), lead.url, lead.primary) == ("Establish a council", address, True)
    folded = labels(page.context["more"])
    assert {"Name the body to forward to", "Name the year to defer to", "Write the ground of a decision"} <= set(folded)
    for other in (people.head, people.signer):
        assert "Establish a council" not in labels(
            client_for(other, "en").get(proposal.get_absolute_url()).context["actions"]
        )
