"""What became of an organisation."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .organisation import Organisation


class SuccessionKind(models.TextChoices):
    """How one organisation follows another."""

    RENAME = "rename", _("Renamed")
    MERGE = "merge", _("Merged")
    SPLIT = "split", _("Split")
    DISSOLVE = "dissolve", _("Dissolved")


class Succession(models.Model):
    """Who stands in whose place: contracts, debts, bans and conflict checks follow this line."""

    predecessor = models.ForeignKey(Organisation, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="origins")
    kind = models.CharField(_("Kind"), max_length=10, choices=SuccessionKind)
    decision = models.CharField(_("Decision"), max_length=120)
    effective_on = models.DateField(_("In force from"))

    class Meta:
        ordering = ["effective_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor", "effective_on"], name="succession_once"),
            models.CheckConstraint(
                condition=Q(kind="rename", successor=F("predecessor"))
                | Q(kind="dissolve", successor__isnull=True)
                | (Q(kind__in=["merge", "split"], successor__isnull=False) & ~Q(successor=F("predecessor"))),
                name="succession_kind_fits",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor or '∅'}"
