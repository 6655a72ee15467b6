"""What the money tells against a host: a debt closed without payment is still its debt."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _

from core.regulations import value
from funds.choices import LEDGER_PAYERS, Bucket, ClosingGround
from funds.models import Account, RecoveryClosing
from tasks.lifecycle import TaskState
from tasks.selectors.eligibility import Rule, host_rules


def closed_debts(on: date, regulation: str) -> Iterator[Rule]:
    """Recovered money that never came back, although its recovery was closed.

    A court, a successor or a write-off ends the recovery, not the debt (Circular 08/2017/TT-BKHCN, Article 4.2.a).
    While the recovery runs, the room of tasks says so.
    """
    key = "eligibility.organisation.unpaid_recovery"
    if value(key, regulation, on):
        text = _("%(host)s has not paid back what was recovered from task %(task)s.")
        yield Rule(_owes() & ~Q(state=TaskState.RECOVERING), text, key)


def _owes() -> Q:
    """Money still recoverable, or a ground on record where the ledger shows none: written off, or never booked here."""
    booked = Account.objects.filter(task=OuterRef("pk"), bucket=Bucket.RECOVERABLE, credits_vnd__gt=F("debits_vnd"))
    closings = RecoveryClosing.objects.filter(task=OuterRef("pk"))
    return Exists(booked) | Exists(closings.filter(ground=ClosingGround.WRITTEN_OFF)) | _unbooked(Exists(closings))


def _unbooked(closed: Exists) -> Q:
    return Q(closed) & ~Q(payer__in=LEDGER_PAYERS)


host_rules.append(closed_debts)
