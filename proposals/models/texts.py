"""The index of the texts that proposals are compared with. It can be made anew from the records at any time."""

from django.db import models
from django.db.models import F, Q


class ComparedText(models.Model):
    """A text that was handed in, planned or adopted: ``kind`` and ``code`` say which record it is of.

    ``runs`` is how many different runs of words it has, ``kept`` how many of them stand in the index. A text that is
    ``in_sample`` keeps all: by these texts the index knows which runs everybody writes. ``digest`` tells a change.
    """

    kind = models.CharField(max_length=20)
    code = models.CharField(max_length=80)
    runs = models.PositiveIntegerField()
    kept = models.PositiveIntegerField()
    in_sample = models.BooleanField()
    digest = models.CharField(max_length=32)

    class Meta:
        indexes = [models.Index(fields=["in_sample"], condition=Q(in_sample=True), name="comparedtext_sample")]
        constraints = [
            models.UniqueConstraint(fields=["kind", "code"], name="comparedtext_once"),
            models.CheckConstraint(condition=Q(kept__lte=F("runs")), name="comparedtext_keeps_its_own"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"


class ComparedRun(models.Model):
    """A run of words of a text, by its number (``selectors.runs``)."""

    text = models.ForeignKey(ComparedText, models.PROTECT, related_name="kept_runs")
    run = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "text"], name="comparedrun_once")]

    def __str__(self) -> str:
        return f"{self.text} {self.run}"
