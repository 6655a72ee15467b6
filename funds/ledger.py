"""The only door for money: it locks the accounts, moves the amounts, and lets the database refuse overspending."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Sum
from django.utils.translation import gettext as _

from core import clock
from core.audit import service as audit
from core.money import MAX_VND, VND, format_vnd
from tasks.models import Task

from .choices import Bucket
from .models.accounts import Account, Transfer
from .postings import Edge

# Accounts that belong to no task.
COMMON = frozenset({Bucket.WORLD, Bucket.SOURCE})


class Overspent(Exception):
    """There is not enough money in the account that a posting takes from. ``missing_vnd`` says how much is missing."""

    def __init__(self, account: Account, missing_vnd: int) -> None:
        self.account, self.missing_vnd = account, missing_vnd
        text = _("Not enough money in “%(bucket)s”: %(missing)s đồng are missing.")
        bucket = Bucket(account.bucket).label
        super().__init__(text % {"bucket": bucket, "missing": format_vnd(missing_vnd)})


class KeyUsed(Exception):
    """The idempotency key already belongs to another posting."""


class NotReversible(Exception):
    """The transfer was reversed before, or is itself a reversal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One amount to post: an edge of the chart, for a task and budget year. Amount in đồng, above zero.

    ``source`` is the payer whose money it is; a task knows its own. ``to_year`` is the year of the credited account
    where it differs from ``year``.
    """

    edge: Edge
    amount_vnd: VND
    key: str
    task: Task | None = None
    source: str = ""
    year: int | None = None
    to_year: int | None = None
    memo: str = ""

    @property
    def payer(self) -> str:
        """Whose money it is. Raises ValueError when neither task nor source says so."""
        payer = self.source or (self.task.payer if self.task else "")
        if not payer:
            message = f"{self.edge.name} needs a task or a source"
            raise ValueError(message)
        return payer


def post(entries: Iterable[Entry], *, event_uuid: UUID, effective_on: date) -> list[Transfer]:
    """Post all entries in one transaction and return their transfers, in order.

    The accounts are locked by primary key before the first write. A key seen before returns its first transfer.
    Raises Overspent, KeyUsed, and ValueError for an amount that is not a whole positive number of đồng up to 10^15
    or for an account that is not named whole.
    """
    wanted = list(entries)
    for entry in wanted:
        _check_amount(entry.amount_vnd)
    with audit.transaction():
        ends = [(_account(entry, credit=False), _account(entry, credit=True)) for entry in wanted]
        held = _opened(account for pair in ends for account in pair)
        known = {one.key: one for one in _posted(entry.key for entry in wanted)}
        for entry, (debit, credit) in zip(wanted, ends, strict=True):
            if entry.key in known:
                _check_same(known[entry.key], entry, debit, credit)
            else:
                known[entry.key] = _post_one(entry, held[debit.code], held[credit.code], event_uuid, effective_on)
        return [known[entry.key] for entry in wanted]


def reverse(transfer: Transfer, *, key: str, event_uuid: UUID, effective_on: date, memo: str = "") -> Transfer:
    """Post the transfer the other way round: the one way to undo a mistake. Once; the same key gives the first.

    Raises NotReversible, and Overspent when the money has moved on.
    """
    with audit.transaction():
        locked = _lock([transfer.debit, transfer.credit])
        known = Transfer.objects.filter(reverses=transfer).first()
        if known is not None and known.key == key:
            return known
        if known is not None or transfer.reverses_id is not None:
            raise NotReversible(transfer.key)
        mirrored = Transfer(
            key=key,
            edge=transfer.edge,
            debit=locked[transfer.credit_id],
            credit=locked[transfer.debit_id],
            amount_vnd=transfer.amount_vnd,
            event_uuid=event_uuid,
            effective_on=effective_on,
            memo=memo,
            reverses=transfer,
        )
        return _move(mirrored)


def balance(bucket: Bucket, *, task: Task | None = None, year: int | None = None, source: str = "") -> VND:
    """What lies in a bucket now, in đồng: of one task or of all, of one budget year or of all, of one payer or all."""
    wanted = {"task": task, "budget_year": year, "source": source or None}
    rows = Account.objects.filter(bucket=bucket, **{name: value for name, value in wanted.items() if value is not None})
    sums = rows.aggregate(credits=Sum("credits_vnd"), debits=Sum("debits_vnd"))
    return VND((sums["credits"] or 0) - (sums["debits"] or 0))


def _check_amount(amount: object) -> None:
    if type(amount) is not int or not 0 < amount <= MAX_VND:
        message = f"{amount!r} is not an amount"
        raise ValueError(message)


def _posted(keys: Iterable[str]) -> Iterable[Transfer]:
    """The transfers that bear one of the keys."""
    return Transfer.objects.filter(key__in=list(keys)).select_related("debit", "credit")


def _check_same(known: Transfer, entry: Entry, debit: Account, credit: Account) -> None:
    """Raise KeyUsed when the key stands for another posting."""
    same = (known.edge, known.debit.code, known.credit.code, known.amount_vnd)
    if same != (entry.edge.word, debit.code, credit.code, entry.amount_vnd):
        raise KeyUsed(entry.key)


def _post_one(entry: Entry, debit: Account, credit: Account, event_uuid: UUID, on: date) -> Transfer:
    if debit == credit:
        message = f"{entry.edge.name} of {entry.key} stays in one account"
        raise ValueError(message)
    return _move(
        Transfer(
            key=entry.key,
            edge=entry.edge.word,
            debit=debit,
            credit=credit,
            amount_vnd=entry.amount_vnd,
            event_uuid=event_uuid,
            effective_on=on,
            memo=entry.memo,
        )
    )


def _move(transfer: Transfer) -> Transfer:
    """Write the transfer and both totals; both accounts are locked. The database refuses a total below zero too."""
    debit, credit = transfer.debit, transfer.credit
    missing = transfer.amount_vnd - debit.balance_vnd
    if missing > 0 and not debit.may_go_negative:
        raise Overspent(debit, missing)
    debit.debits_vnd = VND(debit.debits_vnd + transfer.amount_vnd)
    credit.credits_vnd = VND(credit.credits_vnd + transfer.amount_vnd)
    debit.save(update_fields=["debits_vnd"])
    credit.save(update_fields=["credits_vnd"])
    transfer.posted_at = clock.now()
    transfer.save(force_insert=True)
    return transfer


def _account(entry: Entry, *, credit: bool) -> Account:
    """The account at one end of an edge, not saved."""
    posting = entry.edge.value
    bucket = posting.credit if credit else posting.debit
    task = None if bucket in COMMON else entry.task
    if bucket not in COMMON and task is None:
        message = f"{entry.edge.name} needs a task"
        raise ValueError(message)
    year = _year(entry, credit=credit)
    code = ":".join([str(bucket.value), entry.payer, *([task.code] if task else []), *([str(year)] if year else [])])
    return Account(
        code=code,
        bucket=bucket,
        task=task,
        source=entry.payer,
        budget_year=year,
        may_go_negative=bucket == Bucket.WORLD,
    )


def _opened(accounts: Iterable[Account]) -> dict[str, Account]:
    """The accounts as they are now, locked in the order of their keys; made when they are first needed."""
    wanted = {account.code: account for account in accounts}
    there = Account.objects.filter(code__in=wanted)
    known = set(there.values_list("code", flat=True))
    new = [account for code, account in wanted.items() if code not in known]
    if new:
        Account.objects.bulk_create(new, ignore_conflicts=True)
    return {account.code: account for account in there.select_for_update().order_by("pk")}


def _year(entry: Entry, *, credit: bool) -> int | None:
    posting = entry.edge.value
    if not (posting.credit_by_year if credit else posting.debit_by_year):
        return None
    year = entry.to_year if credit and entry.to_year is not None else entry.year
    if year is None:
        message = f"{entry.edge.name} needs a budget year"
        raise ValueError(message)
    return year


def _lock(accounts: Iterable[Account]) -> dict[int, Account]:
    keys = {account.pk for account in accounts}
    return {account.pk: account for account in Account.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
