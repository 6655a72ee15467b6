"""When a task does not go its usual way: suspension, termination, recovery."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.money import VNDField, vnd_check

from .task import Task


class Suspension(models.Model):
    """One suspension: from its decision until the task is resumed. Payments stand still meanwhile."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="suspensions")
    sequence = models.PositiveSmallIntegerField()
    ground = models.TextField(_("Why the task is suspended"))
    from_on = models.DateField(_("Suspended from"))
    until = models.DateField(_("Suspended until"))
    conditions = models.TextField(_("Conditions for resuming"))
    # The days of the decisions themselves.
    suspended_on = models.DateField(_("Suspended by decision of"), null=True, blank=True)
    resumed_on = models.DateField(_("Resumed by decision of"), null=True, blank=True)
    # An end that moves because of the suspension; empty when it does not.
    new_ends_on = models.DateField(_("New end"), null=True, blank=True)
    resume_from = models.DateField(_("Resumed from"), null=True, blank=True)
    resume_note = models.TextField(_("Why the task may be resumed"), blank=True)

    class Meta:
        ordering = ["sequence"]
        constraints = [
            models.UniqueConstraint(fields=["task", "sequence"], name="suspension_sequence_once"),
            models.UniqueConstraint(fields=["task"], condition=Q(resumed_on__isnull=True), name="suspension_one_open"),
            models.CheckConstraint(condition=Q(until__gt=F("from_on")), name="suspension_until_after_start"),
            models.CheckConstraint(
                condition=Q(resumed_on__isnull=True) | Q(resumed_on__gte=F("suspended_on")),
                name="suspension_resumed_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task} · {self.sequence}"


class Ground(models.TextChoices):
    """Why a contract ends early (contract template of Circular 05/2014/TT-BKHCN, Article 5, clauses 2 to 5)."""

    NOT_NEEDED = "5.2", pgettext_lazy("ground", "Not needed any more; both parties agree (Article 5.2)")
    STOPPED = "5.3", pgettext_lazy("ground", "Stopped by decision of the competent authority (Article 5.3)")
    NO_DOSSIER = "5.4", pgettext_lazy("ground", "The host does not file the acceptance dossier (Article 5.4)")
    PARTY_A = "5.5", pgettext_lazy("ground", "A breach by party A makes the work impossible (Article 5.5)")


class Cause(models.TextChoices):
    """On whom the failure lies."""

    OBJECTIVE = "objective", pgettext_lazy("cause", "Objective")
    SUBJECTIVE = "subjective", pgettext_lazy("cause", "Subjective")


class Termination(models.Model):
    """What is known when a contract is ended early. Money in đồng."""

    task = models.OneToOneField(Task, models.PROTECT, related_name="termination")
    ground = models.CharField(_("Ground"), max_length=10, choices=Ground)
    cause = models.CharField(_("Cause"), max_length=10, choices=Cause)
    terminated_from = models.DateField(_("Terminated from"))
    explanation = models.TextField(_("What happened"))
    spent_vnd = VNDField(_("Spent from the state budget"))
    accepted_vnd = VNDField(_("Spending accepted as proper"))
    # Law 93/2025/QH15, Article 9: procedure followed, no fraud, money spent on the right purpose.
    procedure_followed = models.BooleanField(_("All procedures including risk management were followed"), default=False)
    compliance_note = models.TextField(_("Assessment of compliance"), blank=True)
    # What the decision leaves with the host of the money spent properly; the rule book gives the bounds.
    returned_percent = models.PositiveSmallIntegerField(
        _("Share of proper spending to give back (%)"), null=True, validators=[MaxValueValidator(100)]
    )
    percent_reason = models.TextField(_("Why this share"), default="")
    handover = models.TextField(_("What the host hands over"), blank=True)
    terminated_on = models.DateField(_("Terminated by decision of"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ground__in=list(Ground.values)), name="termination_ground_known"),
            models.CheckConstraint(condition=Q(cause__in=list(Cause.values)), name="termination_cause_known"),
            vnd_check("spent_vnd", "termination_spent_in_range"),
            vnd_check("accepted_vnd", "termination_accepted_in_range"),
            models.CheckConstraint(condition=Q(accepted_vnd__lte=F("spent_vnd")), name="termination_accepted_within"),
            models.CheckConstraint(
                condition=Q(returned_percent__isnull=True) | Q(returned_percent__lte=100),
                name="termination_percent_in_range",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task}"


class RecoveryOrder(models.Model):
    """What the host has to give back. ``computed_vnd`` by the termination; another ``amount_vnd`` needs a reason."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="recovery_orders")
    sequence = models.PositiveSmallIntegerField()
    computed_vnd = VNDField(_("Computed from the termination"))
    amount_vnd = VNDField(_("Amount to recover"), minimum=1)
    difference_reason = models.TextField(_("Why the amount differs"), blank=True)
    basis = models.TextField(_("Basis"))
    # The paper that ended the contract, where no valid one is in this system.
    cited_number = models.CharField(_("Number of the paper that ended the contract"), max_length=60, blank=True)
    cited_on = models.DateField(_("Day of that paper"), null=True, blank=True)
    due_on = models.DateField(_("To be paid by"))
    account = models.CharField(_("Account to pay to"), max_length=40)
    bank = models.CharField(_("Bank or treasury"), max_length=200)
    ordered_on = models.DateField(_("Ordered on"), null=True, blank=True)

    class Meta:
        ordering = ["sequence"]
        constraints = [
            models.UniqueConstraint(fields=["task", "sequence"], name="recoveryorder_sequence_once"),
            models.UniqueConstraint(
                fields=["task"], condition=Q(ordered_on__isnull=True), name="recoveryorder_one_open"
            ),
            vnd_check("computed_vnd", "recoveryorder_computed_in_range"),
            vnd_check("amount_vnd", "recoveryorder_amount_in_range", minimum=1),
            models.CheckConstraint(
                condition=Q(amount_vnd=F("computed_vnd")) | ~Q(difference_reason=""), name="recoveryorder_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task} · {self.sequence}"
