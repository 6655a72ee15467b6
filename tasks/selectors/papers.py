"""Earlier papers as later ones cite them."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from core.documents.kinds import DocumentKind
from core.documents.models import ISSUED, Document, DocumentStatus
from core.documents.schemas.parts import Reference
from core.workflow.models import Stepped
from proposals.models import Dossier, Order, OrderList, Proposal
from tasks.lifecycle import TaskState
from tasks.models import Amendment, Inspection, RecoveryOrder, Report, Task

NO_REFERENCE: Reference = {"name": "", "symbol": "", "date": "", "issuer": ""}
# Names of papers as Vietnamese texts cite them (Decree 30/2020/NĐ-CP, Article 8).
NAMES = {
    DocumentKind.CONTRACT: "Hợp đồng",
    DocumentKind.ACCEPTANCE_MINUTES: "Biên bản họp",
    DocumentKind.REGISTRATION_CERTIFICATE: "Giấy chứng nhận",
    DocumentKind.LIQUIDATION_MINUTES: "Biên bản thanh lý",
}
DECISION, TERMINATION = "Quyết định", "Quyết định chấm dứt"


def reference(subject_type: str, subject_codes: Iterable[str], kind: DocumentKind) -> Reference:
    """The valid paper of a kind issued last on one of the subjects; empty words when there is none."""
    rows = Document.objects.filter(subject_type=subject_type, subject_code__in=list(subject_codes), kind=kind)
    paper = rows.filter(status=DocumentStatus.NUMBERED).select_related("body").order_by("-numbered_on", "-pk").first()
    return as_reference(paper) if paper else {**NO_REFERENCE}


def as_reference(paper: Document) -> Reference:
    """How later papers cite an issued one: its number, its day, and its body by the name of that day."""
    day, name = paper.day, NAMES.get(DocumentKind(paper.kind), DECISION)
    return {"name": name, "symbol": paper.symbol, "date": day.isoformat(), "issuer": paper.body.name_on(day).name_vi}


def approval_of(task: Task) -> Reference:
    """The decision that approved the task."""
    codes = [task.order.code] if task.order else []
    found = reference("order", codes, DocumentKind.APPROVAL_DECISION)
    return found if found["symbol"] else earlier(task, DocumentKind.APPROVAL_DECISION)


def earlier(task: Task, kind: DocumentKind) -> Reference:
    """A paper from before this system, as it was entered with the task; empty words when there is none."""
    paper = task.earlier_papers.filter(kind=kind).first()
    if paper is None:
        return dict(NO_REFERENCE)  # type: ignore[return-value]  # the same keys
    name = NAMES.get(kind, DECISION)
    return {"name": name, "symbol": paper.symbol, "date": paper.signed_on.isoformat(), "issuer": paper.issuer}


def contract_of(task: Task) -> Reference:
    """The contract: the paper issued here, or what is known of one from before."""
    found = reference(task.lifecycle.name, [task.code], DocumentKind.CONTRACT)
    contract = getattr(task, "contract", None)
    if not found["symbol"] and contract is not None and contract.number:
        day = contract.signed_on.isoformat() if contract.signed_on else ""
        issuer = contract.paying_body.name
        return {"name": "Hợp đồng", "symbol": contract.number, "date": day, "issuer": issuer}
    return found if found["symbol"] else earlier(task, DocumentKind.CONTRACT)


def paper_of(subject: Stepped, kind: DocumentKind) -> Reference:
    """A paper of the subject itself; of a task, also one from before this system."""
    found = reference(subject.lifecycle.name, [subject.code], kind)
    return earlier(subject, kind) if not found["symbol"] and isinstance(subject, Task) else found


def was_terminated(task: Task) -> bool:
    """Whether the contract ended early, by a decision."""
    row = getattr(task, "termination", None)
    return task.state == TaskState.TERMINATED or (row is not None and row.terminated_on is not None)


def ending_of(task: Task) -> Reference:
    """The paper that ended the contract: the decision that terminated it, else the minutes that liquidated it.

    Empty words when it is void or not in the system.
    """
    terminated = was_terminated(task)
    return paper_of(task, DocumentKind.TERMINATION_DECISION if terminated else DocumentKind.LIQUIDATION_MINUTES)


def recovery_rests_on(task: Task, order: RecoveryOrder) -> Reference:
    """What the decision on a recovery cites: the paper issued here, else the one written down with number and day."""
    found = ending_of(task)
    if found["symbol"] or not order.cited_number or order.cited_on is None:
        return found
    name = TERMINATION if was_terminated(task) else NAMES[DocumentKind.LIQUIDATION_MINUTES]
    return {"name": name, "symbol": order.cited_number, "date": iso(order.cited_on), "issuer": ""}


def of_records(rows: QuerySet[Any]) -> Q:
    """The papers of the records in ``rows``, all of one kind."""
    return Q(subject_type=rows.model.lifecycle.name, subject_code__in=rows.order_by().values("code"))


file_parts: list[Callable[[Task], Q]] = []
"""What the rooms above put into a task's file, such as the papers of its councils and payments."""


def papers_of_task(task: Task) -> QuerySet[Document]:
    """Every paper of the task's file, oldest first: from the proposal it came of to its own end.

    A call is for many tasks and has a file of its own (Decree 30/2020/NĐ-CP, Article 29).
    """
    wanted = Q(subject_type="task", subject_code=task.code)
    for model in (Report, Inspection, Amendment):
        wanted |= of_records(model._default_manager.filter(task=task))
    if task.order is not None:
        wanted |= of_records(Proposal.objects.filter(order_sources__order=task.order))
        wanted |= of_records(OrderList.objects.filter(orders=task.order))
        wanted |= of_records(Order.objects.filter(pk=task.order.pk))
        wanted |= of_records(Dossier.objects.filter(order=task.order))
    for part in file_parts:
        wanted |= part(task)
    return Document.objects.filter(wanted).order_by("numbered_on", "pk")


def unnumbered_papers(task: Task) -> QuerySet[Document]:
    """Drafts that keep the file from the archive."""
    return papers_of_task(task).filter(status=DocumentStatus.DRAFT)


def papers_with_number(task: Task) -> QuerySet[Document]:
    """What the record of delivery to the archive lists."""
    return papers_of_task(task).exclude(symbol="")


acceptance_councils: list[Callable[[Task], Q]] = []
"""Which papers are those of the councils that judged the task's results: the room of the councils says so."""


def acceptance_of(task: Task) -> Reference:
    """The minutes of the council that judged the results last.

    Of a council from before this system only the day is known. Void minutes are cited neither with their number nor by
    their day: without a day a paper that would cite them is not prepared.
    """
    named: Reference = {**NO_REFERENCE, "name": "Biên bản họp Hội đồng nghiệm thu"}
    minutes = Document.objects.filter(kind=DocumentKind.ACCEPTANCE_MINUTES, status__in=ISSUED).select_related("body")
    judged = [minutes.filter(of_councils(task)) for of_councils in acceptance_councils]
    found = next((one for rows in judged if (one := rows.order_by("-numbered_on", "-pk").first())), None)
    if found is None:
        return {**named, "date": iso(task.accepted_on)}
    return as_reference(found) if found.status == DocumentStatus.NUMBERED else named


def iso(day: date | None) -> str:
    """A day as ISO text, or nothing."""
    return day.isoformat() if day else ""
