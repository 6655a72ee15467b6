"""The one way to write an event, and the chain that makes a later change visible."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction as database

from core import clock

from .models import ChainHead, Event

HEAD = 1


class NullCharacterRefused(ValueError):
    """PostgreSQL cannot store a null character, so no event may carry one."""


@dataclass(slots=True, kw_only=True)
class PendingEvent:
    """An event on its way to the chain; its ``uuid`` is known before it is written."""

    kind: str
    subject_type: str = ""
    subject_code: str = ""
    step: str = ""
    from_state: str = ""
    to_state: str = ""
    actor_id: int | None = None
    decided_by_id: int | None = None
    on_behalf_of: str = ""
    channel: str = ""
    effective_on: date | None = None
    reason: str = ""
    key: UUID | None = None
    cause: UUID | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    uuid: UUID = field(default_factory=uuid4)
    recorded_at: datetime = field(default_factory=clock.now)
    # The row of the chain, once it is written.
    saved: Event | None = None

    def payload(self) -> str:
        """The row as canonical JSON: sorted keys, no spaces, all letters as they are."""
        return canonical({name: plain(getattr(self, name)) for name in COLUMNS} | {"facts": dict(self.facts)})

    def row(self, sequence: int, previous_hash: str) -> Event:
        payload = self.payload()
        columns = {name: getattr(self, name) for name in COLUMNS}
        return Event(
            **columns,
            sequence=sequence,
            payload=payload,
            previous_hash=previous_hash,
            hash=link(previous_hash, sequence, payload),
        )


COLUMNS = (
    "uuid",
    "key",
    "kind",
    "subject_type",
    "subject_code",
    "step",
    "from_state",
    "to_state",
    "actor_id",
    "decided_by_id",
    "on_behalf_of",
    "channel",
    "effective_on",
    "recorded_at",
    "reason",
    "cause",
)

# What rooms do when a transaction is about to tell what happened in it; they may write rows, but no event.
before_the_chain: "list[Callable[[Sequence[PendingEvent]], object]]" = []
_pending: ContextVar[list[PendingEvent] | None] = ContextVar("pending_events", default=None)
_undoing: ContextVar[list[Callable[[], object]] | None] = ContextVar("undoing", default=None)


@contextmanager
def transaction() -> Iterator[None]:
    """One database transaction whose events join the chain last of all, once, at the outermost level.

    Nothing else is locked after the chain head, so two transactions cannot wait for each other there.
    """
    if _pending.get() is not None:
        with database.atomic(savepoint=False):
            yield
        return
    events: list[PendingEvent] = []
    undoing: list[Callable[[], object]] = []
    tokens = _pending.set(events), _undoing.set(undoing)
    try:
        with database.atomic():
            yield
            for function in before_the_chain if events else ():
                function(events)
            _append(events)
    except BaseException:
        for undo in reversed(undoing):
            undo()
        raise
    finally:
        _pending.reset(tokens[0])
        _undoing.reset(tokens[1])


def on_failure(undo: Callable[[], object]) -> None:
    """Call ``undo`` when the open ``transaction()`` fails: for what no database takes back, such as bytes on disk.

    Raises RuntimeError outside of one.
    """
    undoing = _undoing.get()
    if undoing is None:
        message = "on_failure belongs inside audit.transaction()"
        raise RuntimeError(message)
    undoing.append(undo)


def collect(event: PendingEvent) -> PendingEvent:
    """Add an event to the open ``transaction()``; without one, write it at once in its own."""
    events = _pending.get()
    if events is None:
        with transaction():
            return collect(event)
    events.append(event)
    return event


def record(
    kind: str,
    *,
    actor: Any,
    subject_type: str = "",
    subject_code: str = "",
    payload: Mapping[str, Any] | None = None,
    reason: str = "",
    key: UUID | None = None,
) -> PendingEvent:
    """Write an act that is not a step: a grant, a corrected fact, an appointment. ``key`` is unique over all events.

    Raises NullCharacterRefused when a text holds a null character.
    """
    return collect(
        PendingEvent(
            kind=kind,
            actor_id=getattr(actor, "pk", None),
            subject_type=subject_type,
            subject_code=subject_code,
            reason=reason,
            facts=payload or {},
            key=key,
        )
    )


def canonical(value: Mapping[str, Any]) -> str:
    """Canonical JSON text. Raises NullCharacterRefused, and TypeError for a value that JSON does not know."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=plain)
    if "\\u0000" in text:
        raise NullCharacterRefused
    return text


def link(previous_hash: str, sequence: int, payload: str) -> str:
    """The hash of one link: the previous hash, the place in the chain, the payload's bytes."""
    return hashlib.sha256(f"{previous_hash}\n{sequence}\n{payload}".encode()).hexdigest()


def _append(events: list[PendingEvent]) -> None:
    if not events:
        return
    head = _locked_head()
    rows = []
    for event in events:
        head.sequence += 1
        row = event.saved = event.row(head.sequence, head.hash)
        head.hash = row.hash
        rows.append(row)
    Event.objects.bulk_create(rows)
    head.save(update_fields=["sequence", "hash"])


def _locked_head() -> ChainHead:
    """The last link, held until the end of the transaction; made before the very first event."""
    heads = ChainHead.objects.select_for_update().filter(pk=HEAD)
    head = heads.first()
    if head is None:
        ChainHead.objects.get_or_create(pk=HEAD)
        head = heads.get()
    return head


def plain(value: Any) -> Any:
    """A column's value as JSON knows it. Raises TypeError for anything but text, whole numbers, dates and UUIDs."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if value is None or isinstance(value, str | int | bool):
        return value
    message = f"{type(value).__name__} does not belong in an event"
    raise TypeError(message)
