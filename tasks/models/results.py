"""What follows a good end: registration, recognition, liquidation."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .task import Task


class Registration(models.Model):
    """The registration of the results. ``members`` is a list of Participant: who is named in the certificate.

    All but the filing may still be missing: that an application was filed is recorded before the host asks.
    """

    task = models.OneToOneField(Task, models.PROTECT, related_name="registration")
    requested_on = models.DateField(_("Request received on"), null=True, blank=True)
    corrected_on = models.DateField(_("Corrected final report received on"), null=True, blank=True)
    storage = models.CharField(_("Where the copies are kept"), max_length=300, blank=True)
    members = models.JSONField(_("Authors of the results"), default=list, blank=True)
    filing_on = models.DateField(_("Application for intellectual property filed on"), null=True, blank=True)
    abstract = models.TextField(_("Abstract for the national database"), blank=True)
    # Number and date of a certificate that another system issued, for adopted tasks.
    certificate = models.CharField(_("Certificate from before"), max_length=120, blank=True)
    # Asked for nowhere until there is a public register of results.
    is_public = models.BooleanField(_("The full report may be read by everybody"), default=False)

    def __str__(self) -> str:
        return f"{self.task}"

    @property
    def is_complete(self) -> bool:
        """Whether everything that the certificate prints is there."""
        return all((self.requested_on, self.corrected_on, self.storage, self.members, self.abstract))


class Recognition(models.Model):
    """What the decision recognising the results says."""

    task = models.OneToOneField(Task, models.PROTECT, related_name="recognition")
    # May be empty only where the rule book does not ask for the clause.
    ownership = models.TextField(_("Ownership of the results"), blank=True)
    receivers = models.TextField(_("Who receives the results"), blank=True)
    results = models.TextField(_("Results recognised"))

    def __str__(self) -> str:
        return f"{self.task}"


class Liquidation(models.Model):
    """What the minutes of the liquidation say besides the money, which comes from the ledger."""

    task = models.OneToOneField(Task, models.PROTECT, related_name="liquidation")
    held_on = models.DateField(_("Held on"))
    place = models.CharField(_("Venue"), max_length=300)
    assets = models.TextField(_("Assets bought and what becomes of them"), blank=True)
    handover = models.TextField(_("Products handed over"))

    def __str__(self) -> str:
        return f"{self.task}"
