"""The ledger as accounting stories: what comes in, where it lies, and what is refused."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from core import clock
from core.audit import service as audit
from core.people.roles import Payer
from funds.choices import Bucket
from funds.ledger import Entry, KeyUsed, NotReversible, Overspent, balance, post, reverse
from funds.models import Account, Transfer
from funds.postings import Edge
from funds.verification import books
from tests.factories.funds import MILLION, bare_task, move
from tests.factories.tasks import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
DAY = date(2026, 3, 2)


@pytest.fixture
def task():
    return bare_task(cast())


def lies_in(task):
    """Bucket → đồng in millions, of the accounts of a task that hold something."""
    return {
        Bucket(account.bucket): account.balance_vnd // MILLION
        for account in Account.objects.filter(task=task)
        if account.balance_vnd
    }


def free():
    return balance(Bucket.SOURCE) // MILLION


def test_money_walks_from_the_years_plan_to_the_settlement(task):
    move(None, Edge.FUND_THE_YEAR, 5_000 * MILLION)
    move(task, Edge.APPROVE, 900 * MILLION)
    assert (free(), lies_in(task)) == (4_100, {Bucket.FRAMEWORK: 900})
    move(task, Edge.SIGN, 500 * MILLION, year=2026)
    move(task, Edge.SIGN, 380 * MILLION, year=2027)
    move(task, Edge.RETURN_UNCONTRACTED, 20 * MILLION)
    assert (free(), balance(Bucket.COMMITTED_FUTURE, task=task)) == (4_120, 880 * MILLION)
    move(task, Edge.GRANT, 500 * MILLION)
    move(task, Edge.COMMIT, 450 * MILLION)
    assert balance(Bucket.COMMITTED_FUTURE, task=task, year=2026) == 0
    assert balance(Bucket.COMMITTED_FUTURE, task=task, year=2027) == 380 * MILLION
    move(task, Edge.PAY, 450 * MILLION)
    move(task, Edge.SETTLE, 440 * MILLION)
    move(task, Edge.GIVE_BACK, 10 * MILLION)
    assert lies_in(task) == {Bucket.COMMITTED_FUTURE: 380, Bucket.ALLOCATED: 50, Bucket.SETTLED: 440}
    move(task, Edge.RELEASE_YEAR, 50 * MILLION)
    move(task, Edge.RELEASE_FUTURE, 380 * MILLION, year=2027)
    assert (free(), lies_in(task)) == (4_560, {Bucket.SETTLED: 440})
    assert balance(Bucket.WORLD) == -5_000 * MILLION
    assert list(books.faults()) == []


def test_money_is_recovered_from_what_was_advanced_and_settled(task):
    for edge in (Edge.FUND_THE_YEAR, Edge.APPROVE, Edge.SIGN, Edge.GRANT, Edge.COMMIT, Edge.PAY):
        move(None if edge is Edge.FUND_THE_YEAR else task, edge, 300 * MILLION)
    move(task, Edge.SETTLE, 200 * MILLION)
    move(task, Edge.RECOVER, 100 * MILLION)
    move(task, Edge.RECOVER_SETTLED, 50 * MILLION)
    assert lies_in(task) == {Bucket.SETTLED: 150, Bucket.RECOVERABLE: 150}
    move(task, Edge.REPAY, 120 * MILLION)
    move(task, Edge.WRITE_OFF, 30 * MILLION)
    assert (free(), lies_in(task)) == (120, {Bucket.SETTLED: 180})


def test_the_money_of_two_payers_does_not_mix(task):
    move(None, Edge.FUND_THE_YEAR, 100 * MILLION, source=Payer.DEPARTMENT_BUDGET)
    with pytest.raises(Overspent):
        move(task, Edge.APPROVE, 100 * MILLION)
    assert balance(Bucket.SOURCE, source=Payer.DEPARTMENT_BUDGET) == 100 * MILLION
    assert balance(Bucket.SOURCE, source=Payer.FUND) == 0


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("vi", "“Còn tự do”"),
        ("en", "Not enough money in “Free”: 1,500,000 đồng are missing."),
    ],
    indirect=["language"],
)
def test_overspending_is_refused_in_words(task, language, text):
    move(None, Edge.FUND_THE_YEAR, 3 * MILLION)
    with pytest.raises(Overspent) as refused:
        move(task, Edge.APPROVE, 4_500_000)
    assert refused.value.missing_vnd == 1_500_000
    if language == "en":
        assert str(refused.value) == text
    assert Transfer.objects.count() == 1


def test_the_same_key_posts_once(task):
    move(None, Edge.FUND_THE_YEAR, 5 * MILLION)
    first = move(task, Edge.APPROVE, MILLION, key="one")
    assert move(task, Edge.APPROVE, MILLION, key="one") == first
    assert balance(Bucket.FRAMEWORK, task=task) == MILLION


def test_a_key_belongs_to_one_posting(task):
    move(None, Edge.FUND_THE_YEAR, 5 * MILLION)
    move(task, Edge.APPROVE, MILLION, key="one")
    with pytest.raises(KeyUsed):
        move(task, Edge.APPROVE, 2 * MILLION, key="one")
    with pytest.raises(KeyUsed):
        move(task, Edge.RETURN_UNCONTRACTED, MILLION, key="one")


def test_postings_of_one_event_stand_or_fall_together(task):
    move(None, Edge.FUND_THE_YEAR, 5 * MILLION)
    entries = [
        Entry(edge=Edge.APPROVE, amount_vnd=3 * MILLION, key="a", task=task),
        Entry(edge=Edge.APPROVE, amount_vnd=3 * MILLION, key="b", task=task),
    ]
    event = audit.record("test", actor=None)
    with pytest.raises(Overspent):
        post(entries, event_uuid=event.uuid, effective_on=DAY)
    assert Transfer.objects.count() == 1
    assert balance(Bucket.SOURCE) == 5 * MILLION


@pytest.mark.parametrize("amount", [0, -1, 10**15 + 1, "5", True, None])
def test_only_whole_amounts_in_range_are_posted(task, amount):
    with pytest.raises(ValueError, match="is not an amount"):
        move(task, Edge.APPROVE, 1, amount_vnd=amount)
    assert Account.objects.count() == 0


def test_an_account_must_be_named_whole(task):
    with pytest.raises(ValueError, match="GRANT needs a budget year"):
        move(task, Edge.GRANT, 1, year=None)
    with pytest.raises(ValueError, match="APPROVE needs a task"):
        move(None, Edge.APPROVE, 1)
    with pytest.raises(ValueError, match="needs a task or a source"):
        move(None, Edge.FUND_THE_YEAR, 1, source="")
    with pytest.raises(ValueError, match="stays in one account"):
        move(task, Edge.REPHASE, 1, year=2026, to_year=2026)


def test_money_moves_from_one_budget_year_to_another(task):
    for edge in (Edge.FUND_THE_YEAR, Edge.APPROVE, Edge.SIGN):
        move(None if edge is Edge.FUND_THE_YEAR else task, edge, 10)
    move(task, Edge.REPHASE, 4, year=2026, to_year=2028)
    years = Account.objects.filter(bucket=Bucket.COMMITTED_FUTURE).order_by("budget_year")
    assert [(account.budget_year, account.balance_vnd) for account in years] == [(2026, 6), (2028, 4)]


def test_a_mistake_is_reversed_once(task):
    move(None, Edge.FUND_THE_YEAR, 10)
    wrong = move(task, Edge.APPROVE, 7)
    event = audit.record("test", actor=None)
    back = reverse(wrong, key="back", event_uuid=event.uuid, effective_on=DAY, memo="sai số")
    assert (back.debit, back.credit, back.amount_vnd, back.reverses) == (wrong.credit, wrong.debit, 7, wrong)
    assert (balance(Bucket.SOURCE), balance(Bucket.FRAMEWORK)) == (10, 0)
    assert reverse(wrong, key="back", event_uuid=event.uuid, effective_on=DAY) == back
    for transfer, key in ((wrong, "again"), (back, "forth")):
        with pytest.raises(NotReversible):
            reverse(transfer, key=key, event_uuid=event.uuid, effective_on=DAY)
    assert list(books.faults()) == []


def test_money_that_moved_on_is_not_reversed(task):
    move(None, Edge.FUND_THE_YEAR, 10)
    wrong = move(task, Edge.APPROVE, 7)
    move(task, Edge.SIGN, 7)
    event = audit.record("test", actor=None)
    with pytest.raises(Overspent):
        reverse(wrong, key="back", event_uuid=event.uuid, effective_on=DAY)


def refused_by_database(act):
    """Whether the database itself says no."""
    try:
        with transaction.atomic():
            act()
    except DatabaseError:
        return True
    return False


def deleted(table):
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")  # noqa: S608  # one of our own tables


def test_transfers_and_accounts_stay_as_they_were_written(task):
    transfer = move(None, Edge.FUND_THE_YEAR, 10)
    account = transfer.credit
    assert refused_by_database(lambda: Transfer.objects.filter(pk=transfer.pk).update(amount_vnd=11))
    assert refused_by_database(lambda: deleted("funds_transfer"))
    assert refused_by_database(lambda: Account.objects.filter(pk=account.pk).update(source=Payer.DEPARTMENT_BUDGET))
    assert refused_by_database(lambda: Account.objects.filter(pk=account.pk).update(may_go_negative=True))
    assert refused_by_database(lambda: deleted("funds_account"))
    assert Transfer.objects.get().amount_vnd == 10


@pytest.mark.postgres
def test_transfers_cannot_be_truncated(task):
    move(None, Edge.FUND_THE_YEAR, 10)

    def truncate():
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE funds_transfer CASCADE")

    assert refused_by_database(truncate)


def test_the_database_itself_refuses_overspending(task):
    account = move(None, Edge.FUND_THE_YEAR, 10).credit
    assert refused_by_database(lambda: Account.objects.filter(pk=account.pk).update(debits_vnd=11))


@pytest.mark.parametrize("amount", [0, -5, 10**15 + 1])
def test_the_database_itself_refuses_such_amounts(task, amount):
    debit, credit = (move(None, Edge.FUND_THE_YEAR, 10).debit, move(None, Edge.FUND_THE_YEAR, 10).credit)
    now = clock.now()
    columns = {"key": str(uuid4()), "edge": "x", "event_uuid": uuid4(), "effective_on": DAY, "posted_at": now}
    with pytest.raises(IntegrityError), transaction.atomic():
        Transfer.objects.create(debit=debit, credit=credit, amount_vnd=amount, **columns)


def test_the_database_knows_whose_accounts_there_are(task):
    row = {"code": "x", "bucket": Bucket.ALLOCATED, "task": task, "source": Payer.FUND}
    for wrong in ({"bucket": "purse"}, {"source": Payer.HOST}, {"task": None}, {"may_go_negative": True}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Account.objects.create(**{**row, **wrong})


def test_rows_say_what_they_are(task):
    transfer = move(None, Edge.FUND_THE_YEAR, 10)
    assert (str(transfer), str(transfer.credit)) == ("fund_the_year 10", "source:fund")
