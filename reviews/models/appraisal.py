"""What a budget appraisal team grants, line by line."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.money import VNDField, vnd_check
from proposals.models import BudgetLine

from .agenda import AgendaItem


class AppraisalLine(models.Model):
    """The team's decision on one line of the estimate, in đồng: never more than was asked, a cut with its reason.

    The amounts asked for are kept as the team saw them.
    """

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="appraisal_lines")
    budget_line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="appraisals")
    requested_state_vnd = VNDField(_("State budget requested"))
    requested_other_vnd = VNDField(_("Other sources requested"))
    approved_state_vnd = VNDField(_("State budget approved"))
    approved_other_vnd = VNDField(_("Other sources approved"))
    reason = models.CharField(_("Reason of the reduction"), max_length=300, blank=True)

    class Meta:
        ordering = ["budget_line__sequence"]
        verbose_name = _("appraised line")
        verbose_name_plural = _("appraised lines")
        constraints = [
            models.UniqueConstraint(fields=["item", "budget_line"], name="appraisalline_once"),
            vnd_check("requested_state_vnd", "appraisalline_state_asked"),
            vnd_check("requested_other_vnd", "appraisalline_other_asked"),
            vnd_check("approved_state_vnd", "appraisalline_state_granted"),
            vnd_check("approved_other_vnd", "appraisalline_other_granted"),
            models.CheckConstraint(
                condition=Q(approved_state_vnd__lte=F("requested_state_vnd"))
                & Q(approved_other_vnd__lte=F("requested_other_vnd")),
                name="appraisalline_within_request",
            ),
            models.CheckConstraint(
                condition=~Q(reason="")
                | Q(approved_state_vnd=F("requested_state_vnd"), approved_other_vnd=F("requested_other_vnd")),
                name="appraisalline_cut_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} · {self.budget_line}"
