"""What a payment waits for before it can be confirmed, and a recovery before it can be closed."""

from django.db.models import BigIntegerField, F, OuterRef, Q, Subquery, Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.people.roles import Role
from core.workflow.registry import needed, written_on
from funds.choices import Bucket
from funds.lifecycle import Guard
from funds.models import RecoveryClosing
from tasks.lifecycle import Guard as TaskGuard
from tasks.lifecycle import TaskState
from tasks.models import Task


@needed(
    "disbursement",
    "pay",
    Role.FUND_OFFICER,
    words=_("waits for the bank's reference and the day of the payment"),
    url=lambda code: reverse("funds:payment-enter", args=[code]),
)
def without_bank_reference() -> Q:
    """The fund officer enters the bank's answer; the chief accountant confirms it."""
    return Q(bank_reference="") | Q(paid_on__isnull=True)


@needed(
    "task",
    "close_recovery",
    Role.FUND_OFFICER,
    words=_("waits for a repayment of the host, or for a ground for closing"),
    # There the fund officer finds both: what the host paid back, and a ground.
    url=lambda code: reverse("tasks:task-detail", args=[code]),
)
def still_owed() -> Q:
    """Money of the host is missing, and no ground is on record for just this amount: the accountant can do nothing."""
    last = RecoveryClosing.objects.filter(task=OuterRef("pk")).order_by("-pk").values("missing_vnd")[:1]
    balance = Sum(F("accounts__credits_vnd") - F("accounts__debits_vnd"), output_field=BigIntegerField())
    owing = Task.objects.filter(state=TaskState.RECOVERING, accounts__bucket=Bucket.RECOVERABLE).order_by()
    told = owing.annotate(owed=balance, excused=Subquery(last, output_field=BigIntegerField())).filter(owed__gt=0)
    return Q(pk__in=told.filter(Q(excused=None) | ~Q(excused=F("owed"))).values("pk"))


written_on(TaskGuard.RECOVERY_CLOSED, "close_debt", "funds:closing-create")
# On which form what a guard asks for is written.
for _guard, _action, _page in (
    (Guard.BANK_ACCOUNT_KNOWN, "edit", "disbursement-edit"),
    (Guard.PAYMENT_CONFIRMED_BY_TWO, "enter_payment", "payment-enter"),
    (Guard.ANNULMENT_GROUND_WRITTEN, "write_ground", "ground-write"),
    (Guard.SETTLEMENT_COMPLETE, "edit", "settlement-edit"),
):
    written_on(_guard, _action, f"funds:{_page}")
