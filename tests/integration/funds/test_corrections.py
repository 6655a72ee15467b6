"""A step of a paper of money is undone only while its place is still free."""

from uuid import uuid4

import pytest
from django.utils.translation import override

from core.workflow.corrections import ask_correction, correct_step
from core.workflow.ruling import StepRefused
from funds.lifecycle import DisbursementState, SettlementState
from tests.factories import funds as made
from tests.factories.funds import MILLION, house
from tests.factories.tasks import step

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def who():
    return house()


def said(caught):
    return [str(one) for one in caught.value.refusals]


def test_a_withdrawn_request_does_not_come_back_beside_a_new_one(who):
    task = made.running(who)
    first = made.request(who, task)
    step(first, "withdraw", who.people.signer)
    ask_correction(first, actor=who.people.signer, reason="Bấm nhầm")
    made.request(who, task)
    with pytest.raises(StepRefused) as caught:
        correct_step(first, actor=who.people.head, reason="Đồng ý", key=uuid4())
    assert said(caught) == ["A newer request for this instalment stands in its place."]
    first.refresh_from_db()
    assert first.state == DisbursementState.WITHDRAWN


def test_a_withdrawn_request_comes_back_while_its_place_is_free(who):
    first = made.request(who, made.running(who))
    step(first, "withdraw", who.people.signer)
    ask_correction(first, actor=who.people.signer, reason="Bấm nhầm")
    correct_step(first, actor=who.people.head, reason="Đồng ý", key=uuid4())
    assert first.state == DisbursementState.DRAFT


def test_a_dropped_settlement_does_not_come_back_beside_a_new_one(who):
    task = made.running(who)
    made.paid(who, task)
    first = made.draft_settlement(who, task, 100 * MILLION)
    step(first, "drop", who.people.signer)
    ask_correction(first, actor=who.people.signer, reason="Bấm nhầm")
    made.draft_settlement(who, task, 50 * MILLION)
    with pytest.raises(StepRefused) as caught:
        correct_step(first, actor=who.people.head, reason="Đồng ý", key=uuid4())
    assert said(caught) == ["An earlier settlement of this task is still open."]
    first.refresh_from_db()
    assert first.state == SettlementState.DROPPED
