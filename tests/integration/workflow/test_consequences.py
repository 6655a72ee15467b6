"""Steps that follow from a step: guards are asked again, nothing moves that was not locked, all or nothing."""

from dataclasses import replace
from io import StringIO
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.management import call_command

from core.audit import service as audit
from core.audit.models import Event
from core.workflow import registry
from core.workflow.management.commands import lifecycle as command
from core.workflow.ruling import StepRefused
from core.workflow.selectors import history
from core.workflow.service import take_step
from core.workflow.table import Due
from proposals.lifecycle import Effect
from proposals.models import Call, Proposal
from tests.factories import proposals as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning", "english")]


def tell():
    """A draft list with one order of one recommended proposal."""
    people = make.cast()
    order_list = make.draft_list(people)
    proposal = make.recommended_proposal(people, make.open_call(people))
    order = make.planned_order(people, order_list, proposal)
    return SimpleNamespace(people=people, planned=(order_list, order, proposal))


@pytest.fixture
def planned(story):
    return story.planned


def test_consequences_share_the_transaction_and_name_their_cause(people, planned):
    order_list, order, proposal = planned
    make.paper(order_list, "approve_list", people, people.chair)
    (cause,) = (event for event in history(order_list) if event.step == "approve_list")
    for follower in (order, proposal):
        last = history(follower)[-1]
        assert (last.step, last.to_state, last.cause, last.key) == ("list", "listed", cause.uuid, None)
        assert (last.actor, last.decided_by, last.channel) == (cause.actor, cause.decided_by, cause.channel)


def cancelling(people, monkeypatch, effect):
    """Cancel an empty call whose orders come back by ``effect``."""
    call = make.draft_call(people)
    monkeypatch.setitem(registry.effect.functions, Effect.RETURN_ORDERS, effect)
    take_step(call, "cancel", actor=people.head, reason="Không còn nhu cầu", key=uuid4())


def test_what_was_not_locked_first_does_not_move(people, monkeypatch):
    proposal = make.draft_proposal(people, make.open_call(people))
    with pytest.raises(RuntimeError, match="was not locked before the first write: name it in the locks of the step"):
        cancelling(people, monkeypatch, lambda step: step.take(proposal, "recommend"))


def test_what_joined_the_step_after_its_locks_is_told_to_the_person(people, monkeypatch):
    """Somebody else added a record between the listing and the lock: nothing moves, and the page is opened again."""
    proposal, asked = make.draft_proposal(people, make.open_call(people)), []
    monkeypatch.setitem(
        registry._locks,
        "call",
        [*registry._locks["call"], lambda _call, _row: asked.append(1) or [proposal][: len(asked) - 1]],
    )
    with pytest.raises(StepRefused, match="This record has changed since you opened the page"):
        cancelling(people, monkeypatch, lambda step: step.take(proposal, "recommend"))


def locked(monkeypatch, *others):
    """The steps of a call lock these records too."""
    functions = [*registry._locks["call"], lambda _call, _row: others]
    monkeypatch.setitem(registry._locks, "call", functions)


def test_a_consequence_that_cannot_follow_refuses_the_whole_step(people, monkeypatch):
    proposal = make.submitted_proposal(people, make.open_call(people))
    locked(monkeypatch, proposal)
    events = Event.objects.count()
    with pytest.raises(StepRefused) as caught:
        cancelling(people, monkeypatch, lambda step: step.take(proposal, "recommend"))
    assert str(caught.value) == f"{proposal.code} is not in a state where this can follow."
    drafts = Call.objects.filter(state="draft")
    # The draft call itself was noted; its cancelling was not.
    assert (drafts.count(), Event.objects.count() - events) == (1, 1)


def test_a_step_of_a_person_cannot_be_taken_as_a_consequence(people, monkeypatch):
    proposal = make.submitted_proposal(people, make.open_call(people))
    locked(monkeypatch, proposal)
    with pytest.raises(StepRefused, match="is not in a state where this can follow"):
        cancelling(people, monkeypatch, lambda step: step.take(proposal, "screen"))


def test_a_subject_made_by_the_step_may_move_in_it(people, monkeypatch):
    def make_one(step):
        copy = Proposal.objects.get(code=proposal.code)
        copy.pk, copy.code, copy.created_key = None, "DX.2026.9000", uuid4()
        copy.save()
        step.created(copy)
        made.append(step.take(copy, "put_to_council").to_state)

    made = []
    proposal = make.screened_proposal(people, make.open_call(people))
    cancelling(people, monkeypatch, make_one)
    assert made == ["at_council"]


def test_inside_an_open_transaction_the_event_is_known_before_it_is_written(people):
    proposal = make.submitted_proposal(people, make.open_call(people))
    with audit.transaction():
        event = take_step(proposal, "return_for_completion", actor=people.officer, reason="Thiếu", key=uuid4())
        assert (event.pk, event.to_state) == (None, "returned")
    assert Event.objects.get(uuid=event.uuid).reason == "Thiếu"


def test_a_row_without_a_time_leaves_no_due_day(people, monkeypatch):
    call = make.draft_call(people)
    timed = replace(Call.lifecycle.named("cancel"), due=Due("proposal.return_days"))
    rows = tuple(timed if row.name == "cancel" else row for row in Call.lifecycle.rows)
    make.step(call, "cancel", people.head, reason="x")
    assert call.due_on is None
    monkeypatch.setattr(Call, "lifecycle", replace(Call.lifecycle, rows=rows))
    other = make.draft_call(people)
    make.step(other, "cancel", people.head, reason="x")
    assert other.due_on is not None


def test_the_page_of_the_tables_is_written_where_the_docs_are(tmp_path, monkeypatch):
    monkeypatch.setattr(command, "PAGE", tmp_path / "lifecycle.md")
    call_command("lifecycle", "--write")
    written = command.PAGE.read_text(encoding="utf-8")
    out = StringIO()
    call_command("lifecycle", "--mermaid", stdout=out)
    assert out.getvalue() == written
    assert written.startswith("# Lifecycles\n")
    assert "    draft --> submitted: submit" in written
