"""An entry from paper that nothing else would show: one person types it with the scan, another confirms it.

Nothing moves meanwhile. What was typed is kept as a request, beside the requests to undo a step or to mend a fact.
"""

import uuid
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from core import clock
from core.audit import service as audit
from core.people.models import User
from core.people.seen import digest_of

from .chronicle import events_of, is_replay
from .corrections import decide, locked_request, open_request, person_refusals
from .models import CorrectionRequest, Stepped
from .ruling import Refusal, StepRefused
from .service import Saying, check_step, take_step
from .table import Channel

# The kind of the event by which such an entry was typed.
ENTERED = "correction.entry"


def ask_entry(subject: Stepped, step: str, *, saying: Saying, key: uuid.UUID) -> CorrectionRequest:
    """Keep what ``saying.actor`` typed of somebody else's decision, for a second person. Nothing moves.

    All that the door asks of the step is asked already. The same ``key`` again gives the first request. Raises
    StepRefused, also when another request waits at the record.
    """
    with audit.transaction():
        locked = type(subject)._default_manager.select_for_update().get(pk=subject.pk)
        waiting = open_request(locked)
        if waiting is not None and waiting.entry.get("key") == str(key):
            return waiting
        check_step(locked, step, saying)
        refusals = list(_asking_refusals(waiting))
        last = events_of(locked).last()
        if refusals or last is None or saying.actor is None:
            raise StepRefused(refusals)
        entry = _kept(locked, saying, key)
        request = CorrectionRequest.objects.create(
            subject_type=locked.lifecycle.name,
            subject_code=locked.code,
            event_uuid=last.uuid,
            step=step,
            entry=entry,
            reason=saying.reason.strip(),
            asked_by=saying.actor,
            asked_at=clock.now(),
        )
        _note(request, entry)
    return request


def confirm_entry(subject: Stepped, *, actor: User, note: str = "", key: uuid.UUID, shown: str | None = None) -> None:
    """Take the step as it was entered: ``actor`` has compared it with the scan. The event names both.

    A replay of ``key`` acts once. ``shown`` names the request that the page carried. Raises StepRefused: whoever typed
    it confirms it, the record changed since, or something speaks against the step by now.
    """
    with audit.transaction():
        request = locked_request(subject)
        if request is None and is_replay(subject, "step", key):
            return
        refusals = person_refusals(request, actor, note, shown, reasoned=False)
        if request is not None and not request.step:
            refusals.append(Refusal(_("It was asked to correct the record, not to confirm an entry from paper.")))
        if refusals or request is None:
            raise StepRefused(refusals)
        decide(request, actor, note, granted=True)
        take_step(subject, request.step, actor=actor, key=key, reason=request.reason, **_said(request))


def _asking_refusals(waiting: CorrectionRequest | None) -> Iterator[Refusal]:
    if waiting is not None and waiting.step:
        yield Refusal(_("An entry from paper already waits here for a second person."))
    elif waiting is not None:
        yield Refusal(_("The head of division has already been asked."))


def _kept(subject: Stepped, saying: Saying, key: uuid.UUID) -> dict[str, Any]:
    """What was typed, and the record as it was then: changed meanwhile, nobody has decided on what it says."""
    return {
        "decided_by": saying.decided_by.pk if saying.decided_by else None,
        "channel": str(saying.channel),
        "effective_on": saying.effective_on.isoformat(),
        "evidence": [str(one) for one in saying.evidence],
        "shown": saying.shown or digest_of(subject),
        "key": str(key),
    }


def _said(request: CorrectionRequest) -> dict[str, Any]:
    entry = request.entry
    return {
        "decided_by": decider_of(request),
        "channel": Channel(entry["channel"]),
        "effective_on": date.fromisoformat(entry["effective_on"]),
        "evidence": [uuid.UUID(one) for one in entry["evidence"]],
        "shown": entry["shown"],
        "entered_by": request.asked_by,
    }


def decider_of(request: CorrectionRequest) -> User:
    """In whose name it was entered."""
    return User.objects.get(pk=request.entry["decided_by"])


def _note(request: CorrectionRequest, entry: dict[str, Any]) -> None:
    """What was typed stands in the chain, whatever becomes of it."""
    audit.record(
        ENTERED,
        actor=request.asked_by,
        subject_type=request.subject_type,
        subject_code=request.subject_code,
        payload={"step": request.step, **entry},
        reason=request.reason,
    )
