"""What is written of a task's money before this system; it is booked when a second person confirms the task."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.money import VND, VNDField, vnd_check
from core.people.models import User
from tasks.models import Task

from .plans import FIRST_YEAR, LAST_YEAR
from .proofs import plain_reference


class OpeningBalance(models.Model):
    """The money of one task from before: granted by year, paid by instalment, settled and given back in all."""

    task = models.OneToOneField(Task, models.PROTECT, related_name="opening_balance")
    decision = models.CharField(_("Where the figures come from"), max_length=200)
    settled_vnd = VNDField(_("Settled before"), default=VND(0))
    returned_vnd = VNDField(_("Given back before"), default=VND(0))
    settled_on = models.DateField(_("Settled on"), null=True, blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)

    class Meta:
        verbose_name = _("opening balance")
        verbose_name_plural = _("opening balances")
        constraints = [
            vnd_check("settled_vnd", "openingbalance_settled_in_range"),
            vnd_check("returned_vnd", "openingbalance_returned_in_range"),
            models.CheckConstraint(condition=~Q(decision=""), name="openingbalance_names_paper"),
        ]

    def __str__(self) -> str:
        return f"{self.task}"


class OpeningGrant(models.Model):
    """What was granted for a budget year, in đồng."""

    opening = models.ForeignKey(OpeningBalance, models.PROTECT, related_name="grants")
    year = models.PositiveSmallIntegerField(_("Budget year"))
    amount_vnd = VNDField(_("Granted before"), minimum=1)

    class Meta:
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(fields=["opening", "year"], name="openinggrant_year_once"),
            vnd_check("amount_vnd", "openinggrant_amount_in_range", minimum=1),
            models.CheckConstraint(
                condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR), name="openinggrant_year_in_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opening} · {self.year}"


class OpeningPayment(models.Model):
    """That an instalment, by its number in the contract, was paid: when, and under which bank reference."""

    opening = models.ForeignKey(OpeningBalance, models.PROTECT, related_name="payments")
    sequence = models.PositiveSmallIntegerField(_("No."))
    paid_on = models.DateField(_("Paid on"))
    bank_reference = models.CharField(_("Bank reference"), max_length=80, validators=[plain_reference])

    class Meta:
        ordering = ["sequence"]
        constraints = [
            models.UniqueConstraint(fields=["opening", "sequence"], name="openingpayment_sequence_once"),
            models.CheckConstraint(condition=~Q(bank_reference=""), name="openingpayment_has_reference"),
        ]

    def __str__(self) -> str:
        return f"{self.opening} · {self.sequence}"
