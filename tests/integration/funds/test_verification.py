"""``ledger verify`` finds every fault that is planted behind the ledger's back."""

from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from core.audit import triggers
from core.money import VND
from funds.choices import Bucket
from funds.models import Account, Transfer
from funds.verification import faults, faults_of_account
from tests.factories import funds as made
from tests.factories.funds import MILLION, house
from tests.factories.tasks import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


@pytest.fixture
def task():
    """A task with one payment of 450 million đồng, and another payer's task beside it."""
    who = house()
    task = made.contracted(who)
    made.paid(who, task)
    made.settled(who, task, 400 * MILLION, 50 * MILLION)
    return task


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
        f"task {task.code}: {449 * MILLION} on paper, {paid} posted (pay)",
        f"task {task.code}: 1 on paper, {settled} posted (settle)",
        f"task {task.code}: 2 on paper, {back} posted (give_back)",
    ]
