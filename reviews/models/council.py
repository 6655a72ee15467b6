"""The council and those who sit in it."""

from datetime import date
from typing import Any, ClassVar, Never

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import clock, text
from core.audit.triggers import frozen
from core.files.models import StoredFile
from core.people.grants import ObjectGrant
from core.people.models.dated import new_code
from core.people.roles import Level, Payer
from core.regulations import Anchor
from core.workflow.machine import code_check, state_check, state_field
from core.workflow.models import Stepped
from reviews.lifecycle import COUNCIL, CouncilKind, CouncilState

TITLE_LENGTH = 500
JUDGE = "judge_council"


class Position(models.TextChoices):
    """What a member does in the council. Keys as in reviews.rules.quorum."""

    CHAIR = "chair", pgettext_lazy("seat", "Chair")
    VICE_CHAIR = "vice_chair", pgettext_lazy("seat", "Vice-chair")
    SECRETARY = "secretary", pgettext_lazy("seat", "Scientific secretary")
    REVIEWER = "reviewer", pgettext_lazy("seat", "Reviewer")
    MEMBER = "member", pgettext_lazy("seat", "Member")


SINGLE = (Position.CHAIR, Position.VICE_CHAIR, Position.SECRETARY)


class Capacity(models.TextChoices):
    """As what a member was chosen (TT 11/2014/TT-BKHCN: six experts and three representatives)."""

    EXPERT = "expert", pgettext_lazy("seat", "Expert")
    REPRESENTATIVE = "representative", pgettext_lazy("seat", "Representative of users or managers")


class DeclaredConflict(models.TextChoices):
    """What bars a member and no record shows (TT 20/2023/TT-BKHCN, Article 8.2 d, đ, e)."""

    PARTIAL = "partial", pgettext_lazy("conflict", "Signs of partiality")
    RELATIVE = "relative", pgettext_lazy("conflict", "Relative of the people of a dossier")
    SANCTIONED = "sanctioned", pgettext_lazy("conflict", "Under sanction, prosecution or conviction")


class Council(Stepped):
    """One advisory council with its one sitting. It advises; the authority decides.

    ``guests``, ``discussion``: lines printed in the minutes. ``seal``: hash of the closed ballots, never changed.
    """

    lifecycle = COUNCIL
    variant_column = "kind"
    authority_columns: ClassVar[dict[str, str]] = {"level": "level", "payer": "payer"}
    anchor_paths: ClassVar[dict[Anchor, str]] = {Anchor.SITTING_DATE: "sits_at"}

    state: "models.CharField[Never, str]" = state_field(COUNCIL)
    kind = models.CharField(_("Kind of council"), max_length=20, choices=CouncilKind, db_index=True)
    title = models.CharField(_("Name of the council"), max_length=TITLE_LENGTH)
    folded = models.CharField(max_length=TITLE_LENGTH + 100, editable=False)
    sort_key = models.CharField(max_length=text.SORT_KEY_LENGTH, editable=False)
    level = models.CharField(_("Level"), max_length=20, choices=Level, default=Level.PROVINCIAL)
    payer = models.CharField(_("Payer"), max_length=20, choices=Payer, default=Payer.FUND)
    plan_year = models.PositiveSmallIntegerField(_("Plan year"))
    funds = models.CharField(_("Money for the work of the council"), max_length=300, blank=True)
    sits_at = models.DateTimeField(_("Date and time of the sitting"), null=True, blank=True, db_index=True)
    place = models.CharField(pgettext_lazy("sitting", "Place"), max_length=300, blank=True)
    papers_sent_on = models.DateField(_("Papers sent to the members on"), null=True, blank=True)
    opened_at = models.DateTimeField(_("Sitting opened at"), null=True, blank=True)
    closed_at = models.DateTimeField(_("Sitting closed at"), null=True, blank=True)
    guests = models.TextField(_("Guests"), blank=True)
    discussion = models.TextField(_("Main points of the discussion"), blank=True)
    dissolution_reason = models.TextField(_("Ground of the dissolution"), blank=True)
    seal = models.CharField(_("Seal of the ballots"), max_length=64, blank=True, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    created_key = models.UUIDField(unique=True, editable=False)

    class Meta:
        ordering = ["-plan_year", "-code"]
        verbose_name = _("council")
        verbose_name_plural = _("councils")
        permissions = [(JUDGE, "May read what this council judges")]
        indexes = [models.Index(fields=["kind", "state"], name="council_kind_state")]
        constraints = [
            state_check(COUNCIL),
            code_check(COUNCIL),
            models.CheckConstraint(condition=Q(kind__in=list(CouncilKind.values)), name="council_kind_known"),
            models.CheckConstraint(condition=Q(level__in=list(Level.values)), name="council_level_known"),
            models.CheckConstraint(condition=Q(payer__in=list(Payer.values)), name="council_payer_known"),
            models.CheckConstraint(condition=Q(plan_year__gte=2000, plan_year__lte=2100), name="council_plan_year"),
            models.CheckConstraint(condition=~Q(title=""), name="council_titled"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(opened_at__isnull=False, closed_at__gte=models.F("opened_at")),
                name="council_closed_after_opening",
            ),
            models.CheckConstraint(
                condition=Q(seal="") | Q(state__in=[CouncilState.COUNTED, CouncilState.CONCLUDED]),
                name="council_sealed_after_voting",
            ),
        ]

    @property
    def sitting_day(self) -> date | None:
        """The day of the sitting in Vietnam."""
        return clock.local(self.sits_at).date() if self.sits_at else None

    def anchor_day(self, anchor: Anchor) -> date | None:
        """The day of an anchor. What an acceptance weighs follows the day on which its task was approved."""
        if anchor != Anchor.APPROVAL_DATE:
            return super().anchor_day(anchor)
        days = self.items.filter(task__isnull=False).values_list("task__approved_on", flat=True)
        return days.first()

    @property
    def is_open(self) -> bool:
        """Whether the sitting may still change who is there."""
        return self.state in {CouncilState.CONVENED, CouncilState.SITTING}


class Seat(models.Model):
    """One member. A seat is given up or passed on, never deleted once the decision names it.

    ``appointed_by``: the decision of a member named after the council was established. ``attended`` is None before the
    sitting. ``counts_votes``: belongs to the group of three that counts the ballots.
    """

    code = models.CharField(max_length=20, unique=True, default=new_code, editable=False)
    council = models.ForeignKey(Council, models.PROTECT, related_name="seats")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="council_seats", verbose_name=_("Member")
    )
    position = models.CharField(_("Part in the council"), max_length=20, choices=Position, default=Position.MEMBER)
    capacity = models.CharField(_("Chosen as"), max_length=20, choices=Capacity, default=Capacity.EXPERT)
    declared = models.CharField(_("Declared conflict"), max_length=20, choices=DeclaredConflict, blank=True)
    declared_note = models.CharField(_("What was declared"), max_length=300, blank=True)
    # When it was last said whether there is a conflict; None while nobody has said anything.
    declared_at = models.DateTimeField(_("Declared at"), null=True, editable=False)
    attended = models.BooleanField(pgettext_lazy("attendance", "Present"), null=True, blank=True)
    absence_reason = models.CharField(_("Reason of the absence"), max_length=200, blank=True)
    counts_votes = models.BooleanField(_("Counts the votes"), default=False)
    appointed_by = models.CharField(_("Decision that names the member"), max_length=200, blank=True)
    removed_at = models.DateTimeField(null=True, editable=False)
    removal_reason = models.CharField(_("Why the member left"), max_length=300, blank=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")

    class Meta:
        ordering = ["council", "pk"]
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        constraints = [
            models.UniqueConstraint(
                fields=["council", "user"], condition=Q(removed_at__isnull=True), name="seat_member_once"
            ),
            *(
                models.UniqueConstraint(
                    fields=["council"],
                    condition=Q(removed_at__isnull=True, position=position.value),
                    name=f"seat_one_{position.value}",
                )
                for position in SINGLE
            ),
            models.CheckConstraint(condition=Q(position__in=list(Position.values)), name="seat_position_known"),
            models.CheckConstraint(condition=Q(capacity__in=list(Capacity.values)), name="seat_capacity_known"),
            models.CheckConstraint(
                condition=Q(declared__in=["", *DeclaredConflict.values]), name="seat_declared_known"
            ),
            models.CheckConstraint(condition=Q(counts_votes=False) | Q(attended=True), name="seat_counter_is_present"),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True) | ~Q(removal_reason=""), name="seat_removed_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_position_display()}"


class SeatReplacement(models.Model):
    """A decision of the body that established the council, entered with its paper by one person, confirmed by another.

    Until it is confirmed the seat keeps its member.
    """

    code = models.CharField(max_length=20, unique=True, default=new_code, editable=False)
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="replacements")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("New member"))
    decision = models.CharField(_("Decision that names the member"), max_length=200)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("Decided by")
    )
    decided_on = models.DateField(_("Date of the decision"))
    scan = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    reason = models.CharField(_("Reason"), max_length=300)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=clock.now)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["entered_at", "pk"]
        verbose_name = _("replacement of a member")
        verbose_name_plural = _("replacements of members")
        constraints = [
            models.UniqueConstraint(
                fields=["seat"], condition=Q(confirmed_at__isnull=True), name="seat_replacement_waits_once"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("entered_by")),
                name="seat_replacement_two_persons",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="seat_replacement_confirmed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat}: {self.user}"


class CouncilGrant(ObjectGrant):
    """The right to read what a council judges: the shadow of a seat."""

    content_object: Any = models.ForeignKey(Council, models.PROTECT)


frozen(Council, ("seal",), when="OLD.seal <> ''")
