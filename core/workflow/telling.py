"""What happened, in words: who decided, what the step is called, and why, as far as the reader may know it."""

import json
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.audit.models import Event
from core.people.roles import INSIDE
from core.people.selectors import roles_of
from core.people.standing import Visitor

from .chronicle import ADOPTED, CONFIRMED, TYPIST, VOIDED
from .data_corrections import KIND
from .models import Stepped
from .registry import subjects
from .table import Reason


def decider_name(event: Event) -> str:
    """Who decided. A consequence names nobody: its cause stands elsewhere, and who sat on a council stays secret."""
    if event.cause is not None:
        return str(_("As a consequence"))
    decider = event.decided_by or event.actor
    return decider.full_name if decider else str(_("The system"))


def reason_for_others(event: Event) -> str:
    """The reason as those outside the administration may read it: where the step asks for one.

    A consequence carries the reason of its cause, which was written on another record for other readers; and a step
    that asks for none was given one only against a rule that still has to be confirmed: both stay inside.
    """
    model = subjects.get(event.subject_type)
    rows = model.lifecycle.rows if model and not model.lifecycle.keeps_reasons else ()
    asked = any(row.name == event.step and row.reason is not Reason.NONE for row in rows)
    return event.reason if asked and event.cause is None else ""


def reason_for(event: Event, user: Visitor) -> str:
    """The reason on a page. A consequence leaves it to its cause's own page."""
    if event.cause is None and INSIDE & roles_of(user).keys():
        return event.reason
    return reason_for_others(event)


def typist_name(event: Event) -> str:
    """Who entered somebody else's decision; empty where nobody did, and for a consequence."""
    if event.cause is not None or event.decided_by is None or event.actor is None:
        return ""
    return str(_facts(event).get(TYPIST, event.actor.full_name))


def second_person(event: Event) -> str:
    """Who confirmed an entry from paper that another had typed, in words."""
    if event.cause is not None or event.actor is None or TYPIST not in _facts(event):
        return ""
    return str(_("Confirmed by a second person: %(name)s") % {"name": event.actor.full_name})


def _facts(event: Event) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(event.payload)["facts"]
    return found


SHOWN_EVENTS = {"step", ADOPTED, CONFIRMED, VOIDED, "correct", KIND}
SPECIAL_EVENTS = {
    ADOPTED: _("Adopted; the history before is incomplete"),
    CONFIRMED: _("Confirmed by a second person"),
    VOIDED: _("Entry refused by a second person: the record is void"),
    "correct": _("Last step undone"),
    KIND: _("Data corrected"),
}


def event_label(subject: Stepped, event: Event) -> str:
    """What the event is called in the language in force."""
    if event.kind in SPECIAL_EVENTS:
        return str(SPECIAL_EVENTS[event.kind])
    return row_label(subject, event.step, event.from_state) or event.kind


def row_label(subject: Stepped, step: str, state: str) -> str:
    """What a step is called where it begins in ``state``; empty when no row has that name."""
    rows = [row for row in subject.lifecycle.rows if row.name == step]
    exact = [row for row in rows if state in row.sources]
    found = (exact or rows)[:1]
    return str(found[0].label) if found else ""
