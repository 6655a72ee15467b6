"""A mistaken step is asked back by its holder and undone by the head of division; both events stay."""

from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from core.audit.models import Event
from core.people.roles import Role
from core.workflow.corrections import ask_correction, ask_refusals, correct_step, open_request, refuse_correction
from core.workflow.models import CorrectionRequest
from core.workflow.ruling import StepRefused
from tests.factories import proposals as make
from tests.factories.browsing import typed_in
from tests.factories.people import MembershipFactory, department

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning", "english")]


def tell():
    """A proposal whose screening the officer confirmed by mistake."""
    people = make.cast()
    return SimpleNamespace(people=people, screened=make.screened_proposal(people, make.open_call(people)))


@pytest.fixture
def screened(story):
    return story.screened


def said(caught):
    return [str(one) for one in caught.value.refusals]


def test_the_step_is_undone_and_both_events_stay(people, screened):
    ask_correction(screened, actor=people.officer, reason="Bấm nhầm")
    correct_step(screened, actor=people.head, reason="Đồng ý", key=uuid4())
    assert screened.state == "submitted"
    events = Event.objects.filter(subject_code=screened.code).exclude(to_state="")
    assert [(event.step, event.to_state) for event in events] == [
        ("submit", "submitted"),
        ("screen", "screened"),
        ("correct_step", "submitted"),
    ]
    assert open_request(screened) is None


def test_a_replay_undoes_once(people, screened):
    ask_correction(screened, actor=people.officer, reason="Bấm nhầm")
    key = uuid4()
    for _ in range(2):
        correct_step(screened, actor=people.head, reason="Đồng ý", key=key)
    assert Event.objects.filter(subject_code=screened.code, kind="correct").count() == 1


def test_the_key_of_another_act_undoes_nothing_and_says_so(people, screened):
    ask_correction(screened, actor=people.officer, reason="Bấm nhầm")
    for used in Event.objects.exclude(key=None).values_list("key", flat=True):
        with pytest.raises(StepRefused) as caught:
            correct_step(screened, actor=people.head, reason="Đồng ý", key=used)
        assert said(caught) == ["This form was already used for something else. Open the page again."]
    screened.refresh_from_db()
    assert (screened.state, open_request(screened) is None) == ("screened", False)


def test_nobody_asked(people, screened):
    with pytest.raises(StepRefused) as caught:
        correct_step(screened, actor=people.head, reason="x", key=uuid4())
    assert said(caught) == ["Nobody asked for a correction."]


def test_only_the_head_undoes_and_gives_a_reason(people, screened):
    ask_correction(screened, actor=people.officer, reason="Bấm nhầm")
    with pytest.raises(StepRefused) as caught:
        correct_step(screened, actor=people.clerk, reason=" ", key=uuid4())
    assert said(caught) == [
        "The head of division decides on a correction that somebody else asked for.",
        "This step needs a reason.",
    ]


def test_only_who_took_the_step_asks_once_with_a_reason(people, screened):
    assert [str(one) for one in ask_refusals(screened, people.clerk)] == [
        "Only who took the last step asks that it be undone."
    ]
    with pytest.raises(StepRefused) as caught:
        ask_correction(screened, actor=people.officer, reason="")
    assert said(caught) == ["This step needs a reason."]
    ask_correction(screened, actor=people.officer, reason="Bấm nhầm")
    with pytest.raises(StepRefused) as caught:
        ask_correction(screened, actor=people.officer, reason="Bấm nhầm")
    assert said(caught) == ["The head of division has already been asked."]


def test_the_head_may_leave_the_step(people, screened):
    ask_correction(screened, actor=people.officer, reason="Bấm nhầm")
    with pytest.raises(StepRefused):
        refuse_correction(screened, actor=people.officer, reason="x")
    refuse_correction(screened, actor=people.head, reason="Việc sơ tuyển là đúng")
    assert (screened.state, CorrectionRequest.objects.get().granted) == ("screened", False)
    with pytest.raises(StepRefused):
        refuse_correction(screened, actor=people.head, reason="x")


def test_a_step_with_a_paper_is_not_undone(people):
    proposal = make.submitted_proposal(people, make.open_call(people))
    assert "Other records or a paper depend on this step: only a new decision undoes it." in [
        str(one) for one in ask_refusals(proposal, people.signer)
    ]


def test_a_consequence_is_not_undone(people):
    proposal = make.recommended_proposal(people, make.open_call(people))
    assert "This followed from another step and is undone there, by a decision." in [
        str(one) for one in ask_refusals(proposal, people.officer)
    ]


def test_a_record_without_a_step_has_nothing_to_undo(people):
    draft = make.draft_call(people)
    assert [str(one) for one in ask_refusals(draft, people.officer)] == ["There is no step to undo."]


def test_the_database_asks_for_two_persons(people, screened):
    request = ask_correction(screened, actor=people.officer, reason="Bấm nhầm")
    assert str(request) == f"{screened.code} {request.event_uuid}"
    with pytest.raises(IntegrityError), transaction.atomic():
        CorrectionRequest.objects.filter(pk=request.pk).update(decided_by=people.officer)


def test_the_pages_ask_and_answer(people, screened, client_for):
    officer, head = client_for(people.officer, "en"), client_for(people.head, "en")
    page = officer.get(screened.get_absolute_url()).content.decode()
    address = f"/corrections/proposal/{screened.code}"
    assert f"{address}/ask/" in page
    assert "This field is required" in officer.post(f"{address}/ask/", {"key": uuid4()}).content.decode()
    assert officer.post(f"{address}/ask/", {"key": uuid4(), "reason": "Nhầm"}).status_code == 302
    again = officer.post(f"{address}/ask/", {"key": uuid4(), "reason": "Nhầm"}).content.decode()
    assert "The head of division has already been asked." in again
    assert f"{address}/undo/" in head.get(screened.get_absolute_url()).content.decode()
    assert "Bấm" not in head.get(f"{address}/undo/").content.decode()
    assert typed_in(head, f"{address}/undo/", reason="Đồng ý").status_code == 302
    screened.refresh_from_db()
    assert screened.state == "submitted"
    assert head.get(f"{address}/undo/").status_code == 404
    assert client_for(people.clerk).get(f"{address}/ask/").status_code == 404


def test_the_page_that_leaves_the_step(people, screened, client_for):
    ask_correction(screened, actor=people.officer, reason="Nhầm")
    head = client_for(people.head, "en")
    answer = typed_in(head, f"/corrections/proposal/{screened.code}/keep/", reason="Đúng rồi")
    assert (answer.status_code, CorrectionRequest.objects.get().granted) == (302, False)


def test_what_came_between_is_said_on_the_page(people, screened, client_for):
    ask_correction(screened, actor=people.officer, reason="Nhầm")
    make.as_effects(people, (screened, "put_to_council"))
    address = f"/corrections/proposal/{screened.code}/undo/"
    answer = typed_in(client_for(people.head, "en"), address, reason="Đồng ý").content.decode()
    assert "The last step is another one now." in answer


def test_undoing_gives_back_the_deadline_that_stood(people):
    proposal = make.submitted_proposal(people, make.open_call(people))
    before = (proposal.state_since, proposal.due_on)
    make.screened(people, proposal)
    ask_correction(proposal, actor=people.officer, reason="Bấm nhầm")
    correct_step(proposal, actor=people.head, reason="Đồng ý", key=uuid4())
    assert proposal.due_on is not None
    assert (proposal.state_since, proposal.due_on) == before


def test_a_head_of_division_does_not_undo_his_own_step(people):
    proposal = make.submitted_proposal(people, make.open_call(people))
    MembershipFactory(user=people.head, organisation=department(), role=Role.OFFICER)
    make.screening(proposal, people)
    make.step(proposal, "screen", people.clerk, decided_by=people.head, channel="paper", evidence=[uuid4()])
    ask_correction(proposal, actor=people.clerk, reason="Bấm nhầm")
    with pytest.raises(StepRefused) as caught:
        correct_step(proposal, actor=people.head, reason="Đồng ý", key=uuid4())
    assert said(caught) == ["Nobody undoes a step that he took or entered himself."]
