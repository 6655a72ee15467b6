"""How this room writes facts: never against the policy, never after the state forbids it, always with an event."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from core import text
from core.audit import service as audit
from core.people.models import User
from core.people.policy import can
from core.people.roles import Role
from core.people.selectors import organisation_ids
from core.rows import check_row
from core.workflow.models import Stepped
from tasks.models import Participant, Task

Held = TypeVar("Held", bound=Stepped)
Row = TypeVar("Row", bound=Model)
Facts = Mapping[str, Any]


def hold(record: Held, *, actor: User, action: str) -> Held:
    """The record as it is now, locked until the transaction ends, if the actor may do ``action`` with it now.

    Raises PermissionDenied.
    """
    held = type(record)._default_manager.select_for_update().get(pk=record.pk)
    if not can(actor, action, held):
        raise PermissionDenied
    return held


def typist(task: Task, actor: User) -> User | None:
    """Who types for the host: nobody when the actor is of the host's people or the investigator himself."""
    own = task.host_id in organisation_ids(actor, Role.APPLICANT, Role.ORGANISATION_SIGNER)
    return None if own or task.principal_investigator_id == actor.pk else actor


def write(row: Row, facts: Facts, allowed: Collection[str]) -> Row:
    """Put the facts into their columns, texts cleaned; check and save.

    Raises ValidationError with the reasons by column, and TypeError for a column that is not among ``allowed``.
    """
    unknown = set(facts) - set(allowed)
    if unknown:
        message = f"not facts of {row._meta.verbose_name}: {', '.join(sorted(unknown))}"
        raise TypeError(message)
    for name, value in facts.items():
        setattr(row, name, clean(value) if isinstance(value, str) else value)
    check_row(row, unique=False)
    row.save()
    return row


def rewrite(made: Iterable[Row], old: Any) -> list[Row]:
    """Replace the rows of a part that nothing refers to yet by ``made``, checked."""
    rows = list(made)
    for row in rows:
        check_row(row, unique=False, constraints=False)
    old.all().delete()
    for row in rows:
        row.save()
    return rows


def note(kind: str, record: Stepped, actor: User | None, *, reason: str = "", **payload: Any) -> None:
    """Write an act on the record that is not a step into the audit chain."""
    audit.record(
        kind,
        actor=actor,
        subject_type=record.lifecycle.name,
        subject_code=record.code,
        payload=payload,
        reason=reason,
    )


def clean(words: str) -> str:
    """The text as it may be stored. Raises ValidationError for a null character."""
    try:
        return text.clean(words)
    except ValueError as refused:
        raise ValidationError(str(refused)) from refused


def lines(words: str) -> list[str]:
    """The lines of a text that say something."""
    return [line.strip() for line in clean(words).splitlines() if line.strip()]


def participants(words: str) -> list[Participant]:
    """People typed one on a line: name; unit; role. Raises ValidationError for a line without a name."""
    people: list[Participant] = []
    for line in lines(words):
        name, unit, role = [part.strip() for part in [*line.split(";"), "", ""][:3]]
        if not name:
            raise ValidationError(_("Write the name first: name; unit; role."))
        people.append({"name": name, "unit": unit, "role": role})
    return people


def as_lines(people: Iterable[Participant]) -> str:
    """The same people as a form shows them again."""
    return "\n".join("; ".join(filter(None, (one["name"], one["unit"], one["role"]))) for one in people)
