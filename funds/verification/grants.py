"""Money that comes in, or is granted for a year, rests on a plan or an estimate that says just the same."""

from collections.abc import Iterator
from typing import Any

from django.db.models import F, Q

from funds.models import YearEstimate, YearPlan
from funds.models.accounts import Transfer
from funds.models.plans import Granted
from funds.postings import Edge

SAME_PLAN = Q(transfer__edge=Edge.FUND_THE_YEAR.word, transfer__credit__source=F("payer"))
SAME_ESTIMATE = Q(
    transfer__edge=Edge.GRANT.word, transfer__debit__task=F("task"), transfer__debit__budget_year=F("year")
)
SAME_AMOUNT = Q(transfer__reverses=None, transfer__amount_vnd=F("amount_vnd"))


def faults() -> Iterator[str]:
    """One sentence for each transfer without its decision, and for each decision whose transfer differs."""
    yield from _of(YearPlan, Edge.FUND_THE_YEAR, SAME_PLAN)
    yield from _of(YearEstimate, Edge.GRANT, SAME_ESTIMATE)


def _of(model: type[Granted], edge: Edge, same: Q) -> Iterator[str]:
    name = model._meta.verbose_name_raw
    rows: Any = model._default_manager.order_by("pk")
    behind = rows.exclude(transfer=None).values("transfer")
    posted = Transfer.objects.filter(edge=edge.word, reverses=None)
    for key in posted.exclude(pk__in=behind).values_list("key", flat=True):
        yield f"transfer {key}: no {name} stands behind it"
    agreeing = rows.filter(SAME_AMOUNT, same).values("pk")
    for code in rows.exclude(transfer=None).exclude(pk__in=agreeing).values_list("code", flat=True):
        yield f"{name} {code}: its transfer says something else"
    taken_back = rows.filter(transfer__reversed_by__isnull=False, withdrawal_by=None)
    for code in taken_back.values_list("code", flat=True):
        yield f"{name} {code}: taken back, although nobody asked for it"
