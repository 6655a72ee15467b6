"""Ballots: what one member said on one item. Nobody reads another's before the ballot is closed; then it stands still.

A ballot on paper is typed by the administrative secretary and confirmed by a second person.
"""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import clock
from core.audit.triggers import frozen
from core.files.models import StoredFile
from core.people.models.dated import new_code
from core.workflow.table import Channel
from proposals.choices import LumpSum
from reviews.rules import grading
from tasks.models import Grade, TaskProduct

from .agenda import AgendaItem
from .council import TITLE_LENGTH, Seat

FULL_SCORE = 100


def new_nonce() -> str:
    """What keeps a hash of a short ballot from being guessed."""
    return secrets.token_hex(16)


class Ballot(models.Model):
    """What the three kinds of ballots share. ``is_valid`` False: a spoiled paper, counted as returned only."""

    code = models.CharField(max_length=20, unique=True, default=new_code, editable=False)
    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="%(class)ss")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="%(class)ss")
    channel = models.CharField(max_length=20, choices=Channel, default=Channel.IN_SYSTEM)
    typed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    cast_at = models.DateTimeField(default=clock.now)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    is_valid = models.BooleanField(_("The ballot is valid"), default=True)
    comment = models.TextField(_("Comments"), blank=True)
    nonce = models.CharField(max_length=32, default=new_nonce, editable=False)
    sealed = models.BooleanField(default=False, editable=False)
    # The form that typed a paper over: sent twice it acts once.
    typed_key = models.UUIDField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True
        ordering = ["nonce"]
        constraints = [
            models.UniqueConstraint(fields=["item", "seat"], name="%(class)s_once"),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("typed_by")), name="%(class)s_two_persons"
            ),
            models.CheckConstraint(
                condition=Q(channel=Channel.PAPER, scan__isnull=False)
                | Q(channel=Channel.IN_SYSTEM, scan__isnull=True, confirmed_by__isnull=True, is_valid=True),
                name="%(class)s_paper_has_scan",
            ),
            models.CheckConstraint(
                condition=Q(sealed=False) | Q(channel=Channel.IN_SYSTEM) | Q(confirmed_by__isnull=False),
                name="%(class)s_sealed_is_confirmed",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_paper(self) -> bool:
        return self.channel == Channel.PAPER

    @property
    def waits_for_confirmation(self) -> bool:
        return self.is_paper and self.confirmed_by_id is None


class VoteBallot(Ballot):
    """Identification: shall the proposed task be carried out?"""

    agrees = models.BooleanField(_("Vote"), null=True)
    suggested_title = models.CharField(_("Suggested title"), max_length=TITLE_LENGTH, blank=True)

    class Meta(Ballot.Meta):
        verbose_name = _("ballot")
        verbose_name_plural = _("ballots")
        constraints = [
            *Ballot.Meta.constraints,
            models.CheckConstraint(condition=Q(is_valid=False) | Q(agrees__isnull=False), name="voteballot_answers"),
        ]


class ScoreBallot(Ballot):
    """Selection: points by criterion. ``total`` is the sum of the lines."""

    total = models.PositiveSmallIntegerField(_("Total"), null=True)
    lump_sum = models.CharField(_("Advice on the lump sum"), max_length=10, choices=LumpSum, blank=True)

    class Meta(Ballot.Meta):
        verbose_name = _("score sheet")
        verbose_name_plural = _("score sheets")
        constraints = [
            *Ballot.Meta.constraints,
            models.CheckConstraint(
                condition=Q(total__isnull=True, is_valid=False) | Q(total__lte=FULL_SCORE), name="scoreballot_total"
            ),
        ]


class ScoreLine(models.Model):
    """The points for one criterion; criterion and maximum as the rule book had them."""

    ballot = models.ForeignKey(ScoreBallot, models.PROTECT, related_name="lines")
    sequence = models.PositiveSmallIntegerField()
    criterion = models.CharField(max_length=40)
    maximum = models.PositiveSmallIntegerField()
    points = models.PositiveSmallIntegerField(_("Points"))
    sealed = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["sequence"]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "criterion"], name="scoreline_criterion_once"),
            models.UniqueConstraint(fields=["ballot", "sequence"], name="scoreline_sequence_once"),
            models.CheckConstraint(condition=Q(points__lte=F("maximum")), name="scoreline_within_maximum"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.points}"


class Level(models.TextChoices):
    """How one criterion of a product meets the order. Keys as in reviews.rules.grading."""

    EXCELLENT = grading.EXCELLENT, pgettext_lazy("level of a product", "Exceeds the order")
    PASS = grading.PASS, pgettext_lazy("level of a product", "Meets the order")
    BELOW = grading.BELOW, pgettext_lazy("level of a product", "Below the order, within the tolerated part")
    FAIL = grading.FAIL, pgettext_lazy("level of a product", "Below the order")


class GradeBallot(Ballot):
    """Acceptance: a level for each criterion of each product. ``grade`` is computed from them, never chosen."""

    report_level = models.CharField(_("Final report"), max_length=10, choices=Grade, blank=True)
    grade = models.CharField(_("Grade"), max_length=10, choices=Grade, blank=True)

    class Meta(Ballot.Meta):
        verbose_name = _("grading sheet")
        verbose_name_plural = _("grading sheets")
        constraints = [
            *Ballot.Meta.constraints,
            models.CheckConstraint(
                condition=Q(is_valid=False) | (~Q(report_level="") & ~Q(grade="")), name="gradeballot_graded"
            ),
        ]


class GradeLine(models.Model):
    """The level of one criterion of one product."""

    ballot = models.ForeignKey(GradeBallot, models.PROTECT, related_name="lines")
    product = models.ForeignKey(TaskProduct, models.PROTECT, related_name="+")
    criterion = models.CharField(max_length=10)
    level = models.CharField(_("Level"), max_length=10, choices=Level)
    sealed = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["product__sequence", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "product", "criterion"], name="gradeline_criterion_once"),
            models.CheckConstraint(condition=Q(criterion__in=grading.CRITERIA), name="gradeline_criterion_known"),
            models.CheckConstraint(condition=Q(level__in=list(Level.values)), name="gradeline_level_known"),
            models.CheckConstraint(
                condition=~Q(level=grading.BELOW) | Q(criterion=grading.QUANTITY), name="gradeline_below_is_quantity"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product} {self.criterion}: {self.level}"


_COMMON = (
    "item_id", "seat_id", "channel", "typed_by_id", "cast_at", "confirmed_by_id", "confirmed_at", "scan_id",
    "is_valid", "comment", "nonce", "sealed",
)  # fmt: skip
frozen(VoteBallot, (*_COMMON, "agrees", "suggested_title"), when="OLD.sealed")
frozen(ScoreBallot, (*_COMMON, "total", "lump_sum"), when="OLD.sealed")
frozen(GradeBallot, (*_COMMON, "report_level", "grade"), when="OLD.sealed")
frozen(ScoreLine, ("ballot_id", "sequence", "criterion", "maximum", "points", "sealed"), when="OLD.sealed")
frozen(GradeLine, ("ballot_id", "product_id", "criterion", "level", "sealed"), when="OLD.sealed")
