"""The acceptance dossier: what the host hands in at the end."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.money import VNDField, vnd_check

from .part import entered_by
from .task import Grade, Task


class AcceptanceFile(models.Model):
    """One attempt at acceptance. The files themselves are StoredFile rows of the task, by purpose and attempt."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="acceptance_files")
    attempt = models.PositiveSmallIntegerField(_("Attempt"), default=1)
    entered_by = entered_by()
    final_report_on = models.DateField(_("Date of the final report"))
    summary = models.TextField(_("Summary of the results"))
    self_grade = models.CharField(_("Own grade"), max_length=10, choices=Grade)
    self_assessment = models.TextField(_("Self-assessment"))
    spent_vnd = VNDField(_("Spent from the state budget"))
    other_spent_vnd = VNDField(_("Spent from other sources"))
    # The day of the first filing: a return for completion does not set the clock back.
    filed_on = models.DateField(_("Filed on"), null=True, blank=True)
    # The last day that the task gave for it on that day: a later extension does not excuse it.
    due_on = models.DateField(_("Due on"), null=True, blank=True)
    grassroots_on = models.DateField(_("Grassroots acceptance on"), null=True, blank=True)
    grassroots_decision = models.CharField(
        _("Minutes or decision of the grassroots council"), max_length=120, blank=True
    )
    grassroots_passed = models.BooleanField(_("Passed at grassroots level"), null=True, blank=True)
    grassroots_note = models.TextField(_("Conclusion of the grassroots council"), blank=True)

    class Meta:
        ordering = ["task", "attempt"]
        verbose_name = _("acceptance dossier")
        verbose_name_plural = _("acceptance dossiers")
        constraints = [
            models.UniqueConstraint(fields=["task", "attempt"], name="acceptancefile_attempt_once"),
            models.CheckConstraint(condition=Q(attempt__gte=1), name="acceptancefile_attempt_from_one"),
            models.CheckConstraint(condition=Q(self_grade__in=list(Grade.values)), name="acceptancefile_grade_known"),
            vnd_check("spent_vnd", "acceptancefile_spent_in_range"),
            vnd_check("other_spent_vnd", "acceptancefile_other_in_range"),
        ]

    def __str__(self) -> str:
        return f"{self.task} · {self.attempt}"

    @property
    def late_days(self) -> int:
        """By how many calendar days it came after its last day; 0 before it was filed."""
        if self.filed_on is None or self.due_on is None:
            return 0
        return max((self.filed_on - self.due_on).days, 0)
