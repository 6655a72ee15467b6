"""Calls: for proposals, and for dossiers on approved orders."""

from typing import ClassVar, Never

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.regulations import Anchor
from core.workflow.machine import code_check, state_check, state_field
from proposals.lifecycle import CALL, CallKind, CallState

from .common import Titled, known, year_check


class Call(Titled):
    """An announced span of time in which proposals, or dossiers on its orders, are received."""

    lifecycle = CALL
    anchor_paths: ClassVar[dict[Anchor, str]] = {Anchor.CALL_CLOSING: "closes_at"}
    variant_column = "kind"

    kind = models.CharField(_("Kind of call"), max_length=12, choices=CallKind)
    state: "models.CharField[Never, str]" = state_field(CALL)
    plan_year = models.PositiveSmallIntegerField(_("Plan year"))
    opens_at = models.DateTimeField(_("Opens at"), null=True, blank=True)
    closes_at = models.DateTimeField(_("Closes at"), null=True, blank=True)
    orientation = models.TextField(_("Orientations"), blank=True)
    requirements = models.TextField(_("Requirements"), blank=True)
    address = models.CharField(_("Address for paper files"), max_length=300, blank=True)
    contact = models.CharField(_("Contact"), max_length=300, blank=True)

    class Meta:
        ordering = ["-plan_year", "-code"]
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        constraints = [
            state_check(CALL),
            code_check(CALL),
            known("kind", CallKind, "call_kind_known"),
            year_check("call_plan_year"),
            models.CheckConstraint(condition=~Q(title=""), name="call_titled"),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True) | Q(closes_at__isnull=True) | Q(closes_at__gt=F("opens_at")),
                name="call_closes_after_opening",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[CallState.DRAFT, CallState.CANCELLED])
                | Q(opens_at__isnull=False, closes_at__isnull=False),
                name="call_announced_with_dates",
            ),
        ]
