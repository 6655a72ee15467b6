"""A form of a plan or of estimates that comes again: it acts once, and its key opens no door for anything else."""

from collections.abc import Callable, Iterable
from typing import TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q

from core.money import VND
from core.workflow.ruling import used_refusal
from funds.models import YearEstimate, YearPlan
from funds.models.plans import Granted
from tasks.models import Task

from . import common

G = TypeVar("G", YearPlan, YearEstimate)
Wanted = Callable[[Task, VND], YearEstimate]
FACTS = ("created_key", "batch", "year", "amount_vnd", "decision", "number", "decided_on", "entered_by_id", "is_struck")


def entered_before(row: G) -> G | None:
    """The row that the form of this new one entered before. Raises ValidationError when it entered anything else."""
    key = row.created_key
    known = list(type(row)._default_manager.filter(Q(batch=key) | Q(created_key=key)))
    if any(_facts(one) != _facts(row) for one in known):
        raise used()
    return known[0] if known else None


def granted_before(key: UUID, tasks: Iterable[Task], payer: str, wanted: Wanted) -> bool:
    """Whether the form for all tasks did its work. ``wanted`` gives the row that it would enter for a task and amount.

    Raises ValidationError when anything else stands under its key, or under the keys that it would give to ``tasks``;
    so when a row of it was struck since.
    """
    parts = [common.inner_key(key, task.pk) for task in tasks]
    known = list(YearEstimate.objects.filter(Q(batch=key) | Q(created_key__in=parts)).select_related("task"))
    for one in known:
        if one.task.payer != payer or _facts(one) != _facts(wanted(one.task, VND(one.amount_vnd))):
            raise used()
    return bool(known)


def used() -> ValidationError:
    """A form acts once, and for one thing."""
    return ValidationError(str(used_refusal()))


def _facts(row: Granted) -> tuple[object, ...]:
    return (*(getattr(row, name) for name in FACTS), getattr(row, "payer", ""), getattr(row, "task_id", None))
