"""The only door that changes a state."""

import uuid
from collections.abc import Iterable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from core import clock
from core.audit import service as audit
from core.audit.models import Event
from core.audit.service import PendingEvent
from core.people.models import User

from . import admission, machine, ports
from .chronicle import ENTERED_BY, TYPIST, events_of
from .models import Stepped
from .registry import effect, touched_by
from .ruling import Refusal, StepFacts, StepRefused, Taking, used_refusal
from .shown import changed_refusal, shown_refusals
from .table import EFFECT, SYSTEM, Channel, Row

Identity = tuple[str, int]


class _Unheld(RuntimeError):
    """An effect moves a record that was not locked: nobody named it, or it came after the locks were taken."""


_held: ContextVar[set[Identity] | None] = ContextVar("held_subjects", default=None)


def take_step(
    subject: Stepped,
    step: str,
    *,
    actor: User | None,
    decided_by: User | None = None,
    on_behalf_of: str = "",
    channel: Channel = Channel.IN_SYSTEM,
    effective_on: date | None = None,
    reason: str = "",
    evidence: Sequence[uuid.UUID] = (),
    key: uuid.UUID,
    document: Any = None,
    shown: str = "",
    entered_by: User | None = None,
) -> Event:
    """Take ``step`` on ``subject`` in one transaction, with all its consequences, and return its event.

    ``actor`` sits at the keyboard (None is the clock); ``decided_by`` decided, when that was somebody else.
    ``effective_on`` is the day the step counts from (default today). ``key`` makes a replay return the first event.
    ``shown`` is the digest that the page carried: the step is refused when the record says something else by now.
    ``entered_by`` typed what ``actor`` now confirms, where the table wants two persons behind an entry from paper.
    The instance passed in is refreshed in place. Inside an open ``audit.transaction()`` the event joins the chain at
    its end, so the one returned is not saved yet. Raises StepRefused with every reason, translated.
    """
    if _held.get() is not None:
        message = "take_step inside a step: effects use Taking.take"
        raise RuntimeError(message)
    call = Saying(
        actor=actor,
        decided_by=decided_by,
        on_behalf_of=on_behalf_of,
        channel=channel,
        effective_on=effective_on or clock.today(),
        reason=reason,
        evidence=tuple(evidence),
        document=document,
        shown=shown,
        entered_by=entered_by,
    )
    event = _take_in_transaction(subject, step, key, call)
    subject.refresh_from_db()
    return event


def _take_in_transaction(subject: Stepped, step: str, key: uuid.UUID, call: "Saying") -> Event:
    held: set[Identity] = set()
    token = _held.set(held)
    try:
        with audit.transaction():
            first, pending = _take_once(subject, step, held, key, call)
    finally:
        _held.reset(token)
    return first or pending.saved or pending.row(0, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """What a caller said of one step: passed on to its consequences."""

    actor: User | None
    decided_by: User | None
    on_behalf_of: str
    channel: Channel
    effective_on: date
    reason: str
    evidence: tuple[uuid.UUID, ...]
    document: Any
    shown: str = ""
    entered_by: User | None = None


def _replayed(subject: Stepped, step: str, key: uuid.UUID) -> Event | None:
    event = Event.objects.filter(key=key).first()
    if event is None:
        return None
    if (event.subject_type, event.subject_code, event.step) != (subject.lifecycle.name, subject.code, step):
        raise StepRefused([used_refusal()])
    return event


def _take_once(
    subject: Stepped, step: str, held: set[Identity], key: uuid.UUID, call: Saying
) -> tuple[Event | None, PendingEvent]:
    locked = _lock(subject, step, held)
    first = _replayed(subject, step, key)
    if first is not None:
        return first, PendingEvent(kind="replay")
    row = locked.row(step)
    warnings = _admit(locked, row, call)
    _ask_second(locked, row, call)
    assert row is not None  # noqa: S101  # _admit refused otherwise
    return None, _perform(locked, row, call, held, key=key, cause=None, warnings=warnings)


def hold_for_step(subject: Stepped, step: str) -> Stepped:
    """The subject as it is now, locked with all that its step may touch until the transaction ends.

    For who compares facts before ``take_step``: nobody changes them between the comparison and the step.
    """
    return _lock(subject, step, set())


def _lock(subject: Stepped, step: str, held: set[Identity]) -> Stepped:
    """Lock the subject and all that its step may touch, by rank and primary key; return the subject as it is now."""
    row = type(subject)._default_manager.get(pk=subject.pk).row(step)
    wanted: dict[tuple[int, type[Stepped]], set[int]] = {}
    for one in [subject, *(touched_by(subject, row) if row else ())]:
        wanted.setdefault((one.lifecycle.rank, type(one)), set()).add(one.pk)
    found: Stepped | None = None
    for (_rank, model), keys in sorted(wanted.items(), key=lambda item: (item[0][0], item[0][1].__name__)):
        for instance in model._default_manager.select_for_update().filter(pk__in=keys).order_by("pk"):
            held.add(_identity(instance))
            if instance == subject:
                found = instance
    assert found is not None  # noqa: S101  # rows are never deleted
    return found


def _identity(instance: Model) -> Identity:
    return instance._meta.label, instance.pk


def _admit(subject: Stepped, row: Row | None, call: Saying) -> list[Refusal]:
    """Refuse with every blocking reason, or return the warnings."""
    if row is None or not (row.is_for_people or (SYSTEM in row.by and call.actor is None)):
        raise StepRefused([admission.state_refusal()])
    facts = StepFacts(
        subject=subject,
        row=row,
        actor=call.actor,
        decided_by=call.decided_by,
        effective_on=call.effective_on,
        channel=call.channel,
    )
    signed = call.document is not None
    if call.actor is not None or SYSTEM not in row.by:
        strangers = list(admission.policy_refusals(facts, signed_paper=signed))
        if strangers:
            # Whoever has no part in the step learns nothing of what else speaks against it.
            raise StepRefused(strangers)
    return _sort_out(_own_refusals(facts, call, signed_paper=signed), call)


def check_step(subject: Stepped, step: str, call: Saying) -> None:
    """Ask everything that the door asks, without moving anything. Raises StepRefused."""
    _admit(subject, subject.row(step), call)


def needs_second(subject: Stepped, row: Row | None, call: Saying) -> bool:
    """Whether the step, said so, waits for a second person: somebody else enters from paper what nothing else shows."""
    others = call.decided_by is not None and call.decided_by != call.actor
    outside = call.channel != Channel.IN_SYSTEM and call.actor is not None
    return row is not None and others and outside and subject.lifecycle.needs_two_on_paper(row)


def _ask_second(subject: Stepped, row: Row | None, call: Saying) -> None:
    if needs_second(subject, row, call) and call.entered_by in {None, call.actor}:
        raise StepRefused([Refusal(_("A second person compares this entry with its scan and confirms it."))])


def _own_refusals(facts: StepFacts, call: Saying, *, signed_paper: bool) -> list[Refusal]:
    """Everything that speaks against the step of somebody who has a part in it."""
    subject, row = facts.subject, facts.row
    events = list(events_of(subject))
    has_evidence = bool(call.evidence) or signed_paper
    refusals: list[Refusal] = list(shown_refusals(subject, call.shown))
    if call.actor is not None or SYSTEM not in row.by:
        refusals += admission.separation_refusals(facts, events, agreed=_has_agreed(call))
        refusals += admission.form_refusals(facts, reason=call.reason, has_evidence=has_evidence)
    refusals += admission.date_refusals(facts, events, has_evidence=has_evidence, signed_paper=signed_paper)
    refusals += admission.adoption_refusals(subject)
    return [*refusals, *admission.guard_refusals(facts)]


def _has_agreed(call: Saying) -> bool:
    """Whether whoever decides has agreed to the paper of the step in the system."""
    return call.document is not None and call.decided_by is not None and call.decided_by == call.document.endorsed_by


def _sort_out(refusals: Iterable[Refusal], call: Saying) -> list[Refusal]:
    blocking = [refusal for refusal in refusals if refusal.blocking]
    warnings = [refusal for refusal in refusals if not refusal.blocking]
    if warnings and not call.reason.strip():
        blocking += [*warnings, Refusal(_("A rule that still has to be confirmed speaks against it: give a reason."))]
    if blocking:
        raise StepRefused(blocking)
    return warnings


def _perform(
    subject: Stepped,
    row: Row,
    call: Saying,
    held: set[Identity],
    *,
    key: uuid.UUID | None,
    cause: uuid.UUID | None,
    warnings: Iterable[Refusal] = (),
) -> PendingEvent:
    """Flip, save, collect the event, run the effects, write the paper, queue the notices: in this order."""
    before = subject.state
    machine.flip(subject, row.name, row.target)
    enter_state(subject, row, call.effective_on, before)
    event = audit.collect(
        PendingEvent(
            kind="step",
            subject_type=subject.lifecycle.name,
            subject_code=subject.code,
            step=row.name,
            from_state=before,
            to_state=subject.state,
            actor_id=call.actor.pk if call.actor else None,
            decided_by_id=call.decided_by.pk if call.decided_by else None,
            on_behalf_of=call.on_behalf_of,
            channel=call.channel,
            effective_on=call.effective_on,
            reason=call.reason.strip(),
            key=key,
            cause=cause,
            facts=_event_facts(subject, row, call, warnings),
        )
    )
    _run_effects(subject, row, call, held, event)
    ports.issue(subject=subject, row=row, event=event, document=call.document if cause is None else None)
    ports.tell(subject=subject, tells=row.tells, event=event)
    return event


def enter_state(subject: Stepped, row: Row, effective_on: date, before: str) -> None:
    """Save the flipped state with its clock: since when, due when. Who only hands on leaves the day as it is."""
    subject.state_since = clock.now()
    if subject.state != before or row.due is not None:
        subject.due_on = due_date(subject, row, effective_on)
    subject.save(update_fields=[machine.FIELD, "state_since", "due_on"])


def due_date(subject: Stepped, row: Row, effective_on: date) -> date | None:
    """The last day allowed in the row's target state, by the rule book's number and unit."""
    if row.due is None:
        return None
    allowed = StepFacts(subject=subject, row=row, actor=None, decided_by=None, effective_on=effective_on).parameter(
        row.due.parameter
    )
    return clock.deadline(effective_on, allowed.value, allowed.unit)


def _event_facts(subject: Stepped, row: Row, call: Saying, warnings: Iterable[Refusal]) -> dict[str, Any]:
    return {
        **({ENTERED_BY: call.entered_by.pk, TYPIST: call.entered_by.full_name} if call.entered_by else {}),
        "row": row.code,
        "regulation": subject.regulation,
        "evidence": [str(one) for one in call.evidence],
        "warnings": [str(one) for one in warnings],
    }


def _run_effects(subject: Stepped, row: Row, call: Saying, held: set[Identity], event: PendingEvent) -> None:
    too_young: list[Refusal] = []

    def take(other: Stepped, step: str) -> PendingEvent:
        too_young.extend(admission.consequence_refusals(other, call.effective_on))
        return _take_as_effect(other, step, call, held, event.uuid)

    taking = Taking(
        subject=subject,
        row=row,
        event=event,
        actor=call.actor,
        decided_by=call.decided_by,
        effective_on=call.effective_on,
        channel=call.channel,
        evidence=call.evidence,
        reason=call.reason,
        document=call.document,
        take=take,
        created=lambda made: held.add(_identity(made)),
    )
    for name in row.effects:
        try:
            effect[name](taking)
        except _Unheld as unheld:
            if {_identity(one) for one in touched_by(subject, row)} <= held:
                raise
            raise StepRefused([changed_refusal()]) from unheld
        if too_young:
            # Every record that the effect moves is named at once; nothing of it stays.
            raise StepRefused(too_young)


def _take_as_effect(other: Stepped, step: str, call: Saying, held: set[Identity], cause: uuid.UUID) -> PendingEvent:
    """Move another subject as a consequence. The policy was asked for the cause; its guards are asked here."""
    if _identity(other) not in held:
        raise _Unheld(f"{other} was not locked before the first write: name it in the locks of the step")
    other.refresh_from_db()
    row = other.row(step)
    if row is None or EFFECT not in row.by:
        text = _("%(code)s is not in a state where this can follow.") % {"code": other.code}
        raise StepRefused([Refusal(text)])
    facts = StepFacts(
        subject=other, row=row, actor=call.actor, decided_by=call.decided_by, effective_on=call.effective_on
    )
    warnings = _sort_out([*admission.adoption_refusals(other), *admission.guard_refusals(facts)], call)
    return _perform(other, row, call, held, key=None, cause=cause, warnings=warnings)
