"""What the services of this room share."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.functional import Promise

from core import text
from core.audit.service import record
from core.people.models import User

# None: the set-up commands, which nobody signed in for.
Actor = User | None


def refuse(message: str | Promise, code: str) -> ValidationError:
    """A refusal that a form can show as it stands."""
    return ValidationError(str(message), code=code)


def tidy(value: str) -> str:
    """The text as it may be stored. Raises ValidationError for a null character."""
    try:
        return text.clean(value)
    except ValueError as error:
        raise refuse(str(error), "null_characters_not_allowed") from error


def lock(row: Model) -> None:
    """Hold the row until the transaction ends, so that two checks of one rule cannot pass side by side."""
    # Asked of _meta: the signed-in user comes wrapped in a lazy object.
    row._meta.model._base_manager.select_for_update().get(pk=row.pk)


def note(kind: str, row: Model, code: str, *, actor: Actor, facts: Mapping[str, Any], reason: str = "") -> None:
    """One event in the chain: what was done with the row of that public code."""
    record(kind, actor=actor, subject_type=row._meta.model_name or "", subject_code=code, payload=facts, reason=reason)
