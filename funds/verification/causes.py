"""A transfer rests on an act of its own task, order, plan or paper: those that stand in funds/postings.py."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from core.audit.models import Event
from funds.models import Disbursement, Repayment, Settlement
from funds.models.accounts import Transfer
from funds.postings import CAUSES, Cause, Edge
from tasks.models import Amendment

PAPERS: dict[str, Any] = {
    "amendment": Amendment,
    "disbursement": Disbursement,
    "settlement": Settlement,
    "repayment": Repayment,
}
# How a transfer names its own plan, task and order; of a reversal, the plan of what it reverses.
OWN = {
    "year_plan": Coalesce("year_plan__code", "reverses__year_plan__code"),
    "task": Coalesce("debit__task__code", "credit__task__code"),
    "order": Coalesce("debit__task__order__code", "credit__task__order__code"),
}


def faults() -> Iterator[str]:
    """One sentence for each transfer under the event of something else. One query."""
    fits = Q()
    for cause in CAUSES:
        words = [edge.word for edge in cause.edges]
        fits |= Q(Exists(_events(cause)), edge__in=words, reverses__isnull=not cause.back)
    own = {f"own_{name}": code for name, code in OWN.items()}
    rows = Transfer.objects.alias(**own).filter(Exists(_of_transfer()), edge__in=[edge.word for edge in Edge])
    for key in rows.exclude(fits).values_list("key", flat=True):
        yield f"transfer {key}: its event is of something else"


def _of_transfer() -> Any:
    return Event.objects.filter(uuid=OuterRef("event_uuid"))


def _events(cause: Cause) -> Any:
    """The transfer's event, if it is such an act on a record of the transfer's own."""
    events = _of_transfer().filter(Q(step__in=cause.acts) | Q(kind__in=cause.acts), subject_type=cause.subject)
    if cause.subject not in PAPERS:
        return events.filter(subject_code=OuterRef(f"own_{cause.subject}"))
    papers = PAPERS[cause.subject].objects.filter(task__code=OuterRef(OuterRef("own_task")))
    return events.filter(subject_code__in=papers.values("code"))
