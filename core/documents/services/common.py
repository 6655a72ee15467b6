"""What the acts on papers share."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from core import text
from core.audit import service as audit
from core.documents.kinds import spec_of
from core.documents.letter import TEMPLATE_VERSION
from core.documents.models import Document
from core.people.models import Organisation, User
from core.people.policy import can
from core.workflow.models import Stepped
from core.workflow.ruling import Refusal, StepRefused


def locked(document: Document) -> Document:
    """The paper as it is now, held until the end of the transaction."""
    rows = Document.objects.select_for_update(of=("self",))
    return rows.select_related("body__parent", "body__place__parent").get(pk=document.pk)


def blank_document(subject: Stepped, kind: str, step: str) -> Document:
    """A paper of a kind about a subject, not saved, without content."""
    spec = spec_of(kind)
    return Document(
        kind=spec.kind,
        series=spec.series,
        needs_signature=spec.needs_signature,
        subject_type=subject.lifecycle.name,
        subject_code=subject.code,
        step=step,
        template_version=TEMPLATE_VERSION,
    )


def fill(document: Document, context: dict[str, object]) -> None:
    """Put a snapshot into a paper that has no number yet, with the columns taken from it."""
    document.context = context
    document.about = str(document.facts["about"])[:500]
    fold_words(document)
    document.body = Organisation.objects.select_related("parent", "place__parent").get(code=document.facts["body"])


def fold_words(document: Document) -> None:
    """What the search finds the paper by: number, signer, subject line, kind. Written anew with the number."""
    signer = document.signer.full_name if document.signer else ""
    said = f"{document.symbol} {signer} {document.about} {document.get_kind_display()}"
    document.folded = text.fold(said)[:700]


def raise_all(found: Iterable[Refusal]) -> None:
    """Raise StepRefused with the refusals that block, if there are any."""
    refusals = [refusal for refusal in found if refusal.blocking]
    if refusals:
        raise StepRefused(refusals)


def warned(found: Iterable[Refusal], reason: str) -> None:
    """Raise StepRefused for what only warns, unless a reason was given: it stays in the record of the step."""
    if warnings := unexplained(found, reason):
        raise StepRefused(warnings)


def unexplained(found: Iterable[Refusal], reason: str) -> list[Refusal]:
    """The warnings for which no reason was given, and that one is wanted."""
    warnings = list(found)
    wanted = Refusal(_("Give a reason when it is right as it stands."))
    return [*warnings, wanted] if warnings and not reason.strip() else []


def check_act(document: Document, actor: User, action: str, reason: str) -> None:
    """The right to the act and a reason. Raises StepRefused."""
    if not can(actor, action, document):
        raise StepRefused([Refusal(_("Your roles do not include this."))])
    if not reason.strip():
        raise StepRefused([Refusal(_("This step needs a reason."))])


def record(kind: str, document: Document, actor: User, *, reason: str = "") -> audit.PendingEvent:
    """Note an act on a paper in the chain of events."""
    return audit.record(
        kind,
        actor=actor,
        subject_type=document.subject_type,
        subject_code=document.subject_code,
        payload={"document": document.code, "kind": document.kind, "step": document.step, "symbol": document.symbol},
        reason=reason,
    )
