"""The opening of the dossiers of one order: an order that is called again has several."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import clock

from .lists import Order


class Opening(models.Model):
    """Where, when and before whom the dossiers were opened. ``held`` once the minutes were issued."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="openings")
    opened_at = models.DateTimeField(_("Opened at"))
    ended_at = models.DateTimeField(_("Ended at"))
    place = models.CharField(_("Venue"), max_length=300)
    chair = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("Chaired by"))
    secretary = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("Secretary")
    )
    present = models.TextField(_("Present"), blank=True)
    remarks = models.TextField(_("Remarks"), blank=True)
    recorded_at = models.DateTimeField(default=clock.now, editable=False)
    is_held = models.BooleanField(default=False, editable=False)
    # The step that held it: the minutes of this very opening bear the same event.
    event_uuid = models.UUIDField(null=True, unique=True, editable=False)

    class Meta:
        ordering = ["opened_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["order"], condition=Q(is_held=False), name="opening_one_prepared"),
            models.CheckConstraint(condition=Q(ended_at__gte=F("opened_at")), name="opening_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.order} {self.opened_at:%Y-%m-%d}"
