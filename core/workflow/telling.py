"""What happened, in words: who decided, and what the step is called."""

from django.utils.translation import gettext_lazy as _

from core.audit.models import Event

from .chronicle import ADOPTED, CONFIRMED, VOIDED
from .data_corrections import KIND
from .models import Stepped


def decider_name(event: Event) -> str:
    """Who decided. A consequence names nobody: its cause stands elsewhere, and who sat on a council stays secret."""
    if event.cause is not None:
        return str(_("As a consequence"))
    decider = event.decided_by or event.actor
    return decider.full_name if decider else str(_("The system"))


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
    rows = [row for row in subject.lifecycle.rows if row.name == event.step]
    exact = [row for row in rows if event.from_state in row.sources]
    found = (exact or rows)[:1]
    return str(found[0].label) if found else event.kind
