"""The books of a task: what lies where, and what has flowed."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from django.db.models import BigIntegerField, Case, Exists, F, OuterRef, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce

from core.money import VND
from core.people.reading import once
from funds.choices import LEDGER_PAYERS, Bucket
from funds.ledger import balance
from funds.models import Account, Transfer
from funds.postings import Edge
from tasks.lifecycle import Management
from tasks.models import Task

NOTHING = VND(0)
# A reversal counts against what it reverses.
NET = Sum(
    Case(When(reverses__isnull=True, then=F("amount_vnd")), default=-F("amount_vnd"), output_field=BigIntegerField())
)


# What flowed is read from the side of the task's own account.
FLOWS = {Edge.PAY: "credit", Edge.SETTLE: "credit", Edge.GIVE_BACK: "debit", Edge.REPAY: "debit"}


class YearBooks:
    """A task's money of one budget year, in đồng: not granted yet, granted, approved for payment."""

    def __init__(self, held: Mapping[str, VND]) -> None:
        self.waiting_vnd = held.get(Bucket.COMMITTED_FUTURE, NOTHING)
        self.allocated_vnd = held.get(Bucket.ALLOCATED, NOTHING)
        self.committed_vnd = held.get(Bucket.COMMITTED, NOTHING)

    @property
    def open_vnd(self) -> VND:
        """What is not paid of the year."""
        return VND(self.waiting_vnd + self.allocated_vnd + self.committed_vnd)


class Books:
    """One task's money in đồng: ``balances`` by bucket, ``years`` by budget year, ``flows`` by edge (of FLOWS)."""

    def __init__(self, accounts: Iterable[Any]) -> None:
        self.balances: dict[str, VND] = {}
        self.flows: dict[Edge, VND] = {}
        held: dict[int, dict[str, VND]] = {}
        for account in accounts:
            lies = VND(account.balance_vnd)
            self.balances[account.bucket] = VND(self.balances.get(account.bucket, 0) + lies)
            for edge in FLOWS:
                self.flows[edge] = VND(self.flows.get(edge, 0) + (getattr(account, edge.word) or 0))
            if account.budget_year is not None:
                held.setdefault(account.budget_year, {})[account.bucket] = lies
        self.years = {year: YearBooks(buckets) for year, buckets in sorted(held.items())}

    @property
    def is_open(self) -> bool:
        """Whether anything was ever posted."""
        return bool(self.balances)

    @property
    def paid_vnd(self) -> VND:
        """All payments."""
        return self.flowed(Edge.PAY)

    @property
    def cleared_vnd(self) -> VND:
        """What of the payments is no longer advanced: settled, given back, or recovered."""
        return VND(self.paid_vnd - self.lies_in(Bucket.ADVANCED))

    def lies_in(self, bucket: Bucket) -> VND:
        """The balance of a bucket over all years."""
        return self.balances.get(bucket, NOTHING)

    def flowed(self, edge: Edge) -> VND:
        """The sum of all transfers over an edge of FLOWS, less those reversed."""
        return self.flows.get(edge, NOTHING)

    def year(self, year: int) -> YearBooks:
        """The money of one budget year."""
        return self.years.get(year) or YearBooks({})


def books_of(task: Task) -> Books:
    """The books of one task as they are now. One query, one for all parts of a page."""
    return once(("books", task.pk), lambda: Books(Account.objects.filter(task=task).annotate(**_flows())))


def in_force() -> QuerySet[Transfer]:
    """Transfers that neither reverse another one nor were reversed.

    Written so that they are looked up by their account: SQLite takes ``reverses IS NULL`` for rare and would read the
    whole ledger for every account.
    """
    reversal = Transfer.objects.filter(reverses=OuterRef("pk"))
    return Transfer.objects.alias(original=Coalesce("reverses", 0)).filter(~Exists(reversal), original=0)


@cache
def _flows() -> dict[str, Subquery]:
    """Made once: a query that is not asked yet may be used any number of times."""
    return {edge.word: _flow(edge, side) for edge, side in FLOWS.items()}


def _flow(edge: Edge, side: str) -> Subquery:
    rows = in_force().filter(**{side: OuterRef("pk")}, edge=edge.word)
    sums = rows.order_by().values(side).annotate(total=Sum("amount_vnd")).values("total")
    return Subquery(sums, output_field=BigIntegerField())


def is_in_ledger(task: Task) -> bool:
    """Only managed tasks whose state money is the fund's or the department's own."""
    return task.payer in LEDGER_PAYERS and task.management == Management.MANAGED


def room_of(payer: str) -> VND:
    """What is free in the plans of a payer: nobody's task has it yet."""
    return balance(Bucket.SOURCE, source=payer)
