"""On which rows beside their own the steps of tasks and their parts rest."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from core.workflow.shown import rests_on
from tasks.models import (
    AcceptanceFile,
    Amendment,
    Contract,
    Finding,
    Inspection,
    Instalment,
    Liquidation,
    Phasing,
    Recognition,
    RecoveryOrder,
    Registration,
    Report,
    SpendingLine,
    Suspension,
    Task,
    Termination,
)

OF_TASK: tuple[Any, ...] = (
    Contract, Suspension, Termination, RecoveryOrder, AcceptanceFile, Registration, Recognition, Liquidation
)  # fmt: skip


@rests_on("task")
def acts_of_task(task: Task) -> Iterator[QuerySet[Any]]:
    """What is written before a step of a task decides on it."""
    yield from (model._default_manager.filter(task=task) for model in OF_TASK)
    yield Instalment.objects.filter(contract__task=task)


@rests_on("amendment")
def phasing(amendment: Amendment) -> Iterator[QuerySet[Any]]:
    """The new plan of payments."""
    yield Phasing.objects.filter(amendment=amendment)


@rests_on("inspection")
def findings(inspection: Inspection) -> Iterator[QuerySet[Any]]:
    """What was found."""
    yield Finding.objects.filter(inspection=inspection)


@rests_on("report")
def spending(report: Report) -> Iterator[QuerySet[Any]]:
    """How the money was used."""
    yield SpendingLine.objects.filter(report=report)
