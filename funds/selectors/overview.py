"""The fund at a glance: plan, buckets, payments of a year against their plan, advances that wait to be settled."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import ExtractMonth

from core.money import VND
from core.workflow.confirmed import stands
from funds.choices import Bucket
from funds.models import Account, Disbursement, Transfer, YearPlan
from funds.models.plans import IN_FORCE
from funds.postings import Edge
from tasks.models import Task
from tasks.selectors.lists import planned_by_month
from tasks.selectors.money import MONTHS

from .books import NET
from .limits import WAITING
from .source import PAYMENTS

# Days after a payment: up to the first within a quarter, up to the last within a year.
AGES = (90, 180, 365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Advance:
    """One task's money that is paid and not settled: the oldest payment that it still contains."""

    code: str
    title: str
    host: str
    amount_vnd: VND
    since: date
    days: int


def plan_of(year: int, payer: str) -> VND:
    """The sum of the year's plans in force, in đồng."""
    plans = YearPlan.objects.filter(IN_FORCE, year=year, payer=payer)
    return VND(plans.aggregate(total=Sum("amount_vnd"))["total"] or 0)


def buckets_of(payer: str) -> dict[str, VND]:
    """Where all the money of a payer lies: bucket → đồng. One query."""
    rows = Account.objects.filter(source=payer).order_by().values_list("bucket")
    return {name: VND(held) for name, held in rows.annotate(held=Sum(F("credits_vnd") - F("debits_vnd")))}


def granted_of(year: int, payer: str) -> tuple[VND, VND]:
    """What is granted for a budget year, less what amendments took back, and the part for tasks approved before it.

    A task takes its whole sum out of the plan of the year that approves it, and is granted it year by year. In đồng.
    """
    waiting, allocated = Bucket.COMMITTED_FUTURE, Bucket.ALLOCATED
    rows = Transfer.objects.filter(debit__source=payer).order_by()
    into = rows.filter(debit__bucket=waiting, credit__bucket=allocated, credit__budget_year=year)
    back = rows.filter(debit__bucket=allocated, credit__bucket=waiting, debit__budget_year=year)
    whole, earlier = Sum("amount_vnd"), Sum("amount_vnd", filter=Q(debit__task__approved_on__year__lt=year))
    granted, taken = (found.aggregate(whole=whole, earlier=earlier) for found in (into, back))
    return (
        VND((granted["whole"] or 0) - (taken["whole"] or 0)),
        VND((granted["earlier"] or 0) - (taken["earlier"] or 0)),
    )


def paid_by_month(year: int, payer: str) -> list[int]:
    """Twelve sums in đồng, by the bank's date. One query."""
    rows = Transfer.objects.filter(edge=Edge.PAY.word, effective_on__year=year, debit__source=payer).order_by()
    sums = dict(rows.annotate(month=ExtractMonth("effective_on")).values_list("month").annotate(net=NET))
    return [int(sums.get(month, 0)) for month in range(1, MONTHS + 1)]


def planned_payments(year: int, payer: str) -> list[int]:
    """What contracts plan to pay in each month, in đồng. One query."""
    signed = Task.objects.filter(stands(), payer=payer, contract__signed_on__isnull=False)
    return planned_by_month(signed, year)


def waiting_payments(payer: str) -> dict[str, tuple[int, VND]]:
    """State → how many requests wait there, and their sum. One query."""
    rows = Disbursement.objects.filter(task__payer=payer, state__in=[*WAITING, "approved"]).order_by()
    found = rows.values_list("state").annotate(total=Sum("amount_vnd"), number=Count("pk"))
    return {state: (number, VND(total)) for state, total, number in found}


def open_advances(payer: str, on: date) -> list[Advance]:
    """Every task with money paid and not settled, the oldest first. Settlements clear the earliest payments first.

    Two queries, whatever there is.
    """
    open_accounts = Account.objects.filter(bucket=Bucket.ADVANCED, source=payer, credits_vnd__gt=F("debits_vnd"))
    accounts = list(open_accounts.select_related("task__host"))
    days: dict[int, list[tuple[date, int]]] = {}
    paid = PAYMENTS.filter(credit__in=[account.pk for account in accounts]).order_by("-effective_on", "-pk")
    for account_id, day, amount in paid.values_list("credit", "effective_on", "amount_vnd"):
        days.setdefault(account_id, []).append((day, amount))
    found = [_advance(account, days.get(account.pk, []), on) for account in accounts]
    return sorted((one for one in found if one is not None), key=lambda one: (one.since, one.code))


def _advance(account: Account, newest_first: Sequence[tuple[date, int]], on: date) -> Advance | None:
    left, since, task = account.balance_vnd, None, account.task
    for day, amount in newest_first:
        if left <= 0:
            break
        left, since = left - amount, day
    if since is None or task is None:
        return None
    return Advance(
        code=task.code,
        title=task.title,
        host=task.host.name,
        amount_vnd=VND(account.balance_vnd),
        since=since,
        days=(on - since).days,
    )


def by_age(advances: Iterable[Advance]) -> list[VND]:
    """Their sums by age: up to each of AGES days, and older."""
    sums = [0] * (len(AGES) + 1)
    for one in advances:
        sums[sum(one.days > limit for limit in AGES)] += one.amount_vnd
    return [VND(total) for total in sums]
