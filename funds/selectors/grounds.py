"""The papers on which a payment rests: the approval of the task, its contract, the decision to pay."""

from collections.abc import Iterator

from django.db.models import Q

from core.documents.kinds import DocumentKind
from core.documents.models import ISSUED, Document, DocumentStatus
from funds.models import Disbursement
from proposals.models import Order


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
    orders = Order.objects.filter(pk=task.order_id).values("code")
    return wanted | Q(subject_type="order", subject_code__in=orders, kind=DocumentKind.APPROVAL_DECISION)
