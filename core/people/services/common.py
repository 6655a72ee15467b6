"""What the services of this room share."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core import text
from core.audit.service import record
from core.people.models import User
from core.people.models.dated import Dated

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


def only_shorten(row: Dated, last_day: date) -> None:
    """Ending never lengthens: what has ended begins anew with a row of its own.

    Raises ValidationError on ``last_day`` when it lies after the last day that the row has.
    """
    if row.valid_to is not None and last_day > row.valid_to:
        later = refuse(_("It ends earlier already: an end may be brought forward, never put off."), "later")
        raise ValidationError({"last_day": later})


def lock(row: Model) -> None:
    """Hold the row until the transaction ends, so that two checks of one rule cannot pass side by side."""
    # Asked of _meta: the signed-in user comes wrapped in a lazy object.
    row._meta.model._base_manager.select_for_update().get(pk=row.pk)


def note(kind: str, row: Model, code: str, *, actor: Actor, facts: Mapping[str, Any], reason: str = "") -> None:
    """One event in the chain: what was done with the row of that public code."""
    record(kind, actor=actor, subject_type=row._meta.model_name or "", subject_code=code, payload=facts, reason=reason)
