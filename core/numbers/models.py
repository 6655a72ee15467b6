"""Number series: one locked row per issuing body, year and series."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Source(models.TextChoices):
    """Where the numbers of a series come from (Decree 30/2020, Art. 15)."""

    OWN = "own", _("Drawn here")
    EXTERNAL = "external", _("Given by the body's own register")


class NumberSeries(models.Model):
    """The state of one series: last number and its day.

    OWN: drawn here without a gap, from 1 on 1 January. EXTERNAL: the body numbers elsewhere, the row remembers the
    greatest number it was told. `body_code` is the issuing body, `name` the series, such as "decisions" or "incoming".
    """

    body_code = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=40)
    source = models.CharField(max_length=8, choices=Source, default=Source.OWN)
    last_number = models.PositiveIntegerField(default=0)
    last_date = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("number series")
        verbose_name_plural = _("number series")
        constraints = [
            models.UniqueConstraint(fields=["body_code", "year", "name"], name="numbers_series_unique"),
            models.CheckConstraint(condition=Q(year__gte=1000, year__lte=9999), name="numbers_series_year"),
            models.CheckConstraint(condition=Q(source__in=Source.values), name="numbers_series_source"),
            models.CheckConstraint(condition=Q(last_number__gte=0), name="numbers_series_last_number"),
            models.CheckConstraint(condition=~Q(body_code="") & ~Q(name=""), name="numbers_series_named"),
            models.CheckConstraint(
                condition=Q(last_number=0, last_date__isnull=True) | Q(last_number__gt=0, last_date__isnull=False),
                name="numbers_series_last_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body_code} {self.name} {self.year}"
