"""What tasks ask of the ledger: how much was paid, on which instalments, in which month."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import BigIntegerField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, ExtractMonth

from core.money import VND
from core.ui import badges
from core.ui.parts import Badge, Tone
from funds.choices import Bucket
from funds.lifecycle import DisbursementState
from funds.models import Disbursement, Transfer
from funds.postings import Edge
from tasks.models import Contract, Task
from tasks.selectors.money import MONTHS, TaskMoney

from .books import NET, books_of, in_force, is_in_ledger
from .openings import opening_of
from .panel import disbursements_under

PAYMENTS = in_force().filter(edge=Edge.PAY.word)


class LedgerMoney:
    """The money source of the room of tasks."""

    def annotate(self, tasks: QuerySet[Task]) -> QuerySet[Any]:
        """The same rows with ``paid_vnd``, in the same query."""
        of_task = PAYMENTS.filter(credit__task=OuterRef("pk")).order_by().values("credit__task")
        paid = Subquery(of_task.annotate(total=Sum("amount_vnd")).values("total"), output_field=BigIntegerField())
        return tasks.annotate(paid_vnd=Coalesce(paid, 0, output_field=BigIntegerField()))

    def totals(self, task: Task) -> TaskMoney:
        """The money of one task. One query."""
        books = books_of(task)
        with_host = VND(books.lies_in(Bucket.ADVANCED) + books.lies_in(Bucket.SETTLED))
        return TaskMoney(
            paid_vnd=books.paid_vnd,
            settled_vnd=books.flowed(Edge.SETTLE),
            returned_vnd=books.flowed(Edge.GIVE_BACK),
            recoverable_vnd=books.lies_in(Bucket.RECOVERABLE),
            recovered_vnd=books.flowed(Edge.REPAY),
            with_host_vnd=with_host if is_in_ledger(task) else None,
        )

    def paid_instalments(self, contract: Contract) -> set[int]:
        """Those that are paid, or whose payment is requested."""
        if contract.task.unconfirmed:
            return set(_paid_before(contract))
        return {paper.instalment_id for paper in _asked_for(contract)}

    def instalment_badges(self, contract: Contract) -> Mapping[int, Badge]:
        """How far the payment of each instalment is that was asked for: from requested to paid."""
        if contract.task.unconfirmed:
            return _paid_before(contract)
        return {paper.instalment_id: badges.of(paper) for paper in _asked_for(contract)}

    def monthly_paid(self, year: int) -> Sequence[int]:
        """Twelve sums in đồng, by the bank's date. One query."""
        of_year = Transfer.objects.filter(edge=Edge.PAY.word, effective_on__year=year).order_by()
        rows = of_year.annotate(month=ExtractMonth("effective_on")).values_list("month").annotate(net=NET)
        sums: dict[int, VND] = dict(rows)
        return [sums.get(month, 0) for month in range(1, MONTHS + 1)]


def _asked_for(contract: Contract) -> list[Disbursement]:
    """The requests that bind: a draft binds nobody, its instalment may still be changed."""
    if contract.signed_on is None:
        return []
    return [paper for paper in disbursements_under(contract) if paper.state != DisbursementState.DRAFT]


def _paid_before(contract: Contract) -> dict[int, Badge]:
    """Those that the opening balance of a task from before calls paid; nothing is booked yet."""
    opening = opening_of(contract.task)
    numbers = {one.sequence for one in opening.payments.all()} if opening is not None else set()
    paid = Badge(DisbursementState.PAID.label, Tone.SUCCESS)
    return {one.pk: paid for one in contract.instalments.all() if one.sequence in numbers}
