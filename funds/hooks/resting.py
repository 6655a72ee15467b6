"""On which rows beside their own the steps of money papers rest."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from core.workflow.shown import rests_on
from funds.models import RecoveryClosing, Settlement, SettlementLine
from tasks.models import Task


@rests_on("settlement")
def settlement_lines(settlement: Settlement) -> Iterator[QuerySet[Any]]:
    """The items that the payer recognises."""
    yield SettlementLine.objects.filter(settlement=settlement)


@rests_on("task")
def recovery_closings(task: Task) -> Iterator[QuerySet[Any]]:
    """Why a recovery ends although money is missing."""
    yield RecoveryClosing.objects.filter(task=task)
