"""What was paid: the room of the ledger registers the one source, so that tasks need not know it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import BigIntegerField, QuerySet, Value

from core.money import VND
from core.ui.parts import Badge
from tasks.models import Contract, Task

MONTHS = 12
NOTHING = VND(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskMoney:
    """The money of one task so far, in đồng."""

    paid_vnd: VND = NOTHING
    settled_vnd: VND = NOTHING
    returned_vnd: VND = NOTHING
    recoverable_vnd: VND = NOTHING
    recovered_vnd: VND = NOTHING
    # What the host holds, settled or not: no more can be recovered. None where no ledger keeps the task's money.
    with_host_vnd: VND | None = None


class MoneySource(Protocol):
    """What the ledger answers."""

    def annotate(self, tasks: QuerySet[Task]) -> QuerySet[Any]:
        """The same rows with ``paid_vnd``: what was paid on each."""

    def totals(self, task: Task) -> TaskMoney:
        """The money of one task."""

    def paid_instalments(self, contract: Contract) -> set[int]:
        """Primary keys of the instalments that are paid, or on their way."""

    def instalment_badges(self, contract: Contract) -> Mapping[int, Badge]:
        """Primary key of an instalment → how far its payment is, for those that were asked for."""

    def monthly_paid(self, year: int) -> Sequence[int]:
        """Twelve sums: what was paid in each month of the year, in đồng."""


class NoLedger:
    """Where no ledger is installed: nothing was paid."""

    def annotate(self, tasks: QuerySet[Task]) -> QuerySet[Any]:
        return tasks.annotate(paid_vnd=Value(0, BigIntegerField()))

    def totals(self, task: Task) -> TaskMoney:
        return TaskMoney()

    def paid_instalments(self, contract: Contract) -> set[int]:
        return set()

    def instalment_badges(self, contract: Contract) -> Mapping[int, Badge]:
        return {}

    def monthly_paid(self, year: int) -> Sequence[int]:
        return [0] * MONTHS


_source: list[MoneySource] = [NoLedger()]
_rephasing: list[Callable[..., None]] = []


def register(source: MoneySource) -> MoneySource:
    """Name the source. Called once, by the room of the ledger."""
    _source[:] = [source]
    return source


def source() -> MoneySource:
    """The ledger, or nothing at all."""
    return _source[0]


def on_rephasing(function: Callable[..., None]) -> Callable[..., None]:
    """Register ``function(taking, amendment)``: what the ledger does when instalments move between years."""
    _rephasing.append(function)
    return function


def rephased(taking: Any, amendment: Any) -> None:
    """Tell the ledger, inside the step that decides the amendment."""
    for function in _rephasing:
        function(taking, amendment)
