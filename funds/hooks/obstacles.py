"""What forbids undoing the last step of a paper of money: another paper or another plan has come meanwhile."""

from django.utils.translation import gettext as _

from core.audit.models import Event
from core.workflow.corrections import last_step
from core.workflow.registry import obstacle
from core.workflow.ruling import Refusal
from funds.lifecycle import RepaymentState, SettlementState
from funds.models import Disbursement, Repayment, Settlement
from funds.models.papers import GONE
from funds.selectors.references import borne_by_another
from tasks.models import Amendment

CLOSED = (SettlementState.SETTLED, SettlementState.DROPPED)


@obstacle("disbursement")
def a_newer_request(disbursement: Disbursement) -> Refusal | None:
    """An instalment is asked for once at a time."""
    others = disbursement.instalment.disbursements.exclude(pk=disbursement.pk).exclude(state__in=GONE)
    if disbursement.state in GONE and others.exists():
        return Refusal(_("A newer request for this instalment stands in its place."))
    return None


@obstacle("disbursement")
def a_newer_plan(disbursement: Disbursement) -> Refusal | None:
    """What was checked before was the instalment as it stood then."""
    planned, last = disbursement.instalment, last_step(disbursement)
    moved = (planned.amount_vnd, planned.budget_year) != (disbursement.amount_vnd, disbursement.budget_year)
    if moved or (last is not None and _amended_since(disbursement, last)):
        return Refusal(_("An amendment has changed this instalment after the step."))
    return None


def _amended_since(disbursement: Disbursement, last: Event) -> bool:
    """Whether an amendment that names the instalment was decided after an event."""
    amendments = Amendment.objects.filter(phasings__instalment=disbursement.instalment_id).values("code")
    later = Event.objects.filter(subject_type=Amendment.lifecycle.name, sequence__gt=last.sequence)
    return later.filter(subject_code__in=amendments, step="decide").exists()


@obstacle("settlement")
def a_newer_settlement(settlement: Settlement) -> Refusal | None:
    """One settlement of a task is open at a time."""
    others = settlement.task.settlements.exclude(pk=settlement.pk).exclude(state__in=CLOSED)
    if settlement.state in CLOSED and others.exists():
        return Refusal(_("An earlier settlement of this task is still open."))
    return None


@obstacle("settlement")
@obstacle("repayment")
def a_reference_used_since(paper: Settlement | Repayment) -> Refusal | None:
    """The bank reference of a paper that was dropped or struck was free: another may bear it by now."""
    if paper.state in (SettlementState.DROPPED, RepaymentState.STRUCK) and borne_by_another(paper):
        return Refusal(_("Another record bears this bank reference by now."))
    return None
