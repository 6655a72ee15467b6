"""What the money tells the room of dossiers: a debt closed without payment is still a debt of the host."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _

from core.people.selectors import predecessors_of
from core.workflow.confirmed import stands
from core.workflow.ruling import Refusal, resting_on
from funds.choices import LEDGER_PAYERS, Bucket, ClosingGround
from funds.models import Account, RecoveryClosing
from proposals.models import Dossier
from proposals.selectors import eligibility
from tasks.lifecycle import TaskState
from tasks.models import Task

UNPAID_RECOVERY = "eligibility.organisation.unpaid_recovery"


def unpaid_debts(dossier: Dossier, on: date) -> Iterator[Refusal]:
    """Recovered money that never came back, although its recovery was closed. One query.

    A court, a successor or a write-off ends the recovery, not the debt (Circular 08/2017/TT-BKHCN, Article 4.2.a).
    While the recovery runs, the room of tasks says so.
    """
    rule = dossier.rule(UNPAID_RECOVERY, on)
    if not rule.value:
        return
    hosts = [dossier.host, *predecessors_of(dossier.host, on)]
    counted = eligibility.counted_levels(dossier.regulation, on)
    owing = Task.objects.filter(stands(), _owes(), host__in=hosts, level__in=counted)
    owing = owing.exclude(state=TaskState.RECOVERING)
    for task in owing.select_related("host").order_by("code"):
        text = _("%(host)s has not paid back what was recovered from task %(task)s.")
        words = {"host": task.host.name, "task": task.code}
        yield resting_on(rule, text % words)


def _owes() -> Q:
    """Money still recoverable, or a ground on record where the ledger shows none: written off, or never booked here."""
    booked = Account.objects.filter(task=OuterRef("pk"), bucket=Bucket.RECOVERABLE, credits_vnd__gt=F("debits_vnd"))
    closings = RecoveryClosing.objects.filter(task=OuterRef("pk"))
    return Exists(booked) | Exists(closings.filter(ground=ClosingGround.WRITTEN_OFF)) | _unbooked(Exists(closings))


def _unbooked(closed: Exists) -> Q:
    return Q(closed) & ~Q(payer__in=LEDGER_PAYERS)


eligibility.checks.append(unpaid_debts)
