"""An issued paper is declared void by two persons: one asks and says why, the head of division or the signer grants."""

from django.utils.translation import gettext as _

from core import clock
from core.audit import service as audit
from core.documents.models import Document, DocumentStatus, VoidRequest
from core.documents.selectors import open_void_request
from core.people.models import User
from core.people.policy import can
from core.workflow.ruling import Refusal, StepRefused

from .common import check_act, locked, record


def ask_void(document: Document, *, actor: User, reason: str) -> Document:
    """Ask that an issued paper be declared void. Raises StepRefused."""
    with audit.transaction():
        paper = _issued(document)
        check_act(paper, actor, "ask_void", reason)
        if open_void_request(paper) is not None:
            raise StepRefused([Refusal(_("Somebody has asked already to declare this paper void."))])
        VoidRequest.objects.create(document=paper, reason=reason.strip(), asked_by=actor)
        record("document.void_asked", paper, actor, reason=reason.strip())
    return document


def void_document(document: Document, *, actor: User, reason: str = "") -> Document:
    """Grant the request: the paper is void. It keeps its number and its file; its step stays taken.

    ``reason`` adds to what was asked for. Raises StepRefused: without a request, for whoever asked.
    """
    with audit.transaction():
        paper, asked = _answered(document, actor, reason, granted=True)
        paper.status, paper.reason = DocumentStatus.VOID, asked.reason
        paper.voided_by, paper.voided_at = actor, clock.now()
        paper.save(update_fields=["status", "reason", "voided_by", "voided_at"])
        record("document.voided", paper, actor, reason=asked.reason)
    document.refresh_from_db()
    return document


def keep_document(document: Document, *, actor: User, reason: str) -> Document:
    """Refuse the request, with a reason: the paper stays as it is. Raises StepRefused."""
    with audit.transaction():
        if not reason.strip():
            raise StepRefused([Refusal(_("This step needs a reason."))])
        paper, _asked = _answered(document, actor, reason, granted=False)
        record("document.void_refused", paper, actor, reason=reason.strip())
    return document


def _issued(document: Document) -> Document:
    paper = locked(document)
    if paper.status != DocumentStatus.NUMBERED:
        raise StepRefused([Refusal(_("Only an issued paper can be declared void."))])
    return paper


def _answered(document: Document, actor: User, reason: str, *, granted: bool) -> tuple[Document, VoidRequest]:
    paper = _issued(document)
    asked = open_void_request(paper)
    if asked is None:
        raise StepRefused([Refusal(_("Nobody has asked to declare this paper void."))])
    if not can(actor, "void", paper):
        raise StepRefused([Refusal(_("The head of division or the signer answers this request."))])
    if actor.pk == asked.asked_by_id:
        raise StepRefused([Refusal(_("A second person must answer: you asked to declare this paper void."))])
    asked.decided_by, asked.decided_at, asked.granted = actor, clock.now(), granted
    asked.answer = reason.strip()
    asked.save()
    return paper, asked
