"""Organisations, the names they bore on a date, and what became of them."""

from datetime import date
from typing import Any, NoReturn

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import text
from core.audit.triggers import frozen

from .dated import Dated, DatedQuerySet, new_code
from .place import Place

FOLDED_LENGTH = 1000


def name_columns(name: str, former: str = "", short_name: str = "") -> dict[str, str]:
    """The columns of an organisation that repeat its present name, and every name it can be found by."""
    folded = text.fold(" ".join(filter(None, (name, short_name, former))))
    return {"name": name, "short_name": short_name, "sort_key": text.sort_key(name), "folded": folded[:FOLDED_LENGTH]}


class OrganisationKind(models.TextChoices):
    """What an organisation is. A division is a unit inside the department."""

    DEPARTMENT = "department", _("Department")
    DIVISION = "division", _("Division")
    PPC = "ppc", _("Provincial People's Committee")
    FUND = "fund", _("Fund")
    INSTITUTE = "institute", _("Institute")
    UNIVERSITY = "university", _("University")
    ENTERPRISE = "enterprise", _("Enterprise")
    HOSPITAL = "hospital", _("Hospital")
    ASSOCIATION = "association", _("Association")
    OTHER = "other", _("Other")


class Organisation(models.Model):
    """A body that proposes, hosts, decides or pays. ``name`` and ``short_name`` repeat the name of today."""

    code = models.CharField(_("Code"), max_length=20, unique=True, default=new_code)
    kind = models.CharField(_("Kind"), max_length=12, choices=OrganisationKind)
    name = models.CharField(_("Name"), max_length=250)
    short_name = models.CharField(_("Short name"), max_length=60, blank=True)
    sort_key = models.CharField(max_length=text.SORT_KEY_LENGTH, editable=False, db_index=True)
    folded = models.CharField(max_length=FOLDED_LENGTH, editable=False)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="divisions")
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="organisations")
    tax_code = models.CharField(_("Tax code"), max_length=20, blank=True)
    decision_number = models.CharField(_("Founding decision"), max_length=60, blank=True)
    is_internal = models.BooleanField(_("Part of the administration"), default=False)
    ended_on = models.DateField(_("Ended on"), null=True, blank=True, editable=False)

    class Meta:
        ordering = ["sort_key", "pk"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=OrganisationKind.DIVISION) | Q(parent__isnull=False, is_internal=True),
                name="organisation_division_has_parent",
            ),
            models.UniqueConstraint(fields=["tax_code"], condition=~Q(tax_code=""), name="organisation_tax_code_once"),
        ]

    def __str__(self) -> str:
        return self.name

    def name_on(self, day: date) -> "OrganisationName":
        """The dated name that papers of ``day`` print; before the first known name, the first one.

        Reads prefetched ``names`` when there are any. Raises OrganisationName.DoesNotExist without any name.
        """
        names = sorted(self.names.all(), key=lambda name: name.valid_from)
        if not names:
            message = f"{self.code} has no name"
            raise OrganisationName.DoesNotExist(message)
        return next((name for name in reversed(names) if name.valid_from <= day), names[0])

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refuse: see ``core.people.services.succeed``."""
        message = "organisations end, they are never deleted"
        raise NotImplementedError(message)


class OrganisationName(Dated):
    """What an organisation was called, and where it had its seat, in one span of days. Spans never overlap."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="names")
    name_vi = models.CharField(_("Name in Vietnamese"), max_length=250)
    name_en = models.CharField(_("Name in English"), max_length=250, blank=True)
    short_name = models.CharField(_("Short name"), max_length=60, blank=True)
    address = models.CharField(_("Address"), max_length=300, blank=True)
    decision = models.CharField(_("Decision"), max_length=120, blank=True)

    objects = DatedQuerySet["OrganisationName"].as_manager()

    class Meta(Dated.Meta):
        ordering = ["organisation", "valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["organisation", "valid_from"], name="organisationname_starts_once"),
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(valid_to__isnull=True), name="organisationname_one_current"
            ),
            models.CheckConstraint(condition=~Q(name_vi=""), name="organisationname_not_empty"),
        ]

    def __str__(self) -> str:
        return self.name_vi


frozen(Organisation, ("code",), when="1 = 1")
