"""What may be spent: the payer's plan of a year, and the estimate granted to a task for a year."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.files.models import StoredFile
from core.money import VNDField, vnd_check
from core.people.models import User
from core.people.roles import Payer
from funds.choices import LEDGER_PAYERS
from tasks.models import Task

from .accounts import Transfer

FIRST_YEAR, LAST_YEAR = 2000, 2100
PAYERS = [(payer.value, payer.label) for payer in LEDGER_PAYERS]


class Standing(models.TextChoices):
    """Whether an amount counts. It does from the confirmation to the withdrawal, each seen by two persons."""

    ENTERED = "entered", pgettext_lazy("grant", "Waits for a second person")
    IN_FORCE = "in_force", _("In force")
    WITHDRAWAL_ASKED = "withdrawal_asked", pgettext_lazy("grant", "Withdrawal waits for a second person")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    STRUCK = "struck", pgettext_lazy("grant", "Struck out")


# Nobody has confirmed the entry; somebody has asked to withdraw what is in force.
ENTRY_WAITS = Q(transfer=None, is_struck=False)
IN_FORCE = Q(transfer__isnull=False, transfer__reversed_by=None)
WITHDRAWAL_WAITS = IN_FORCE & Q(withdrawal_by__isnull=False)


class Granted(models.Model):
    """An amount that a decision gives for a year: entered by one person with the decision's scan, confirmed by another.

    Only the confirmation posts its transfer. Withdrawn, likewise by two, by reversing it; never changed or deleted.
    """

    code = models.CharField(max_length=90, unique=True, editable=False)
    year = models.PositiveSmallIntegerField(_("Budget year"))
    amount_vnd = VNDField(_("Amount"), minimum=1)
    decision = models.CharField(_("Decision"), max_length=200)
    # Empty only where the books of a task from before were opened.
    number = models.CharField(_("Number and symbol"), max_length=60, blank=True)
    decided_on = models.DateField(_("Decided on"))
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+", editable=False)
    # What one form entered is confirmed in one act.
    batch = models.UUIDField(default=uuid4, editable=False)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    is_struck = models.BooleanField(default=False, editable=False)
    withdrawal_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    withdrawal_reason = models.TextField(blank=True, editable=False)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    created_key = models.UUIDField(unique=True, editable=False)

    class Meta:
        abstract = True
        constraints = [
            vnd_check("amount_vnd", "%(class)s_amount_in_range", minimum=1),
            models.CheckConstraint(
                condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR), name="%(class)s_year_in_range"
            ),
            models.CheckConstraint(condition=~Q(decision=""), name="%(class)s_names_decision"),
            models.CheckConstraint(
                condition=Q(number="", scan=None) | (~Q(number="") & Q(scan__isnull=False)),
                name="%(class)s_number_with_scan",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("entered_by")), name="%(class)s_two_persons"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None, transfer=None)
                | Q(confirmed_by__isnull=False, transfer__isnull=False, is_struck=False),
                name="%(class)s_counts_when_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(withdrawal_by=None, withdrawal_reason="")
                | (Q(withdrawal_by__isnull=False, transfer__isnull=False) & ~Q(withdrawal_reason="")),
                name="%(class)s_withdrawal_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def standing(self) -> Standing:
        """Whether the amount counts, and whom it waits for. Reads the transfer."""
        transfer: Transfer | None = getattr(self, "transfer")  # noqa: B009  # each of the two has its own
        if transfer is None:
            return Standing.STRUCK if self.is_struck else Standing.ENTERED
        if hasattr(transfer, "reversed_by"):
            return Standing.WITHDRAWN
        return Standing.WITHDRAWAL_ASKED if self.withdrawal_by_id else Standing.IN_FORCE


class YearPlan(Granted):
    """Money that comes in for a year, by decision of the budget authority; several of one year add up."""

    payer = models.CharField(_("Payer"), max_length=20, choices=PAYERS, default=Payer.FUND)
    transfer = models.OneToOneField(Transfer, models.PROTECT, null=True, related_name="year_plan", editable=False)

    class Meta(Granted.Meta):
        ordering = ["-year", "-decided_on", "-pk"]
        verbose_name = _("year plan")
        verbose_name_plural = _("year plans")
        constraints = [
            *Granted.Meta.constraints,
            models.CheckConstraint(condition=Q(payer__in=list(LEDGER_PAYERS)), name="yearplan_payer_known"),
        ]


class YearEstimate(Granted):
    """The part of a contract that a budget year grants. Payment needs it; several grants of one year add up."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="year_estimates")
    transfer = models.OneToOneField(Transfer, models.PROTECT, null=True, related_name="year_estimate", editable=False)

    class Meta(Granted.Meta):
        ordering = ["year", "pk"]
        verbose_name = _("year estimate")
        verbose_name_plural = _("year estimates")
