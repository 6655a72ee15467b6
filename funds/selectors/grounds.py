"""What a payment rests on: the approval of the task, its contract, the decision to pay, and their days."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q

from core.audit.models import Event
from core.documents.kinds import DocumentKind
from core.documents.models import ISSUED, Document, DocumentStatus
from funds.models import Disbursement
from proposals.models import Order
from tasks.models import Task


def void_papers(disbursement: Disbursement) -> Iterator[str]:
    """Number and symbol of each void paper that no valid one of its kind stands for. One query."""
    papers = Document.objects.filter(_grounds(disbursement), status__in=ISSUED).order_by("pk")
    rows = list(papers.values_list("subject_type", "kind", "status", "symbol"))
    valid = {(subject, kind) for subject, kind, status, _symbol in rows if status == DocumentStatus.NUMBERED}
    for subject, kind, _status, symbol in rows:
        if (subject, kind) not in valid:
            yield symbol


def _grounds(disbursement: Disbursement) -> Q:
    task = disbursement.task
    wanted = Q(subject_type="task", subject_code=task.code, kind=DocumentKind.CONTRACT)
    wanted |= Q(subject_type="disbursement", subject_code=disbursement.code, kind=DocumentKind.DISBURSEMENT_DECISION)
    orders = Order.objects.filter(tasks=task).values("code")
    return wanted | Q(subject_type="order", subject_code__in=orders, kind=DocumentKind.APPROVAL_DECISION)


def approved_on(disbursement: Disbursement) -> date | None:
    """The day of the decision to pay; None for a payment from before this system."""
    steps = Event.objects.filter(subject_type="disbursement", subject_code=disbursement.code, step="approve")
    return steps.order_by("-sequence").values_list("effective_on", flat=True).first()


def recovery_ordered_on(task: Task) -> date | None:
    """The day of the first decision to recover money of a task."""
    orders = task.recovery_orders.filter(ordered_on__isnull=False)
    return orders.order_by("ordered_on").values_list("ordered_on", flat=True).first()
