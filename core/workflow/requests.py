"""What waits at a record for a second person, on top of its page: what was asked, by whom, why, and the answers."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from core import clock
from core.audit.models import Event
from core.people.models import User
from core.people.roles import INSIDE
from core.people.selectors import has_role
from core.ui.parts import Action, Tone

from .corrections import may_answer
from .data_corrections import changed_facts
from .models import CorrectionRequest, Stepped
from .telling import event_label, row_label

ENTRY = _("An entry from paper waits for a second person")
DATA = _("A correction of data waits for the head of division")
UNDOING = _("A request to undo the last step waits for the head of division")


def request_notes(
    subject: Stepped, waiting: CorrectionRequest | None, user: User, events: Sequence[Event]
) -> list[dict[str, Any]]:
    """The banner of what waits; whoever may answer has both answers in it.

    From outside one reads that something waits, and why only what one asked for oneself.
    """
    if waiting is None:
        return []
    knows = has_role(user, *INSIDE) or user.pk == waiting.asked_by_id
    text = _words(subject, waiting, events) if knows else ""
    actions = _answers(subject, waiting) if may_answer(waiting, user) else []
    tone = Tone.WARNING if actions else Tone.INFO
    return [{"tone": tone, "title": _title(waiting), "text": text, "actions": actions}]


def _title(waiting: CorrectionRequest) -> StrOrPromise:
    if waiting.step:
        return ENTRY
    return DATA if waiting.after else UNDOING


def _words(subject: Stepped, waiting: CorrectionRequest, events: Sequence[Event]) -> str:
    """What is asked, by whom, when and why."""
    words = {
        "what": _asked(subject, waiting, events),
        "person": waiting.asked_by.full_name,
        "day": f"{clock.local(waiting.asked_at):%d/%m/%Y}",
        "reason": waiting.reason,
    }
    if not waiting.step:
        return str(_("%(what)s. Asked by %(person)s on %(day)s. Reason: %(reason)s") % words)
    text = _(
        "%(what)s, entered by %(person)s on %(day)s. Reason: %(reason)s. "
        "Nothing moves until another person has compared it with the scan."
    )
    return str(text % words)


def _asked(subject: Stepped, waiting: CorrectionRequest, events: Sequence[Event]) -> str:
    if waiting.step:
        return row_label(subject, waiting.step, subject.state)
    if waiting.after:
        changes = changed_facts(subject, waiting.before, waiting.after)
        return "; ".join(f"{label}: {values}" for label, values in changes)
    undone = [event_label(subject, event) for event in events if event.uuid == waiting.event_uuid]
    return "; ".join(undone)


def _answers(subject: Stepped, waiting: CorrectionRequest) -> list[Action]:
    """Both answers; what cannot be taken back stands in the colour of danger."""
    risky = "keep" if waiting.step else "undo"
    return [
        Action(
            answer_label(waiting, name),
            reverse(f"workflow:correction-{name}", args=[subject.lifecycle.name, subject.code]),
            danger=name == risky,
            dialog=True,
        )
        for name in ("undo", "keep")
    ]


def answer_label(waiting: CorrectionRequest | None, answer: str) -> str:
    """What the second person answers to a request, on the button."""
    if waiting is not None and waiting.step:
        return str(_("Confirm the entry from paper") if answer == "undo" else _("Refuse the entry from paper"))
    if waiting is not None and waiting.after:
        return str(_("Correct the data") if answer == "undo" else _("Leave the data as they are"))
    return str(_("Undo the last step") if answer == "undo" else _("Leave the step as it is"))
