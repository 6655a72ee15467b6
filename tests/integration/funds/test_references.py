"""One reference of the bank proves one movement of money: one payment, one return, one repayment."""

from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import override

from core import clock
from core.money import VND
from core.workflow.corrections import ask_correction, correct_step
from core.workflow.ruling import StepRefused
from funds import services
from funds.models import Disbursement, Repayment, Settlement
from funds.verification import faults
from tests.factories import funds as made
from tests.factories.asking import said
from tests.factories.funds import MILLION
from tests.factories.tasks import step

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def tell():
    """A running task with one payment, whose reference is KB-…CP01; another, terminated, owes 300 million."""
    who = made.house()
    task, owing = made.running(who), made.running(who)
    for one in (task, owing):
        made.paid(who, one)
    made.terminated(who, owing, spent=300 * MILLION, accepted=200 * MILLION)
    owing.refresh_from_db()
    return SimpleNamespace(who=who, task=task, owing=made.recovering(who, owing, 300 * MILLION))


@pytest.fixture
def task(story):
    return story.task


@pytest.fixture
def owing(story):
    return story.owing


def written(who, task, reference, returned=10 * MILLION):
    facts = {"spent_vnd": VND(0), "returned_vnd": VND(returned), "return_reference": reference, "report": "Nộp trả"}
    return services.create_settlement(task, actor=who.people.applicant, facts=facts, key=uuid4())


def walked(who, settlement):
    step(settlement, "file", who.people.signer)
    step(settlement, "examine", who.fund_officer)
    step(settlement, "settle", who.accountant)
    return settlement


def refused(ask, *arguments, **more):
    """What a form answers."""
    with pytest.raises(ValidationError) as caught:
        ask(*arguments, **more)
    return caught.value.message_dict


def booked(kind):
    return [f"This bank reference is booked already, as: {kind}."]


def test_money_given_back_is_settled_under_one_reference_once(who, task):
    walked(who, written(who, task, "NT-0001"))
    once = {"__all__": ["This bank reference proves other money given back already."]}
    for typed in (" nt-0001 ", "NT 0001", "NT/00.01", "nt0001", "NT-0001\u200b"):
        assert refused(written, who, task, typed) == once
    written(who, task, "NT-0002")


@pytest.mark.parametrize("lookalike", ["NT-０001", "ΝΤ-0001", "NT–0001", "NT-0001 №"])
def test_signs_that_only_look_like_a_reference_are_refused(who, task, lookalike):
    """Wide digits and letters of other alphabets: the same transfer would prove a second payment."""
    words = ["A bank reference has unmarked Latin letters, digits, spaces and - . / _ only."]
    assert refused(written, who, task, lookalike) == {"return_reference": words}
    assert refused(made.entered, who, made.approved(who, made.running(who)), bank_reference=lookalike) == {
        "bank_reference": words
    }


def test_the_reference_of_a_dropped_settlement_is_free_and_stays_taken(who, task):
    first = written(who, task, "NT-0001")
    step(first, "drop", who.people.signer)
    ask_correction(first, actor=who.people.signer, reason="Bấm nhầm")
    walked(who, written(who, task, "NT-0001"))
    with pytest.raises(StepRefused) as caught:
        correct_step(first, actor=who.people.head, reason="Đồng ý", key=uuid4())
    assert [str(one) for one in caught.value.refusals] == ["Another record bears this bank reference by now."]


def test_a_record_struck_out_does_not_come_back_beside_its_successor(who, owing):
    first = made.recorded(who, owing, MILLION, bank_reference="NT-0001")
    step(first, "strike", who.accountant, reason="Nhập nhầm")
    ask_correction(first, actor=who.accountant, reason="Bấm nhầm")
    made.recorded(who, owing, MILLION, bank_reference="NT-0001")
    with pytest.raises(StepRefused) as caught:
        correct_step(first, actor=who.people.head, reason="Đồng ý", key=uuid4())
    assert [str(one) for one in caught.value.refusals] == ["Another record bears this bank reference by now."]


def test_what_a_settlement_gave_back_repays_nothing(who, task):
    walked(who, written(who, task, "NT-0001"))
    made.terminated(who, task, spent=300 * MILLION, accepted=200 * MILLION)
    task.refresh_from_db()
    made.recovering(who, task, 300 * MILLION)
    taken = {"bank_reference": booked("settlement")}
    assert refused(made.recorded, who, task, 10 * MILLION, bank_reference="nt-0001") == taken


def test_what_a_repayment_brought_is_not_given_back_again(who, task, owing):
    made.recorded(who, owing, 10 * MILLION, bank_reference="NT-0001")
    assert refused(written, who, task, "NT-0001") == {"return_reference": booked("repayment")}


def test_a_payment_to_the_host_is_no_money_from_the_host(who, owing):
    paid = Disbursement.objects.get(task=owing).bank_reference
    taken = {"bank_reference": booked("disbursement")}
    assert refused(made.recorded, who, owing, MILLION, bank_reference=paid.lower()) == taken
    made.recorded(who, owing, MILLION, bank_reference="NT-0001")
    approved = made.approved(who, made.running(who))
    assert refused(made.entered, who, approved, bank_reference="NT-0001") == {"bank_reference": booked("repayment")}


def test_the_draft_of_a_host_keeps_nobody_from_booking_but_is_not_filed_afterwards(who, task, owing):
    draft = written(who, task, "NT-0001")
    repayment = made.recorded(who, owing, MILLION, bank_reference="NT-0001")
    assert said(repayment, "confirm", who.accountant) == []
    assert said(draft, "file", who.people.signer) == booked("repayment")
    step(repayment, "strike", who.accountant, reason="Nhập nhầm")
    assert said(draft, "file", who.people.signer) == []


def test_steps_ask_again_what_the_forms_asked(who, task, owing):
    """Two people may have typed at the same moment."""
    repayment = made.recorded(who, owing, MILLION)
    settlement = written(who, task, "NT-0001")
    step(settlement, "file", who.people.signer)
    payment = made.entered(who, made.approved(who, made.running(who)))
    Repayment.objects.filter(pk=repayment.pk).update(bank_reference="nt-0001")
    repayment.refresh_from_db()
    assert said(settlement, "examine", who.fund_officer) == booked("repayment")
    assert said(repayment, "confirm", who.accountant) == booked("settlement")
    Repayment.objects.filter(pk=repayment.pk).update(bank_reference=payment.bank_reference)
    assert said(payment, "pay", who.accountant) == booked("repayment")
    both = ", ".join(sorted([repayment.code, payment.code]))
    reference = "".join(sign for sign in payment.bank_reference.upper() if sign.isalnum())
    assert list(faults()) == [f"bank reference {reference} proves more than one movement of money: {both}"]


def test_the_database_itself_refuses_the_second_return(who, task):
    walked(who, written(who, task, "NT-0001"))
    second = written(who, task, "NT-0002")
    with pytest.raises(IntegrityError), transaction.atomic():
        Settlement.objects.filter(pk=second.pk).update(return_reference="nt-0001")
    step(second, "drop", who.people.signer)
    Settlement.objects.filter(pk=second.pk).update(return_reference="nt-0001")


def test_two_settlements_without_money_given_back_need_no_reference(who, task):
    made.settled(who, task, 100 * MILLION)
    made.settled(who, task, 50 * MILLION)
    assert set(Settlement.objects.values_list("return_reference", flat=True)) == {""}
    assert list(faults()) == []
    assert clock.today() == Settlement.objects.first().settled_on
