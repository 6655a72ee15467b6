"""What forbids undoing the last step of a paper of money: another one has taken its place meanwhile."""

from django.utils.translation import gettext as _

from core.workflow.registry import obstacle
from core.workflow.ruling import Refusal
from funds.lifecycle import SettlementState
from funds.models import Disbursement, Settlement
from funds.models.papers import GONE

CLOSED = (SettlementState.SETTLED, SettlementState.DROPPED)


@obstacle("disbursement")
def a_newer_request(disbursement: Disbursement) -> Refusal | None:
    """An instalment is asked for once at a time."""
    others = disbursement.instalment.disbursements.exclude(pk=disbursement.pk).exclude(state__in=GONE)
    if disbursement.state in GONE and others.exists():
        return Refusal(_("A newer request for this instalment stands in its place."))
    return None


@obstacle("settlement")
def a_newer_settlement(settlement: Settlement) -> Refusal | None:
    """One settlement of a task is open at a time."""
    others = settlement.task.settlements.exclude(pk=settlement.pk).exclude(state__in=CLOSED)
    if settlement.state in CLOSED and others.exists():
        return Refusal(_("An earlier settlement of this task is still open."))
    return None
