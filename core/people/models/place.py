"""Administrative units with dates: two tiers since 1 July 2025, older districts stay readable."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import text

from .dated import Dated, DatedQuerySet


class PlaceKind(models.TextChoices):
    """The tier of a unit. ``DISTRICT`` exists only in the past."""

    PROVINCE = "province", _("Province")
    DISTRICT = "district", _("District (until 30 June 2025)")
    COMMUNE = "commune", _("Commune")


class Place(Dated):
    """One administrative unit, by the official code of the statistics office."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(_("Name"), max_length=120)
    folded = models.CharField(max_length=150, editable=False)
    sort_key = models.CharField(max_length=text.SORT_KEY_LENGTH, editable=False, db_index=True)
    kind = models.CharField(_("Kind"), max_length=10, choices=PlaceKind)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replaces")

    objects = DatedQuerySet["Place"].as_manager()

    class Meta(Dated.Meta):
        ordering = ["sort_key", "pk"]
        verbose_name = _("place")
        verbose_name_plural = _("places")
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(kind=PlaceKind.DISTRICT) | Q(valid_to__isnull=False), name="place_district_has_ended"
            ),
            models.CheckConstraint(
                condition=Q(kind=PlaceKind.PROVINCE, parent__isnull=True)
                | (~Q(kind=PlaceKind.PROVINCE) & Q(parent__isnull=False)),
                name="place_parent_fits_kind",
            ),
        ]

    def __str__(self) -> str:
        return self.name if self.parent is None else f"{self.name}, {self.parent}"
