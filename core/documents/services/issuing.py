"""The second act: number and date are drawn after the signature and the step is taken."""

import uuid
from collections.abc import Sequence
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
from core.workflow.service import hold_for_step, take_step
from core.workflow.table import Channel

from .common import locked, raise_all, warned
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
            raise_all(
                issue_refusals(draft, actor=actor, signer=signer, signed_on=signed_on, day=day, has_scan=has_scan)
            )
            raise_all(other_side_refusals(draft, other, actor=actor, signer=signer, signed_on=signed_on, day=day))
            doubts = [*number_warnings(draft, number, day), *date_warnings(draft, signed_on)]
            warned([*doubts, *same_name_warnings(other, signer)], reason)
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


def _was_issued_by(draft: Document, key: uuid.UUID) -> bool:
    first = Event.objects.filter(key=key).first()
    return first is not None and first.uuid == draft.event_uuid


def _stored(draft: Document, subject: Stepped, scan: "UploadedFile[bytes]", actor: User) -> uuid.UUID:
    return store_upload(scan, actor=actor, subject=subject, purpose=purpose_of(draft), internal=True).uuid
