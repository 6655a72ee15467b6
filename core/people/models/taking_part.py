"""What a person is for an organisation, and what an expert knows."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.people.roles import Role

from .dated import Dated, DatedQuerySet, new_code
from .organisation import Organisation
from .user import User


class Membership(Dated):
    """One role of one person in one organisation. Ended, never deleted: duties of the past stay readable."""

    code = models.CharField(max_length=20, unique=True, default=new_code, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    role = models.CharField(_("Role"), max_length=30, choices=Role)
    position = models.CharField(_("Position"), max_length=120, blank=True)

    objects = DatedQuerySet["Membership"].as_manager()

    class Meta(Dated.Meta):
        ordering = ["role", "organisation", "pk"]
        indexes = [models.Index(fields=["organisation", "role"], name="membership_by_role")]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["user", "organisation", "role"],
                condition=Q(valid_to__isnull=True),
                name="membership_one_current",
            ),
            models.UniqueConstraint(
                fields=["user", "organisation", "role", "valid_from"], name="membership_starts_once"
            ),
            models.CheckConstraint(condition=Q(role__in=list(Role.values)), name="membership_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}, {self.organisation}"


class Expert(models.Model):
    """What a person is asked to judge. An expert without access to the system has no password."""

    user = models.OneToOneField(User, models.PROTECT, related_name="expert")
    field = models.CharField(_("Field"), max_length=120)
    keywords = models.CharField(_("Keywords"), max_length=300, blank=True)
    degree = models.CharField(_("Degree"), max_length=60, blank=True)
    affiliation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="experts")
    position = models.CharField(_("Position"), max_length=120, blank=True)
    folded = models.CharField(max_length=600, editable=False)
    is_available = models.BooleanField(_("Available"), default=True)

    class Meta:
        ordering = ["user__sort_key", "pk"]
        verbose_name = _("expert")
        verbose_name_plural = _("experts")

    def __str__(self) -> str:
        return str(self.user)

    @property
    def code(self) -> str:
        """An expert is known by the person's code."""
        return self.user.code
