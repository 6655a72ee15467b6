"""A false answer of the bank is struck out by the chief accountant: until then neither payment nor task can end."""

import json
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils.translation import override

from core import clock
from core.audit.models import Event
from core.notifications.models import Notice
from core.notifications.service import mail_notices
from core.people.roles import Role
from core.workflow.ruling import StepRefused
from funds import services
from funds.verification import faults
from tests.factories import funds as made
from tests.factories.asking import said
from tests.factories.people import MembershipFactory, fund
from tests.factories.tasks import step

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
WRONG = "SAI-1"


def tell():
    """A payment that is approved, with an answer that the bank never gave."""
    who = made.house()
    task = made.running(who)
    payment = made.entered(who, made.approved(who, task), bank_reference=WRONG)
    services.write_annulment_ground(payment, actor=who.fund_officer, ground="Nhập nhầm")
    payment.refresh_from_db()
    return SimpleNamespace(who=who, task=task, payment=payment)


@pytest.fixture
def task(story):
    return story.task


@pytest.fixture
def payment(story):
    return story.payment


def struck(who, payment, reason="Sao kê không có khoản này"):
    step(payment, "strike_answer", who.accountant, reason=reason)
    payment.refresh_from_db()
    return payment


def test_a_false_answer_is_struck_out_and_the_chain_keeps_it(who, payment):
    due = payment.due_on
    struck(who, payment)
    left = (payment.state, payment.bank_reference, payment.paid_on, payment.paid_entered_by, payment.due_on)
    assert left == ("approved", "", None, None, due)
    taken, said_before = Event.objects.filter(subject_code=payment.code).order_by("-sequence")[:2][::-1]
    assert (taken.step, taken.actor, taken.reason) == ("strike_answer", who.accountant, "Sao kê không có khoản này")
    facts = json.loads(said_before.payload)["facts"]
    today = clock.today().isoformat()
    assert (said_before.kind, facts["bank_reference"], facts["paid_on"]) == ("payment_struck", WRONG, today)
    assert facts["entered_by"] == who.fund_officer.pk
    assert list(faults()) == []


def test_then_the_payment_is_annulled(who, payment):
    with pytest.raises(StepRefused):
        made.fund_paper(who, payment, "annul")
    made.fund_paper(who, struck(who, payment), "annul")
    assert payment.state == "refused"
    assert list(faults()) == []


def test_then_the_task_is_terminated(who, task, payment):
    with pytest.raises(StepRefused):
        made.terminated(who, task, spent=0, accepted=0)
    struck(who, payment)
    task.refresh_from_db()
    made.terminated(who, task, spent=0, accepted=0)
    payment.refresh_from_db()
    assert (task.state, payment.state) == ("terminated", "refused")


def test_the_true_answer_is_entered_in_its_place(who, payment):
    made.entered(who, struck(who, payment), bank_reference=WRONG)
    payment.refresh_from_db()
    step(payment, "pay", who.accountant)
    assert payment.state == "paid"


def test_the_fund_officer_is_told_with_the_reason(who, payment, mailoutbox):
    struck(who, payment)
    notice = Notice.objects.get(subject_code=payment.code, tell="funds.bank_answer_struck")
    assert notice.recipient == who.fund_officer
    mail_notices(str(notice.event_uuid))
    assert "Sao kê không có khoản này" in mailoutbox[-1].body


def test_it_takes_a_reason_an_answer_and_another_person(who, task, payment):
    with override("en"):
        assert said(payment, "strike_answer", who.accountant) == []
        with pytest.raises(StepRefused) as caught:
            step(payment, "strike_answer", who.accountant)
        assert [str(one) for one in caught.value.refusals] == ["This step needs a reason."]
        MembershipFactory(user=who.fund_officer, organisation=fund(), role=Role.CHIEF_ACCOUNTANT)
        own = "Whoever entered the payment may not strike it out too (separation of duties)."
        assert said(payment, "strike_answer", who.fund_officer) == [own]
        assert said(struck(who, payment), "strike_answer", who.accountant) == ["No answer of the bank is entered."]


def test_nobody_else_strikes_it_and_nothing_booked_is_struck(who, payment):
    for stranger in (who.director, who.people.officer, who.people.signer):
        with pytest.raises(StepRefused):
            step(payment, "strike_answer", stranger, reason="Nhập nhầm")
    step(payment, "pay", who.accountant)
    with pytest.raises(StepRefused):
        step(payment, "strike_answer", who.accountant, reason="Nhập nhầm")
    payment.refresh_from_db()
    assert (payment.state, payment.bank_reference) == ("paid", WRONG)


def test_the_button_opens_a_dialog_that_asks_for_the_reason(who, payment, client_for):
    client = client_for(who.accountant, "en")
    address = reverse("workflow:step-take", args=["disbursement", payment.code, "strike_answer"])
    page = client.get(payment.get_absolute_url()).content.decode()
    assert f'hx-get="{address}" hx-target="#dialog-body" aria-haspopup="dialog"' in page
    form = client.get(address).context["form"]
    empty = client.post(address, {name: form[name].value() or "" for name in form.fields})
    assert list(empty.context["form"].errors) == ["reason"]
    words = {name: form[name].value() or "" for name in form.fields} | {"reason": "Sao kê không có khoản này"}
    assert client.post(address, words).status_code == 302
    payment.refresh_from_db()
    assert payment.bank_reference == ""
