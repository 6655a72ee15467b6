"""Mistakes: the last step is undone while nothing depends on it. The holder asks, the head of division decides."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime

from django.utils.translation import gettext as _

from core import clock
from core.audit import service as audit
from core.audit.models import Event
from core.audit.service import PendingEvent
from core.people.models import User
from core.people.roles import Role
from core.people.seen import digest
from core.people.selectors import has_role
from core.ui.formatting import listed

from . import machine
from .chronicle import ADOPTED, CORRECTED, events_of, is_replay
from .models import CorrectionRequest, Stepped
from .registry import obstacles_to_undo, subjects
from .rights import may_record
from .ruling import Refusal, StepRefused
from .service import due_date
from .shown import changed_refusal

# Acts on a record that leave its facts as they are: asking for a correction, a paper that goes round.
QUIET = ("correction.", "document.")


def last_step(subject: Stepped) -> Event | None:
    """The newest event that moved the subject."""
    return events_of(subject).exclude(to_state="").last()


def changed_since(subject: Stepped, last: Event, events: Iterable[Event] | None = None) -> bool:
    """Whether facts of the record were written after its last step: then nobody has seen them at the step before.

    ``events``: the record's history, where it is at hand already.
    """
    later = events_of(subject).filter(sequence__gt=last.sequence) if events is None else events
    return any(one.sequence > last.sequence and not one.kind.startswith(QUIET) for one in later)


def open_request(subject: Stepped) -> CorrectionRequest | None:
    """The request that waits for the head of division, if there is one."""
    rows = CorrectionRequest.objects.filter(subject_type=subject.lifecycle.name, subject_code=subject.code)
    return rows.filter(granted=None).select_related("asked_by").first()


def ask_refusals(subject: Stepped, user: User) -> list[Refusal]:
    """What forbids this person to ask that the last step be undone."""
    last = last_step(subject)
    found = undo_refusals(subject, last)
    if last is not None and user.pk not in {last.actor_id, last.decided_by_id}:
        found.append(Refusal(_("Only who took the last step asks that it be undone.")))
    if open_request(subject) is not None:
        found.append(Refusal(_("The head of division has already been asked.")))
    return found


def ask_correction(subject: Stepped, *, actor: User, reason: str) -> CorrectionRequest:
    """Ask the head of division to undo the last step. Raises StepRefused."""
    with audit.transaction():
        locked = type(subject)._default_manager.select_for_update().get(pk=subject.pk)
        refusals = ask_refusals(locked, actor)
        last = last_step(locked)
        if not reason.strip():
            refusals.append(Refusal(_("This step needs a reason.")))
        if refusals or last is None:
            raise StepRefused(refusals)
        request = CorrectionRequest.objects.create(
            subject_type=locked.lifecycle.name,
            subject_code=locked.code,
            event_uuid=last.uuid,
            reason=reason.strip(),
            asked_by=actor,
            asked_at=clock.now(),
        )
        note("correction.asked", locked, actor, reason)
    return request


def refuse_correction(subject: Stepped, *, actor: User, reason: str, shown: str | None = None) -> None:
    """Leave the step as it is, with a reason. Raises StepRefused, also when the page ``shown`` had another request."""
    with audit.transaction():
        request = locked_request(subject)
        refusals = person_refusals(request, actor, reason, shown)
        if refusals or request is None:
            raise StepRefused(refusals)
        decide(request, actor, reason, granted=False)
        note("correction.refused", subject, actor, reason)


def correct_step(subject: Stepped, *, actor: User, reason: str, key: uuid.UUID, shown: str | None = None) -> None:
    """Undo the subject's last step, as its holder asked; both events stay. ``actor`` is the head of division.

    A replay of ``key`` acts once. ``shown`` names the request that the page carried. Raises StepRefused when nobody
    asked, another request waits by now, or a paper, money, a ballot or another step already depends on the step.
    """
    with audit.transaction():
        # The request before the record, as all who answer do it: two answers wait for each other, never both.
        request = locked_request(subject)
        locked = type(subject)._default_manager.select_for_update().get(pk=subject.pk)
        if is_replay(locked, CORRECTED, key):
            return
        last = last_step(locked)
        refusals = [*undo_refusals(locked, last), *person_refusals(request, actor, reason, shown)]
        if request is not None and request.step:
            refusals.append(Refusal(_("It was asked to confirm an entry from paper.")))
        if request is not None and request.after:
            refusals.append(Refusal(_("It was asked to correct data, not to undo a step.")))
        if last is not None and request is not None and last.uuid != request.event_uuid:
            refusals.append(Refusal(_("The last step is another one now.")))
        if last is not None and actor.pk in {last.actor_id, last.decided_by_id}:
            refusals.append(Refusal(_("Nobody undoes a step that he took or entered himself.")))
        if refusals or last is None or request is None:
            raise StepRefused(refusals)
        decide(request, actor, reason, granted=True)
        _undo(locked, last, request, key=key)
    subject.refresh_from_db()


def undo_refusals(subject: Stepped, last: Event | None, events: Iterable[Event] | None = None) -> list[Refusal]:
    """What forbids undoing the last step. ``events``: the record's history, where it is at hand already."""
    if last is None or last.kind != "step":
        return [Refusal(_("There is no step to undo."))]
    if last.cause is not None:
        return [Refusal(_("This followed from another step and is undone there, by a decision."))]
    row = next(
        (row for row in subject.lifecycle.rows if row.name == last.step and last.from_state in row.sources), None
    )
    if row is not None and (row.effects or row.issues):
        return [Refusal(_("Other records or a paper depend on this step: only a new decision undoes it."))]
    if changed_since(subject, last, events):
        return [Refusal(_("The record was changed after this step: what was seen before is no longer what it says."))]
    return obstacles_to_undo(subject)


def _undo(subject: Stepped, last: Event, request: CorrectionRequest, *, key: uuid.UUID) -> None:
    before = subject.state
    machine.flip(subject, machine.CORRECT, last.from_state)
    subject.state_since, subject.due_on = _clock_before(subject, last)
    subject.save(update_fields=[machine.FIELD, "state_since", "due_on"])
    audit.collect(
        PendingEvent(
            kind=CORRECTED,
            subject_type=subject.lifecycle.name,
            subject_code=subject.code,
            step=machine.CORRECT,
            from_state=before,
            to_state=subject.state,
            actor_id=request.decided_by_id,
            effective_on=clock.today(),
            reason=request.answer,
            key=key,
            facts={"undone": str(last.uuid), "asked_by": request.asked_by_id, "asked_for": request.reason},
        )
    )


def _clock_before(subject: Stepped, last: Event) -> tuple[datetime, date | None]:
    """Since when the record stood where the undone step found it, and until when: undoing gives no new time."""
    earlier = events_of(subject).filter(sequence__lt=last.sequence)
    event = earlier.filter(to_state=last.from_state, kind__in=["step", ADOPTED]).last()
    if event is None:
        return clock.now(), None
    row = next((one for one in subject.lifecycle.rows if one.name == event.step), None)
    counted = event.effective_on or clock.local(event.recorded_at).date()
    return event.recorded_at, due_date(subject, row, counted) if row else None


def locked_request(subject: Stepped) -> CorrectionRequest | None:
    """The request that waits, locked until the transaction ends."""
    request = open_request(subject)
    if request is None:
        return None
    # Whoever waited here for the lock finds out whether it was answered meanwhile.
    return CorrectionRequest.objects.select_for_update(of=("self",)).filter(pk=request.pk, granted=None).first()


def decide(request: CorrectionRequest, actor: User, reason: str, *, granted: bool) -> None:
    """Write the answer to a request."""
    request.decided_by, request.decided_at, request.granted = actor, clock.now(), granted
    request.answer = reason.strip()
    request.save(update_fields=["decided_by", "decided_at", "granted", "answer"])


def request_digest(request: CorrectionRequest) -> str:
    """What the head of division is asked. A request is never rewritten: it is answered, and another one is made."""
    return digest(str(request.uuid))


def person_refusals(
    request: CorrectionRequest | None, actor: User, reason: str, shown: str | None = None, *, reasoned: bool = True
) -> list[Refusal]:
    """Whether this person may answer the request: never who asked, and the one he was shown."""
    found = []
    if request is not None and shown is not None and shown != request_digest(request):
        found.append(changed_refusal())
    if request is None:
        found.append(Refusal(_("Nobody asked for a correction.")))
    elif not may_answer(request, actor):
        found.append(_whose_answer(request))
    if reasoned and not reason.strip():
        found.append(Refusal(_("This step needs a reason.")))
    return found


def may_answer(request: CorrectionRequest, user: User) -> bool:
    """The head of division on a correction, whoever may enter such steps on an entry; never who asked."""
    if not request.step:
        return has_role(user, Role.HEAD_OF_DIVISION) and user.pk != request.asked_by_id
    kind = subjects[request.subject_type].lifecycle
    return may_record(user, kind, clock.today()) and user.pk != request.asked_by_id


def _whose_answer(request: CorrectionRequest) -> Refusal:
    if not request.step:
        return Refusal(_("The head of division decides on a correction that somebody else asked for."))
    roles = listed(str(role.label) for role in subjects[request.subject_type].lifecycle.recorders)
    return Refusal(_("An entry is confirmed or refused by another person among: %(roles)s.") % {"roles": roles})


def note(kind: str, subject: Stepped, actor: User, reason: str) -> None:
    """Write what was asked or answered into the chain."""
    audit.record(
        kind,
        actor=actor,
        subject_type=subject.lifecycle.name,
        subject_code=subject.code,
        reason=reason.strip(),
    )
