"""Double entry by shape: one row moves an amount from one account to another, so it cannot be unbalanced."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.audit.triggers import append_only, frozen
from core.money import VND, VNDField, vnd_check
from core.people.roles import Payer
from funds.choices import LEDGER_PAYERS, Bucket
from tasks.models import Task


class Account(models.Model):
    """One bucket of one task, source and budget year. Only ``funds.ledger`` writes the totals.

    Money comes in as credit and leaves as debit, so the balance is credits less debits; the database itself refuses
    that it falls below zero, except for the world outside.
    """

    code = models.CharField(max_length=120, unique=True)
    bucket = models.CharField(max_length=20, choices=Bucket)
    task = models.ForeignKey(Task, models.PROTECT, null=True, related_name="accounts")
    # Whose money it is: the payer of the task.
    source = models.CharField(max_length=20, choices=Payer)
    # Empty until estimates are granted line by line.
    line = models.CharField(max_length=30, blank=True)
    budget_year = models.PositiveSmallIntegerField(null=True)
    may_go_negative = models.BooleanField(default=False)
    debits_vnd = VNDField(default=VND(0))
    credits_vnd = VNDField(default=VND(0))

    class Meta:
        ordering = ["code"]
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [
            models.CheckConstraint(
                condition=Q(may_go_negative=True) | Q(debits_vnd__lte=F("credits_vnd")), name="account_not_overspent"
            ),
            models.CheckConstraint(condition=Q(debits_vnd__gte=0, credits_vnd__gte=0), name="account_totals_positive"),
            models.CheckConstraint(condition=Q(bucket__in=list(Bucket.values)), name="account_bucket_known"),
            models.CheckConstraint(condition=Q(source__in=list(LEDGER_PAYERS)), name="account_source_known"),
            models.CheckConstraint(
                condition=Q(may_go_negative=False) | Q(bucket="world"), name="account_only_world_negative"
            ),
            models.CheckConstraint(
                condition=Q(bucket__in=["world", "source"]) | Q(task__isnull=False), name="account_belongs_to_task"
            ),
        ]
        indexes = [
            models.Index(fields=["task", "bucket"], name="account_task_bucket"),
            models.Index(fields=["bucket", "source"], name="account_bucket_source"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def balance_vnd(self) -> int:
        """What is in the account, in đồng; below zero only outside the fund."""
        return self.credits_vnd - self.debits_vnd


class Transfer(models.Model):
    """An amount that moved from ``debit`` to ``credit``. Never changed; a mistake is reversed."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField(max_length=120, unique=True)
    edge = models.CharField(max_length=40)
    debit = models.ForeignKey(Account, models.PROTECT, related_name="outgoing")
    credit = models.ForeignKey(Account, models.PROTECT, related_name="incoming")
    amount_vnd = VNDField(minimum=1)
    event_uuid = models.UUIDField()
    effective_on = models.DateField()
    posted_at = models.DateTimeField()
    memo = models.CharField(max_length=300, blank=True)
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by")

    class Meta:
        ordering = ["pk"]
        verbose_name = _("transfer")
        verbose_name_plural = _("transfers")
        constraints = [
            vnd_check("amount_vnd", "transfer_amount_in_range", minimum=1),
            models.CheckConstraint(condition=~Q(debit=F("credit")), name="transfer_between_two_accounts"),
        ]
        indexes = [models.Index(fields=["effective_on"], name="transfer_effective_on")]

    def __str__(self) -> str:
        return f"{self.edge} {self.amount_vnd}"


append_only(Transfer)
frozen(Account, ("code", "bucket", "task_id", "source", "line", "budget_year", "may_go_negative"), when="1 = 1")
