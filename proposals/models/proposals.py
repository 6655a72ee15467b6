"""Proposals and how they were screened."""

from typing import ClassVar, Never

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.money import VND, VNDField, vnd_check
from core.people.models import Organisation, Place
from core.people.roles import Level, Role
from core.regulations import Anchor
from core.workflow.machine import code_check, state_check, state_field
from core.workflow.models import FromBefore
from proposals.choices import Field, ResearchType
from proposals.lifecycle import PROPOSAL, ProposalState

from .calls import Call
from .common import TITLE_LENGTH, HandedIn, Titled, former_code, known, month_check, year_check
from .narratives import FORM_VERSION


class Proposal(FromBefore, HandedIn, Titled):
    """A proposed task, on the order form of 14 fields. Facts that rules read are columns, the rest is ``narrative``.

    ``author`` wrote it, ``entered_by`` typed it: another person when it came on paper. ``received_on`` is the day that
    counts for the closing: the postmark's for a paper one.
    """

    lifecycle = PROPOSAL
    correctable = ("field", "research_type", "plan_year", "months")
    authority_columns = {"level": "level", "amount_vnd": "state_budget_vnd"}
    author_path = "author"
    closing_paths: ClassVar[dict[str, str]] = {ProposalState.DRAFT: "call__closes_at"}
    anchor_paths: ClassVar[dict[Anchor, str]] = {Anchor.CALL_CLOSING: "call__closes_at"}
    organisation_columns = {Role.APPLICANT: "proposer_organisation", Role.ORGANISATION_SIGNER: "proposer_organisation"}

    state: "models.CharField[Never, str]" = state_field(PROPOSAL)
    call = models.ForeignKey(
        Call, models.PROTECT, null=True, blank=True, related_name="proposals", verbose_name=_("Call")
    )
    plan_year = models.PositiveSmallIntegerField(_("Plan year"))
    field = models.CharField(_("Field"), max_length=20, choices=Field, blank=True)
    research_type = models.CharField(_("Type of research"), max_length=20, choices=ResearchType, blank=True)
    level = models.CharField(_("Level"), max_length=20, choices=Level, default=Level.PROVINCIAL)
    state_budget_vnd = VNDField(_("State budget (đồng)"), default=VND(0))
    other_budget_vnd = VNDField(_("Other sources (đồng)"), default=VND(0))
    months = models.PositiveSmallIntegerField(_("Duration (months)"), default=0)
    proposer_organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="proposals", verbose_name=_("Proposing organisation")
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="proposals", verbose_name=_("Author")
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="entered_proposals"
    )
    # When the author handed the draft over to the signer.
    ready_at = models.DateTimeField(_("Handed over at"), null=True, editable=False)
    proposed_host = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="proposed_as_host",
        verbose_name=_("Organisation for direct assignment"),
    )
    receiver = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="proposals_to_receive",
        verbose_name=_("Receiving organisation"),
    )
    state_keeps_ownership = models.BooleanField(_("The State keeps the ownership of the results"), default=False)
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="proposals", verbose_name=_("Place")
    )
    former_code = former_code()
    received_on = models.DateField(_("Received on"), null=True, editable=False)
    # When what was missing came, the last time it was returned for completion.
    completed_on = models.DateField(_("Completed file received on"), null=True, blank=True, editable=False)
    narrative = models.JSONField(default=dict, blank=True)
    form_version = models.PositiveSmallIntegerField(default=FORM_VERSION, editable=False)
    # What the officer who returned it last found missing, one thing on each line.
    missing_note = models.TextField(_("What is missing"), blank=True, editable=False)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    decision_ground = models.TextField(_("Ground of the decision"), blank=True)
    council_title = models.CharField(_("Title by the council"), max_length=TITLE_LENGTH, blank=True)
    council_note = models.TextField(_("Conclusion of the council"), blank=True)
    forward_body = models.CharField(_("Body it is forwarded to"), max_length=250, blank=True)
    deferral_year = models.PositiveSmallIntegerField(_("Deferred to plan year"), null=True, blank=True)
    synthetic = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["-plan_year", "-code"]
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        indexes = [
            models.Index(fields=["plan_year", "state"], name="proposal_year_state"),
            models.Index(fields=["state", "due_on"], name="proposal_due"),
        ]
        constraints = [
            state_check(PROPOSAL),
            code_check(PROPOSAL),
            known("field", Field, "proposal_field_known", blank=True),
            known("research_type", ResearchType, "proposal_type_known", blank=True),
            known("level", Level, "proposal_level_known"),
            year_check("proposal_plan_year"),
            month_check("proposal_months"),
            vnd_check("state_budget_vnd", "proposal_state_budget"),
            vnd_check("other_budget_vnd", "proposal_other_budget"),
            models.CheckConstraint(condition=~Q(title=""), name="proposal_titled"),
            models.CheckConstraint(
                condition=Q(state__in=[ProposalState.DRAFT, ProposalState.WITHDRAWN])
                | (~Q(field="") & ~Q(research_type="") & Q(months__gt=0)),
                name="proposal_submitted_complete",
            ),
        ]

    @property
    def official_title(self) -> str:
        """The council's title when it gave one."""
        return self.council_title or self.title

    @property
    def total_vnd(self) -> VND:
        return VND(self.state_budget_vnd + self.other_budget_vnd)


class Screening(models.Model):
    """What the officer found: the texts that resemble this one, and the judgement on them.

    ``similar``: [{"code", "kind", "title", "state", "percent", "passage"}], as it was shown. A later submission asks
    for a new screening.
    """

    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="screening")
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(_("Checked at"))
    similar = models.JSONField(default=list, blank=True)
    is_complete = models.BooleanField(_("The file is complete"), default=False)
    is_duplicate = models.BooleanField(_("The proposal repeats an earlier one"), default=False)
    national_search = models.CharField(_("Search in the national database"), max_length=500, blank=True)
    note = models.TextField(_("Findings"), blank=True)

    def __str__(self) -> str:
        return f"{self.proposal}"
