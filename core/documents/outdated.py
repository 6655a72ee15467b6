"""Which drafts say what is true no more: noted after every act on their record, and each night for all that moves else.

Noted by a job after the transaction: whoever issues a paper holds it before its record, and here it is the other way.
"""

from collections.abc import Iterable, Sequence

from core import clock
from core.audit.service import PendingEvent
from core.jobs.service import enqueue
from core.workflow.corrections import QUIET
from core.workflow.registry import subjects

from .issuer import is_of_the_past
from .models import Document, DocumentStatus
from .selectors import subject_of
from .services import is_current

LOOK = "documents.look_at_draft"


def look_at_drafts(events: Sequence[PendingEvent]) -> None:
    """Queue a look at each open draft of the records on which something happened; the night sees to the past."""
    if is_of_the_past():
        return
    last = {(one.subject_type, one.subject_code): one.uuid for one in events if not one.kind.startswith(QUIET)}
    codes = {code for kind, code in last if kind in subjects}
    drafts = Document.objects.filter(status=DocumentStatus.DRAFT, subject_code__in=codes) if codes else ()
    for paper in drafts:
        uuid = last.get((paper.subject_type, paper.subject_code))
        if uuid is not None:
            enqueue(LOOK, {"document": paper.code}, key=f"{LOOK}:{paper.code}:{uuid}")


def note_outdated(papers: Iterable[Document]) -> None:
    """Write of each draft whether it is out of date, and since when that is known. Nothing else of it changes."""
    for paper in papers:
        is_right = _says_what_is_true(paper)
        if is_right != (paper.outdated_at is None):
            rows = Document.objects.filter(pk=paper.pk, status=DocumentStatus.DRAFT, prepared_at=paper.prepared_at)
            rows.update(outdated_at=None if is_right else clock.now())


def _says_what_is_true(paper: Document) -> bool:
    model = subjects[paper.subject_type]
    try:
        return is_current(paper, subject_of(paper))
    except model.DoesNotExist:
        return False
