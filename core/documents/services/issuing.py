"""The second act: number and date are drawn after the signature and the step is taken."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.files.uploadedfile import UploadedFile

from core import clock
from core.audit import service as audit
from core.audit.models import Event
from core.documents.models import Document
from core.documents.selectors import purpose_of, subject_of
from core.files.services import store_upload
from core.people.models import User
from core.workflow.models import Stepped
from core.workflow.ruling import Refusal
from core.workflow.service import hold_for_step, take_step
from core.workflow.table import Channel

from .common import locked, raise_all, unexplained, warned
from .questions import (
    channel_of,
    check_current,
    date_warnings,
    issue_refusals,
    number_warnings,
    scan_refusals,
    shown_refusals,
)
from .sides import OtherSignature, note_other_side, other_side_refusals, same_name_warnings


def issue_document(
    document: Document,
    *,
    actor: User,
    signer: User,
    signed_on: date,
    channel: Channel | None = None,
    evidence: Sequence[uuid.UUID] = (),
    scan: "UploadedFile[bytes] | None" = None,
    number: int | None = None,
    numbered_on: date | None = None,
    reason: str = "",
    key: uuid.UUID,
    shown: str = "",
    other: OtherSignature | None = None,
) -> Document:
    """Number the signed draft and take its step, effective on the paper's date. ``actor`` is the clerk.

    A signer who agreed in the system needs no scan; otherwise ``evidence`` or ``scan`` of the signed paper is needed.
    ``other``: who signed an agreement by hand for the other party, unless it was countersigned in the system.
    ``number`` and ``numbered_on`` only for a register kept elsewhere; a register kept here gives today's.
    ``shown``: the digest of the text that the clerk's page offered. Replaying ``key`` acts once. Raises StepRefused,
    DraftOutdated.
    """
    with audit.transaction():
        draft = locked(document)
        if not _was_issued_by(draft, key):
            subject = hold_for_step(subject_of(draft), draft.step)
            day = numbered_on or clock.today()
            raise_all(shown_refusals(draft, shown))
            has_scan = bool(evidence or scan)
            sheet = Sheet(signer=signer, signed_on=signed_on, day=day, number=number, other=other)
            raise_all(
                issue_refusals(draft, actor=actor, signer=signer, signed_on=signed_on, day=day, has_scan=has_scan)
            )
            raise_all(other_side_refusals(draft, other, actor=actor, signer=signer, signed_on=signed_on, day=day))
            warned(_doubts(draft, sheet), reason)
            raise_all(scan_refusals(draft, signer, has_scan=has_scan))
            check_current(draft, subject, day)
            note_other_side(draft, other)
            files = [*evidence, *([_stored(draft, subject, scan, actor)] if scan else [])]
            draft.signer, draft.signed_on, draft.wanted_number = signer, signed_on, number
            draft.channel = channel_of(draft, signer, channel, min(day, signed_on))
            take_step(
                subject,
                draft.step,
                actor=actor,
                decided_by=signer,
                channel=Channel(draft.channel),
                effective_on=day,
                evidence=files,
                reason=reason,
                key=key,
                document=draft,
            )
    document.refresh_from_db()
    return document


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What the clerk read on the signed paper; what was not understood is None."""

    signer: User | None
    signed_on: date | None
    day: date
    number: int | None = None
    other: OtherSignature | None = None


def sheet_refusals(
    draft: Document, sheet: Sheet, *, actor: User, has_scan: bool, reason: str = ""
) -> Iterator[Refusal]:
    """Everything at once that speaks against numbering a paper with what was read on it, so that the page says it once.

    What only warns is left out where a reason was given.
    """
    signer, signed_on, day = sheet.signer, sheet.signed_on, sheet.day
    yield from issue_refusals(draft, actor=actor, signer=signer, signed_on=signed_on, day=day, has_scan=has_scan)
    if signer is not None and signed_on is not None:
        yield from other_side_refusals(draft, sheet.other, actor=actor, signer=signer, signed_on=signed_on, day=day)
    yield from unexplained(_doubts(draft, sheet), reason)


def _doubts(draft: Document, sheet: Sheet) -> Iterator[Refusal]:
    """What may be right all the same, once somebody says why."""
    yield from number_warnings(draft, sheet.number, sheet.day)
    if sheet.signed_on is not None:
        yield from date_warnings(draft, sheet.signed_on)
    if sheet.signer is not None:
        yield from same_name_warnings(sheet.other, sheet.signer)


def _was_issued_by(draft: Document, key: uuid.UUID) -> bool:
    first = Event.objects.filter(key=key).first()
    return first is not None and first.uuid == draft.event_uuid


def _stored(draft: Document, subject: Stepped, scan: "UploadedFile[bytes]", actor: User) -> uuid.UUID:
    return store_upload(scan, actor=actor, subject=subject, purpose=purpose_of(draft), internal=True).uuid
