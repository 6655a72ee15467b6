"""Progress reports: fixed rows of a schedule, never computed from the present day."""

from typing import Never

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.money import VND, VNDField, vnd_check
from core.workflow.machine import code_check, state_check, state_field
from tasks.lifecycle import REPORT

from .part import TaskPart, entered_by
from .task import Task


class Report(TaskPart):
    """One report that is due on a day fixed at signing. Money is what was spent since the task began, in đồng."""

    lifecycle = REPORT

    state: "models.CharField[Never, str]" = state_field(REPORT)
    task = models.ForeignKey(Task, models.PROTECT, related_name="reports")
    sequence = models.PositiveSmallIntegerField(_("No."))
    due_date = models.DateField(_("Due on"), db_index=True)
    period_from = models.DateField(_("Period from"))
    period_to = models.DateField(_("Period to"))
    entered_by = entered_by()
    done = models.TextField(_("Work done"), blank=True)
    not_done = models.TextField(_("Work not done, and why"), blank=True)
    next_steps = models.TextField(_("Plan for the next period"), blank=True)
    risks = models.TextField(_("Risks and proposals"), blank=True)
    percent = models.PositiveSmallIntegerField(
        _("Completed (%)"), null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    spent_vnd = VNDField(_("Spent from the state budget so far"), null=True, blank=True)
    other_spent_vnd = VNDField(_("Spent from other sources so far"), null=True, blank=True)

    class Meta:
        ordering = ["due_date", "sequence"]
        verbose_name = _("progress report")
        verbose_name_plural = _("progress reports")
        indexes = [models.Index(fields=["state", "due_date"], name="report_state_due")]
        constraints = [
            state_check(REPORT),
            code_check(REPORT),
            models.UniqueConstraint(fields=["task", "sequence"], name="report_sequence_once"),
            vnd_check("spent_vnd", "report_spent_in_range"),
            vnd_check("other_spent_vnd", "report_other_spent_in_range"),
            models.CheckConstraint(condition=Q(percent__isnull=True) | Q(percent__lte=100), name="report_percent"),
            models.CheckConstraint(condition=Q(period_to__gte=F("period_from")), name="report_period_in_order"),
        ]

    @property
    def title(self) -> str:
        """The report's name in the language of the page."""
        return gettext("Progress report no. %(number)s") % {"number": self.sequence}


class SpendingLine(models.Model):
    """What was spent on one budget line so far, in đồng."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="spending")
    sequence = models.PositiveSmallIntegerField()
    item = models.CharField(_("Item"), max_length=300)
    planned_vnd = VNDField(_("Approved"), default=VND(0))
    state_vnd = VNDField(_("Spent from the state budget"), default=VND(0))
    other_vnd = VNDField(_("Spent from other sources"), default=VND(0))

    class Meta:
        ordering = ["sequence"]
        constraints = [
            models.UniqueConstraint(fields=["report", "sequence"], name="spendingline_sequence_once"),
            vnd_check("planned_vnd", "spendingline_planned_in_range"),
            vnd_check("state_vnd", "spendingline_state_in_range"),
            vnd_check("other_vnd", "spendingline_other_in_range"),
        ]

    def __str__(self) -> str:
        return self.item
