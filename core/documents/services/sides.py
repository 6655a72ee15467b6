"""Papers of two sides: the other party agrees to the very text, here or by its signature on the sheet.

A contract, its annexes and the minutes of its liquidation bind nobody before both parties have signed them.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from core import clock
from core.audit import service as audit
from core.documents.models import Document
from core.people.models import User
from core.people.policy import can
from core.workflow import admission
from core.workflow.models import Stepped
from core.workflow.ruling import Refusal

from .common import record
from .questions import both_sides_refusal, held_for_agreement


class OtherSignature(NamedTuple):
    """What the clerk reads on a sheet that the other party signed by hand: whose name, and of which day."""

    name: str
    signed_on: date


def countersign_document(document: Document, *, actor: User, shown: str = "") -> Document:
    """Agree to a draft of two sides for the other party.

    ``shown``: the digest of the text that the page offered; another text is not agreed to. Raises StepRefused,
    DraftOutdated.
    """
    with audit.transaction():
        draft = held_for_agreement(document, countersign_refusals, actor=actor, shown=shown)
        draft.countersigned_by, draft.countersigned_at = actor, clock.now()
        draft.other_signer, draft.other_signed_on = actor.full_name[:120], clock.today()
        draft.save(update_fields=["countersigned_by", "countersigned_at", "other_signer", "other_signed_on"])
        record("document.countersigned", draft, actor)
    document.refresh_from_db()
    return document


def countersign_refusals(draft: Document, subject: Stepped, *, actor: User) -> Iterator[Refusal]:
    """Everything that speaks against this person's signature for the other party now."""
    if not draft.is_draft:
        yield Refusal(_("This paper is no longer a draft."))
        return
    if subject.row(draft.step) is None:
        yield admission.state_refusal()
    if not can(actor, "countersign", draft):
        yield Refusal(_("Only who signs for the other party agrees to this draft."))
    if not draft.lacks_other_side:
        yield Refusal(_("Nobody else has to sign this draft for the other party."))
    if actor.pk in {draft.prepared_by_id, draft.endorsed_by_id}:
        yield both_sides_refusal()


def other_side_refusals(
    draft: Document, other: OtherSignature | None, *, actor: User, signer: User, signed_on: date, day: date
) -> Iterator[Refusal]:
    """What speaks against numbering a paper as regards its other side; ``day`` is the day that it bears."""
    if not draft.lacks_other_side:
        yield from _already_signed(draft, other, signer, day)
    elif other is None or not other.name.strip():
        yield other_side_missing(draft)
    else:
        if actor.pk == draft.prepared_by_id:
            # Whoever drafts a paper and types both signatures would make an agreement alone.
            yield Refusal(
                _("You prepared this draft, and the other party did not sign it here: another person numbers it.")
            )
        yield from _day_refusals(draft, other, signed_on, day)


def other_side_missing(draft: Document) -> Refusal:
    """The refusal of an agreement that only one party has signed."""
    return Refusal(_("The other party has not signed: %(party)s.") % {"party": draft.other_party.get("name", "")})


def _already_signed(draft: Document, other: OtherSignature | None, signer: User, day: date) -> Iterator[Refusal]:
    if other is not None:
        yield Refusal(_("Nobody else has to sign this draft for the other party."))
    if draft.countersigned_by_id == signer.pk:
        yield both_sides_refusal()
    if draft.other_signed_on is not None and draft.other_signed_on > day:
        yield _signed_too_late()


def _day_refusals(draft: Document, other: OtherSignature, signed_on: date, day: date) -> Iterator[Refusal]:
    """Not after the number; not before the draft where party A signed this very draft.

    A paper that party A signed before it was typed here is older than its draft: then so may be the other signature.
    """
    prepared_on = clock.local(draft.prepared_at).date()
    if other.signed_on > day:
        yield _signed_too_late()
    if other.signed_on < prepared_on <= signed_on:
        text = _("This draft was prepared on %(date)s: the other party cannot have signed it before.")
        yield Refusal(text % {"date": f"{prepared_on:%d/%m/%Y}"})


def _signed_too_late() -> Refusal:
    return Refusal(_("The paper cannot be numbered before both parties have signed it."))


def same_name_warnings(other: OtherSignature | None, signer: User) -> Iterator[Refusal]:
    """Two people may have one name; more often it is a slip of the keyboard."""
    if other is not None and other.name.strip() == signer.full_name:
        yield Refusal(_("The same name stands for both parties: check the paper."), blocking=False)


def note_other_side(draft: Document, other: OtherSignature | None) -> None:
    """Keep who signed on paper for the other party, and when; saved with the number."""
    if other is not None:
        draft.other_signer, draft.other_signed_on = other.name.strip(), other.signed_on
