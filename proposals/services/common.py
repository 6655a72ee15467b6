"""How this room writes facts: once per form, never against the policy, never after the state forbids it."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from core import clock, text
from core.audit import service as audit
from core.numbers.services import draw_free_code
from core.people.models import Organisation, User
from core.people.policy import can
from core.people.roles import Role
from core.people.selectors import organisation_ids
from core.rows import check_row
from core.workflow.models import Stepped
from proposals.models import Dossier, Proposal
from proposals.models.common import Created, title_columns

# Overridden by the setting CODE_PATTERNS, {subject type: pattern}.
PATTERNS = {
    "call": "TB.{year}.{number:02d}",
    "proposal": "DX.{year}.{number:04d}",
    "order_list": "DM.{year}.{number:02d}",
    "order": "DH.{year}.{number:03d}",
    "dossier": "HS.{year}.{number:04d}",
}
CODES = "codes"

Made = TypeVar("Made", bound=Created)
Held = TypeVar("Held", bound=Stepped)


class _Replayed(Exception):
    """The form was sent before; everything of this second time is undone."""


def _save(record: Created) -> None:
    record.save()


def ready_at_once(actor: User, organisation: Organisation) -> datetime | None:
    """What a signer of the organisation writes himself need not be handed over to him."""
    is_signer = organisation.pk in organisation_ids(actor, Role.ORGANISATION_SIGNER)
    return clock.now() if is_signer else None


def is_of(organisation: Organisation, actor: User) -> bool:
    """Whether the actor writes for the organisation as one of its own people."""
    return organisation.pk in organisation_ids(actor, Role.APPLICANT, Role.ORGANISATION_SIGNER)


def take_over(record: Proposal | Dossier, organisation: Organisation, actor: User) -> None:
    """What its own people write is the organisation's: who entered the record from paper has no part in it any more.

    Otherwise an officer could enter an empty one for a host and read what the host writes into it, sealed or not.
    """
    if record.entered_by_id is not None and is_of(organisation, actor):
        record.entered_by = None
        record.save(update_fields=["entered_by"])


def takes_back(record: Any, actor: User, organisation: Organisation) -> bool:
    """A draft that its author changes after handing it over is handed over again; not so what a signer changes."""
    return record.ready_at is not None and ready_at_once(actor, organisation) is None


def take_back(record: Any, actor: User, organisation: Organisation) -> None:
    """It lies with its author again, where the change takes it back."""
    if takes_back(record, actor, organisation):
        record.ready_at = None
        record.save(update_fields=["ready_at"])


def create(
    record: Made,
    *,
    actor: User,
    key: UUID,
    parts: Callable[[Made], object] | None = None,
    code: str = "",
    save: Callable[[Made], object] = _save,
    **payload: Any,
) -> Made:
    """Give the unsaved record its code and save it with its ``parts``; the same ``key`` again gives the first one.

    ``code`` is one that it had before this system; ``save`` another way to come in. Raises ValidationError with the
    reasons by column.
    """
    model = type(record)
    first = model._default_manager.filter(created_key=key).first()
    if first is not None:
        return first
    try:
        with audit.transaction():
            _number(record, key, code)
            check_row(record, exclude=["code"], unique=False)
            save(record)
            if parts is not None:
                parts(record)
            note("create", record, actor, **payload)
    except _Replayed:
        return model._default_manager.get(created_key=key)
    return record


def _number(record: Made, key: UUID, code: str) -> None:
    """Draw the next free code, unless it has one.

    The series is locked from here on, so that a second form with the same key waits and is seen.
    """
    name, rows = record.lifecycle.name, type(record)._default_manager.all()
    pattern = {**PATTERNS, **getattr(settings, "CODE_PATTERNS", {})}[name]
    record.code = code or draw_free_code(pattern, CODES, name, clock.today(), rows=rows)
    if rows.filter(created_key=key).exists():
        raise _Replayed
    record.created_key, record.state_since = key, clock.now()


def hold(record: Held, *, actor: User, action: str) -> Held:
    """The record as it is now, locked until the transaction ends, if the actor may do ``action`` with it now.

    Raises PermissionDenied.
    """
    held = type(record)._default_manager.select_for_update().get(pk=record.pk)
    if not can(actor, action, held):
        raise PermissionDenied
    return held


def set_facts(record: Stepped, facts: Mapping[str, Any], allowed: Collection[str]) -> list[str]:
    """Put the facts into their columns, texts cleaned, and return the names of those that changed.

    Raises ValidationError, and TypeError for a column that is not among ``allowed``.
    """
    unknown = set(facts) - set(allowed)
    if unknown:
        message = f"not facts of a {record.lifecycle.name}: {', '.join(sorted(unknown))}"
        raise TypeError(message)
    changed = []
    for name, value in _cleaned(facts).items():
        if _now(record, name) != value:
            setattr(record, name, value)
            changed.append(name)
    return changed


def _now(record: Stepped, name: str) -> Any:
    """What stands in a column; a new record may lack a row that it needs."""
    try:
        return getattr(record, name)
    except ObjectDoesNotExist:
        return None


def save_facts(record: Held, facts: Mapping[str, Any], allowed: Collection[str], *, actor: User) -> Held:
    """Set, check and save the facts of a held record, and note which columns changed. Raises ValidationError."""
    change_facts(record, facts, allowed, actor=actor)
    return record


def change_facts(record: Stepped, facts: Mapping[str, Any], allowed: Collection[str], *, actor: User) -> list[str]:
    """``save_facts``, answering which columns changed. Raises ValidationError."""
    changed = set_facts(record, facts, allowed)
    check_row(record, unique=False)
    if changed:
        record.save(update_fields=changed)
        note("edit", record, actor, changed=changed)
    return changed


def note(kind: str, record: Stepped, actor: User, *, reason: str = "", **payload: Any) -> None:
    """Write an act on the record that is not a step into the audit chain."""
    audit.record(
        kind,
        actor=actor,
        subject_type=record.lifecycle.name,
        subject_code=record.code,
        payload=payload,
        reason=reason,
    )


def clean_texts(texts: Mapping[str, str], known: Collection[str]) -> dict[str, str]:
    """A narrative: known keys only, texts cleaned, empty ones left out. Raises ValidationError."""
    unknown = set(texts) - set(known)
    if unknown:
        raise ValidationError(_("Unknown field: %(name)s.") % {"name": ", ".join(sorted(unknown))})
    cleaned = {key: _clean(str(words)) for key, words in texts.items()}
    return {key: words for key, words in cleaned.items() if words}


def _cleaned(facts: Mapping[str, Any]) -> dict[str, Any]:
    values = {name: _clean(value) if isinstance(value, str) else value for name, value in facts.items()}
    if "title" in values:
        values |= title_columns(" ".join(str(values["title"]).split()))
    return values


def _clean(words: str) -> str:
    try:
        return text.clean(words)
    except ValueError as refused:
        raise ValidationError(str(refused)) from refused
