"""A step of a paper of money is undone only while its place is still free."""

import json
from uuid import uuid4

import pytest
from django.utils.translation import override

from core.audit.models import Event
from core.money import VND
from core.workflow.corrections import ask_correction, correct_step
from core.workflow.ruling import StepRefused
from funds import services
from funds.lifecycle import DisbursementState, SettlementState
from tests.factories import funds as made
from tests.factories.funds import MILLION
from tests.factories.tasks import step

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


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


CHANGED = "The record was changed after this step: what was seen before is no longer what it says."


def sent_back(subject, actor):
    """Returned by mistake, as its holder says."""
    step(subject, "send_back", actor, reason="Nhầm")
    subject.refresh_from_db()
    return subject


def undoing(subject, actor):
    """What the refusal says when the holder asks that the return be undone."""
    with pytest.raises(StepRefused) as caught:
        ask_correction(subject, actor=actor, reason="Bấm nhầm")
    return said(caught)


def test_a_verified_request_comes_back_as_it_was(who):
    request = sent_back(made.verified(who, made.running(who)), who.fund_officer)
    ask_correction(request, actor=who.fund_officer, reason="Bấm nhầm")
    correct_step(request, actor=who.people.head, reason="Đồng ý", key=uuid4())
    assert request.state == DisbursementState.VERIFIED


def test_a_verified_request_does_not_come_back_with_another_account(who):
    request = sent_back(made.verified(who, made.running(who)), who.fund_officer)
    agreed = request.account, request.bank
    services.edit_disbursement(request, actor=who.people.applicant, facts={"account": "666", "bank": "Ngân hàng khác"})
    assert undoing(request, who.fund_officer) == [CHANGED]
    facts = json.loads(Event.objects.get(subject_code=request.code, kind="edit").payload)["facts"]
    pairs = [(facts[when]["account"], facts[when]["bank"]) for when in ("before", "after")]
    assert pairs == [agreed, ("666", "Ngân hàng khác")]


def test_a_checked_settlement_does_not_come_back_with_another_amount(who):
    task = made.running(who)
    made.paid(who, task)
    settlement = made.draft_settlement(who, task, 100 * MILLION)
    step(settlement, "file", who.people.signer)
    step(settlement, "examine", who.fund_officer)
    sent_back(settlement, who.accountant)
    facts = {"spent_vnd": VND(450 * MILLION), "returned_vnd": VND(0), "return_reference": "", "report": "Khác"}
    lines = [{"item": "Công", "approved_vnd": VND(450 * MILLION), "spent_vnd": VND(450 * MILLION)}]
    services.edit_settlement(settlement, actor=who.people.applicant, facts=facts, lines=lines)
    assert undoing(settlement, who.accountant) == [CHANGED]
    kept = json.loads(Event.objects.get(subject_code=settlement.code, kind="edit").payload)["facts"]
    assert [(kept[when]["spent_vnd"], kept[when]["lines"][0]["item"]) for when in ("before", "after")] == [
        (100 * MILLION, "Công lao động"),
        (450 * MILLION, "Công"),
    ]


def test_a_verified_request_does_not_come_back_over_an_amended_plan(who):
    task, people = made.running(who), who.people
    request = sent_back(made.verified(who, task), who.fund_officer)
    ask_correction(request, actor=who.fund_officer, reason="Bấm nhầm")
    first, second = task.contract.instalments.filter(sequence__in=(1, 2)).order_by("sequence")
    amounts = {first: first.amount_vnd - 350 * MILLION, second: second.amount_vnd + 350 * MILLION}
    made.rephased(who, task, amounts)
    with pytest.raises(StepRefused) as caught:
        correct_step(request, actor=people.head, reason="Đồng ý", key=uuid4())
    assert said(caught) == ["An amendment has changed this instalment after the step."]
    made.rephased(who, task, {first: amounts[first] + 350 * MILLION, second: amounts[second] - 350 * MILLION})
    with pytest.raises(StepRefused) as caught:
        correct_step(request, actor=people.head, reason="Đồng ý", key=uuid4())
    assert said(caught) == ["An amendment has changed this instalment after the step."]


def test_the_contract_s_event_holds_the_account(who):
    task = made.running(who)
    facts = json.loads(Event.objects.filter(subject_code=task.code, kind="contract").last().payload)["facts"]
    assert (facts["host_account"], facts["host_bank"]) == (task.contract.host_account, task.contract.host_bank)
