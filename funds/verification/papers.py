"""What papers say of a task's money is what was posted: approved, contracted, bound, paid, settled, recovered."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import BigIntegerField, Case, Exists, F, OuterRef, Q, QuerySet, Sum, When
from django.db.models.functions import Coalesce

from funds.choices import ClosingGround
from funds.lifecycle import DisbursementState, RepaymentState, SettlementState
from funds.models import Disbursement, RecoveryClosing, Repayment, Settlement
from funds.models.accounts import Account, Transfer
from funds.postings import Edge
from tasks.lifecycle import TaskState
from tasks.models import Contract, RecoveryOrder, Task

# (edge, task code) → what was posted, in đồng.
Posted = Mapping[tuple[str, str], int]
BOUND = (DisbursementState.APPROVED, DisbursementState.PAID)
# Their contract, where one is written, was never signed.
UNSIGNED = (TaskState.APPROVED, TaskState.REVOKED, TaskState.VOID)


def faults() -> Iterator[str]:
    """One sentence for each task and edge on which paper and ledger differ."""
    posted = _posted()
    paid = Disbursement.objects.filter(state=DisbursementState.PAID)
    settled = Settlement.objects.filter(state=SettlementState.SETTLED)
    repaid = Repayment.objects.filter(state=RepaymentState.CONFIRMED)
    yield from _compare(posted, _approved(), Edge.APPROVE)
    yield from _compare(posted, _contracted(), Edge.SIGN)
    yield from _compare(posted, _bound(), Edge.COMMIT, less=Edge.UNCOMMIT)
    yield from _compare(posted, _sums(paid, "amount_vnd"), Edge.PAY)
    yield from _compare(posted, _sums(settled, "spent_vnd"), Edge.SETTLE)
    yield from _compare(posted, _sums(settled, "returned_vnd"), Edge.GIVE_BACK)
    yield from _compare(posted, _recovered(), Edge.RECOVER, Edge.RECOVER_SETTLED)
    yield from _compare(posted, _sums(repaid, "amount_vnd"), Edge.REPAY)
    yield from _write_offs()


def _posted() -> Posted:
    """What was posted over each edge for each task; a reversal counts against what it reverses. One query."""
    forth = When(reverses__isnull=True, then=F("amount_vnd"))
    net = Sum(Case(forth, default=-F("amount_vnd"), output_field=BigIntegerField()))
    task = Coalesce("debit__task__code", "credit__task__code")
    rows = Transfer.objects.order_by().annotate(task=task).exclude(task=None)
    return {(edge, code): sum_ for edge, code, sum_ in rows.values_list("edge", "task").annotate(net=net)}


def _compare(posted: Posted, papers: Mapping[str, int], *edges: Edge, less: Edge | None = None) -> Iterator[str]:
    """Both sides, task by task; all ``edges`` together, and what went back over ``less`` taken off."""
    signs = {edge.word: 1 for edge in edges} | ({less.word: -1} if less else {})
    booked: dict[str, int] = {}
    for (edge, code), amount in posted.items():
        booked[code] = booked.get(code, 0) + signs.get(edge, 0) * amount
    for code in sorted({*papers, *booked}):
        if booked.get(code, 0) != papers.get(code, 0):
            words = f"{papers.get(code, 0)} on paper, {booked.get(code, 0)} posted"
            yield f"task {code}: {words} ({edges[0].word})"


def _sums(papers: QuerySet[Any], column: str) -> dict[str, int]:
    """Task code → sum of the column."""
    return dict(papers.order_by().values_list("task__code").annotate(total=Sum(column)))


def _approved() -> dict[str, int]:
    """What was approved for each task that has books."""
    tasks = Task.objects.filter(Exists(Account.objects.filter(task=OuterRef("pk"))))
    return dict(tasks.order_by().values_list("code", "approved_state_vnd"))


def _contracted() -> dict[str, int]:
    """What the signed contracts of such tasks are worth. An amendment moves instalments, never the sum."""
    return _sums(_with_books(Contract.objects.exclude(task__state__in=UNSIGNED)), "state_value_vnd")


def _bound() -> dict[str, int]:
    return _sums(Disbursement.objects.filter(state__in=BOUND), "amount_vnd")


def _recovered() -> dict[str, int]:
    return _sums(_with_books(RecoveryOrder.objects.filter(ordered_on__isnull=False)), "amount_vnd")


def _with_books(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Those of tasks whose money is in the ledger."""
    return rows.filter(Exists(Account.objects.filter(task=OuterRef("task"))))


def _write_offs() -> Iterator[str]:
    """Each debt written off has its ground on record, for just that amount."""
    ground = RecoveryClosing.objects.filter(
        task=OuterRef("debit__task"), ground=ClosingGround.WRITTEN_OFF, missing_vnd=OuterRef("amount_vnd")
    )
    rows = Transfer.objects.filter(~Q(Exists(ground)), edge=Edge.WRITE_OFF.word, reverses=None)
    for key in rows.values_list("key", flat=True):
        yield f"transfer {key}: no ground for writing off stands behind it"
