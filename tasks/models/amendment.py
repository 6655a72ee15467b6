"""Amendments: typed facts that change plan, people, money and dates once they are decided."""

from typing import Never, TypedDict

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.money import VNDField, vnd_check
from core.people.models import User
from core.workflow.machine import code_check, state_check, state_field
from tasks.lifecycle import AMENDMENT

from .contract import Instalment
from .part import TaskPart, entered_by
from .task import Task


class AmendmentKind(models.TextChoices):
    """What an amendment changes."""

    EXTENSION = "extension", pgettext_lazy("amendment", "Extension")
    INVESTIGATOR = "investigator", pgettext_lazy("amendment", "Change of principal investigator")
    CONTENT = "content", pgettext_lazy("amendment", "Change of content")
    PHASING = "phasing", pgettext_lazy("amendment", "Re-phasing of the budget")


class Change(TypedDict):
    """One amended point, in words."""

    item: str
    before: str
    after: str


class Amendment(TaskPart):
    """One request of the host. ``changes``: what a change of content asks; ``decided_changes``: what was decided."""

    lifecycle = AMENDMENT

    state: "models.CharField[Never, str]" = state_field(AMENDMENT)
    task = models.ForeignKey(Task, models.PROTECT, related_name="amendments")
    sequence = models.PositiveSmallIntegerField(_("No."))
    kind = models.CharField(_("Kind"), max_length=15, choices=AmendmentKind)
    reason = models.TextField(_("Reason"))
    # Extension: the months asked for; the new end follows from them and is written when it is decided.
    extension_months = models.PositiveSmallIntegerField(
        _("Months of extension"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    new_ends_on = models.DateField(_("New end"), null=True, blank=True)
    new_investigator = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("New principal investigator")
    )
    changes = models.JSONField(default=list, blank=True)
    opinion = models.TextField(_("Opinion"), blank=True)
    agrees = models.BooleanField(_("The opinion is in favour"), null=True, blank=True)
    opinion_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    requested_on = models.DateField(_("Requested on"), null=True, blank=True)
    decided_changes = models.JSONField(default=list, blank=True, editable=False)
    decided_on = models.DateField(_("Decided on"), null=True, blank=True)
    created_key = models.UUIDField(unique=True, editable=False)
    entered_by = entered_by()

    class Meta:
        ordering = ["-sequence"]
        verbose_name = _("amendment")
        verbose_name_plural = _("amendments")
        constraints = [
            state_check(AMENDMENT),
            code_check(AMENDMENT),
            models.UniqueConstraint(fields=["task", "sequence"], name="amendment_sequence_once"),
            models.CheckConstraint(condition=Q(kind__in=list(AmendmentKind.values)), name="amendment_kind_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="amendment_has_reason"),
            models.CheckConstraint(
                condition=Q(extension_months__isnull=True) | Q(extension_months__gte=1),
                name="amendment_months_positive",
            ),
        ]

    @property
    def title(self) -> str:
        """The amendment's name in the language of the page."""
        return str(AmendmentKind(self.kind).label)


class Phasing(models.Model):
    """The new amount, day and budget year of one instalment that is not paid yet."""

    amendment = models.ForeignKey(Amendment, models.PROTECT, related_name="phasings")
    instalment = models.ForeignKey(Instalment, models.PROTECT, related_name="phasings")
    amount_vnd = VNDField(_("Amount"), minimum=1)
    planned_on = models.DateField(_("Planned on"))
    budget_year = models.PositiveSmallIntegerField(_("Budget year"))

    class Meta:
        ordering = ["instalment__sequence"]
        constraints = [
            models.UniqueConstraint(fields=["amendment", "instalment"], name="phasing_instalment_once"),
            vnd_check("amount_vnd", "phasing_amount_in_range", minimum=1),
        ]

    def __str__(self) -> str:
        return f"{self.amendment} · {self.instalment.sequence}"
