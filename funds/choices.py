"""The words of this room: the buckets of the chart of accounts, whose money is kept here, how a debt may end."""

from django.db import models
from django.utils.translation import pgettext_lazy

from core.people.roles import Payer

# Only the state's money of these payers goes through the ledger. A host's own and other money is tracked, never paid.
LEDGER_PAYERS = (Payer.FUND, Payer.DEPARTMENT_BUDGET)


class Bucket(models.TextChoices):
    """What money in an account is. Money of a task walks from top to bottom."""

    WORLD = "world", pgettext_lazy("bucket", "Outside the fund")
    SOURCE = "source", pgettext_lazy("bucket", "Free")
    FRAMEWORK = "framework", pgettext_lazy("bucket", "Approved, not contracted")
    COMMITTED_FUTURE = "committed_future", pgettext_lazy("bucket", "Contracted, year not granted")
    ALLOCATED = "allocated", pgettext_lazy("bucket", "Granted for the year")
    COMMITTED = "committed", pgettext_lazy("bucket", "Approved for payment")
    ADVANCED = "advanced", pgettext_lazy("bucket", "Paid, not settled")
    SETTLED = "settled", pgettext_lazy("bucket", "Settled")
    RECOVERABLE = "recoverable", pgettext_lazy("bucket", "To be recovered")


class ClosingGround(models.TextChoices):
    """Why a recovery is closed although the money did not come back."""

    WRITTEN_OFF = "written_off", pgettext_lazy("closing", "Written off")
    COURT = "court", pgettext_lazy("closing", "Handed over to the court")
    SUCCESSOR = "successor", pgettext_lazy("closing", "Taken over by the successor")
