"""Whatever is posted, legal or not, the books agree with themselves and nobody spends what is not there."""

from datetime import date
from typing import ClassVar

import hypothesis.strategies as st
import pytest
from django.db import transaction
from django.db.models import F
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from core.audit import service as audit
from core.people.roles import Payer
from funds.choices import Bucket
from funds.ledger import Entry, KeyUsed, NotReversible, Overspent, balance, post, reverse
from funds.models import Account, Transfer
from funds.postings import Edge
from funds.verification import books
from tasks.models import Task
from tests.factories.funds import bare_task
from tests.factories.tasks import cast

DAY = date(2026, 3, 2)
AMOUNTS = st.one_of(st.integers(1, 40), st.integers(-2, 10**15 + 2))
YEARS = st.sampled_from([2026, 2027])
KEYS = st.integers(1, 60).map(str)


class Books(RuleBasedStateMachine):
    """Two tasks, all edges of the chart, any amount, keys that repeat; each life is rolled back."""

    tasks: ClassVar[list[Task]] = []

    def __init__(self):
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.brought = dict.fromkeys(Payer, 0)

    def teardown(self):
        found = list(books.faults())
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)
        assert found == []

    @initialize()
    def fund(self):
        for task in self.tasks:
            self.bring(task.payer, 100, f"start-{task.payer}")

    def bring(self, payer, amount, key):
        entry = Entry(edge=Edge.FUND_THE_YEAR, amount_vnd=amount, key=key, source=payer)
        post([entry], event_uuid=audit.record("test", actor=None).uuid, effective_on=DAY)
        self.brought[payer] += amount

    @rule(edge=st.sampled_from([edge for edge in Edge if edge is not Edge.FUND_THE_YEAR]), amount=AMOUNTS, year=YEARS)
    def walk(self, edge, amount, year):
        """One step along the chart, most of them possible."""
        self.attempt(self.tasks[0], edge, amount, year, f"walk-{Transfer.objects.count()}")

    @rule(edge=st.sampled_from(list(Edge)), amount=AMOUNTS, year=YEARS, key=KEYS, task=st.integers(0, 1))
    def post_anything(self, edge, amount, year, key, task):
        """Any edge, with a key that may be used already."""
        if edge is not Edge.FUND_THE_YEAR:
            self.attempt(self.tasks[task], edge, amount, year, key)

    def attempt(self, task, edge, amount, year, key):
        to_year = 4053 - year if edge is Edge.REPHASE else None
        entry = Entry(edge=edge, amount_vnd=amount, key=key, task=task, year=year, to_year=to_year)
        before = Transfer.objects.count()
        try:
            with transaction.atomic():
                post([entry], event_uuid=audit.record("test", actor=None).uuid, effective_on=DAY)
        except (Overspent, KeyUsed, ValueError):
            assert Transfer.objects.count() == before

    @rule(place=st.integers(0, 30))
    def take_back(self, place):
        """Reverse a transfer of a task, if there is one at that place."""
        transfer = Transfer.objects.exclude(edge="fund_the_year")[place : place + 1].first()
        if transfer is None:
            return
        try:
            with transaction.atomic():
                event = audit.record("test", actor=None)
                reverse(transfer, key=f"back-{event.uuid}", event_uuid=event.uuid, effective_on=DAY)
        except (Overspent, NotReversible):
            return

    @invariant()
    def nothing_appears_or_vanishes(self):
        for task in self.tasks:
            totals = Account.objects.filter(source=task.payer).exclude(bucket=Bucket.WORLD)
            inside = sum(totals.values_list(F("credits_vnd") - F("debits_vnd"), flat=True))
            assert inside == self.brought[task.payer]
            assert balance(Bucket.WORLD, source=task.payer) == -inside


@pytest.mark.django_db
@pytest.mark.usefixtures("morning")
def test_random_postings_never_break_the_books():
    people = cast()
    Books.tasks[:] = [bare_task(people), bare_task(people, payer=Payer.DEPARTMENT_BUDGET)]
    run_state_machine_as_test(
        Books, settings=settings(max_examples=settings().max_examples // 4, stateful_step_count=20)
    )
