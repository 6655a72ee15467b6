"""The one door: what it refuses, what it writes, what a replay does. Shown on calls and proposals."""

from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest

from core import clock
from core.audit.models import Event
from core.people.roles import Role
from core.workflow.ruling import StepRefused
from core.workflow.selectors import available_steps, awaiting
from core.workflow.service import take_step
from core.workflow.table import Channel
from proposals import services
from proposals.models import Call, Proposal
from tests.factories import proposals as make
from tests.factories.people import user_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning", "english")]


def tell():
    people = make.cast()
    return SimpleNamespace(people=people, proposal=make.submitted_proposal(people, make.open_call(people)))


@pytest.fixture
def proposal(story):
    return story.proposal


def refused(subject, step, **more):
    with pytest.raises(StepRefused) as caught:
        take_step(subject, step, **{"key": uuid4(), **more})
    return [str(one) for one in caught.value.refusals]


def test_a_step_writes_state_clock_and_event(people, proposal):
    key = uuid4()
    event = take_step(proposal, "return_for_completion", actor=people.officer, reason="Thiếu dự toán", key=key)
    assert (proposal.state, proposal.state_since) == ("returned", clock.now())
    assert proposal.due_on == clock.deadline(clock.today(), 10, "working_days")
    assert (event.from_state, event.to_state, event.actor, event.reason, event.key) == (
        "submitted",
        "returned",
        people.officer,
        "Thiếu dự toán",
        key,
    )


def test_a_replay_returns_the_first_event(people, proposal):
    key = uuid4()
    first, second = (
        take_step(proposal, "return_for_completion", actor=people.officer, reason="Thiếu", key=key) for _ in range(2)
    )
    assert first == second
    assert Event.objects.filter(subject_code=proposal.code, step="return_for_completion").count() == 1


def test_a_key_of_another_form_is_refused(people, proposal):
    key = uuid4()
    take_step(proposal, "return_for_completion", actor=people.officer, reason="Thiếu", key=key)
    said = refused(proposal, "submit", actor=people.signer, key=key)
    assert said == ["This form was already used for something else. Open the page again."]


def test_a_step_that_the_state_does_not_know_is_refused(people, proposal):
    assert refused(proposal, "take_up", actor=people.head) == ["This step is not possible in the present state."]


def test_a_consequence_cannot_be_taken_by_hand(people, proposal):
    make.services.record_screening(proposal, actor=people.officer, is_complete=True, is_duplicate=False)
    make.step(proposal, "screen", people.officer)
    assert refused(proposal, "put_to_council", actor=people.head) == ["This step is not possible in the present state."]


def test_the_wrong_role_learns_nothing_of_the_other_reasons(people, proposal):
    said = refused(proposal, "return_for_completion", actor=people.applicant)
    assert said == ["This step belongs to another role or authority."]


def test_a_signer_of_another_organisation_is_refused(proposal):
    stranger = user_with(Role.ORGANISATION_SIGNER)
    said = refused(proposal, "withdraw", actor=stranger, reason="x")
    assert said == ["This step belongs to another role or authority."]


def test_the_clock_takes_a_step_of_the_system(people):
    call = make.open_call(people)
    with clock.moved_to(call.closes_at + timedelta(minutes=1)):
        event = take_step(call, "close", actor=None, key=uuid4())
    assert (call.state, event.actor) == ("closed", None)


def test_the_clock_takes_no_step_of_a_person(proposal):
    assert refused(proposal, "screen", actor=None)[0] == "This step belongs to another role or authority."


def test_what_was_decided_on_paper_names_both_persons(people, proposal):
    evidence = [uuid4()]
    event = take_step(
        proposal,
        "return_for_completion",
        actor=people.clerk,
        decided_by=people.officer,
        channel=Channel.PAPER,
        reason="Thiếu phụ lục",
        evidence=evidence,
        key=uuid4(),
    )
    assert (event.actor, event.decided_by, event.channel) == (people.clerk, people.officer, "paper")


def test_paper_needs_a_recorder_and_evidence(people, proposal):
    said = refused(
        proposal,
        "withdraw",
        actor=people.applicant,
        decided_by=people.signer,
        channel=Channel.PAPER,
        reason="x",
    )
    assert said == [
        "What was decided outside the system is entered here by: Clerk; Officer; Head of division.",
    ]
    entered = {"decided_by": people.signer, "channel": Channel.PAPER, "reason": "x"}
    assert refused(proposal, "withdraw", actor=people.clerk, **entered) == [
        "Attach the scan or the signed file of what was decided outside the system.",
    ]
    assert refused(proposal, "withdraw", actor=people.signer, channel=Channel.PAPER, reason="x")[0] == said[0]


def test_somebody_elses_decision_does_not_enter_as_ones_own(people, proposal):
    said = refused(proposal, "withdraw", actor=people.clerk, decided_by=people.signer, reason="x")
    assert said == ["What somebody else decided enters on paper or from another system, with its evidence."]


def test_the_past_needs_paper_and_order(people, proposal):
    yesterday = clock.today() - timedelta(days=3)
    late = {"actor": people.officer, "reason": "x", "effective_on": yesterday}
    order = "The date lies before the step before it (02/03/2026)."
    assert refused(proposal, "return_for_completion", **late) == [
        "What is decided in the system counts from today.",
        "A date in the past needs evidence.",
        order,
    ]
    on_paper = {"channel": Channel.PAPER, "evidence": [uuid4()]}
    assert refused(proposal, "return_for_completion", **late, **on_paper) == [order]


def test_the_future_is_refused(people, proposal):
    tomorrow = clock.today() + timedelta(days=1)
    said = refused(proposal, "return_for_completion", actor=people.officer, reason="x", effective_on=tomorrow)
    assert said == ["The effective date may not lie in the future."]


def test_the_far_past_needs_a_reason_or_the_head_of_division(people, proposal):
    """The number of days still has to be confirmed, so it only asks for a reason."""
    received = clock.today()
    services.name_forward_body(proposal, actor=people.head, body="Bộ Khoa học và Công nghệ")
    paper = {"channel": Channel.PAPER, "evidence": [uuid4()], "effective_on": received}
    with clock.moved_to(clock.now() + timedelta(days=60)):
        said = refused(proposal, "screen", actor=people.officer, **paper)
        assert "A date this far in the past may be entered only by the head of division." in said
        take_step(proposal, "forward", actor=people.head, key=uuid4(), reason="x", **paper)
    assert proposal.state == "forwarded"


def test_a_step_inside_a_step_is_a_mistake_of_ours(people, proposal):
    from core.workflow import service  # noqa: PLC0415

    token = service._held.set(set())
    try:
        with pytest.raises(RuntimeError, match=r"effects use Taking\.take"):
            take_step(proposal, "screen", actor=people.officer, key=uuid4())
    finally:
        service._held.reset(token)


def test_buttons_and_my_work_agree(people, proposal):
    everybody = [people.officer, people.head, people.director, people.signer, people.applicant, people.clerk]
    for user in everybody:
        own = [offer for offer in available_steps(proposal, user) if not offer.to_record]
        assert bool(own) == awaiting(user, Proposal).filter(pk=proposal.pk).exists()


def test_the_buttons_of_an_officer(people, proposal):
    offers = {offer.row.name: offer for offer in available_steps(proposal, people.officer)}
    assert sorted(name for name, offer in offers.items() if not offer.to_record) == [
        "return_for_completion",
        "screen",
    ]
    assert not offers["screen"].is_open
    assert sorted(name for name, offer in offers.items() if offer.to_record) == ["forward", "refuse", "withdraw"]


def test_a_deactivated_person_has_no_buttons(people, proposal):
    people.officer.is_active = False
    people.officer.save()
    assert available_steps(proposal, people.officer) == []
    assert list(awaiting(people.officer, Proposal)) == []


def test_a_finished_record_has_no_buttons(people):
    call = make.draft_call(people)
    make.step(call, "cancel", people.head, reason="Không còn nhu cầu")
    assert available_steps(call, people.head) == []
    assert list(awaiting(people.head, Call, duties=True)) == []
