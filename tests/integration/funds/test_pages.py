"""The pages of a task that was paid: every page answers, shows what it should, hides the rest, takes no bad input."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.urls import reverse

from core import clock
from core.people.roles import Payer, Role
from funds.models import Settlement, YearEstimate, YearPlan
from tests.factories import funds as made
from tests.factories.browsing import opened, sent
from tests.factories.funds import MILLION
from tests.factories.people import user_with
from tests.factories.tasks import step

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
DETAIL_LIMIT = 20
TODAY = "2026-03-02"


def tell():
    """A running task, its first instalment paid and partly settled."""
    who = made.house()
    paid = made.running(who)
    made.paid(who, paid)
    made.settled(who, paid, 300 * MILLION)
    return SimpleNamespace(who=who, paid=paid)


@pytest.fixture
def paid(story):
    return story.paid


def url(name, *args):
    return reverse(f"funds:{name}", args=args)


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


@pytest.mark.parametrize(
    ("language", "heads", "event"),
    [
        ("vi", ("Từ khoản", "Sang khoản"), "Phê duyệt nhiệm vụ"),
        ("ar", ("من الحساب", "إلى الحساب"), "اعتماد المهمة"),
        ("en", ("From", "To"), "Approval of the task"),
    ],
)
def test_the_ledger_speaks_of_accounts_and_acts_not_of_days(client_for, who, paid, language, heads, event):
    text = opened(client_for(who.inspector, language), url("ledger-detail", paid.code))
    assert [word in text for word in (*heads, event)] == [True] * 3
    assert "Ngày phê duyệt nhiệm vụ" not in text


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


def test_the_ground_of_an_annulment_stands_among_what_leads_off(client_for, who):
    disbursement = made.approved(who, made.contracted(who))
    page = client_for(who.fund_officer, "en").get(disbursement.get_absolute_url())
    address = url("ground-write", disbursement.code)
    assert [str(one.label) for one in page.context["more"] if one.url == address] == [
        "Write the ground of an annulment"
    ]
    assert address not in [one.url for one in page.context["actions"]]
