"""What is said of members by others, and counts only when a second person has looked at it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.people.models.dated import new_code

from .council import DeclaredConflict, Seat


class ConflictNote(models.Model):
    """What somebody else noted of a member: it speaks against him until whoever judges it clears it with a reason.

    What he declares himself stands on the seat and never touches this. ``answer``: what he says to it.
    """

    code = models.CharField(max_length=20, unique=True, default=new_code, editable=False)
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="conflict_notes")
    conflict = models.CharField(_("Conflict of interest"), max_length=20, choices=DeclaredConflict)
    words = models.CharField(_("What the conflict is"), max_length=300)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=clock.now)
    answer = models.CharField(_("Answer of the member"), max_length=300, blank=True)
    cleared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    cleared_at = models.DateTimeField(null=True, blank=True)
    cleared_reason = models.CharField(_("Why it is no conflict"), max_length=300, blank=True)

    class Meta:
        ordering = ["noted_at", "pk"]
        verbose_name = _("noted conflict of interest")
        verbose_name_plural = _("noted conflicts of interest")
        constraints = [
            models.CheckConstraint(
                condition=Q(conflict__in=list(DeclaredConflict.values)) & ~Q(words=""), name="conflictnote_says_what"
            ),
            models.CheckConstraint(
                condition=Q(cleared_by__isnull=True, cleared_at__isnull=True, cleared_reason="")
                | Q(cleared_by__isnull=False, cleared_at__isnull=False)
                & ~Q(cleared_reason="")
                & ~Q(cleared_by=F("noted_by")),
                name="conflictnote_cleared_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat}: {self.get_conflict_display()}"


class Departure(models.Model):
    """Somebody present is said to have left the open sitting: entered by one person, confirmed by another.

    Until it is confirmed he is present and may vote.
    """

    code = models.CharField(max_length=20, unique=True, default=new_code, editable=False)
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="departures")
    reason = models.CharField(_("Reason of the absence"), max_length=200)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=clock.now)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["entered_at", "pk"]
        verbose_name = _("departure from a sitting")
        verbose_name_plural = _("departures from sittings")
        constraints = [
            models.UniqueConstraint(
                fields=["seat"], condition=Q(confirmed_at__isnull=True), name="departure_waits_once"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="departure_with_reason"),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False) & ~Q(confirmed_by=F("entered_by")),
                name="departure_two_persons",
            ),
        ]

    def __str__(self) -> str:
        return str(self.seat)
