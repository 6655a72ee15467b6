"""The papers that an adopted task brings with it: later papers cite their number and day."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.documents.kinds import DocumentKind
from tasks.lifecycle import TaskState
from tasks.models import EarlierPaper, Task

EarlierPapers = Mapping[DocumentKind, Mapping[str, Any]]
"""Kind -> symbol, signed_on, issuer."""

# The paper behind the state in which a task enters.
STATE_PAPERS = {
    TaskState.SUSPENDED: DocumentKind.SUSPENSION_DECISION,
    TaskState.REGISTERED: DocumentKind.REGISTRATION_CERTIFICATE,
    TaskState.RECOGNISED: DocumentKind.RECOGNITION_DECISION,
    TaskState.TERMINATED: DocumentKind.TERMINATION_DECISION,
    TaskState.RECOVERING: DocumentKind.TERMINATION_DECISION,
}


def wanted_papers(state: str, *, has_contract: bool) -> Iterator[DocumentKind]:
    """The kinds that later papers of a managed task cite, entering in ``state``."""
    yield DocumentKind.APPROVAL_DECISION
    if state != TaskState.APPROVED and not has_contract:
        yield DocumentKind.CONTRACT
    if state in STATE_PAPERS:
        yield STATE_PAPERS[TaskState(state)]


def check_papers(task: Task, state: str, papers: EarlierPapers, contract: Mapping[str, Any] | None) -> None:
    """Raise ValidationError for a managed task whose earlier papers have no number or no day."""
    if task.is_followed:
        return
    numbered = contract is not None and bool(contract.get("number")) and contract.get("signed_on") is not None
    missing = [kind for kind in wanted_papers(state, has_contract=numbered) if kind not in papers]
    if missing:
        text = _("Number and date are missing: %(papers)s. Later papers cite them.")
        named = "; ".join(str(kind.label) for kind in missing)
        raise ValidationError(text % {"papers": named}, code="papers")


def write_papers(task: Task, papers: EarlierPapers) -> None:
    """Keep them with the task. Raises ValidationError for an empty number or issuer."""
    for kind, facts in papers.items():
        row = EarlierPaper(task=task, kind=kind, **facts)
        row.full_clean(exclude=["task"])
        row.save()
