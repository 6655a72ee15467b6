"""Lists of money: papers of what one may see, tasks with money for a year, the transfers of a task."""

from typing import Any

from django.db.models import BigIntegerField, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from core import text
from core.people.models import User
from core.people.policy import visible_to
from funds.choices import Bucket
from funds.models import Account, Disbursement, Repayment, Settlement, Transfer
from tasks.models import Task

BIG = BigIntegerField()


def disbursements_of(user: User) -> QuerySet[Disbursement]:
    """The requests to pay that the user may see."""
    return visible_to(user, Disbursement).select_related("task__host", "instalment")


def settlements_of(user: User) -> QuerySet[Settlement]:
    """The settlements that the user may see."""
    return visible_to(user, Settlement).select_related("task__host")


def repayments_of(user: User) -> QuerySet[Repayment]:
    """The repayments that the user may see."""
    return visible_to(user, Repayment).select_related("task__host")


def search_papers(rows: QuerySet[Any], words: str, *, task: str = "task__") -> QuerySet[Any]:
    """Rows whose code, task or host holds every word, with or without Vietnamese marks. ``task``: the path to it."""
    for word in text.words(words):
        title, host = Q(**{f"{task}folded__contains": word}), Q(**{f"{task}host__folded__contains": word})
        rows = rows.filter(Q(code__icontains=word) | title | host)
    return rows


def tasks_of_year(user: User, year: int) -> QuerySet[Any]:
    """Tasks with money bound for a budget year: ``waiting_vnd``, ``granted_vnd`` (not paid yet), ``paid_vnd``."""
    accounts = Account.objects.filter(budget_year=year, task__isnull=False)
    return (
        visible_to(user, Task)
        .filter(pk__in=accounts.values("task"))
        .select_related("host")
        .annotate(
            waiting_vnd=_held(year, Bucket.COMMITTED_FUTURE),
            granted_vnd=_held(year, Bucket.ALLOCATED) + _held(year, Bucket.COMMITTED),
            paid_vnd=_spent(year),
        )
    )


def _held(year: int, bucket: Bucket) -> Any:
    rows = Account.objects.filter(task=OuterRef("pk"), budget_year=year, bucket=bucket).order_by().values("task")
    held = rows.annotate(held=Sum(F("credits_vnd") - F("debits_vnd"))).values("held")
    return Coalesce(Subquery(held, output_field=BIG), 0, output_field=BIG)


def _spent(year: int) -> Any:
    rows = Transfer.objects.filter(edge="pay", reverses=None, reversed_by=None, debit__budget_year=year)
    of_task = rows.filter(debit__task=OuterRef("pk")).order_by().values("debit__task")
    paid = of_task.annotate(total=Sum("amount_vnd")).values("total")
    return Coalesce(Subquery(paid, output_field=BIG), 0, output_field=BIG)


def transfers_of(task: Task) -> QuerySet[Transfer]:
    """Every transfer of a task, the newest first, with both accounts."""
    rows = Transfer.objects.filter(Q(debit__task=task) | Q(credit__task=task))
    return rows.select_related("debit", "credit", "reverses").order_by("-pk")
