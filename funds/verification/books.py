"""Do the books agree with themselves, and has every transfer an event and an edge of the chart?"""

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, Q, Sum
from django.db.models.functions import Coalesce

from core.audit.models import Event
from funds.models.accounts import Account, Transfer
from funds.postings import Edge


def faults() -> Iterator[str]:
    """One sentence for each disagreement inside the books."""
    yield from _totals()
    yield from _whole()
    yield from _tasks()
    yield from _events()
    yield from _edges()


def _totals() -> Iterator[str]:
    """Each account's running totals equal the sums of its transfers; none is overspent."""
    out = dict(Transfer.objects.order_by().values_list("debit").annotate(total=Sum("amount_vnd")))
    into = dict(Transfer.objects.order_by().values_list("credit").annotate(total=Sum("amount_vnd")))
    for account in Account.objects.iterator():
        yield from faults_of_account(account, out.get(account.pk, 0), into.get(account.pk, 0))


def faults_of_account(account: Account, out_vnd: int, into_vnd: int) -> Iterator[str]:
    """What is wrong with one account, whose transfers took out and brought in so much."""
    if (account.debits_vnd, account.credits_vnd) != (out_vnd, into_vnd):
        yield f"account {account.code}: its totals differ from its transfers"
    if account.balance_vnd < 0 and not account.may_go_negative:
        yield f"account {account.code} is overspent"


def _whole() -> Iterator[str]:
    """All debits equal all credits."""
    sums = Account.objects.aggregate(debits=Coalesce(Sum("debits_vnd"), 0), credits=Coalesce(Sum("credits_vnd"), 0))
    if sums["debits"] != sums["credits"]:
        yield f"all debits ({sums['debits']}) differ from all credits ({sums['credits']})"


def _tasks() -> Iterator[str]:
    """What lies in a task's buckets is what came from the source, less what went back; money never changes task."""
    mixed = Transfer.objects.filter(debit__task__isnull=False, credit__task__isnull=False)
    for key in mixed.exclude(debit__task=F("credit__task")).values_list("key", flat=True):
        yield f"transfer {key} moves money from one task to another"
    moved = Transfer.objects.order_by()
    came = dict(moved.filter(debit__task=None).values_list("credit__task").annotate(total=Sum("amount_vnd")))
    went = dict(moved.filter(credit__task=None).values_list("debit__task").annotate(total=Sum("amount_vnd")))
    held = Account.objects.exclude(task=None).order_by().values_list("task", "task__code")
    for task_id, code, amount in held.annotate(held=Sum(F("credits_vnd") - F("debits_vnd"))):
        if amount != came.get(task_id, 0) - went.get(task_id, 0):
            yield f"task {code}: its buckets do not sum to what it was given"


def _events() -> Iterator[str]:
    """Every transfer has the event that caused it."""
    known = Event.objects.filter(uuid=OuterRef("event_uuid"))
    for key in Transfer.objects.filter(~Exists(known)).values_list("key", flat=True):
        yield f"transfer {key} has no event"


def _edges() -> Iterator[str]:
    """Every transfer follows an edge of the chart; a reversal mirrors what it reverses."""
    chart = Q()
    for edge in Edge:
        debit, credit = edge.value.debit, edge.value.credit
        chart |= Q(edge=edge.word, reverses=None, debit__bucket=debit, credit__bucket=credit)
    mirrored = Q(
        reverses__edge=F("edge"),
        reverses__debit=F("credit"),
        reverses__credit=F("debit"),
        reverses__amount_vnd=F("amount_vnd"),
    )
    for key in Transfer.objects.exclude(chart | mirrored).values_list("key", flat=True):
        yield f"transfer {key} follows no edge of the chart"
