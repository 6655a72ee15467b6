"""Papers from before this system that later ones cite: their number, day and issuer, as the old file says."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.documents.kinds import DocumentKind

from .task import Task

KINDS = (
    DocumentKind.APPROVAL_DECISION,
    DocumentKind.CONTRACT,
    DocumentKind.SUSPENSION_DECISION,
    DocumentKind.REGISTRATION_CERTIFICATE,
    DocumentKind.RECOGNITION_DECISION,
    DocumentKind.TERMINATION_DECISION,
)


class EarlierPaper(models.Model):
    """One paper of a task that was numbered elsewhere before the task entered this system."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="earlier_papers")
    kind = models.CharField(_("Kind"), max_length=40, choices=[(kind.value, kind.label) for kind in KINDS])
    symbol = models.CharField(_("Number and symbol"), max_length=60)
    signed_on = models.DateField(_("Date of the paper"))
    issuer = models.CharField(_("Issuing body"), max_length=200)

    class Meta:
        ordering = ["signed_on", "pk"]
        verbose_name = _("earlier paper")
        verbose_name_plural = _("earlier papers")
        constraints = [
            models.UniqueConstraint(fields=["task", "kind"], name="earlierpaper_once"),
            models.CheckConstraint(condition=~models.Q(symbol="") & ~models.Q(issuer=""), name="earlierpaper_named"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.symbol}"
