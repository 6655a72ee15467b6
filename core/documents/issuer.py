"""The one function that ``take_step`` calls to write a paper, inside its transaction. Nothing is rendered here."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from core import clock
from core.audit.service import PendingEvent
from core.jobs.service import enqueue
from core.numbers.services import NumberRefused
from core.workflow.models import Stepped
from core.workflow.ruling import Refusal, StepRefused
from core.workflow.table import Row

from .frame import header_of
from .kinds import spec_of
from .models import Document, DocumentStatus
from .numbering import give_number
from .services import blank_document, fill, fold_words, other_side_missing
from .snapshot import context_of

RENDER = "documents.render"
_quiet: ContextVar[bool] = ContextVar("papers_rendered_when_opened", default=False)


@contextmanager
def rendered_when_opened() -> Iterator[None]:
    """Queue no rendering meanwhile: papers of the past are rendered when somebody first opens them."""
    token = _quiet.set(True)
    try:
        yield
    finally:
        _quiet.reset(token)


def is_of_the_past() -> bool:
    """Whether days long gone are being told: no job is queued for their papers."""
    return _quiet.get()


def issue(*, subject: Stepped, row: Row, event: PendingEvent, document: Any = None) -> None:
    """Number the paper of the row. Raises StepRefused without the draft that a signed kind needs."""
    if row.issues is None:
        return
    paper = _prepared(subject, row, document) if spec_of(row.issues).needs_signature else _made(subject, row, event)
    _number(paper, subject, event)
    if not is_of_the_past():
        enqueue(RENDER, {"document": paper.code}, key=f"{RENDER}:{paper.code}")


def _prepared(subject: Stepped, row: Row, document: Any) -> Document:
    if not isinstance(document, Document):
        raise StepRefused([Refusal(_("Prepare the draft paper first: this step is taken when it is issued."))])
    mine = (document.subject_type, document.subject_code, document.step, document.kind)
    if mine != (subject.lifecycle.name, subject.code, row.name, row.issues) or not document.is_draft:
        raise StepRefused([Refusal(_("This paper belongs to another step."))])
    if document.spec.two_sided and document.other_signed_on is None:
        raise StepRefused([other_side_missing(document)])
    return document


def _made(subject: Stepped, row: Row, event: PendingEvent) -> Document:
    """The paper of an automatic kind, made on the spot from the facts after the effects."""
    assert row.issues is not None  # noqa: S101  # issue() looked
    paper = blank_document(subject, row.issues, row.name)
    fill(paper, context_of(row.issues, subject, clock.today()))
    paper.prepared_by_id, paper.channel = event.actor_id, event.channel
    return paper


def _day_of(paper: Document, event: PendingEvent) -> date:
    """A signed paper bears the day of its step; one that the system makes is never older than its number."""
    assert event.effective_on is not None  # noqa: S101  # every step has a day
    return event.effective_on if paper.needs_signature else clock.today()


def _number(paper: Document, subject: Stepped, event: PendingEvent) -> None:
    try:
        give_number(paper, number=paper.wanted_number, on=_day_of(paper, event))
    except NumberRefused as refused:
        raise StepRefused([Refusal(str(refused))]) from refused
    paper.status, paper.event_uuid, paper.numbered_by_id = DocumentStatus.NUMBERED, event.uuid, event.actor_id
    fold_words(paper)
    paper.header = dict(header_of(paper, subject, signer=paper.signer))
    paper.save()
