"""``ledger verify`` finds every fault that is planted behind the ledger's back."""

from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from core import clock
from core.audit import triggers
from core.audit.models import Event
from core.money import VND
from funds import services
from funds.choices import Bucket
from funds.models import Account, Transfer, YearEstimate, YearPlan
from funds.postings import Edge
from funds.verification import faults, faults_of_account
from tasks.models import Contract
from tests.factories import funds as made
from tests.factories.funds import MILLION
from tests.factories.tasks import cast, step

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


def tell():
    """A task with one payment of 450 million đồng."""
    who = made.house()
    task = made.contracted(who)
    made.paid(who, task)
    made.settled(who, task, 400 * MILLION, 50 * MILLION)
    return SimpleNamespace(who=who, task=task)


@pytest.fixture
def task(story):
    return story.task


@pytest.fixture(autouse=True)
def _unguarded():
    """Somebody with the keys of the database."""
    with triggers.lifted():
        yield


def account(task, bucket):
    return Account.objects.get(task=task, bucket=bucket)


def test_whole_books_have_no_fault(task, capsys):
    assert list(faults()) == []
    call_command("ledger", "verify")
    counts = Transfer.objects.count(), Account.objects.count()
    assert capsys.readouterr().out == "ledger: {} transfers, {} accounts, balanced\n".format(*counts)


def test_a_changed_total_is_found(task, capsys):
    settled = account(task, Bucket.SETTLED)
    Account.objects.filter(pk=settled.pk).update(credits_vnd=settled.credits_vnd + 1)
    assert list(faults()) == [
        f"account {settled.code}: its totals differ from its transfers",
        *[fault for fault in faults() if fault.startswith("all debits")],
        f"task {task.code}: its buckets do not sum to what it was given",
    ]
    with pytest.raises(CommandError, match="ledger: 3 faults"):
        call_command("ledger", "verify")
    assert len(capsys.readouterr().err.splitlines()) == 3


def test_an_overspent_account_is_found():
    """Only where the database's own check is gone as well, as on a copy restored without it."""
    overspent = Account(code="source:fund", bucket=Bucket.SOURCE, source="fund", debits_vnd=VND(5))
    assert list(faults_of_account(overspent, 5, 0)) == ["account source:fund is overspent"]
    assert list(faults_of_account(Account(code="world:fund", may_go_negative=True, debits_vnd=VND(5)), 5, 0)) == []


def test_a_changed_amount_is_found(task):
    paid = Transfer.objects.get(edge="pay")
    Transfer.objects.filter(pk=paid.pk).update(amount_vnd=paid.amount_vnd - 1)
    assert f"task {task.code}: {paid.amount_vnd} on paper, {paid.amount_vnd - 1} posted (pay)" in list(faults())
    assert sum("its totals differ" in fault for fault in faults()) == 2


def test_a_transfer_without_its_event_is_found(task):
    paid = Transfer.objects.get(edge="pay")
    Transfer.objects.filter(pk=paid.pk).update(event_uuid=uuid4())
    assert list(faults()) == [f"transfer {paid.key} has no event"]


def test_a_transfer_off_the_chart_is_found(task):
    paid = Transfer.objects.get(edge="pay")
    Transfer.objects.filter(pk=paid.pk).update(edge="gift")
    assert list(faults()) == [
        f"transfer {paid.key} follows no edge of the chart",
        f"task {task.code}: {paid.amount_vnd} on paper, 0 posted (pay)",
    ]


def test_a_reversal_that_is_none_is_found(task):
    paid, settled = Transfer.objects.get(edge="pay"), Transfer.objects.get(edge="settle")
    Transfer.objects.filter(pk=settled.pk).update(reverses=paid)
    assert f"transfer {settled.key} follows no edge of the chart" in list(faults())


def test_money_that_went_to_another_task_is_found(task):
    other = made.covered(made.bare_task(cast()))
    signed = Transfer.objects.filter(edge="sign", debit__task=task).first()
    stranger = account(other, Bucket.FRAMEWORK)
    Transfer.objects.filter(pk=signed.pk).update(debit=stranger)
    assert f"transfer {signed.key} moves money from one task to another" in list(faults())


def test_a_paper_without_its_payment_is_found(task):
    task.disbursements.update(amount_vnd=VND(449 * MILLION))
    task.settlements.update(spent_vnd=VND(1), returned_vnd=VND(2))
    paid, settled, back = (amount * MILLION for amount in (450, 400, 50))
    assert list(faults()) == [
        f"task {task.code}: {449 * MILLION} on paper, {paid} posted (commit)",
        f"task {task.code}: {449 * MILLION} on paper, {paid} posted (pay)",
        f"task {task.code}: 1 on paper, {settled} posted (settle)",
        f"task {task.code}: 2 on paper, {back} posted (give_back)",
    ]


# ── Money from nowhere: all the sums are right, for whoever may INSERT writes the totals too ─────────────────────────


def forged(like, amount=1000 * MILLION, *, event=None, **more):
    """One more transfer like ``like``, under the event of another act, and both totals with it."""
    event = event or Event.objects.order_by("sequence").first()
    facts = {
        "key": "forged",
        "amount_vnd": amount,
        "event_uuid": event.uuid,
        "debit": like.debit,
        "credit": like.credit,
    }
    row = Transfer(edge=like.edge, effective_on=like.effective_on, posted_at=like.posted_at, **{**facts, **more})
    row.save(force_insert=True)
    Account.objects.filter(pk=row.debit_id).update(debits_vnd=F("debits_vnd") + amount)
    Account.objects.filter(pk=row.credit_id).update(credits_vnd=F("credits_vnd") + amount)
    return row


def settled_too(who):
    """Another task with a life of its own."""
    other = made.contracted(who)
    made.paid(who, other)
    return made.settled(who, other, 400 * MILLION, 50 * MILLION)


STRANGE = "transfer forged: its event is of something else"


def test_money_that_no_plan_gave_is_found(task):
    plan = YearPlan.objects.order_by("pk").first()
    forged(plan.transfer)
    assert list(faults()) == ["transfer forged: no year plan stands behind it", STRANGE]


def test_a_plan_that_nobody_confirmed_is_found(task):
    """Its row is copied too, but the event is another plan's."""
    plan = YearPlan.objects.order_by("pk").first()
    confirmed = Event.objects.get(subject_code=plan.code, kind="year_plan.confirmed")
    transfer = forged(plan.transfer, plan.amount_vnd, event=confirmed)
    plan.pk, plan.code, plan.created_key, plan.transfer = None, "KH.2026.999", uuid4(), transfer
    plan.save(force_insert=True)
    assert list(faults()) == [STRANGE]


def test_a_plan_that_says_something_else_than_its_transfer_is_found(task):
    plan = YearPlan.objects.order_by("pk").first()
    YearPlan.objects.filter(pk=plan.pk).update(amount_vnd=plan.amount_vnd - 1)
    assert list(faults()) == [f"year plan {plan.code}: its transfer says something else"]


def test_a_grant_without_its_estimate_is_found(task):
    estimate = task.year_estimates.first()
    YearEstimate.objects.filter(pk=estimate.pk).update(year=estimate.year + 1)
    assert list(faults()) == [f"year estimate {estimate.code}: its transfer says something else"]
    YearEstimate.objects.filter(pk=estimate.pk).delete()
    assert list(faults()) == [f"transfer {estimate.transfer.key}: no year estimate stands behind it"]


def test_a_plan_taken_back_by_nobody_is_found(who):
    plan = made.plan(5 * MILLION)
    services.withdraw_year_plan(plan, actor=who.accountant, reason="Nhập sai")
    services.answer_year_plan(plan, actor=who.director, agrees=True)
    assert list(faults()) == []
    YearPlan.objects.filter(pk=plan.pk).update(withdrawal_by=None, withdrawal_reason="")
    assert list(faults()) == [f"year plan {plan.code}: taken back, although nobody asked for it"]


def test_more_approved_than_the_decision_says_is_found(task):
    """Under its own event, so that only the task contradicts it."""
    made.plan(1000 * MILLION)
    first = Transfer.objects.get(edge="approve")
    forged(first, event=Event.objects.get(uuid=first.event_uuid))
    both = f"{900 * MILLION} on paper, {1900 * MILLION} posted"
    assert list(faults()) == [f"task {task.code}: {both} (approve)"]


def test_another_worth_of_the_contract_is_found(task):
    Contract.objects.filter(task=task).update(state_value_vnd=VND(899 * MILLION))
    both = f"{899 * MILLION} on paper, {900 * MILLION} posted"
    assert list(faults()) == [f"task {task.code}: {both} (sign)"]


@pytest.mark.parametrize("edge", ["approve", "sign", "grant", "commit", "pay", "settle", "give_back"])
def test_a_transfer_under_the_event_of_another_task_is_found(who, task, edge):
    """Of the same kind of act, on a task of its own."""
    own = Transfer.objects.filter(edge=edge).first()
    settled_too(who)
    theirs = Transfer.objects.filter(edge=edge).last().event_uuid
    assert list(faults()) == []
    Transfer.objects.filter(pk=own.pk).update(event_uuid=theirs)
    assert list(faults()) == [f"transfer {own.key}: its event is of something else"]


def test_a_transfer_under_another_act_on_its_own_task_is_found(task):
    """The liquidation frees money; the contract's signature does not."""
    signed = Event.objects.get(subject_code=task.code, step="sign_contract")
    released = made.move(task, Edge.RELEASE_YEAR, 1, year=2027)
    Transfer.objects.filter(pk=released.pk).update(event_uuid=signed.uuid)
    assert list(faults()) == [f"transfer {released.key}: its event is of something else"]


def test_a_debt_written_off_without_its_ground_is_found(who):
    task = made.running(who)
    made.paid(who, task)
    made.terminated(who, task, spent=0, accepted=0)
    made.recovering(who, task, 450 * MILLION)
    facts = {"ground": "written_off", "decision": "15/QĐ-UBND", "decided_on": clock.today()}
    services.record_closing(task, actor=who.fund_officer, facts=facts, key=uuid4())
    step(task, "close_recovery", who.accountant)
    assert list(faults()) == []
    task.recovery_orders.update(computed_vnd=VND(0), amount_vnd=VND(440 * MILLION), difference_reason="x")
    written = f"task {task.code}: {440 * MILLION} on paper, {450 * MILLION} posted (recover)"
    assert list(faults()) == [written]
    task.recovery_closings.update(missing_vnd=VND(449 * MILLION))
    lost = Transfer.objects.get(edge="write_off")
    assert list(faults()) == [written, f"transfer {lost.key}: no ground for writing off stands behind it"]


def test_a_large_ledger_is_verified_in_as_many_queries_as_a_small_one(who, task):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert list(faults()) == []
        return len(queries)

    few = asked()
    settled_too(who)
    assert asked() == few
