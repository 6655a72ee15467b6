"""What one person enters about rights and another confirms. Until then nothing is written, so nothing counts."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.people.roles import Act, Role

from .dated import new_code
from .user import User


class RightsKind(models.TextChoices):
    """What is asked for."""

    ADD_MEMBERSHIP = "add_membership", _("Give a role")
    END_MEMBERSHIP = "end_membership", _("End a role")
    ADD_AUTHORITY = "add_authority", _("Add a rule of who decides")
    DELEGATE = "delegate", _("Delegate a power")
    END_AUTHORITY = "end_authority", _("End a rule of who decides")
    REACTIVATE_USER = "reactivate_user", _("Open the account again")
    DEACTIVATE_USER = "deactivate_user", _("Close the account")
    SUCCEED = "succeed", _("Merger, split or dissolution")
    RENAME_ORGANISATION = "rename_organisation", _("New name or address")


class RightsRequest(models.Model):
    """A role or a power as one administrator entered it. ``facts``: what the service is called with, rows by code.

    ``person``: whose role or account it is, nobody for the table of authorities and for organisations.
    """

    code = models.CharField(max_length=20, unique=True, default=new_code, editable=False)
    kind = models.CharField(_("Matter"), max_length=20, choices=RightsKind)
    facts = models.JSONField()
    person = models.ForeignKey(User, models.PROTECT, null=True, related_name="rights_requests")
    document_number = models.CharField(_("Document: number and symbol"), max_length=80, blank=True)
    document_date = models.DateField(_("Document: date"), null=True, blank=True)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    granted = models.BooleanField(null=True)
    answer = models.TextField(_("Answer"), blank=True)

    class Meta:
        ordering = ["asked_at", "pk"]
        verbose_name = _("right to be confirmed")
        verbose_name_plural = _("rights to be confirmed")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(RightsKind.values)), name="rights_request_kind_known"),
            models.CheckConstraint(
                condition=Q(granted__isnull=True) | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="rights_request_decided_by_somebody",
            ),
            # Whoever asked may take it back, never grant it; nor may the one who would gain.
            models.CheckConstraint(
                condition=Q(granted__isnull=True) | Q(granted=False) | ~Q(decided_by=F("asked_by")),
                name="rights_request_two_persons",
            ),
            models.CheckConstraint(
                condition=Q(granted__isnull=True)
                | Q(granted=False)
                | Q(person__isnull=True)
                | ~Q(decided_by=F("person")),
                name="rights_request_not_for_oneself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.about}" if self.about else str(self.get_kind_display())

    @property
    def about(self) -> str:
        """Whom it concerns and what he would be or decide, as far as the request itself says so."""
        named = [(Role, self.facts.get("role")), (Act, self.facts.get("act"))]
        said = [str(choices(value).label) for choices, value in named if value]
        return " – ".join([*([str(self.person)] if self.person else []), *said])
