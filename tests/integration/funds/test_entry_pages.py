"""What is entered on the pages of the fund: plans, estimates, requests, payments, repayments, each form sent."""

import re
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils.translation import override

from core.people.roles import Payer
from funds import services
from funds.models import Disbursement, RecoveryClosing, Repayment, YearEstimate, YearPlan
from funds.models.plans import Standing
from funds.selectors.books import books_of, room_of
from tasks.models import Precondition
from tasks.selectors import instalment_obstacle
from tests.factories import funds as made
from tests.factories.browsing import opened, sent, shown, typed_in
from tests.factories.documents import scan
from tests.factories.funds import MILLION
from tests.factories.tasks import step

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
TODAY = "2026-03-02"


def tell():
    """A contract that takes the whole plan, and for which no year is granted yet."""
    who = made.house()
    return SimpleNamespace(who=who, task=made.contracted(who, grant=False))


@pytest.fixture
def task(story):
    return story.task


@pytest.fixture
def granted(who, task):
    """The same contract with its years granted."""
    made.grant_all(who, task)
    return task


def url(name, *args):
    return reverse(f"funds:{name}", args=args)


def test_a_draft_is_the_hosts_own(client_for, who, granted):
    draft = made.request(who, granted)
    assert client_for(who.director).get(draft.get_absolute_url()).status_code == 404
    opened(client_for(who.people.applicant), draft.get_absolute_url())


PAPER = {"decision": "Giao kế hoạch", "number": "12/QĐ-UBND", "decided_on": TODAY}
PLAN = {"year": 2026, "payer": "fund", "amount_vnd": "5.000.000.000", **PAPER}


def test_a_plan_is_entered_once_confirmed_by_another_and_withdrawn_by_two(client_for, who):
    client, second = client_for(who.accountant), client_for(who.director, "en")
    data = {**PLAN, "key": str(uuid4())}
    for _ in range(2):
        assert client.post(url("plan-create"), {**data, "scan": scan()}).url == url("plan-list")
    plan = YearPlan.objects.get(number=PLAN["number"])
    assert (plan.amount_vnd, room_of("fund")) == (5_000 * MILLION, 0)
    assert "Waits for a second person" in opened(second, url("plan-list"))
    assert client.get(url("plan-answer", plan.code)).status_code == 404
    page = opened(second, url("plan-answer", plan.code))
    assert [words in page for words in ("5,000,000,000", "12/QĐ-UBND", str(who.accountant))] == [True] * 3
    opened_file(second, plan.scan.code)
    assert list(sent(second, url("plan-answer", plan.code), answer="refused").context["form"].errors) == ["reason"]
    assert typed_in(second, url("plan-answer", plan.code), answer="agreed").url == url("plan-list")
    assert room_of("fund") == 5_000 * MILLION
    sent(client, url("plan-withdraw", plan.code), reason="Nhập sai")
    assert (room_of("fund"), client.get(url("plan-withdraw", plan.code)).status_code) == (5_000 * MILLION, 404)
    typed_in(second, url("plan-answer", plan.code), answer="agreed")
    assert room_of("fund") == 0


def opened_file(client, code):
    """The scan of a decision, as the second person reads it."""
    answer = client.get(reverse("documents:file-download", args=[code]))
    assert b"".join(answer.streaming_content).startswith(b"%PDF")


def test_an_estimate_above_the_contract_is_refused_beside_its_field(client_for, who, task):
    data = {"year": 2026, "amount_vnd": "451.000.000", **PAPER}
    client = client_for(who.fund_officer)
    answer = sent(client, url("estimate-create", task.code), **data, scan=scan())
    assert list(answer.context["form"].errors) == ["amount_vnd"]
    sent(client, url("estimate-create", task.code), **{**data, "amount_vnd": "450.000.000", "scan": scan()})
    estimate, second = YearEstimate.objects.get(), client_for(who.accountant)
    assert books_of(task).year(2026).allocated_vnd == 0
    typed_in(second, url("estimate-answer", estimate.code), answer="agreed")
    assert books_of(task).year(2026).allocated_vnd == 450 * MILLION
    sent(client, url("estimate-withdraw", estimate.code), reason="Nhầm")
    typed_in(second, url("estimate-answer", estimate.code), answer="agreed")
    assert books_of(task).year(2026).allocated_vnd == 0


def test_a_year_is_granted_to_all(client_for, who, task):
    data = {"year": 2026, "payer": "fund", **PAPER, "scan": scan()}
    answer = sent(client_for(who.accountant), url("estimate-create-all"), **data)
    estimate = YearEstimate.objects.get()
    typed_in(client_for(who.director), url("estimate-answer", estimate.code), answer="agreed")
    assert answer.url == f"{url('estimate-list')}?year=2026"
    assert books_of(task).year(2026).allocated_vnd == 450 * MILLION
    assert task.code in opened(client_for(who.accountant), answer.url)


CHANGED = "This record has changed since you opened the page. Open it again and look before you go on."


def test_an_agreement_to_an_entry_is_none_to_its_withdrawal(client_for, who):
    plan = made.entered_plan(MILLION, actor=who.fund_officer)
    client, address = client_for(who.accountant, "en"), url("plan-answer", plan.code)
    words = {**shown(client.get(address)), "answer": "agreed", "reason": "Đã đối chiếu"}
    services.answer_year_plan(plan, actor=who.director, agrees=True)
    services.withdraw_year_plan(plan, actor=who.fund_officer, reason="Nhập sai")
    for digest in (words["shown"], ""):
        form = client.post(address, {**words, "shown": digest}).context["form"]
        assert (form.non_field_errors(), form["reason"].value()) == ([CHANGED], "Đã đối chiếu")
    plan.refresh_from_db()
    assert (plan.standing, room_of(Payer.FUND)) == (Standing.WITHDRAWAL_ASKED, MILLION)


def slipped_under(estimate, task):
    """Another estimate in the batch of one, as no form can enter it: of another year, on another decision."""
    other = made.entered_grant(made.house(), task, 2027, MILLION, decision=made.decision(number="99/QĐ-MA"))
    YearEstimate.objects.filter(pk=other.pk).update(batch=estimate.batch)


def test_every_paper_of_a_batch_is_seen_and_none_comes_in_after_the_look(client_for, who, task):
    one, other = task, made.contracted(who, grant=False)
    first = made.entered_grant(who, one, 2026, MILLION)
    client, address = client_for(who.accountant, "en"), url("estimate-answer", first.code)
    words = {**shown(client.get(address)), "answer": "agreed"}
    slipped_under(first, other)
    assert client.post(address, words).context["form"].non_field_errors() == [CHANGED]
    assert not YearEstimate.objects.exclude(transfer=None).exists()
    page = client.get(address)
    facts = [(str(fact.label), fact.value) for fact in page.context["facts"]]
    assert facts[:2] == [
        (f"{one.code} · 2026 · 01/QĐ-UBND · Giao kế hoạch", MILLION),
        (f"{other.code} · 2027 · 99/QĐ-MA · Giao kế hoạch", MILLION),
    ]
    papers = [value for label, value in facts if label in {"Budget year", "Number and symbol"}]
    assert papers == ["2026", "01/QĐ-UBND", "2027", "99/QĐ-MA"]
    assert typed_in(client, address, answer="agreed").status_code == 302
    assert YearEstimate.objects.exclude(transfer=None).count() == 2


def test_the_host_asks_for_its_instalment(client_for, who, granted):
    client = client_for(who.people.applicant)
    opened(client, f"{url('disbursement-create', granted.code)}?instalment=1")
    data = {"instalment": "1", "account": "3713.0.9", "bank": "Kho bạc", "purpose": "Mua vật tư", "key": str(uuid4())}
    answers = [client.post(url("disbursement-create", granted.code), data) for _ in range(2)]
    disbursement = Disbursement.objects.get()
    assert [answer.url for answer in answers] == [disbursement.get_absolute_url()] * 2
    late = sent(client, url("disbursement-create", granted.code), **{**data, "key": str(uuid4())})
    assert late.context["form"].errors == {"instalment": ["Đợt này đã được đề nghị cấp kinh phí."]}
    assert [number for number, _words in late.context["form"].fields["instalment"].choices] == ["2", "3"]
    waiting = sent(client, url("disbursement-create", granted.code), **{**data, "instalment": "2", "key": str(uuid4())})
    refused = [str(line.text) for line in waiting.context["form"].refused]
    assert (refused, waiting.context["form"].errors) == ([obstacle_of(granted, 2)], {})
    assert refused[0] in waiting.content.decode()
    sent(client, url("disbursement-edit", disbursement.code), account="3713.0.10", bank="Kho bạc", purpose="")
    disbursement.refresh_from_db()
    assert disbursement.account == "3713.0.10"


def obstacle_of(task, number):
    """What the instalment waits for, in Vietnamese."""
    with override("vi"):
        return instalment_obstacle(task.contract.instalments.get(sequence=number))


def test_the_task_s_page_says_what_an_instalment_waits_for(client_for, who, granted):
    made.request(who, granted)
    with override("vi"):
        condition = Precondition(granted.contract.instalments.get(sequence=2).precondition).label
    page = client_for(who.people.applicant).get(granted.get_absolute_url())
    said = re.search(r'refused-why">([^<]*)<', page.content.decode())
    assert (said[1], str(condition) in page.content.decode()) == (obstacle_of(granted, 2), True)


def test_the_course_of_a_task_says_how_far_each_payment_is(client_for, who, granted):
    request = made.request(who, granted)
    client = client_for(who.fund_officer, "en")

    def first():
        page = opened(client, reverse("tasks:task-course", args=[granted.code]))
        return page.split("Instalments", 1)[1].split("Progress reports", 1)[0]

    assert "Not requested" in first()
    step(request, "request", who.people.signer)
    assert re.search(r"2026 Requested 2 ", first())
    step(request, "examine", who.fund_officer)
    step(request, "verify", who.accountant)
    made.fund_paper(who, request, "approve")
    assert re.search(r"2026 Approved 2 ", first())
    made.entered(who, request)
    step(request, "pay", who.accountant)
    assert re.search(r"2026 Paid 2 ", first())


def test_the_banks_answer_is_entered_by_one_and_confirmed_by_another(client_for, who, granted):
    disbursement = made.approved(who, granted)
    client = client_for(who.fund_officer)
    tomorrow = sent(client, url("payment-enter", disbursement.code), bank_reference="KB-1", paid_on="2026-03-03")
    assert list(tomorrow.context["form"].errors) == ["paid_on"]
    empty = sent(client, url("payment-enter", disbursement.code))
    assert sorted(empty.context["form"].errors) == ["bank_reference", "paid_on"]
    sent(client, url("payment-enter", disbursement.code), bank_reference="KB-1", paid_on=TODAY)
    disbursement.refresh_from_db()
    assert (disbursement.bank_reference, disbursement.paid_entered_by) == ("KB-1", who.fund_officer)
    sent(client, url("ground-write", disbursement.code), annulment_ground="Sai tài khoản")
    disbursement.refresh_from_db()
    assert disbursement.annulment_ground == "Sai tài khoản"


def test_a_repayment_is_recorded_and_a_ground_for_closing(client_for, who):
    task = made.walked(who)
    client = client_for(who.fund_officer)
    data = {"amount_vnd": "10.000.000", "received_on": TODAY, "bank_reference": "NT-9", "key": str(uuid4())}
    for _ in range(2):
        client.post(url("repayment-create", task.code), data)
    assert Repayment.objects.filter(bank_reference="NT-9").count() == 1
    above = sent(client, url("repayment-create", task.code), **{**data, "amount_vnd": "351.000.000", "key": uuid4()})
    assert list(above.context["form"].errors) == ["amount_vnd"]
    later = sent(client, url("repayment-create", task.code), **{**data, "received_on": "2026-03-03", "key": uuid4()})
    assert list(later.context["form"].errors) == ["received_on"]
    closing = {"ground": "court", "decision": "Bản án 5", "decided_on": TODAY, "note": ""}
    opened(client, url("closing-create", task.code))
    sent(client, url("closing-create", task.code), **closing)
    assert RecoveryClosing.objects.get().missing_vnd == 350 * MILLION
    future = sent(client, url("closing-create", task.code), **{**closing, "decided_on": "2026-03-03"})
    assert list(future.context["form"].errors) == ["decided_on"]
