"""Coming in from before: the row ``adopt`` lets a record enter at any stage, with evidence and a second person."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import clock
from core.audit import service as audit
from core.audit.service import PendingEvent
from core.codes import fits_address
from core.files.services import store_upload
from core.people.models import User
from core.people.roles import Role
from core.people.selectors import has_role

from . import machine
from .chronicle import ADOPTED
from .models import Stepped
from .ruling import Refusal, StepRefused
from .service import due_date

PURPOSE = "adoption"
UNFIT_CODE = gettext_lazy(
    "A code has a digit, and otherwise only letters, digits and . - _; another one is a former code."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Adoption:
    """What stands behind the entry of one old record: who entered it, who confirmed, on which evidence.

    ``confirmed_by`` is None when one person enters it alone: then no step is taken before somebody confirms it.
    ``scan`` is evidence too: it is stored with the record. ``admitted``: whoever entered it was asked for his role
    then, and may have left since.
    """

    batch: str
    actor: User
    effective_on: date
    confirmed_by: User | None = None
    evidence: Sequence[uuid.UUID] = ()
    history_available: bool = False
    note: str = ""
    scan: "UploadedFile[Any] | None" = None
    admitted: bool = False


def adopt(subject: Stepped, target: str, adoption: Adoption) -> PendingEvent:
    """Save the unsaved ``subject`` and let it enter in state ``target``; earlier guards are not asked.

    An officer enters it and the head of division confirms, at once or afterwards. Without evidence the event says that
    no history is available. Its time runs from the day named, as the row into ``target`` allows. Raises StepRefused
    when the persons are not those two, the record may not be adopted, its rules do not know the state, or one person
    alone may not enter it there; UploadRefused; ValidationError for a code that cannot stand in an address.
    """
    if not fits_address(subject.code):
        raise ValidationError({"code": UNFIT_CODE})
    refusals = [*_refusals(subject, adoption), *place_refusals(subject, target)]
    if adoption.confirmed_by is None and target not in subject.lifecycle.enterable:
        text = _("One person alone enters no record in “%(state)s”: what stands beside it there cannot be written.")
        refusals.append(Refusal(text % {"state": subject.lifecycle.states(target).label}))
    if refusals:
        raise StepRefused(refusals)
    with audit.transaction():
        subject.state_since = clock.now()
        subject.unconfirmed = adoption.confirmed_by is None
        subject.save()
        machine.flip(subject, machine.ADOPT, target)
        subject.due_on = due_of(subject, adoption.effective_on) or subject.due_on
        subject.save(update_fields=[machine.FIELD, "due_on"])
        evidence = [*adoption.evidence, *_stored(subject, adoption)]
        return audit.collect(
            PendingEvent(
                kind=ADOPTED,
                subject_type=subject.lifecycle.name,
                subject_code=subject.code,
                step=machine.ADOPT,
                to_state=subject.state,
                actor_id=adoption.actor.pk,
                decided_by_id=adoption.confirmed_by.pk if adoption.confirmed_by else None,
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
    return [store_upload(adoption.scan, actor=adoption.actor, subject=subject, purpose=PURPOSE, internal=True).uuid]


def _refusals(subject: Stepped, adoption: Adoption) -> list[Refusal]:
    found = hands_refusals(adoption)
    if not subject.lifecycle.adoptable or subject.pk is not None:
        found.insert(0, Refusal(_("This record cannot be adopted.")))
    if adoption.effective_on > clock.today():
        found.append(Refusal(_("The effective date may not lie in the future.")))
    return found


def hands_refusals(adoption: Adoption) -> list[Refusal]:
    """Whether these two persons may enter something from before: an officer, and the head of division."""
    found = []
    if not adoption.admitted and not has_role(adoption.actor, Role.OFFICER, Role.HEAD_OF_DIVISION, Role.FUND_OFFICER):
        found.append(Refusal(_("An officer enters records from before.")))
    second = adoption.confirmed_by
    if second is not None and (adoption.actor == second or not has_role(second, Role.HEAD_OF_DIVISION)):
        found.append(Refusal(_("A second person, the head of division, confirms the adoption.")))
    return found


def due_of(subject: Stepped, since: date) -> date | None:
    """Until when a record that entered its state on a day may stay there, as the row that leads there allows."""
    row = subject.lifecycle.entering(subject.state, subject.regulation, subject.variant)
    return due_date(subject, row, since) if row is not None else None


def place_refusals(subject: Stepped, state: str) -> list[Refusal]:
    """Refuse a state that the rules of this very record never reach or never leave: it could not go on from there."""
    if subject.lifecycle.has_place_for(state, subject.regulation, subject.variant):
        return []
    text = _("By its own rules this record cannot stand in “%(state)s”: no step leads there or on from there.")
    return [Refusal(text % {"state": subject.lifecycle.states(state).label})]
