"""Dossiers: how an organisation would carry out an order, with whom, for how much."""

from typing import ClassVar, Never

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.money import VND, VNDField, vnd_check
from core.people.models import Organisation
from core.people.roles import Role
from core.regulations import Anchor
from core.workflow.machine import code_check, state_check, state_field
from proposals.choices import BudgetItem, LumpSum, Position
from proposals.lifecycle import DOSSIER, DossierState

from .common import Created, HandedIn, known, month_check
from .lists import Order
from .narratives import FORM_VERSION
from .openings import Opening

MEAN_MAX = 10_000


class Dossier(HandedIn, Created):
    """An application to carry out one order. ``mean_hundredths`` is the council's mean × 100."""

    lifecycle = DOSSIER
    organisation_columns = {Role.APPLICANT: "host", Role.ORGANISATION_SIGNER: "host"}

    title_path = "order__title"
    author_path = "principal_investigator"
    closing_paths: ClassVar[dict[str, str]] = {DossierState.DRAFT: "order__selection_call__closes_at"}
    anchor_paths: ClassVar[dict[Anchor, str]] = {Anchor.CALL_CLOSING: "order__selection_call__closes_at"}
    state: "models.CharField[Never, str]" = state_field(DOSSIER)
    order = models.ForeignKey(
        Order, models.PROTECT, related_name="dossiers", verbose_name=pgettext_lazy("item of the list", "Order")
    )
    host = models.ForeignKey(Organisation, models.PROTECT, related_name="dossiers", verbose_name=_("Host organisation"))
    principal_investigator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="dossiers", verbose_name=_("Principal investigator")
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="entered_dossiers"
    )
    # When the author handed the draft over to the signer.
    ready_at = models.DateTimeField(_("Handed over at"), null=True, editable=False)
    state_requested_vnd = VNDField(_("State budget requested (đồng)"), default=VND(0))
    other_requested_vnd = VNDField(_("Other sources (đồng)"), default=VND(0))
    months = models.PositiveSmallIntegerField(_("Duration (months)"), default=0)
    narrative = models.JSONField(default=dict, blank=True)
    form_version = models.PositiveSmallIntegerField(default=FORM_VERSION, editable=False)
    lump_sum = models.CharField(_("Form of payment"), max_length=10, choices=LumpSum, default=LumpSum.PARTIAL)
    received_on = models.DateField(_("Received on"), null=True, editable=False)
    opening = models.ForeignKey(Opening, models.PROTECT, null=True, editable=False, related_name="dossiers")
    opening_valid = models.BooleanField(_("Valid"), null=True, blank=True)
    opening_note = models.CharField(_("Reason"), max_length=500, blank=True)
    opening_seal = models.CharField(_("Seal"), max_length=120, blank=True)
    opening_copies = models.CharField(_("Copies"), max_length=120, blank=True)
    mean_hundredths = models.PositiveIntegerField(_("Mean of the council"), null=True, editable=False)
    rank = models.PositiveSmallIntegerField(_("Rank"), null=True, editable=False)
    remarks = models.TextField(_("Remarks of the council"), blank=True)
    remarks_answer = models.TextField(_("Answer to the remarks"), blank=True)
    appraised_state_vnd = VNDField(_("State budget appraised (đồng)"), null=True, editable=False)
    appraised_other_vnd = VNDField(_("Other sources appraised (đồng)"), null=True, editable=False)

    class Meta:
        ordering = ["-code"]
        verbose_name = _("dossier")
        verbose_name_plural = _("dossiers")
        indexes = [models.Index(fields=["state", "due_on"], name="dossier_due")]
        constraints = [
            state_check(DOSSIER),
            code_check(DOSSIER),
            known("lump_sum", LumpSum, "dossier_lump_sum_known"),
            month_check("dossier_months"),
            vnd_check("state_requested_vnd", "dossier_state_requested"),
            vnd_check("other_requested_vnd", "dossier_other_requested"),
            vnd_check("appraised_state_vnd", "dossier_state_appraised"),
            vnd_check("appraised_other_vnd", "dossier_other_appraised"),
            # Never more than was asked for (TT 15/2022/TT-BKHCN, Article 20).
            models.CheckConstraint(
                condition=Q(appraised_state_vnd__isnull=True) | Q(appraised_state_vnd__lte=F("state_requested_vnd")),
                name="dossier_appraised_within_request",
            ),
            models.CheckConstraint(
                condition=Q(mean_hundredths__isnull=True) | Q(mean_hundredths__lte=MEAN_MAX), name="dossier_mean"
            ),
            models.CheckConstraint(
                condition=~Q(opening_valid=False) | ~Q(opening_note=""), name="dossier_invalid_with_reason"
            ),
            # One living dossier per organisation and order; a withdrawn one may be replaced before the closing.
            models.UniqueConstraint(
                fields=["order", "host"],
                condition=~Q(state__in=[DossierState.WITHDRAWN, DossierState.INVALID, DossierState.NOT_SELECTED]),
                name="dossier_one_per_host",
            ),
        ]

    @property
    def title(self) -> str:
        """The order's title; ``select_related("order")`` on lists."""
        return self.order.title

    @property
    def total_requested_vnd(self) -> VND:
        return VND(self.state_requested_vnd + self.other_requested_vnd)


class DossierMember(models.Model):
    """A person of the dossier besides the principal investigator: an account, or just a name."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="members")
    sequence = models.PositiveSmallIntegerField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="dossier_memberships"
    )
    name = models.CharField(_("Full name"), max_length=120)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Organisation")
    )
    position = models.CharField(_("Part in the work"), max_length=30, choices=Position, default=Position.MEMBER)
    months = models.PositiveSmallIntegerField(_("Months of work"), default=0)

    class Meta:
        ordering = ["sequence"]
        constraints = [
            known("position", Position, "dossiermember_position_known"),
            month_check("dossiermember_months"),
            models.CheckConstraint(condition=~Q(name=""), name="dossiermember_named"),
            models.UniqueConstraint(fields=["dossier", "sequence"], name="dossiermember_sequence_once"),
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(position=Position.SECRETARY), name="dossiermember_one_secretary"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class BudgetLine(models.Model):
    """One line of the estimate: asked for by the host, granted by the appraisal team."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="budget_lines")
    sequence = models.PositiveSmallIntegerField()
    item = models.CharField(_("Item"), max_length=20, choices=BudgetItem)
    note = models.CharField(_("Explanation"), max_length=300, blank=True)
    requested_state_vnd = VNDField(_("State budget (đồng)"), default=VND(0))
    requested_other_vnd = VNDField(_("Other sources (đồng)"), default=VND(0))
    approved_state_vnd = VNDField(_("State budget appraised (đồng)"), null=True, blank=True)
    approved_other_vnd = VNDField(_("Other sources appraised (đồng)"), null=True, blank=True)
    reason = models.CharField(_("Reason of the reduction"), max_length=300, blank=True)

    class Meta:
        ordering = ["sequence"]
        constraints = [
            known("item", BudgetItem, "budgetline_item_known"),
            vnd_check("requested_state_vnd", "budgetline_requested_state"),
            vnd_check("requested_other_vnd", "budgetline_requested_other"),
            vnd_check("approved_state_vnd", "budgetline_approved_state"),
            vnd_check("approved_other_vnd", "budgetline_approved_other"),
            models.CheckConstraint(
                condition=Q(approved_state_vnd__isnull=True) | Q(approved_state_vnd__lte=F("requested_state_vnd")),
                name="budgetline_approved_within_request",
            ),
            models.CheckConstraint(
                condition=Q(approved_other_vnd__isnull=True) | Q(approved_other_vnd__lte=F("requested_other_vnd")),
                name="budgetline_other_within_request",
            ),
            models.UniqueConstraint(fields=["dossier", "sequence"], name="budgetline_sequence_once"),
        ]

    def __str__(self) -> str:
        return f"{self.dossier} {self.sequence}"


class Partner(models.Model):
    """An organisation that works with the host; it must have agreed in writing (form B1-5-PHNC)."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="partners")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="partnerships", verbose_name=_("Organisation")
    )
    task = models.CharField(_("Part of the work"), max_length=300, blank=True)
    consent = models.BooleanField(_("Written consent is attached"), default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["dossier", "organisation"], name="partner_once")]

    def __str__(self) -> str:
        return str(self.organisation)
