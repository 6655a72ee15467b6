"""What stands on top of a record and of every form about it: why it came back, and who may not confirm it then."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from core import clock
from core.audit.models import Event
from core.people.roles import Role
from core.people.screens import record_of
from core.people.selectors import has_role
from core.people.standing import Visitor
from core.ui.context import provide
from core.ui.parts import Tone

from .entries import writers_of
from .models import Stepped
from .selectors import history
from .table import Reason
from .telling import decider_name, event_label, reason_for

# Where a request keeps the history of its record.
TOLD = "_history_of_the_record"


def return_note(subject: Stepped, events: Sequence[Event], user: Visitor) -> dict[str, Any] | None:
    """A notice with the reason, who gave it and until when, while the last step was one that asks for a reason."""
    moved = [event for event in events if event.to_state]
    last = moved[-1] if moved else None
    if last is None or last.cause or last.to_state != subject.state or subject.is_final:
        return None
    reason = reason_for(last, user)
    rows = [row for row in subject.lifecycle.rows if row.name == last.step and last.from_state in row.sources]
    if not reason or not any(row.reason is Reason.REQUIRED for row in rows):
        return None
    day = last.effective_on or clock.local(last.recorded_at).date()
    words = {"step": event_label(subject, last), "who": decider_name(last), "day": f"{day:%d/%m/%Y}"}
    until = _("Until %(day)s.") % {"day": f"{subject.due_on:%d/%m/%Y}"} if subject.due_on else ""
    title = _("%(step)s – %(who)s, %(day)s") % words
    return {"tone": Tone.WARNING, "title": title, "text": f"{reason} · {until}" if until else reason}


@provide("returned")
def returned(request: HttpRequest) -> dict[str, Any] | None:
    """The notice for the record that a form is about; asked only by the templates that show it."""
    record = record_of(request)
    return return_note(record, told_of(request, record), request.user) if isinstance(record, Stepped) else None


def told_of(request: HttpRequest, record: Stepped) -> list[Event]:
    """The history of the record that a form is about: read once for all notices on top of it."""
    kept = vars(request)
    if TOLD not in kept:
        kept[TOLD] = history(record)
    found: list[Event] = kept[TOLD]
    return found


def second_word_note(subject: Stepped, user: Visitor, events: Sequence[Event]) -> dict[str, Any] | None:
    """For a head of division on a record from before that nobody has confirmed: whoever edits it cannot confirm it."""
    if not subject.unconfirmed or not has_role(user, Role.HEAD_OF_DIVISION):
        return None
    if user.pk in writers_of(events):
        title = _("You wrote a part of this record yourself: another head of division confirms it.")
        return {"tone": Tone.INFO, "title": title, "text": ""}
    text = _("A second person has to confirm what another wrote. If something is wrong, let the officer mend it.")
    return {"tone": Tone.WARNING, "title": _("Whoever edits this record can no longer confirm it"), "text": text}


@provide("second_word")
def second_word(request: HttpRequest) -> dict[str, Any] | None:
    """The same on the forms of such a record; asked only by the templates that show it."""
    record = record_of(request)
    if not isinstance(record, Stepped) or not record.unconfirmed:
        return None
    return second_word_note(record, request.user, told_of(request, record))
