"""How this room writes facts: the council locked, the policy asked, texts cleaned, the act in the audit chain."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from core import clock, text
from core.audit import service as audit
from core.audit.service import PendingEvent
from core.people.models import User
from core.people.policy import can
from reviews.models import ConflictNote, Council, Departure, SeatReplacement
from reviews.selectors.founding import founded_on


def hold(council: Council, *, actor: User, action: str) -> Council:
    """The council as it is now, locked until the transaction ends, if the actor may do ``action`` with it now.

    Raises PermissionDenied.
    """
    held = Council.objects.select_for_update().get(pk=council.pk)
    if not can(actor, action, held):
        raise PermissionDenied
    return held


def hold_council_of(row: SeatReplacement | ConflictNote | Departure, *, actor: User, action: str) -> Council:
    """The council of what was entered about a member, locked, if the actor may do ``action`` with the row as it is now.

    Raises PermissionDenied.
    """
    held = Council.objects.select_for_update().get(pk=row.seat.council_id)
    if not can(actor, action, row):
        raise PermissionDenied
    return held


def note(kind: str, council: Council, actor: User, *, reason: str = "", **payload: Any) -> PendingEvent:
    """Write an act on the council that is not a step into the audit chain; return the event."""
    return audit.record(
        kind,
        actor=actor,
        subject_type=council.lifecycle.name,
        subject_code=council.code,
        payload=payload,
        reason=reason,
    )


def clean(words: str, limit: int | None = None) -> str:
    """The text as it may be stored. Raises ValidationError for a null character or a text that is too long."""
    try:
        cleaned = text.clean(words)
    except ValueError as refused:
        raise ValidationError(str(refused)) from refused
    if limit is not None and len(cleaned) > limit:
        raise ValidationError(_("At most %(limit)s characters.") % {"limit": limit})
    return cleaned


def unfounded(council: Council, instant: datetime | None) -> str:
    """Why the council does not sit at an instant: its decision is of a later day. Empty where nothing is wrong."""
    founded = founded_on(council)
    if founded is None or instant is None or clock.local(instant).date() >= founded:
        return ""
    return _("The council was established on %(date)s: it does not sit before that day.") % {
        "date": f"{founded:%d/%m/%Y}"
    }


def title_columns(title: str) -> dict[str, str]:
    """A title with the columns derived from it."""
    cleaned = " ".join(clean(title, 500).split())
    return {"title": cleaned, "folded": text.fold(cleaned), "sort_key": text.sort_key(cleaned)}


def set_columns(council: Council, facts: Mapping[str, Any]) -> list[str]:
    """Put the facts into their columns and return the names of those that changed. Raises ValidationError."""
    changed = []
    for name, value in facts.items():
        wanted = clean(value) if isinstance(value, str) else value
        if getattr(council, name) != wanted:
            setattr(council, name, wanted)
            changed.append(name)
    return changed
