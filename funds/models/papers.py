"""The papers of money: request to pay, settlement of what was advanced, repayment of what is recovered."""

from typing import ClassVar, Never

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.money import VND, VNDField, vnd_check
from core.people.models import User
from core.people.roles import Role
from core.regulations import Anchor
from core.workflow.machine import code_check, state_check, state_field
from core.workflow.models import Stepped
from funds.choices import ClosingGround
from funds.lifecycle import (
    DISBURSEMENT,
    REPAYMENT,
    SETTLEMENT,
    DisbursementState,
    RepaymentState,
    SettlementState,
)
from tasks.models import Instalment, Task
from tasks.models.part import entered_by

from .proofs import plain_reference, proof

HOST: dict[Role, str] = {Role.ORGANISATION_SIGNER: "task__host", Role.APPLICANT: "task__host"}
GONE = [DisbursementState.REFUSED, DisbursementState.WITHDRAWN]


class MoneyPaper(Stepped):
    """What the three papers share: they are about the money of one task."""

    title_path = "task__title"
    author_path = "task__principal_investigator"
    anchor_paths: ClassVar[dict[Anchor, str]] = {Anchor.APPROVAL_DATE: "task__approved_on"}
    organisation_columns: ClassVar[dict[Role, str]] = HOST

    created_key = models.UUIDField(unique=True, editable=False)

    class Meta:
        abstract = True

    @property
    def title(self) -> str:
        """The title of the task."""
        return str(self.task.title)  # type: ignore[attr-defined]


class Disbursement(MoneyPaper):
    """A request to pay one instalment, through check, verification and approval to the bank's confirmation."""

    lifecycle = DISBURSEMENT
    authority_columns: ClassVar[dict[str, str]] = {
        "level": "task__level",
        "amount_vnd": "amount_vnd",
        "payer": "task__payer",
    }

    state: "models.CharField[Never, str]" = state_field(DISBURSEMENT)
    task = models.ForeignKey(Task, models.PROTECT, related_name="disbursements")
    instalment = models.ForeignKey(Instalment, models.PROTECT, related_name="disbursements")
    entered_by = entered_by()
    amount_vnd = VNDField(_("Amount"), minimum=1)
    budget_year = models.PositiveSmallIntegerField(_("Budget year"))
    account = models.CharField(_("Account of the host"), max_length=40, blank=True)
    bank = models.CharField(_("Bank or treasury of the host"), max_length=200, blank=True)
    purpose = models.CharField(_("What the money is for"), max_length=500, blank=True)
    # The bank's answer: entered by one person, confirmed by another.
    bank_reference = models.CharField(_("Bank reference"), max_length=80, blank=True, validators=[plain_reference])
    paid_on = models.DateField(_("Paid on"), null=True, blank=True)
    paid_entered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    # Why an approved payment is annulled; the decision prints it.
    annulment_ground = models.TextField(_("Ground of the annulment"), blank=True)

    class Meta:
        ordering = ["-state_since", "-pk"]
        verbose_name = _("disbursement")
        verbose_name_plural = _("disbursements")
        indexes = [models.Index(fields=["task", "state"], name="disbursement_task_state")]
        constraints = [
            state_check(DISBURSEMENT),
            code_check(DISBURSEMENT),
            vnd_check("amount_vnd", "disbursement_amount_in_range", minimum=1),
            models.UniqueConstraint(
                fields=["instalment"], condition=~Q(state__in=GONE), name="disbursement_once_per_instalment"
            ),
            models.CheckConstraint(
                condition=~Q(state=DisbursementState.PAID) | (Q(paid_on__isnull=False) & ~Q(bank_reference="")),
                name="disbursement_paid_has_proof",
            ),
            # One answer of the bank proves one payment, however it is typed.
            models.UniqueConstraint(
                proof("bank_reference"),
                condition=~Q(bank_reference=""),
                name="disbursement_bank_reference_once",
                violation_error_message=_("This bank reference proves another payment already."),
            ),
        ]


class Settlement(MoneyPaper):
    """What the host spent of the advances, to be recognised by the payer."""

    lifecycle = SETTLEMENT

    state: "models.CharField[Never, str]" = state_field(SETTLEMENT)
    task = models.ForeignKey(Task, models.PROTECT, related_name="settlements")
    entered_by = entered_by()
    spent_vnd = VNDField(_("Spent and to be settled"), default=VND(0))
    returned_vnd = VNDField(_("Given back"), default=VND(0))
    return_reference = models.CharField(
        _("Bank reference of the money given back"), max_length=80, blank=True, validators=[plain_reference]
    )
    report = models.TextField(_("Report on the use of the money"), blank=True)
    settled_on = models.DateField(_("Settled on"), null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-state_since", "-pk"]
        verbose_name = _("settlement")
        verbose_name_plural = _("settlements")
        constraints = [
            state_check(SETTLEMENT),
            code_check(SETTLEMENT),
            vnd_check("spent_vnd", "settlement_spent_in_range"),
            vnd_check("returned_vnd", "settlement_returned_in_range"),
            models.CheckConstraint(
                condition=Q(spent_vnd__gt=0) | Q(returned_vnd__gt=0), name="settlement_is_about_money"
            ),
            models.UniqueConstraint(
                proof("return_reference"),
                condition=~Q(return_reference="") & ~Q(state=SettlementState.DROPPED),
                name="settlement_return_reference_once",
                violation_error_message=_("This bank reference proves other money given back already."),
            ),
        ]


class SettlementLine(models.Model):
    """One item of the estimate at settlement, in đồng."""

    settlement = models.ForeignKey(Settlement, models.PROTECT, related_name="lines")
    sequence = models.PositiveSmallIntegerField()
    item = models.CharField(_("Item"), max_length=300)
    approved_vnd = VNDField(_("Approved"), default=VND(0))
    spent_vnd = VNDField(_("Spent"), default=VND(0))

    class Meta:
        ordering = ["sequence"]
        constraints = [
            models.UniqueConstraint(fields=["settlement", "sequence"], name="settlementline_sequence_once"),
            vnd_check("approved_vnd", "settlementline_approved_in_range"),
            vnd_check("spent_vnd", "settlementline_spent_in_range"),
        ]

    def __str__(self) -> str:
        return self.item


class Repayment(MoneyPaper):
    """Money of a recovery that came back: recorded by one person, confirmed by the chief accountant."""

    lifecycle = REPAYMENT

    state: "models.CharField[Never, str]" = state_field(REPAYMENT)
    task = models.ForeignKey(Task, models.PROTECT, related_name="repayments")
    amount_vnd = VNDField(_("Amount"), minimum=1)
    received_on = models.DateField(_("Received on"))
    bank_reference = models.CharField(_("Bank reference"), max_length=80, validators=[plain_reference])
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)

    class Meta:
        ordering = ["-state_since", "-pk"]
        verbose_name = _("repayment")
        verbose_name_plural = _("repayments")
        constraints = [
            state_check(REPAYMENT),
            code_check(REPAYMENT),
            vnd_check("amount_vnd", "repayment_amount_in_range", minimum=1),
            models.CheckConstraint(condition=~Q(bank_reference=""), name="repayment_has_reference"),
            models.UniqueConstraint(
                proof("bank_reference"),
                condition=~Q(state=RepaymentState.STRUCK),
                name="repayment_bank_reference_once",
                violation_error_message=_("This bank reference proves another repayment already."),
            ),
        ]


class RecoveryClosing(models.Model):
    """Why a recovery ends although money is missing: the deciding paper, entered by one person."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="recovery_closings")
    ground = models.CharField(_("Ground"), max_length=15, choices=ClosingGround)
    decision = models.CharField(_("Decision"), max_length=200)
    decided_on = models.DateField(_("Decided on"))
    note = models.TextField(_("Note"), blank=True)
    # What was missing when the ground was entered: a later recovery needs a ground of its own.
    missing_vnd = VNDField(_("Not recovered"), minimum=1)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    created_key = models.UUIDField(unique=True, editable=False)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("closing of a recovery")
        verbose_name_plural = _("closings of recoveries")
        constraints = [
            models.CheckConstraint(condition=Q(ground__in=list(ClosingGround.values)), name="closing_ground_known"),
            models.CheckConstraint(condition=~Q(decision=""), name="closing_names_decision"),
            vnd_check("missing_vnd", "closing_missing_in_range", minimum=1),
        ]

    def __str__(self) -> str:
        return f"{self.task} · {self.ground}"
