"""A frozen fact is mended: an officer says what it should be and why, the head of division decides; both stay."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core import clock
from core.audit import service as audit
from core.people.models import User
from core.people.policy import is_declared
from core.people.roles import Role
from core.people.selectors import has_role
from core.rows import check_row

from .chronicle import is_replay
from .corrections import decide, last_step, locked_request, note, open_request, person_refusals
from .models import CorrectionRequest, Stepped
from .ruling import Refusal, StepRefused

KIND = "correct_data"


def changed_facts(subject: Stepped, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Each mended column and its two values in words: ("Field", "Medicine → Agriculture")."""
    found = []
    for name, value in after.items():
        column: Any = subject._meta.get_field(name)
        words = dict(column.flatchoices)
        found.append((str(column.verbose_name), f"{words.get(before[name], before[name])} → {words.get(value, value)}"))
    return found


def may_ask(subject: Stepped, user: User) -> bool:
    """Whether this person may ask for a correction of this kind of record, now that its form is closed."""
    # A task is never a draft: nobody edits it, but for an entry from before that waits to be confirmed.
    is_draft = is_declared("edit", type(subject)) and subject.state == subject.lifecycle.initial
    is_frozen = bool(subject.correctable) and not (is_draft or subject.unconfirmed)
    return is_frozen and subject.state != subject.lifecycle.void and has_role(user, Role.OFFICER)


def ask_data_correction(subject: Stepped, *, actor: User, values: Mapping[str, Any], reason: str) -> CorrectionRequest:
    """Ask the head of division that ``values`` (column to value) replace what stands in the record.

    Only columns that no paper prints can be mended so (``Stepped.correctable``). Raises StepRefused, and
    ValidationError by column for a value that does not fit.
    """
    with audit.transaction():
        locked = type(subject)._default_manager.select_for_update().get(pk=subject.pk)
        before = {name: _stored(locked, name) for name in locked.correctable}
        after = _checked(locked, values)
        refusals = _ask_refusals(locked, actor, changes=after != before, reason=reason)
        last = last_step(locked)
        if refusals or last is None:
            raise StepRefused(refusals)
        note("correction.asked", locked, actor, reason)
        return CorrectionRequest.objects.create(
            subject_type=locked.lifecycle.name,
            subject_code=locked.code,
            event_uuid=last.uuid,
            before={name: value for name, value in before.items() if value != after[name]},
            after={name: value for name, value in after.items() if value != before[name]},
            reason=reason.strip(),
            asked_by=actor,
            asked_at=clock.now(),
        )


def correct_data(subject: Stepped, *, actor: User, reason: str, key: uuid.UUID, shown: str | None = None) -> None:
    """Write the values that were asked for; the event keeps both. ``actor`` is the head of division.

    A replay of ``key`` acts once. ``shown`` names the request that the page carried. Raises StepRefused when nobody
    asked, another request waits by now, or the record changed meanwhile.
    """
    with audit.transaction():
        request = locked_request(subject)
        locked = type(subject)._default_manager.select_for_update().get(pk=subject.pk)
        if is_replay(locked, KIND, key):
            return
        refusals = person_refusals(request, actor, reason, shown)
        if request is not None and not request.after:
            refusals.append(Refusal(_("It was asked to undo a step, not to correct data.")))
        if request is not None and any(_stored(locked, name) != value for name, value in request.before.items()):
            refusals.append(Refusal(_("The record has changed since this was asked for.")))
        if refusals or request is None:
            raise StepRefused(refusals)
        decide(request, actor, reason, granted=True)
        _write(locked, request, key)
    subject.refresh_from_db()


def _ask_refusals(subject: Stepped, actor: User, *, changes: bool, reason: str) -> list[Refusal]:
    found = []
    if not may_ask(subject, actor):
        found.append(Refusal(_("An officer asks for the correction of a record that is no draft any more.")))
    if open_request(subject) is not None:
        found.append(Refusal(_("The head of division has already been asked.")))
    if not changes:
        found.append(Refusal(_("Nothing is different from what stands in the record.")))
    if not reason.strip():
        found.append(Refusal(_("This step needs a reason.")))
    return found


def _checked(subject: Stepped, values: Mapping[str, Any]) -> dict[str, Any]:
    unknown = set(values) - set(subject.correctable)
    if unknown:
        raise ValidationError(_("Unknown field: %(name)s.") % {"name": ", ".join(sorted(unknown))})
    _put(subject, values)
    check_row(subject, unique=False)
    return {name: _stored(subject, name) for name in subject.correctable}


def _write(subject: Stepped, request: CorrectionRequest, key: uuid.UUID) -> None:
    _put(subject, request.after)
    check_row(subject, unique=False)
    subject.save(update_fields=list(request.after))
    audit.record(
        KIND,
        actor=request.decided_by,
        subject_type=subject.lifecycle.name,
        subject_code=subject.code,
        payload={"before": request.before, "after": request.after, "asked_by": request.asked_by_id},
        reason=request.reason,
        key=key,
    )


def _put(subject: Stepped, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(subject, name, subject._meta.get_field(name).to_python(value))  # type: ignore[union-attr]


def _stored(subject: Stepped, name: str) -> Any:
    """A value as JSON keeps it."""
    value = getattr(subject, name)
    return value.isoformat() if hasattr(value, "isoformat") else value
