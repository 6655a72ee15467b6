"""The events of one record. A code that a void entry gave free is used again: each record has its own part of them."""

import json
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from core.audit.models import Event
from core.files.models import StoredFile
from core.files.services import STORED

from .ruling import StepRefused, used_refusal

if TYPE_CHECKING:
    from .models import Stepped

# Kinds of events: an officer entered a record from before; the head of division confirmed it, or refused it, and then
# it became void under another code.
ADOPTED, CONFIRMED, REFUSED, VOIDED = "adopt", "adopt.confirmed", "adopt.refused", "adopt.void"
# The kind of the event by which a step is undone.
CORRECTED = "correct"
# In the facts of a step that one person entered from paper and another confirmed: who entered it, and his name then.
ENTERED_BY, TYPIST = "entered_by", "typist"


def events_of(subject: "Stepped") -> QuerySet[Event]:
    """Every event of the record, oldest first: those of its code since an earlier entry under it was refused."""
    rows = Event.objects.filter(subject_type=subject.lifecycle.name).order_by("sequence")
    if subject.lifecycle.void and subject.state == subject.lifecycle.void:
        return rows.filter(Q(subject_code=subject.code) | _before_the_refusal(subject, rows))
    return rows.filter(subject_code=subject.code, sequence__gt=_last_refusal(rows, subject.code))


def is_replay(subject: "Stepped", kind: str, key: UUID) -> bool:
    """Whether the form with this key has done its work on this record. Raises StepRefused when it did another one."""
    if not Event.objects.filter(key=key).exists():
        return False
    if not events_of(subject).filter(key=key, kind=kind).exists():
        raise StepRefused([used_refusal()])
    return True


def files_of(subject: "Stepped") -> QuerySet[StoredFile]:
    """The files that were handed in for the record, the newest first: not those of another one with the same code."""
    stored = events_of(subject).filter(kind=STORED).values_list("payload", flat=True)
    codes = [json.loads(payload)["facts"]["file"] for payload in stored]
    return StoredFile.objects.filter(code__in=codes).order_by("-uploaded_at", "-pk")


def entered_on(subject: "Stepped") -> date | None:
    """The day on which a record from before stood as it was entered; None for one that grew here."""
    return events_of(subject).filter(kind=ADOPTED).values_list("effective_on", flat=True).first()


def last_day(events: Iterable[Event]) -> date | None:
    """The latest day that a step of the record counts from, or on which it stood as it was entered from before.

    A step that was undone never counted, and undoing it is no step of the record.
    """
    known = [event for event in events if event.effective_on]
    undone = {json.loads(event.payload)["facts"]["undone"] for event in known if event.kind == CORRECTED}
    standing = (event for event in known if event.kind != CORRECTED and str(event.uuid) not in undone)
    return max((event.effective_on for event in standing if event.effective_on), default=None)


def _last_refusal(rows: QuerySet[Event], code: str) -> Any:
    refusals = rows.filter(subject_code=code, kind=REFUSED).order_by("-sequence")
    return Coalesce(Subquery(refusals.values("sequence")[:1]), 0)


def _before_the_refusal(subject: "Stepped", rows: QuerySet[Event]) -> Q:
    """What happened to a void record under the code with which it was entered."""
    event = rows.filter(subject_code=subject.code, kind=VOIDED).last()
    if event is None:
        return Q(pk__in=())
    facts = json.loads(event.payload)["facts"]
    refusal = rows.get(uuid=facts["refusal"])
    earlier = rows.filter(subject_code=facts["entered_as"], kind=REFUSED, sequence__lt=refusal.sequence).last()
    since = earlier.sequence if earlier else 0
    return Q(subject_code=facts["entered_as"], sequence__gt=since, sequence__lte=refusal.sequence)
