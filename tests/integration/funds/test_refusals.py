"""Why money is not asked for, annulled, settled or closed: each reason in words, beside the case without it."""

from datetime import date, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from core import clock
from core.documents.kinds import DocumentKind
from core.documents.models import Document
from core.documents.services import ask_void, void_document
from core.money import VND
from core.people.models import User
from core.people.roles import Payer, Role
from core.regulations import parameter
from core.workflow.ruling import StepRefused
from funds import services
from funds.choices import Bucket, ClosingGround
from funds.selectors.books import books_of, room_of
from funds.verification import faults
from tasks.models import Cause, Instalment, Task
from tests.factories import funds as made
from tests.factories.asking import ruled, said
from tests.factories.funds import MILLION
from tests.factories.people import MembershipFactory, fund
from tests.factories.tasks import step

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


def tell():
    """A running task, of which nothing is asked for yet."""
    who = made.house()
    return SimpleNamespace(who=who, task=made.running(who))


@pytest.fixture
def task(story):
    return story.task


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
    # The minutes would call it a lump sum: this is no number that a province may set otherwise.
    assert [blocking for _text, _source, blocking in ruled(settlement, "file", signer)] == [True]
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
    # Read anew, with the second role.
    writer = User.objects.get(pk=who.fund_officer.pk)
    assert said(task, "close_recovery", writer) == [same]
    assert said(task, "close_recovery", who.accountant) == []


def test_what_no_year_was_granted_goes_back_to_the_plan_at_the_liquidation(who):
    task = made.contracted(who, grant=False)
    made.grant(who, task, 2026, 450 * MILLION)
    step(task, "start", who.people.officer)
    made.paid(who, task)
    made.settled(who, task, 450 * MILLION)
    made.recognised(who, task)
    free = room_of(Payer.FUND)
    made.liquidate(who, task, "Đợt sau không được giao dự toán")
    assert {name: amount for name, amount in books_of(task).balances.items() if amount} == {
        Bucket.SETTLED: 450 * MILLION
    }
    assert (room_of(Payer.FUND) - free, list(faults())) == (450 * MILLION, [])


def test_another_account_is_asked_about_at_every_desk(who, task):
    request = made.request(who, task)
    elsewhere = {"account": "0011 2233", "bank": "Ngân hàng khác"}
    services.edit_disbursement(request, actor=who.people.applicant, facts=elsewhere)
    request.refresh_from_db()
    contract, reason = task.contract, "Đơn vị đổi kho bạc giao dịch"
    named = f"The contract names another account: {contract.host_account}, {contract.host_bank}."
    warning = f"{named} Say why the money goes elsewhere."
    for name, desk in (("request", who.people.signer), ("examine", who.fund_officer), ("verify", who.accountant)):
        assert said(request, name, desk) == [warning]
        step(request, name, desk, reason=reason)
    assert said(request, "approve", who.director) == [warning]
    made.fund_paper(who, request, "approve", reason=reason)
    made.entered(who, request)
    request.refresh_from_db()
    assert said(request, "pay", who.accountant) == [warning]


def test_a_report_that_falls_due_on_the_way_and_an_amended_plan_are_seen_at_the_end(who, task):
    request = made.verified(who, task)
    report = task.reports.order_by("due_date").first()
    with clock.moved_to(clock.instant(report.due_date + timedelta(days=3))):
        late = f"Report {report.code} was due on {report.due_date:%d/%m/%Y}: nothing is paid before it is filed."
        assert said(request, "approve", who.director) == [late]
    Instalment.objects.filter(pk=request.instalment_id).update(amount_vnd=100 * MILLION)
    request.refresh_from_db()
    assert said(request, "approve", who.director) == ["The plan of payments has changed since: save the request again."]


def voided(who, record, kind):
    paper = Document.objects.get(subject_code=record.code, kind=kind)
    ask_void(paper, actor=who.people.clerk, reason="Sai thể thức")
    void_document(paper, actor=who.people.head)
    return f"These papers are void, and no valid one stands in their place: {paper.symbol}."


def test_nothing_is_approved_under_a_void_contract(who, task):
    request = made.verified(who, task)
    void = voided(who, task, DocumentKind.CONTRACT)
    assert said(request, "approve", who.director) == [void]
    with pytest.raises(StepRefused):
        made.fund_paper(who, request, "approve", reason="Vẫn chi")
    request.refresh_from_db()
    assert request.state == "verified"


def test_what_the_bank_paid_on_a_void_decision_is_booked_only_with_a_reason(who, task):
    payment = made.approved(who, task)
    void = voided(who, payment, DocumentKind.DISBURSEMENT_DECISION)
    made.entered(who, payment)
    payment.refresh_from_db()
    assert said(payment, "pay", who.accountant) == [void]
    with pytest.raises(StepRefused):
        step(payment, "pay", who.accountant)
    step(payment, "pay", who.accountant, reason="Kho bạc đã chuyển trước khi hủy quyết định")
    assert payment.state == "paid"


def test_the_bank_has_not_paid_before_the_approval(who, task):
    payment = made.approved(who, task)
    yesterday = clock.today() - timedelta(days=1)
    with pytest.raises(ValidationError) as refused, override("en"):
        made.entered(who, payment, paid_on=yesterday)
    assert refused.value.message_dict == {"paid_on": [f"The payment was approved only on {clock.today():%d/%m/%Y}."]}


def test_one_answer_of_the_bank_proves_one_payment(who, task):
    made.entered(who, made.approved(who, task), bank_reference="ft 26-01")
    second = made.approved(who, made.running(who))
    with pytest.raises(ValidationError) as refused, override("en"):
        made.entered(who, second, bank_reference="FT 26-01")
    assert refused.value.messages == ["This bank reference proves another payment already."]
    made.entered(who, second, bank_reference="FT 26-02")


def test_one_answer_of_the_bank_proves_one_repayment_after_the_order(who, task):
    made.paid(who, task)
    made.terminated(who, task, spent=0, accepted=0)
    made.recovering(who, task, 450 * MILLION)
    ordered = f"The recovery was ordered only on {clock.today():%d/%m/%Y}."
    with pytest.raises(ValidationError) as refused, override("en"):
        made.recorded(who, task, 100 * MILLION, received_on=clock.today() - timedelta(days=1))
    assert refused.value.message_dict == {"received_on": [ordered]}
    first = made.recorded(who, task, 100 * MILLION, bank_reference="FT1")
    with pytest.raises(ValidationError) as refused, override("en"):
        made.recorded(who, task, 100 * MILLION, bank_reference="ft1")
    assert refused.value.messages == ["This bank reference proves another repayment already."]
    step(first, "strike", who.accountant, reason="Nhập nhầm")
    made.recorded(who, task, 100 * MILLION, bank_reference="FT1")


def test_a_payment_dated_in_a_year_that_is_over_is_explained(who, task):
    payment = made.approved(who, task)
    made.entered(who, payment)
    payment.refresh_from_db()
    with clock.moved_to(clock.instant(date(2027, 1, 5))):
        over = f"The bank's day, {payment.paid_on:%d/%m/%Y}, lies in a budget year that is over"
        assert said(payment, "pay", who.accountant) == [f"{over}: say why it is booked only now."]
        with pytest.raises(StepRefused):
            step(payment, "pay", who.accountant)
        step(payment, "pay", who.accountant, reason="Kho bạc gửi giấy báo chậm")
    assert payment.state == "paid"
