"""Eight threads race for the money of three payments: exactly three win."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connection

from core import clock
from core.workflow.ruling import StepRefused
from core.workflow.service import take_step
from funds.choices import Bucket
from funds.ledger import Overspent, balance
from funds.models import Disbursement
from funds.postings import Edge
from funds.selectors.books import books_of
from funds.verification import books
from tests.conftest import MORNING
from tests.factories import funds as made
from tests.factories.funds import bare_task, house, move
from tests.factories.tasks import cast

THREADS = 8


@pytest.mark.django_db(transaction=True)
def test_eight_race_for_three_payments():
    task = bare_task(cast())
    for edge in (Edge.FUND_THE_YEAR, Edge.APPROVE, Edge.SIGN, Edge.GRANT):
        move(None if edge is Edge.FUND_THE_YEAR else task, edge, 350)

    def pay(_thread):
        try:
            move(task, Edge.COMMIT, 100)
        except Overspent:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(THREADS) as pool:
        won = list(pool.map(pay, range(THREADS)))
    assert won.count(True) == 3
    assert balance(Bucket.COMMITTED, task=task) == 300
    assert balance(Bucket.ALLOCATED, task=task) == 50
    assert list(books.faults()) == []


@pytest.mark.django_db(transaction=True)
def test_eight_threads_need_the_same_new_account_at_once():
    task = bare_task(cast())
    move(None, Edge.FUND_THE_YEAR, 1_000)

    def approve(thread):
        try:
            return move(task, Edge.APPROVE, 10, key=f"approve-{thread % 4}").pk
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        made = list(pool.map(approve, range(THREADS)))
    assert len(set(made)) == 4
    assert balance(Bucket.FRAMEWORK, task=task) == 40


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("morning")
def test_eight_confirm_four_payments_at_once():
    """Steps with postings and notices race from eight threads: each payment once, nobody waits for ever."""
    who = house()
    tasks = [made.contracted(who) for _ in range(4)]
    papers = [made.entered(who, made.approved(who, task)) for task in tasks]

    def pay(number):
        try:
            with clock.moved_to(MORNING):
                paper = Disbursement.objects.get(pk=papers[number % 4].pk)
                take_step(paper, "pay", actor=who.accountant, key=uuid4())
        except StepRefused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(THREADS) as pool:
        won = list(pool.map(pay, range(THREADS)))
    assert won.count(True) == 4
    assert [books_of(task).paid_vnd for task in tasks] == [450_000_000] * 4
    assert list(books.faults()) == []
