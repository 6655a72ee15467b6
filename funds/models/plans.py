"""What may be spent: the payer's plan of a year, and the estimate granted to a task for a year."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.money import VNDField, vnd_check
from core.people.models import User
from core.people.roles import Payer
from funds.choices import LEDGER_PAYERS
from tasks.models import Task

from .accounts import Transfer

FIRST_YEAR, LAST_YEAR = 2000, 2100
PAYERS = [(payer.value, payer.label) for payer in LEDGER_PAYERS]


class Granted(models.Model):
    """An amount that a decision gives for a year. Withdrawn by reversing its transfer, never changed or deleted."""

    code = models.CharField(max_length=90, unique=True, editable=False)
    year = models.PositiveSmallIntegerField(_("Budget year"))
    amount_vnd = VNDField(_("Amount"), minimum=1)
    decision = models.CharField(_("Decision"), max_length=200)
    decided_on = models.DateField(_("Decided on"))
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
        ]

    def __str__(self) -> str:
        return self.code


class YearPlan(Granted):
    """Money that comes in for a year, by decision of the budget authority; several of one year add up."""

    payer = models.CharField(_("Payer"), max_length=20, choices=PAYERS, default=Payer.FUND)
    transfer = models.OneToOneField(Transfer, models.PROTECT, related_name="year_plan", editable=False)

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
    transfer = models.OneToOneField(Transfer, models.PROTECT, related_name="year_estimate", editable=False)

    class Meta(Granted.Meta):
        ordering = ["year", "pk"]
        verbose_name = _("year estimate")
        verbose_name_plural = _("year estimates")
