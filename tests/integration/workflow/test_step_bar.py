"""The step bar of a record: which stations its life has passed, where it stands, and what still comes."""

from types import SimpleNamespace

import pytest

from core.workflow.selectors import history
from core.workflow.stations import step_bar
from tasks.models import Cause
from tests.factories import funds
from tests.factories import proposals as make
from tests.factories import tasks as after

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning", "english")]


def tell():
    people = make.cast()
    return SimpleNamespace(people=people, proposal=make.submitted_proposal(people, make.open_call(people)))


@pytest.fixture
def proposal(story):
    return story.proposal


def bar(subject):
    return [(str(step.label), step.state) for step in step_bar(subject, history(subject))]


def test_the_bar_shows_what_is_done_and_what_comes(proposal):
    assert bar(proposal)[:3] == [("Draft", "done"), ("Submitted", "current"), ("Screened", "next")]


def test_the_way_that_the_life_really_took_is_shown():
    who = funds.house()
    task = funds.liquidate(who, funds.terminated(who, funds.running(who), spent=0, accepted=0, cause=Cause.OBJECTIVE))
    shown = dict(bar(task))
    assert shown == {
        "Approved": "done",
        "Contracted": "done",
        "Running": "done",
        "Terminated": "done",
        "Contract liquidated": "current",
        "Archived": "next",
    }


def test_a_terminated_task_goes_on_by_recovery_and_not_by_acceptance():
    who = funds.house()
    task = funds.terminated(who, funds.running(who), spent=0, accepted=0)
    rest = ["Under recovery", "Recovery closed", "Contract liquidated", "Archived"]
    assert bar(task)[2:] == [("Running", "done"), ("Terminated", "current"), *((label, "next") for label in rest)]


def test_of_an_old_record_off_the_path_only_what_is_certain_is_shown_as_passed(people):
    """It entered under recovery: it had a contract, nobody knows how far it went, and it will be liquidated."""
    task = after.adopted(people, "recovered")
    assert bar(task) == [
        ("Approved", "done"),
        ("Contracted", "done"),
        ("Recovery closed", "current"),
        ("Contract liquidated", "next"),
        ("Archived", "next"),
    ]
    assert bar(after.adopted(people, "suspended"))[2:5] == [
        ("Running", "done"),
        ("Suspended", "current"),
        ("Acceptance filed", "next"),
    ]


def test_a_state_off_the_path_stands_where_the_life_left_it(people, proposal):
    make.step(proposal, "return_for_completion", people.officer, reason="Thiếu")
    assert bar(proposal)[:4] == [
        ("Draft", "done"),
        ("Submitted", "done"),
        ("Returned for completion", "current"),
        ("Screened", "next"),
    ]


def test_a_record_that_left_the_path_at_once_begins_the_bar(people):
    call = make.draft_call(people)
    make.step(call, "cancel", people.head, reason="Không còn nhu cầu")
    assert bar(call)[:2] == [("Draft", "done"), ("Cancelled", "current")]


def test_after_an_early_end_nothing_is_still_to_come(people, proposal):
    make.step(proposal, "withdraw", people.signer, reason="Đơn vị tự triển khai")
    assert bar(proposal)[1:4] == [("Submitted", "done"), ("Withdrawn", "current"), ("Screened", "skipped")]
