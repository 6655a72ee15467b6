"""Inspections of a running task: announced, held, concluded with minutes."""

from typing import Never, TypedDict

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core.money import VNDField, vnd_check
from core.people.models import User
from core.workflow.machine import code_check, state_check, state_field
from tasks.lifecycle import INSPECTION

from .part import TaskPart
from .task import Task


class InspectionKind(models.TextChoices):
    """Why an inspection is held."""

    PERIODIC = "periodic", pgettext_lazy("inspection", "Periodic inspection")
    MID_TERM = "mid_term", pgettext_lazy("inspection", "Mid-term evaluation")
    AD_HOC = "ad_hoc", pgettext_lazy("inspection", "Ad hoc inspection")


class Verdict(models.TextChoices):
    """What an inspection concludes."""

    CONTINUE = "continue", pgettext_lazy("inspection", "Continue")
    ADJUST = "adjust", pgettext_lazy("inspection", "Continue with adjustments")
    STOP = "stop", pgettext_lazy("inspection", "Propose to stop")


class Participant(TypedDict):
    """A person at an inspection or among the authors of a result."""

    name: str
    unit: str
    role: str


class Inspection(TaskPart):
    """One visit. ``inspectors`` and ``host_people`` are lists of Participant."""

    lifecycle = INSPECTION

    state: "models.CharField[Never, str]" = state_field(INSPECTION)
    task = models.ForeignKey(Task, models.PROTECT, related_name="inspections")
    sequence = models.PositiveSmallIntegerField(_("No."))
    kind = models.CharField(_("Kind"), max_length=10, choices=InspectionKind, default=InspectionKind.PERIODIC)
    planned_on = models.DateField(_("Planned on"), db_index=True)
    place = models.CharField(_("Venue"), max_length=300)
    ground = models.CharField(_("Ground"), max_length=500)
    head = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Head of the inspection"))
    period_from = models.DateField(_("Period from"))
    period_to = models.DateField(_("Period to"))
    held_at = models.DateTimeField(_("Began at"), null=True, blank=True)
    closed_at = models.DateTimeField(_("Closed at"), null=True, blank=True)
    inspectors = models.JSONField(_("Inspectors"), default=list, blank=True)
    host_people = models.JSONField(_("For the host"), default=list, blank=True)
    host_head = models.CharField(_("Head of the host's side"), max_length=120, blank=True)
    facts = models.TextField(_("What was found"), blank=True)
    requests = models.TextField(_("Requests to the host"), blank=True)
    percent = models.PositiveSmallIntegerField(
        _("Completed (%)"), null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    spent_vnd = VNDField(_("Spent so far"), null=True, blank=True)
    settled_vnd = VNDField(_("Settled so far"), null=True, blank=True)
    verdict = models.CharField(_("Verdict"), max_length=10, choices=Verdict, blank=True)
    created_key = models.UUIDField(unique=True, editable=False)

    class Meta:
        ordering = ["-planned_on", "-sequence"]
        verbose_name = _("inspection")
        verbose_name_plural = _("inspections")
        constraints = [
            state_check(INSPECTION),
            code_check(INSPECTION),
            models.UniqueConstraint(fields=["task", "sequence"], name="inspection_sequence_once"),
            vnd_check("spent_vnd", "inspection_spent_in_range"),
            vnd_check("settled_vnd", "inspection_settled_in_range"),
            models.CheckConstraint(condition=Q(percent__isnull=True) | Q(percent__lte=100), name="inspection_percent"),
            models.CheckConstraint(condition=Q(period_to__gte=F("period_from")), name="inspection_period_in_order"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gt=F("held_at")),
                name="inspection_closes_after_begin",
            ),
            models.CheckConstraint(
                condition=Q(verdict="") | Q(verdict__in=list(Verdict.values)), name="inspection_verdict_known"
            ),
        ]

    @property
    def title(self) -> str:
        """The inspection's name in the language of the page."""
        return gettext("Inspection no. %(number)s") % {"number": self.sequence}


class Finding(models.Model):
    """One content of the plan and how far it was found to be."""

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="findings")
    sequence = models.PositiveSmallIntegerField()
    content = models.CharField(_("Content"), max_length=500)
    planned = models.CharField(_("Planned"), max_length=500)
    done = models.CharField(_("Done"), max_length=500)

    class Meta:
        ordering = ["sequence"]
        constraints = [models.UniqueConstraint(fields=["inspection", "sequence"], name="finding_sequence_once")]

    def __str__(self) -> str:
        return self.content
