"""Coming in from before: the row ``adopt`` lets a record enter at any stage, with evidence and a second person."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from core import clock
from core.audit import service as audit
from core.audit.service import PendingEvent
from core.files.services import store_upload
from core.people.models import User
from core.people.roles import Role
from core.people.selectors import has_role

from . import machine
from .models import Stepped
from .ruling import Refusal, StepRefused

PURPOSE = "adoption"


@dataclass(frozen=True, slots=True, kw_only=True)
class Adoption:
    """What stands behind the entry of one old record: who entered it, who confirmed, on which evidence.

    ``scan`` is evidence too: it is stored with the record.
    """

    batch: str
    actor: User
    confirmed_by: User
    effective_on: date
    evidence: Sequence[uuid.UUID] = ()
    history_available: bool = False
    note: str = ""
    scan: "UploadedFile[Any] | None" = None


def adopt(subject: Stepped, target: str, adoption: Adoption) -> PendingEvent:
    """Save the unsaved ``subject`` and let it enter in state ``target``; earlier guards are not asked.

    An officer enters it and the head of division confirms. Without evidence the event says that no history is
    available. Raises StepRefused when the persons are not those two, or the record may not be adopted; UploadRefused.
    """
    refusals = list(_refusals(subject, adoption))
    if refusals:
        raise StepRefused(refusals)
    with audit.transaction():
        subject.state_since = clock.now()
        subject.save()
        machine.flip(subject, machine.ADOPT, target)
        subject.save(update_fields=[machine.FIELD])
        evidence = [*adoption.evidence, *_stored(subject, adoption)]
        return audit.collect(
            PendingEvent(
                kind="adopt",
                subject_type=subject.lifecycle.name,
                subject_code=subject.code,
                step=machine.ADOPT,
                to_state=subject.state,
                actor_id=adoption.actor.pk,
                decided_by_id=adoption.confirmed_by.pk,
                effective_on=adoption.effective_on,
                reason=adoption.note,
                facts={
                    "batch": adoption.batch,
                    "evidence": [str(one) for one in evidence],
                    "history_available": adoption.history_available,
                    "regulation": subject.regulation,
                },
            )
        )


def _stored(subject: Stepped, adoption: Adoption) -> list[uuid.UUID]:
    if adoption.scan is None:
        return []
    return [store_upload(adoption.scan, actor=adoption.actor, subject=subject, purpose=PURPOSE).uuid]


def _refusals(subject: Stepped, adoption: Adoption) -> list[Refusal]:
    found = []
    if not subject.lifecycle.adoptable or subject.pk is not None:
        found.append(Refusal(_("This record cannot be adopted.")))
    if not has_role(adoption.actor, Role.OFFICER, Role.HEAD_OF_DIVISION, Role.FUND_OFFICER):
        found.append(Refusal(_("An officer enters records from before.")))
    if adoption.actor == adoption.confirmed_by or not has_role(adoption.confirmed_by, Role.HEAD_OF_DIVISION):
        found.append(Refusal(_("A second person, the head of division, confirms the adoption.")))
    if adoption.effective_on > clock.today():
        found.append(Refusal(_("The effective date may not lie in the future.")))
    return found
