"""How the money of a task ends: settled and liquidated, or recovered and repaid."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied

from core import clock
from core.people.roles import Payer
from core.regulations import parameter
from core.workflow.ruling import StepRefused
from core.workflow.selectors import available_steps
from funds.choices import Bucket
from funds.selectors.books import room_of
from funds.verification import faults
from tasks.models import Cause
from tasks.selectors import money
from tests.factories import funds as made
from tests.factories.asking import ruled
from tests.factories.funds import MILLION, lies
from tests.factories.tasks import paper, step

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
GIVEN_UP = "Đơn vị không đề nghị cấp các đợt còn lại"


def tell():
    """A running task whose first instalment is paid."""
    who = made.house()
    task = made.running(who)
    made.paid(who, task)
    return SimpleNamespace(who=who, task=task)


@pytest.fixture
def task(story):
    return story.task


def refusals(subject, name, actor, **more):
    with pytest.raises(StepRefused) as refused:
        step(subject, name, actor, **more)
    return [str(one) for one in refused.value.refusals]


@pytest.mark.parametrize("language", ["en"], indirect=True)
def test_a_good_end_frees_what_was_not_paid(who, task, language):
    made.recognised(who, task)
    words = {"held_on": clock.today(), "place": "Sở", "handover": "01 quy trình"}
    made.save_liquidation(task, actor=who.people.officer, facts=words)
    open_advance = ["450,000,000 đồng of the advances are not settled."]
    assert refusals(task, "liquidate", who.people.director, reason=GIVEN_UP) == open_advance
    settlement = made.draft_settlement(who, task, 430 * MILLION, 20 * MILLION)
    step(settlement, "file", who.people.signer)
    assert refusals(task, "liquidate", who.people.director, reason=GIVEN_UP) == open_advance
    step(settlement, "examine", who.fund_officer)
    step(settlement, "settle", who.accountant)
    unpaid = "450,000,000 of the contract's 900,000,000 đồng were never paid and will be given up: say why."
    confirm = "A rule that still has to be confirmed speaks against it: give a reason."
    assert refusals(task, "liquidate", who.people.director) == [unpaid, confirm]
    paper(task, "liquidate", who.people, who.people.director, reason=GIVEN_UP)
    assert (task.state, lies(task)) == ("liquidated", {Bucket.SETTLED: 430})
    assert room_of(Payer.FUND) == 470 * MILLION
    assert list(faults()) == []


@pytest.mark.parametrize("language", ["en"], indirect=True)
def test_a_payment_under_way_keeps_a_contract_from_being_liquidated(who, task, language):
    made.settled(who, task, 450 * MILLION)
    made.recognised(who, task)
    task.contract.instalments.filter(sequence=2).update(precondition="signed", budget_year=2027)
    disbursement = made.request(who, task, 2)
    task.contract.instalments.filter(sequence=2).update(precondition="results_accepted")
    with made.clock.moved_to(made.clock.instant(made.clock.today().replace(year=2027))):
        step(disbursement, "request", who.people.signer)
        words = {"held_on": clock.today(), "place": "Sở", "handover": "01 quy trình"}
        made.save_liquidation(task, actor=who.people.officer, facts=words)
        still_open = [f"Still open: {task.code}.CP02."]
        assert refusals(task, "liquidate", who.people.director, reason=GIVEN_UP) == still_open


def test_the_end_of_a_contract_stops_every_payment(who):
    task = made.running(who)
    approved = made.approved(who, task)
    made.terminated(who, task, spent=0, accepted=0)
    approved.refresh_from_db()
    assert (approved.state, lies(task)) == ("refused", {Bucket.ALLOCATED: 900})
    with pytest.raises(PermissionDenied):
        made.request(who, task)
    assert list(faults()) == []


@pytest.mark.parametrize("language", ["en"], indirect=True)
def test_recovered_money_comes_back(who, task, language):
    made.settled(who, task, 250 * MILLION)
    made.terminated(who, task, spent=300 * MILLION, accepted=250 * MILLION)
    words = "300,000,000 đồng are to be recovered: order the recovery first."
    made.save_liquidation(
        task, actor=who.people.officer, facts={"held_on": clock.today(), "place": "Sở", "handover": "Không"}
    )
    assert words in refusals(task, "liquidate", who.people.director)
    made.recovering(who, task, 300 * MILLION)
    assert lies(task) == {Bucket.ALLOCATED: 450, Bucket.SETTLED: 150, Bucket.RECOVERABLE: 300}
    assert refusals(task, "close_recovery", who.accountant) == [
        "The host still owes 300,000,000 đồng and no ground for closing is recorded."
    ]
    first, second = made.recorded(who, task, 200 * MILLION), made.recorded(who, task, 200 * MILLION)
    step(first, "confirm", who.accountant)
    assert refusals(second, "confirm", who.accountant) == [
        "200,000,000 đồng cannot be booked: the host owes 100,000,000 đồng."
    ]
    step(second, "strike", who.accountant, reason="Ghi trùng")
    step(made.recorded(who, task, 100 * MILLION), "confirm", who.accountant)
    totals = money.source().totals(task)
    assert (totals.paid_vnd, totals.recovered_vnd, totals.recoverable_vnd) == (450 * MILLION, 300 * MILLION, 0)
    step(task, "close_recovery", who.accountant)
    paper(task, "liquidate", who.people, who.people.director)
    assert (lies(task), room_of(Payer.FUND)) == ({Bucket.SETTLED: 150}, 750 * MILLION)
    assert list(faults()) == []


@pytest.mark.parametrize("language", ["en"], indirect=True)
def test_that_too_much_is_recovered_is_said_before_the_paper_is_prepared(who, language):
    task = made.terminated(who, made.running(who), spent=0, accepted=0)
    facts = {"amount_vnd": 10 * MILLION, "difference_reason": "Theo kết luận thanh tra", "basis": "Biên bản"}
    payment = {"due_on": clock.add_days(clock.today(), 30, "days"), "account": "3941.0.1", "bank": "Kho bạc"}
    made.save_recovery(task, actor=who.people.officer, facts=facts | payment)
    (offer,) = (one for one in available_steps(task, who.people.chair) if one.row.name == "order_recovery")
    assert [str(one) for one in offer.refusals] == [
        "Only 0 đồng lie with the host; 10,000,000 đồng cannot be recovered."
    ]


@pytest.mark.parametrize("language", ["en"], indirect=True)
def test_no_more_is_recovered_than_lies_with_the_host(who, task, language):
    made.terminated(who, task, spent=300 * MILLION, accepted=250 * MILLION)
    with pytest.raises(
        StepRefused, match="Only 450,000,000 đồng lie with the host; 500,000,000 đồng cannot be recovered"
    ):
        made.recovering(who, task, 500 * MILLION)
    assert lies(task)[Bucket.ADVANCED] == 450


DECIDED = {"procedure_followed": False, "compliance_note": ""}


@pytest.mark.parametrize("language", ["en"], indirect=True)
def test_nothing_of_proper_spending_goes_back_when_the_termination_decides_so(who, task, language):
    """An objective cause gives back at most a tenth: the rule is a maximum, and nothing was decided."""
    decided = {**DECIDED, "returned_percent": 0}
    made.terminated(who, task, spent=450 * MILLION, accepted=450 * MILLION, cause=Cause.OBJECTIVE, **decided)
    made.settled(who, task, 450 * MILLION)
    made.liquidate(who, task)
    assert (task.state, lies(task)) == ("liquidated", {Bucket.SETTLED: 450})
    assert list(faults()) == []


@pytest.mark.parametrize("language", ["en"], indirect=True)
@pytest.mark.parametrize(("percent", "owed"), [(0, 100), (4, 114), (10, 135)])
def test_what_was_decided_is_recovered_and_always_what_was_not_spent_properly(who, task, percent, owed, language):
    decided = {**DECIDED, "returned_percent": percent}
    made.terminated(who, task, spent=400 * MILLION, accepted=350 * MILLION, cause=Cause.OBJECTIVE, **decided)
    words = f"{owed},000,000 đồng are to be recovered: order the recovery first."
    source = parameter("recovery.objective_percent_max", task.regulation).source
    found = {text: (law, blocks) for text, law, blocks in ruled(task, "liquidate", who.people.director)}
    assert found[words] == (source, True)


@pytest.mark.parametrize("language", ["en"], indirect=True)
def test_no_order_gives_away_what_was_not_spent_properly(who, task, language):
    made.settled(who, task, 450 * MILLION)
    made.terminated(who, task, spent=400 * MILLION, accepted=350 * MILLION)
    words = "100,000,000 đồng were not spent, or not accepted as proper: no less is recovered."
    with pytest.raises(StepRefused, match=words):
        made.recovering(who, task, 99 * MILLION)
    made.recovering(who, task, 100 * MILLION)
    assert lies(task)[Bucket.RECOVERABLE] == 100


@pytest.mark.parametrize("language", ["en"], indirect=True)
def test_an_accepted_risk_gives_nothing_back(who, task, language):
    made.terminated(who, task, spent=450 * MILLION, accepted=450 * MILLION, cause=Cause.OBJECTIVE)
    made.settled(who, task, 450 * MILLION)
    made.liquidate(who, task)
    assert lies(task) == {Bucket.SETTLED: 450}
