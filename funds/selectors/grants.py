"""Plans and estimates: what still may be granted, what waits for a second person, what the reader may do with each."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Sum

from core.people.models import User
from core.people.policy import visible_to
from core.people.seen import digest
from funds.models import YearEstimate, YearPlan
from funds.models.plans import ENTRY_WAITS, Granted, Standing
from tasks.models import Task

from .books import books_of

PAPER = ("year", "decision", "number", "decided_on", "scan_id", "entered_by_id")
SHOWN = ("code", "amount_vnd", *PAPER, "withdrawal_by_id", "withdrawal_reason")


def ungranted_of(task: Task, year: int) -> int:
    """What the contract waits for in a budget year beyond what was entered and is not confirmed yet, in đồng."""
    entered = YearEstimate.objects.filter(ENTRY_WAITS, task=task, year=year).aggregate(total=Sum("amount_vnd"))
    return books_of(task).year(year).waiting_vnd - int(entered["total"] or 0)


def with_rights(rows: QuerySet[Any], user: User) -> QuerySet[Any]:
    """Plans or estimates, each with ``may_withdraw`` and ``may_answer`` for the reader, and all that its line says."""
    asked = {
        f"may_{action}": Exists(visible_to(user, rows.model, action).filter(pk=OuterRef("pk")))
        for action in ("withdraw", "answer")
    }
    related = ("transfer__reversed_by", "scan", "entered_by", "confirmed_by")
    found: QuerySet[Any] = rows.select_related(*related).annotate(**asked)
    return found


def batch_of(estimate: YearEstimate) -> list[YearEstimate]:
    """What is answered together: all that one form entered and nobody has answered, else the estimate alone."""
    if estimate.standing != Standing.ENTERED:
        return [estimate]
    rows = YearEstimate.objects.filter(ENTRY_WAITS, batch=estimate.batch).order_by("pk")
    return list(rows.select_related("task", "scan", "entered_by", "withdrawal_by"))


def answer_digest(rows: Iterable[Granted]) -> str:
    """All that the second person answers in one act, and whether to an entry or to its withdrawal, as one digest."""
    return digest([[row.standing, *(getattr(row, name) for name in SHOWN)] for row in rows])


def plans_to_answer(user: User) -> QuerySet[YearPlan]:
    """The plans that wait for this person as the second one."""
    return visible_to(user, YearPlan, "answer").order_by("pk")


def estimates_to_answer(user: User) -> QuerySet[YearEstimate]:
    """The estimates that wait for this person, those of one form once."""
    rows = visible_to(user, YearEstimate, "answer")
    earlier = rows.filter(batch=OuterRef("batch"), transfer=None, pk__lt=OuterRef("pk"))
    return rows.exclude(Exists(earlier), transfer=None).select_related("task").order_by("pk")
