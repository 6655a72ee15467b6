"""Which papers from before this system the later papers of a task cite."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from core.documents.kinds import DocumentKind
from tasks.lifecycle import TaskState

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


def unnumbered_words(missing: Iterable[DocumentKind]) -> str:
    """That papers have no number and no day, in words."""
    text = _("Number and date are missing: %(papers)s. Later papers cite them.")
    return text % {"papers": "; ".join(str(kind.label) for kind in missing)}
