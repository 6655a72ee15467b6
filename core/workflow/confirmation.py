"""The second person's word on a record from before: the head of division confirms it, or refuses the whole entry."""

import uuid
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core import clock
from core.audit import service as audit
from core.audit.models import Event
from core.audit.service import PendingEvent
from core.people.models import User
from core.people.roles import Role
from core.people.seen import digest
from core.people.selectors import has_role

from . import machine
from .chronicle import ADOPTED, CONFIRMED, REFUSED, VOIDED, is_replay
from .entries import Confirmation, lacking, on_confirmation, on_refusal, writers_of
from .models import Stepped
from .registry import subjects
from .ruling import Refusal, StepRefused
from .selectors import confirmations_waiting, history
from .shown import changed_refusal

# A void record gives its code back, for the right entry: hủy nhập.
MARK = ".HUY"
# The column of FromBefore.
UNCONFIRMED: str = "unconfirmed"


def entry_digest(events: Iterable[Event]) -> str:
    """All that the second person confirms, as one digest: whatever is written of an entry leaves an event."""
    return digest([str(event.uuid) for event in events])


def confirm_adoption(
    subject: Stepped, *, actor: User, note: str = "", key: uuid.UUID, shown: str | None = None
) -> None:
    """The head of division has compared a record from before, all of it, with its papers; now its life goes on.

    A replay of ``key`` acts once. ``shown`` is the digest that the page carried. Raises StepRefused with every reason:
    the record says something else by now, nothing waits, the actor entered the record or a part of it himself, or what
    its state needs is missing.
    """
    try:
        with audit.transaction():
            locked = _locked(subject)
            if not is_replay(locked, CONFIRMED, key):
                _confirm(locked, actor, note.strip(), key, shown)
    except ValidationError as wrong:
        # What a room could not write: the money of the payer is used up meanwhile.
        raise StepRefused([Refusal(text) for text in wrong.messages]) from wrong
    subject.refresh_from_db()


def _confirm(locked: Stepped, actor: User, note: str, key: uuid.UUID, shown: str | None) -> None:
    events = history(locked)
    refusals = list(confirmation_refusals(locked, events, actor))
    if shown is not None and shown != entry_digest(events):
        refusals.insert(0, changed_refusal())
    entry = _entry(events)
    if refusals or entry is None or entry.actor is None:
        raise StepRefused(refusals)
    locked.unconfirmed = False
    locked.save(update_fields=[UNCONFIRMED])
    audit.record(
        CONFIRMED, actor=actor, subject_type=locked.lifecycle.name, subject_code=locked.code, reason=note, key=key
    )
    word = Confirmation(
        subject=locked,
        entered_by=entry.actor,
        confirmed_by=actor,
        effective_on=entry.effective_on or clock.today(),
        note=entry.reason,
        key=key,
    )
    for function in on_confirmation.of(locked):
        function(word)


def confirmation_refusals(subject: Stepped, events: Iterable[Event], actor: User) -> Iterator[Refusal]:
    """What speaks against this person's confirmation: first whose word it is, then everything that is missing."""
    known = list(events)
    persons = list(_person_refusals(subject, known, actor))
    if not persons and actor.pk in writers_of(known):
        persons = [Refusal(_("You wrote a part of this record yourself: another head of division confirms it."))]
    yield from persons
    if subject.unconfirmed:
        for function in lacking.of(subject):
            yield from function(subject)


def void_adoption(subject: Stepped, *, actor: User, reason: str, key: uuid.UUID, shown: str | None = None) -> None:
    """The head of division refuses an entry that nobody has confirmed: the record is void, and says so for ever.

    Both events stay. Nothing has been built on it, no money was booked for it; its code is free for the right entry.
    The instance passed in is refreshed: it has another code. A replay of ``key`` acts once. Raises StepRefused, also
    when the entry was mended since the page with the digest ``shown`` was opened.
    """
    with audit.transaction():
        locked = _locked(subject)
        if not is_replay(locked, REFUSED, key):
            events = history(locked)
            refusals = list(_person_refusals(locked, events, actor))
            if shown is not None and shown != entry_digest(events):
                refusals.insert(0, changed_refusal())
            if not reason.strip():
                refusals.append(Refusal(_("This step needs a reason.")))
            if refusals:
                raise StepRefused(refusals)
            _strike(locked, actor, reason.strip(), key)
    subject.refresh_from_db()


def _strike(locked: Stepped, actor: User, reason: str, key: uuid.UUID) -> None:
    kind, entered_as, before = locked.lifecycle.name, locked.code, locked.state
    refusal = audit.record(REFUSED, actor=actor, subject_type=kind, subject_code=entered_as, reason=reason, key=key)
    for function in on_refusal.of(locked):
        function(locked)
    machine.flip(locked, machine.VOID, locked.lifecycle.void)
    locked.code, locked.unconfirmed = _void_code(locked), False
    locked.state_since, locked.due_on = clock.now(), None
    locked.save(update_fields=[machine.FIELD, "code", UNCONFIRMED, "state_since", "due_on"])
    audit.collect(
        PendingEvent(
            kind=VOIDED,
            subject_type=kind,
            subject_code=locked.code,
            step=machine.VOID,
            from_state=before,
            to_state=locked.state,
            actor_id=actor.pk,
            effective_on=clock.today(),
            reason=reason,
            facts={"entered_as": entered_as, "refusal": str(refusal.uuid)},
        )
    )


def _void_code(subject: Stepped) -> str:
    """The record's code with a mark, and the first number that is free."""
    codes = type(subject)._default_manager.filter(code__startswith=f"{subject.code}{MARK}")
    taken, number = set(codes.values_list("code", flat=True)), 1
    while f"{subject.code}{MARK}{number}" in taken:
        number += 1
    return f"{subject.code}{MARK}{number}"


def mark_waiting() -> int:
    """Let every record say itself that it waits, as its events do: once after the migration that brings the column.

    Returns how many did not say so before.
    """
    marked = 0
    for event in confirmations_waiting():
        with audit.transaction():
            rows: Any = subjects[event.subject_type]._default_manager.select_for_update()
            record = rows.filter(code=event.subject_code).first()
            if record is not None and record.lifecycle.void and not record.unconfirmed:
                record.unconfirmed = True
                record.save(update_fields=[UNCONFIRMED])
                marked += 1
    return marked


def _person_refusals(subject: Stepped, events: Iterable[Event], actor: User) -> Iterator[Refusal]:
    """Something waits, and this is the head of division, who did not enter it."""
    entry = _entry(events)
    if not subject.unconfirmed or entry is None:
        yield Refusal(_("Nothing waits to be confirmed."))
    if not has_role(actor, Role.HEAD_OF_DIVISION) or (entry is not None and entry.actor_id == actor.pk):
        yield Refusal(_("A second person, the head of division, confirms the adoption."))


def _entry(events: Iterable[Event]) -> Event | None:
    """The event by which the record came in."""
    return next((event for event in events if event.kind == ADOPTED), None)


def _locked(subject: Stepped) -> Stepped:
    return type(subject)._default_manager.select_for_update().get(pk=subject.pk)
