"""Every page answers, shows what it should, hides the rest, and takes no bad input."""

import re
from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils.translation import override

from core import clock
from core.people.roles import Payer, Role
from funds import services
from funds.models import Disbursement, RecoveryClosing, Repayment, Settlement, YearEstimate, YearPlan
from funds.models.plans import Standing
from funds.selectors.books import books_of, room_of
from tasks.models import Precondition
from tasks.selectors import instalment_obstacle
from tests.factories import funds as made
from tests.factories.browsing import shown, typed_in
from tests.factories.documents import scan
from tests.factories.funds import MILLION
from tests.factories.people import user_with
from tests.factories.tasks import step

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
LIST_LIMIT, DETAIL_LIMIT, BOARD_LIMIT = 12, 20, 15
TODAY = "2026-03-02"


@pytest.fixture
def paid(who):
    """A running task, its first instalment paid and partly settled."""
    task = made.running(who)
    made.paid(who, task)
    made.settled(who, task, 300 * MILLION)
    return task


def url(name, *args):
    return reverse(f"funds:{name}", args=args)


def opened(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def sent(client, address, **data):
    return client.post(address, {"key": str(uuid4()), **data})


LISTS = ["plan-list", "estimate-list", "disbursement-list", "settlement-list", "repayment-list"]


@pytest.mark.parametrize("name", ["overview", *LISTS])
@pytest.mark.parametrize("language", ["vi", "en", "ar"])
def test_pages_answer_in_every_language(client_for, who, paid, name, language):
    opened(client_for(who.fund_officer, language), url(name))


def test_the_overview_says_where_the_money_is(client_for, who, paid):
    made.plan(5_000 * MILLION)
    text = opened(client_for(who.fund_officer, "en"), url("overview"))
    assert "Plan of 2026 5.9 billion đồng free in all plans: 5.0 billion đồng" in text
    assert "Granted for 2026 450.0 million đồng Paid" in text
    assert "Paid in 2026 450.0 million đồng 100% of what is granted" in text
    assert f"{paid.code} " in text
    other = opened(client_for(who.fund_officer, "en"), f"{url('overview')}?payer={Payer.DEPARTMENT_BUDGET}")
    assert "Plan of 2026 0 đồng" in other
    assert "Every advance is settled." in other


@pytest.mark.parametrize("name", ["overview", *LISTS])
def test_lists_ask_the_same_questions_however_long_they_are(client_for, django_assert_max_num_queries, who, name):
    client = client_for(who.fund_officer)
    limit = BOARD_LIMIT if name == "overview" else LIST_LIMIT
    walk(who)
    client.get(url(name))
    with django_assert_max_num_queries(limit) as few:
        client.get(url(name))
    walk(who)
    walk(who)
    with django_assert_max_num_queries(limit) as many:
        client.get(url(name))
    assert len(few.captured_queries) == len(many.captured_queries)


def walk(who):
    """A task with one paper of each kind."""
    task = made.running(who)
    made.paid(who, task)
    made.settled(who, task, 100 * MILLION)
    made.terminated(who, task, spent=200 * MILLION, accepted=100 * MILLION)
    made.recovering(who, task, 350 * MILLION)
    made.recorded(who, task, 50 * MILLION)
    return task


def test_details_stay_within_their_questions(client_for, django_assert_max_num_queries, who):
    task = walk(who)
    papers = [task.disbursements.get(), task.settlements.get(), task.repayments.get()]
    client = client_for(who.fund_officer)
    addresses = [*(paper.get_absolute_url() for paper in papers), url("ledger-detail", task.code)]
    for address in addresses:
        client.get(address)
        with django_assert_max_num_queries(DETAIL_LIMIT):
            opened(client, address)


def test_the_page_of_a_task_shows_its_money(client_for, django_assert_max_num_queries, who, paid):
    client = client_for(who.people.signer, "en")
    client.get(paid.get_absolute_url())
    with django_assert_max_num_queries(DETAIL_LIMIT):
        text = opened(client, paid.get_absolute_url())
    assert "Instalment 1: 450,000,000 đồng" in text
    assert "Advances not settled 150,000,000 đồng" in text
    assert "Write a settlement" in text
    assert "Ledger" not in text
    assert "Ledger" in opened(client_for(who.inspector, "en"), paid.get_absolute_url())


# ── Who sees what ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_councils_and_strangers_see_nothing(client_for, who, paid):
    papers = [paid.disbursements.get(), paid.settlements.get()]
    strangers = [user_with(Role.COUNCIL_MEMBER), user_with(Role.ORGANISATION_SIGNER), user_with(Role.RECEIVING_BODY)]
    for stranger in strangers:
        client = client_for(stranger)
        assert [client.get(paper.get_absolute_url()).status_code for paper in papers] == [404, 404]
        assert client.get(url("overview")).status_code == 404
    assert client_for(strangers[0]).get(url("disbursement-list")).status_code == 404
    text = opened(client_for(strangers[1]), url("disbursement-list"))
    assert paid.code not in text


def test_the_overview_says_what_is_granted_out_of_earlier_plans(client_for, who, paid):
    made.contracted(who, approved_on=date(2025, 11, 3))
    text = opened(client_for(who.fund_officer, "en"), url("overview"))
    before = "of it for tasks approved before 2026, from earlier plans: 450.0 million đồng"
    assert f"Granted for 2026 900.0 million đồng {before}" in text


def test_the_cards_lead_to_the_lists_of_the_same_payer(client_for, who, paid):
    made.paid(who, made.running(who, payer=Payer.DEPARTMENT_BUDGET))
    client = client_for(who.fund_officer, "en")
    figures = client.get(f"{url('overview')}?payer={Payer.DEPARTMENT_BUDGET}").context["figures"]
    assert [f"payer={Payer.DEPARTMENT_BUDGET}" in figure.url for figure in figures] == [True] * 4
    listed = [paper.task.payer for paper in client.get(figures[2].url).context["page"].object_list]
    assert listed == [Payer.DEPARTMENT_BUDGET]


def test_the_shares_of_a_whole_add_up(client_for, who, paid):
    panels = client_for(who.fund_officer, "en").get(url("overview")).context["panels"]
    (lines,) = (one.context["lines"] for one in panels if "lines" in one.context)
    assert sum(line.percent for line in lines) == 100


def test_the_estimates_of_a_year_have_their_sums(client_for, who, paid):
    client = client_for(who.fund_officer, "en")
    text = opened(client, f"{url('estimate-list')}?year=2027")
    sums = "Granted, not paid 270.0 million đồng 270,000,000 đồng Paid 0 đồng"
    assert sums in text
    none = opened(client, f"{url('estimate-list')}?year=2027&payer={Payer.DEPARTMENT_BUDGET}")
    assert "Granted, not paid 0 đồng 0 đồng" in none


def test_the_host_sees_its_own_and_everybody_inside_all(client_for, who, paid):
    people = who.people
    for reader in (people.signer, people.applicant, people.officer, who.director, who.inspector, people.chair):
        client = client_for(reader)
        for paper in (paid.disbursements.get(), paid.settlements.get()):
            opened(client, paper.get_absolute_url())
    assert paid.code in opened(client_for(people.signer), url("disbursement-list"))
    assert client_for(people.signer).get(url("ledger-detail", paid.code)).status_code == 404
    opened(client_for(who.inspector), url("ledger-detail", paid.code))


def test_a_draft_is_the_hosts_own(client_for, who):
    draft = made.request(who, made.contracted(who))
    assert client_for(who.director).get(draft.get_absolute_url()).status_code == 404
    opened(client_for(who.people.applicant), draft.get_absolute_url())


def test_only_the_fund_finds_the_forms(client_for, who, paid):
    approved = made.approved(who, made.contracted(who))
    addresses = [
        url("plan-create"),
        url("estimate-create-all"),
        url("estimate-create", paid.code),
        url("payment-enter", approved.code),
        url("ground-write", approved.code),
    ]
    for address in addresses:
        opened(client_for(who.fund_officer), address)
        for stranger in (who.people.signer, who.people.officer, who.inspector):
            assert client_for(stranger).get(address).status_code == 404


# ── Forms ────────────────────────────────────────────────────────────────────────────────────────────────────────────

PAPER = {"decision": "Giao kế hoạch", "number": "12/QĐ-UBND", "decided_on": TODAY}
PLAN = {"year": 2026, "payer": "fund", "amount_vnd": "5.000.000.000", **PAPER}


def test_a_plan_is_entered_once_confirmed_by_another_and_withdrawn_by_two(client_for, who):
    client, second = client_for(who.accountant), client_for(who.director, "en")
    data = {**PLAN, "key": str(uuid4())}
    for _ in range(2):
        assert client.post(url("plan-create"), {**data, "scan": scan()}).url == url("plan-list")
    plan = YearPlan.objects.get()
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


@pytest.mark.parametrize("amount", ["", "0", "-5", "1,5", "nhiều", "1.000.000.000.000.001"])
def test_a_bad_amount_comes_back_with_its_error_and_nothing_is_lost(client_for, who, paid, amount):
    for user, address, field, rest in (
        (who.accountant, url("plan-create"), "amount_vnd", PLAN),
        (who.fund_officer, url("estimate-create", paid.code), "amount_vnd", {**PLAN, "year": 2028}),
        (
            who.people.applicant,
            url("settlement-create", paid.code),
            "spent_vnd",
            {"report": "Báo cáo", "lines-TOTAL_FORMS": 0, "lines-INITIAL_FORMS": 0, "returned_vnd": "0"},
        ),
    ):
        counts = (YearPlan.objects.count(), YearEstimate.objects.count(), Settlement.objects.count())
        answer = sent(client_for(user), address, **{**rest, field: amount})
        assert answer.status_code == 200
        assert field in answer.context["form"].errors
        assert f'value="{amount}"' in answer.content.decode() or not amount
        assert counts == (YearPlan.objects.count(), YearEstimate.objects.count(), Settlement.objects.count())


def test_a_form_without_anything_names_every_field(client_for, who, paid):
    answer = sent(client_for(who.accountant), url("plan-create"))
    assert sorted(answer.context["form"].errors) == [
        "amount_vnd",
        "decided_on",
        "decision",
        "number",
        "payer",
        "scan",
        "year",
    ]


def test_an_estimate_above_the_contract_is_refused_beside_its_field(client_for, who):
    task = made.contracted(who, grant=False)
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


def test_a_year_is_granted_to_all(client_for, who):
    task = made.contracted(who, grant=False)
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


def test_every_paper_of_a_batch_is_seen_and_none_comes_in_after_the_look(client_for, who):
    one, other = made.contracted(who, grant=False), made.contracted(who, grant=False)
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


def test_the_host_asks_for_its_instalment(client_for, who):
    task = made.contracted(who)
    client = client_for(who.people.applicant)
    opened(client, f"{url('disbursement-create', task.code)}?instalment=1")
    data = {"instalment": "1", "account": "3713.0.9", "bank": "Kho bạc", "purpose": "Mua vật tư", "key": str(uuid4())}
    answers = [client.post(url("disbursement-create", task.code), data) for _ in range(2)]
    disbursement = Disbursement.objects.get()
    assert [answer.url for answer in answers] == [disbursement.get_absolute_url()] * 2
    late = sent(client, url("disbursement-create", task.code), **{**data, "key": str(uuid4())})
    assert late.context["form"].errors == {"instalment": ["Đợt này đã được đề nghị cấp kinh phí."]}
    assert [number for number, _words in late.context["form"].fields["instalment"].choices] == ["2", "3"]
    waiting = sent(client, url("disbursement-create", task.code), **{**data, "instalment": "2", "key": str(uuid4())})
    refused = [str(line.text) for line in waiting.context["form"].refused]
    assert (refused, waiting.context["form"].errors) == ([obstacle_of(task, 2)], {})
    assert refused[0] in waiting.content.decode()
    sent(client, url("disbursement-edit", disbursement.code), account="3713.0.10", bank="Kho bạc", purpose="")
    disbursement.refresh_from_db()
    assert disbursement.account == "3713.0.10"


def obstacle_of(task, number):
    """What the instalment waits for, in Vietnamese."""
    with override("vi"):
        return instalment_obstacle(task.contract.instalments.get(sequence=number))


def test_the_task_s_page_says_what_an_instalment_waits_for(client_for, who):
    task = made.contracted(who)
    made.request(who, task)
    with override("vi"):
        condition = Precondition(task.contract.instalments.get(sequence=2).precondition).label
    page = client_for(who.people.applicant).get(task.get_absolute_url())
    said = re.search(r'refused-why">([^<]*)<', page.content.decode())
    assert (said[1], str(condition) in page.content.decode()) == (obstacle_of(task, 2), True)


def test_the_course_of_a_task_says_how_far_each_payment_is(client_for, who):
    task = made.contracted(who)
    request = made.request(who, task)
    client = client_for(who.fund_officer, "en")

    def first():
        page = opened(client, reverse("tasks:task-course", args=[task.code]))
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


def test_the_banks_answer_is_entered_by_one_and_confirmed_by_another(client_for, who):
    disbursement = made.approved(who, made.contracted(who))
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


LINES = {
    "lines-TOTAL_FORMS": 2,
    "lines-INITIAL_FORMS": 0,
    "lines-0-item": "Công lao động",
    "lines-0-approved_vnd": "400.000.000",
    "lines-0-spent_vnd": "100.000.000",
    "lines-1-item": "Vật tư",
    "lines-1-approved_vnd": "50.000.000",
    "lines-1-spent_vnd": "20.000.000",
}


def test_a_settlement_adds_up_and_stays_within_the_advances(client_for, who, paid):
    client = client_for(who.people.applicant)
    facts = {"returned_vnd": "0", "report": "Đã chi đúng", **LINES}
    wrong = sent(client, url("settlement-create", paid.code), **facts, spent_vnd="130.000.000")
    assert list(wrong.context["form"].errors) == ["spent_vnd"]
    above = sent(client, url("settlement-create", paid.code), **facts, spent_vnd="151.000.000")
    assert list(above.context["form"].errors) == ["spent_vnd"]
    answer = sent(client, url("settlement-create", paid.code), **facts, spent_vnd="120.000.000")
    settlement = Settlement.objects.get(state="draft")
    assert answer.url == settlement.get_absolute_url()
    assert [line.spent_vnd for line in settlement.lines.all()] == [100 * MILLION, 20 * MILLION]
    second = sent(client, url("settlement-create", paid.code), **facts, spent_vnd="120.000.000")
    assert second.context["form"].non_field_errors()
    opened(client, url("settlement-edit", settlement.code))
    sent(
        client,
        url("settlement-edit", settlement.code),
        **{**facts, "spent_vnd": "100.000.000", "lines-1-spent_vnd": "0", "lines-INITIAL_FORMS": 2},
    )
    settlement.refresh_from_db()
    assert (settlement.spent_vnd, settlement.lines.count()) == (100 * MILLION, 1)
    opened(client, settlement.get_absolute_url())
    step(settlement, "drop", who.people.signer)
    assert settlement.is_final


def test_a_repayment_is_recorded_and_a_ground_for_closing(client_for, who):
    task = walk(who)
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


@pytest.mark.parametrize("year", ["", "1999", "2101", "20x6", "２０２６", "99999999"])
def test_a_nonsense_year_is_this_year(client_for, who, paid, year):
    text = opened(client_for(who.fund_officer, "en"), f"{url('estimate-list')}?year={year}")
    assert f"Year estimates of {clock.today().year}" in text


def test_lists_are_searched_and_filtered(client_for, who, paid):
    client = client_for(who.fund_officer)
    assert paid.code in opened(client, f"{url('disbursement-list')}?q=nuoi tom&state=paid&year=2026")
    assert paid.code not in opened(client, f"{url('disbursement-list')}?q=khong co")
    assert paid.code in opened(client, f"{url('settlement-list')}?q={paid.code}&state=settled")
    assert paid.code in opened(client, f"{url('estimate-list')}?year=2027&q=nuoi tom")
    assert paid.code not in opened(client, f"{url('estimate-list')}?year=2027&waiting=on")
