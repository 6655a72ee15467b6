"""Why money is not asked for, annulled, settled or closed: each reason in words, beside the case without it."""

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from core import clock
from core.money import VND
from core.people.roles import Payer, Role
from core.regulations import parameter
from core.workflow.ruling import StepRefused
from funds import services
from funds.choices import Bucket, ClosingGround
from funds.selectors.books import books_of, room_of
from funds.verification import faults
from proposals.models import Order
from tasks.models import Cause, Task
from tests.factories import funds as made
from tests.factories import proposals as before
from tests.factories.asking import ruled, said
from tests.factories.funds import MILLION, house
from tests.factories.people import MembershipFactory, fund
from tests.factories.tasks import step

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


@pytest.fixture
def who():
    return house()


@pytest.fixture
def task(who):
    return made.running(who)


def test_a_request_names_where_to_pay_to(who, task):
    request = made.request(who, task)
    assert said(request, "request", who.people.signer) == []
    services.edit_disbursement(request, actor=who.people.applicant, facts={"account": "", "bank": ""})
    request.refresh_from_db()
    unknown = "Name the account and the bank or treasury of the host."
    assert said(request, "request", who.people.signer) == [unknown]


def test_money_goes_elsewhere_than_the_contract_says_only_for_a_reason(who, task, client_for):
    request, signer = made.request(who, task), who.people.signer
    elsewhere = {"account": "0011 2233", "bank": "Ngân hàng khác"}
    services.edit_disbursement(request, actor=who.people.applicant, facts=elsewhere)
    request.refresh_from_db()
    contract = task.contract
    named = f"The contract names another account: {contract.host_account}, {contract.host_bank}."
    (refusal,) = ruled(request, "request", signer)
    assert (refusal[0], refusal[2]) == (f"{named} Say why the money goes elsewhere.", False)
    with pytest.raises(StepRefused):
        step(request, "request", signer)
    step(request, "request", signer, reason="Đơn vị đổi kho bạc giao dịch")
    with pytest.raises(StepRefused):
        step(request, "examine", who.fund_officer)
    page = client_for(who.accountant, "en").get(request.get_absolute_url()).content.decode()
    assert [one in page for one in (request.account, contract.host_account, contract.host_bank)] == [True] * 3


def test_the_same_account_written_otherwise_is_the_same(who, task):
    request = made.request(who, task)
    account, bank = f" {request.account[:4]} {request.account[4:]}", request.bank.upper()
    services.edit_disbursement(request, actor=who.people.applicant, facts={"account": account, "bank": bank})
    request.refresh_from_db()
    assert said(request, "request", who.people.signer) == []


def test_an_instalment_is_asked_for_once_and_a_replayed_form_gives_the_first_request(who, task):
    instalment, key = task.contract.instalments.get(sequence=1), uuid4()
    first, again = (services.create_disbursement(instalment, actor=who.people.applicant, key=key) for _ in range(2))
    assert again == first
    with pytest.raises(ValidationError) as refused, override("en"):
        services.create_disbursement(instalment, actor=who.people.applicant, key=uuid4())
    assert refused.value.messages == ["A payment of this instalment is already requested."]
    step(first, "withdraw", who.people.signer)
    assert services.create_disbursement(instalment, actor=who.people.applicant, key=uuid4()) != first


def test_a_task_that_somebody_else_pays_now_takes_no_money_from_here(who, task):
    request = made.request(who, task)
    Task.objects.filter(pk=task.pk).update(payer=Payer.OTHER)
    request = type(request).objects.get(pk=request.pk)
    (refusal,) = ruled(request, "request", who.people.signer)[:1]
    assert (refusal[0], refusal[2]) == ("Money of other sources is tracked, never paid here.", True)


def test_what_the_bank_has_paid_is_not_annulled(who, task):
    payment = made.approved(who, task)
    assert said(payment, "annul", who.director) == ["Write the ground of the annulment first."]
    services.write_annulment_ground(payment, actor=who.fund_officer, ground="Sai số tiền")
    payment.refresh_from_db()
    assert said(payment, "annul", who.director) == []
    with pytest.raises(ValidationError) as refused:
        services.enter_payment(payment, actor=who.fund_officer, bank_reference=" ", paid_on=clock.today())
    assert list(refused.value.message_dict) == ["bank_reference"]
    made.entered(who, payment)
    payment.refresh_from_db()
    paid = "The bank's answer is entered already: what was paid comes back by settlement or recovery."
    assert said(payment, "annul", who.director) == [paid]


def test_a_settlement_brings_its_report_its_items_and_the_reference_of_what_comes_back(who, task):
    made.paid(who, task)
    settlement = made.draft_settlement(who, task, 400 * MILLION, 50 * MILLION)
    signer = who.people.signer
    assert said(settlement, "file", signer) == []

    def after(lines=(), **facts):
        whole = {"spent_vnd": VND(400 * MILLION), "returned_vnd": VND(50 * MILLION), "return_reference": "NT-1"}
        facts = {**whole, "report": "Đã chi", **facts}
        services.edit_settlement(settlement, actor=who.people.applicant, facts=facts, lines=lines)
        settlement.refresh_from_db()
        return [text for text, _source, _blocking in ruled(settlement, "file", signer)]

    items = [{"item": "Công lao động", "approved_vnd": VND(400 * MILLION), "spent_vnd": VND(400 * MILLION)}]
    assert after(items, report="") == ["Write the report on the use of the money."]
    assert after(items, return_reference="") == ["Enter the bank's reference of the money given back."]
    assert after() == ["Only a lump sum to the final product is settled without items: list the items."]
    assert after(spent_vnd=VND(0)) == []
    assert after(items) == []


def test_a_lump_sum_to_the_final_product_is_settled_without_items(who):
    task = made.running(who, lump_sum="final")
    made.paid(who, task)
    settlement = made.draft_settlement(who, task, 450 * MILLION)
    facts = {"spent_vnd": VND(450 * MILLION), "returned_vnd": VND(0), "return_reference": "", "report": "Đã chi"}
    services.edit_settlement(settlement, actor=who.people.applicant, facts=facts)
    settlement.refresh_from_db()
    assert said(settlement, "file", who.people.signer) == []


def test_a_settlement_states_an_amount_and_a_replayed_form_makes_one(who, task):
    made.paid(who, task)
    with pytest.raises(ValidationError) as refused:
        made.draft_settlement(who, task, 0)
    assert list(refused.value.message_dict) == ["spent_vnd"]
    key = uuid4()
    assert made.draft_settlement(who, task, MILLION, key=key) == made.draft_settlement(who, task, MILLION, key=key)


def test_what_is_recovered_meanwhile_can_no_longer_be_settled(who, task):
    made.paid(who, task)
    settlement = made.draft_settlement(who, task, 450 * MILLION)
    made.terminated(who, task, spent=450 * MILLION, accepted=250 * MILLION)
    assert said(settlement, "file", who.people.signer) == []
    made.recovering(who, task, 450 * MILLION)
    settlement = type(settlement).objects.get(pk=settlement.pk)
    refusal = "450,000,000 đồng cannot be settled: only 0 đồng of advances are not settled yet."
    assert said(settlement, "file", who.people.signer) == [refusal]


def sources(subject, name, person):
    """Where each refusal says that it is written, by its words."""
    return {text: source for text, source, _blocks in ruled(subject, name, person)}


def test_each_refusal_names_the_rule_that_it_rests_on(who, task):
    rule = {key: parameter(key, task.regulation).source for key in ("settlement.days", "recovery.payment_days")}
    made.paid(who, task)
    settlement = made.draft_settlement(who, task, 450 * MILLION)
    made.terminated(who, task, spent=450 * MILLION, accepted=450 * MILLION, cause=Cause.OBJECTIVE)
    open_advance = "450,000,000 đồng of the advances are not settled."
    assert sources(task, "liquidate", who.people.director)[open_advance] == rule["settlement.days"]
    made.recovering(who, task, 450 * MILLION)
    beyond = "450,000,000 đồng cannot be settled: only 0 đồng of advances are not settled yet."
    settlement = type(settlement).objects.get(pk=settlement.pk)
    assert sources(settlement, "file", who.people.signer) == {beyond: rule["settlement.days"]}
    owed = "The host still owes 450,000,000 đồng and no ground for closing is recorded."
    assert sources(task, "close_recovery", who.accountant) == {owed: rule["recovery.payment_days"]}
    first, second = made.recorded(who, task, 300 * MILLION), made.recorded(who, task, 300 * MILLION)
    step(first, "confirm", who.accountant)
    too_much = "300,000,000 đồng cannot be booked: the host owes 150,000,000 đồng."
    assert sources(second, "confirm", who.accountant) == {too_much: rule["recovery.payment_days"]}


def test_whoever_wrote_the_ground_does_not_close_the_recovery(who, task):
    MembershipFactory(user=who.fund_officer, organisation=fund(), role=Role.CHIEF_ACCOUNTANT)
    made.paid(who, task)
    made.terminated(who, task, spent=450 * MILLION, accepted=250 * MILLION)
    made.recovering(who, task, 450 * MILLION)
    facts = {"ground": ClosingGround.COURT, "decision": "Bản án 5", "decided_on": clock.today()}
    services.record_closing(task, actor=who.fund_officer, facts=facts, key=uuid4())
    task.refresh_from_db()
    same = "Whoever recorded the ground may not close the recovery too (separation of duties)."
    assert said(task, "close_recovery", who.fund_officer) == [same]
    assert said(task, "close_recovery", who.accountant) == []


def test_an_order_that_the_fund_does_not_pay_needs_no_room_in_its_plan(who):
    people = who.people
    order = before.invited_order(people, before.open_call(people))
    dossier = before.submitted_dossier(people, order)
    before.open_dossiers(people, order)
    order = before.appraised_order(people, order, dossier)
    full = "The plan has 0 đồng free; the task takes 900,000,000 đồng of State money."
    assert said(order, "approve_task", people.chair) == [full]
    Order.objects.filter(pk=order.pk).update(payer=Payer.HOST)
    assert said(Order.objects.get(pk=order.pk), "approve_task", people.chair) == []


def test_what_no_year_was_granted_goes_back_to_the_plan_at_the_liquidation(who):
    task = made.contracted(who, grant=False)
    made.grant(who, task, 2026, 450 * MILLION)
    step(task, "start", who.people.officer)
    made.paid(who, task)
    made.settled(who, task, 450 * MILLION)
    made.recognised(who, task)
    free = room_of(Payer.FUND)
    made.liquidate(who, task)
    assert {name: amount for name, amount in books_of(task).balances.items() if amount} == {
        Bucket.SETTLED: 450 * MILLION
    }
    assert (room_of(Payer.FUND) - free, list(faults())) == (450 * MILLION, [])
