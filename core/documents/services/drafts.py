"""The first act: a draft without a number goes round, is agreed to or refused."""

from django.utils.translation import gettext as _

from core import clock
from core.audit import service as audit
from core.documents.models import Document, DocumentStatus
from core.documents.registry import PaperTell
from core.documents.selectors import open_draft
from core.documents.snapshot import context_of
from core.people.models import User
from core.workflow import ports
from core.workflow.models import Stepped
from core.workflow.ruling import Refusal, StepRefused

from .common import blank_document, check_act, fill, locked, raise_all, record
from .questions import endorse_refusals, held_for_agreement, prepare_refusals


def prepare_document(subject: Stepped, step: str, *, actor: User) -> Document:
    """Make the draft paper of a step, or bring the open one up to date; the subject's state does not change.

    Preparing again drops the agreements given to an older text. The other party of an agreement is told that it may
    read and sign it. Raises StepRefused.
    """
    with audit.transaction():
        # The paper before its subject, as whoever issues it does: two people never wait for each other.
        known = open_draft(subject, step)
        draft = locked(known) if known else None
        held = type(subject)._default_manager.select_for_update().get(pk=subject.pk)
        raise_all(prepare_refusals(held, step, actor=actor))
        newer = open_draft(held, step)
        if newer is not None and newer != draft:
            # Somebody prepared it in this very moment.
            return newer
        return _bring_up_to_date(newer, held, step, actor)


def _bring_up_to_date(draft: Document | None, subject: Stepped, step: str, actor: User) -> Document:
    row = subject.row(step)
    assert row is not None  # noqa: S101  # prepare_refusals looked
    assert row.issues is not None  # noqa: S101
    made = draft or blank_document(subject, row.issues, step)
    context = context_of(row.issues, subject, clock.today())
    if made.context != context:
        had_signed = made.countersigned_at is not None
        event = _write_draft(made, context, actor)
        if made.lacks_other_side:
            tell = PaperTell.CHANGED_SINCE_SIGNED if had_signed else PaperTell.TO_COUNTERSIGN
            ports.tell(subject=subject, tells=[tell], event=event)
    elif made.outdated_at is not None:
        # The facts are what they were: the draft is good again, with all who agreed to it.
        made.outdated_at = None
        made.save(update_fields=["outdated_at"])
    return made


def endorse_document(document: Document, *, actor: User, shown: str = "") -> Document:
    """Agree to a draft, as the person who decides the step.

    ``shown``: the digest of the text that the page offered; another text is not agreed to. Raises StepRefused,
    DraftOutdated.
    """
    with audit.transaction():
        draft = held_for_agreement(document, endorse_refusals, actor=actor, shown=shown)
        draft.endorsed_by, draft.endorsed_at = actor, clock.now()
        draft.save(update_fields=["endorsed_by", "endorsed_at"])
        record("document.endorsed", draft, actor)
    document.refresh_from_db()
    return document


def refuse_document(document: Document, *, actor: User, reason: str) -> Document:
    """Send a draft back for good: a new one must be prepared. Raises StepRefused."""
    with audit.transaction():
        draft = locked(document)
        if not draft.is_draft:
            raise StepRefused([Refusal(_("This paper is no longer a draft."))])
        check_act(draft, actor, "refuse", reason)
        draft.status, draft.reason = DocumentStatus.REFUSED, reason.strip()
        draft.refused_by, draft.refused_at = actor, clock.now()
        draft.save(update_fields=["status", "reason", "refused_by", "refused_at"])
        record("document.refused", draft, actor, reason=draft.reason)
    document.refresh_from_db()
    return document


def _write_draft(draft: Document, context: dict[str, object], actor: User) -> audit.PendingEvent:
    fill(draft, context)
    draft.prepared_by, draft.prepared_at, draft.outdated_at = actor, clock.now(), None
    draft.endorsed_by = draft.endorsed_at = None
    draft.countersigned_by = draft.countersigned_at = draft.other_signed_on = None
    draft.other_signer = ""
    draft.save()
    return record("document.prepared", draft, actor)
