"""The contract between the payer (party A) and the host (party B), and the plan of its payments."""

from datetime import date

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.money import VND, VNDField, vnd_check
from core.people.models import Organisation

from .task import Task


class Precondition(models.TextChoices):
    """What must have happened before an instalment may be paid."""

    SIGNED = "signed", pgettext_lazy("precondition", "Contract signed")
    PROGRESS_ACCEPTED = "progress_accepted", pgettext_lazy("precondition", "Progress report accepted")
    INSPECTION_PASSED = "inspection_passed", pgettext_lazy("precondition", "Inspection passed")
    RESULTS_ACCEPTED = "results_accepted", pgettext_lazy("precondition", "Results accepted")
    RESULTS_REGISTERED = "results_registered", pgettext_lazy("precondition", "Results registered")
    RESULTS_RECOGNISED = "results_recognised", pgettext_lazy("precondition", "Results recognised")


class Contract(models.Model):
    """What the parties agreed. Facts stand still once the contract is signed; amendments change dates and phasing."""

    task = models.OneToOneField(Task, models.PROTECT, related_name="contract")
    paying_body = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("Party A"))
    payer_signer = models.CharField(_("Signs for party A"), max_length=120)
    payer_position = models.CharField(_("Position of the signer of party A"), max_length=120)
    host_signer = models.CharField(_("Signs for party B"), max_length=120)
    host_position = models.CharField(_("Position of the signer of party B"), max_length=120)
    host_account = models.CharField(_("Account of the host"), max_length=40)
    host_bank = models.CharField(_("Bank or treasury of the host"), max_length=200)
    state_value_vnd = VNDField(_("Contract value from the state budget"))
    other_value_vnd = VNDField(_("Contract value from other sources"), default=VND(0))
    starts_on = models.DateField(_("Starts on"))
    ends_on = models.DateField(_("Ends on"))
    # Days on which the parties want a report besides the rule book's; ISO dates.
    report_dates = models.JSONField(_("Additional report dates"), default=list, blank=True)
    copies = models.PositiveSmallIntegerField(_("Number of originals"), default=6, validators=[MinValueValidator(2)])
    # Set at signing. The number only where the contract itself is not in this system.
    signed_on = models.DateField(_("Signed on"), null=True, blank=True)
    number = models.CharField(_("Contract number"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("contract")
        verbose_name_plural = _("contracts")
        constraints = [
            vnd_check("state_value_vnd", "contract_state_value_in_range"),
            vnd_check("other_value_vnd", "contract_other_value_in_range"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="contract_ends_after_start"),
            models.CheckConstraint(condition=Q(copies__gte=2), name="contract_copies_for_both"),
        ]

    def __str__(self) -> str:
        return self.number or f"{self.task}"

    @property
    def value_vnd(self) -> VND:
        """State and other money together, in đồng."""
        return VND(self.state_value_vnd + self.other_value_vnd)

    @property
    def additional_report_days(self) -> list[date]:
        """The extra report dates as days, in order."""
        return sorted(date.fromisoformat(text) for text in self.report_dates)


class Instalment(models.Model):
    """One payment of state money: how much, when, from which budget year, and after what."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="instalments")
    sequence = models.PositiveSmallIntegerField(_("No."))
    amount_vnd = VNDField(_("Amount"), minimum=1)
    precondition = models.CharField(_("Precondition"), max_length=20, choices=Precondition)
    planned_on = models.DateField(_("Planned on"))
    budget_year = models.PositiveSmallIntegerField(_("Budget year"))

    class Meta:
        ordering = ["sequence"]
        verbose_name = _("instalment")
        verbose_name_plural = _("instalments")
        constraints = [
            models.UniqueConstraint(fields=["contract", "sequence"], name="instalment_sequence_once"),
            vnd_check("amount_vnd", "instalment_amount_in_range", minimum=1),
            models.CheckConstraint(
                condition=Q(precondition__in=list(Precondition.values)), name="instalment_precondition_known"
            ),
            models.CheckConstraint(
                condition=Q(budget_year__gte=2000, budget_year__lte=2100), name="instalment_budget_year_in_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract.task} · {self.sequence}"
