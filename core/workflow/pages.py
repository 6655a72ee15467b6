"""What every detail page shows of a subject's life: step bar, who holds it, buttons, history."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from core import clock
from core.audit.models import Event
from core.people.models import User
from core.people.roles import Role
from core.people.selectors import roles_of
from core.ui import badges
from core.ui.parts import Action, Crumb, Due, Entry, Panel, RefusalLine, Step, Tone, panels_by_slot

from .chronicle import ADOPTED, CONFIRMED, VOIDED
from .corrections import open_request, undo_refusals
from .data_corrections import KIND, changed_facts, may_ask
from .entries import lacking
from .models import CorrectionRequest, Stepped
from .ports import signed_paper
from .registry import panels_of
from .ruling import Refusal
from .selectors import StepOffer, available_steps, history, holders

STEP_URL = "workflow:step-take"


def detail(
    request: HttpRequest,
    subject: Stepped,
    *,
    title: str,
    panels: Sequence[Panel] = (),
    actions: Sequence[Action] = (),
    crumbs: Sequence[Crumb] = (),
    template: str = "generic/detail.html",
    loaded: Mapping[str, Any] | None = None,
    **context: Any,
) -> HttpResponse:
    """The page of one subject: the room gives title, panels and its own actions; the rest comes from the table.

    ``loaded``: what the room has read already and the guards of its steps would read again.
    """
    events = history(subject)
    user: Any = request.user
    offers = available_steps(subject, user, events, loaded)
    if subject.unconfirmed:
        context["notes"] = [entry_note(subject), *context.get("notes", ())]
    all_panels = [*panels, *panels_of(request, subject), history_panel(subject, events)]
    return render(
        request,
        template,
        {
            "title": title,
            "code": subject.code,
            "badge": badges.of(subject),
            "due": held_by(subject),
            "steps": step_bar(subject, events),
            "actions": [
                *(step_action(subject, offer) for offer in in_order(offers)),
                *actions,
                *correction_actions(subject, user, events),
            ],
            "crumbs": crumbs,
            "slots": panels_by_slot(all_panels),
            **context,
        },
    )


def entry_note(subject: Stepped) -> dict[str, Any]:
    """On top of a record from before that nobody has confirmed: what is still missing."""
    missing = [str(one) for function in lacking.of(subject) for one in function(subject)]
    text = " ".join(missing) or str(_("Nothing is missing: the head of division confirms or refuses it."))
    title = _("Entered from before, not confirmed: nothing else happens to it meanwhile")
    return {"tone": Tone.WARNING if missing else Tone.INFO, "title": title, "text": text}


def correction_actions(subject: Stepped, user: User, events: Sequence[Event]) -> list[Action]:
    """To ask the last step back, or a wrong fact to be mended; to answer, for the head of division."""
    is_head = Role.HEAD_OF_DIVISION in roles_of(user)
    moved = [event for event in events if event.to_state]
    mine = bool(moved) and user.pk in {moved[-1].actor_id, moved[-1].decided_by_id}
    mends = may_ask(subject, user)
    arguments = [subject.lifecycle.name, subject.code]
    if subject.unconfirmed:
        if not is_head:
            return []
        confirm, refuse = (reverse(f"workflow:adoption-{name}", args=arguments) for name in ("confirm", "refuse"))
        return [
            Action(_("Confirm the record from before"), confirm, primary=True),
            Action(_("Refuse the entry"), refuse, danger=True, dialog=True),
        ]
    if not (is_head or mine or mends):
        return []
    waiting = open_request(subject)

    def action(name: str, label: StrOrPromise, **more: Any) -> Action:
        return Action(label, reverse(f"workflow:correction-{name}", args=arguments), dialog=True, **more)

    if waiting is not None:
        answers = [action(name, answer_label(waiting, name), danger=name == "undo") for name in ("undo", "keep")]
        return answers if is_head and user.pk != waiting.asked_by_id else []
    found = []
    if mine and not undo_refusals(subject, moved[-1]):
        found.append(action("ask", _("Ask to undo the last step")))
    if mends:
        found.append(action("data", _("Ask to correct data")))
    return found


def answer_label(waiting: CorrectionRequest | None, answer: str) -> str:
    """What the head of division answers to a request, on the button."""
    if waiting is not None and waiting.after:
        return str(_("Correct the data") if answer == "undo" else _("Leave the data as they are"))
    return str(_("Undo the last step") if answer == "undo" else _("Leave the step as it is"))


def in_order(offers: Sequence[StepOffer]) -> list[StepOffer]:
    """Own duties first, then what one may do besides, then what one may enter for others."""
    return sorted(offers, key=lambda offer: (offer.to_record, not offer.row.duty, not offer.is_open))


def step_action(subject: Stepped, offer: StepOffer) -> Action:
    """The button of one step. A refused one still opens its dialog, which says why."""
    return Action(
        label=step_label(offer),
        url=reverse(STEP_URL, args=[subject.lifecycle.name, subject.code, offer.row.name]),
        primary=offer.row.duty and not offer.to_record and offer.is_open,
        danger=not offer.row.duty and not offer.to_record,
        dialog=signed_paper(offer.row) is None,
    )


def step_label(offer: StepOffer) -> StrOrPromise:
    """Who decides reads the name of the step; who works for him reads that he prepares its paper or enters it."""
    if not offer.to_record:
        return offer.row.label
    paper = signed_paper(offer.row) is not None
    return (_("Prepare the paper: %(step)s") if paper else _("Enter: %(step)s")) % {"step": offer.row.label}


def refusal_lines(refusals: Iterable[Refusal], subject: Stepped, step: str) -> list[RefusalLine]:
    """Each refusal with the place where it is written: its own source, or else the row of the table of steps."""
    return [RefusalLine(one.text, one.source or _row_of_table(subject, step)) for one in refusals]


def _row_of_table(subject: Stepped, step: str) -> str:
    row = next((row for row in subject.lifecycle.rows if row.name == step), None)
    if row is None:
        return ""
    words = {"record": subject.lifecycle.title, "step": row.label}
    place = _("Table of steps: %(record)s, “%(step)s”") % words
    return f"{place} ({row.code})" if row.code else place


def held_by(subject: Stepped) -> Due:
    """The ball is with whom, since when, due when."""
    waits_for = [Role.HEAD_OF_DIVISION] if subject.unconfirmed else holders(subject)
    names = ", ".join(str(by.label) for by in waits_for)
    since = clock.local(subject.state_since).date()
    return Due(holder=names, since=None if subject.is_final else since, due_on=subject.due_on)


def step_bar(subject: Stepped, events: Sequence[Event]) -> list[Step]:
    """The usual path: what the life passed, where it stands, what comes; a state off the path stands where it left.

    A station that the life went round is left out, such as the acceptance of a terminated task; those before the first
    known event were passed before this system. After a final state nothing is to come.
    """
    path = list(subject.lifecycle.path)
    seen = [event.to_state for event in events if event.to_state in path]
    if subject.state not in path:
        place = path.index(seen[-1]) + 1 if seen else 0
        path.insert(place, subject.state)
    here, first = path.index(subject.state), path.index(seen[0]) if seen else 0
    coming = "skipped" if subject.is_final else "next"
    labels = dict(subject.lifecycle.states.choices)

    def station(index: int, state: str) -> str:
        if index >= here:
            return "current" if index == here else coming
        return "done" if index < first or state in seen else "skipped"

    return [Step(labels[state], station(index, state)) for index, state in enumerate(path)]


def history_panel(subject: Stepped, events: Sequence[Event]) -> Panel:
    """The timeline, newest first."""
    return Panel(
        title=_("History"),
        template="components/timeline.html",
        context={"entries": [entry(subject, event) for event in reversed(events) if event.kind in SHOWN_EVENTS]},
        slot="history",
        icon="clock",
    )


def entry(subject: Stepped, event: Event) -> Entry:
    """One event in words: who decided, who entered it, both instants."""
    return Entry(
        title=event_label(subject, event),
        when=event.effective_on or clock.local(event.recorded_at).date(),
        who=decider_name(event),
        recorded_by=event.actor.full_name if event.actor and event.decided_by and not event.cause else "",
        recorded_at=event.recorded_at,
        text=_text(subject, event),
        tone=Tone.INFO,
    )


def _text(subject: Stepped, event: Event) -> str:
    """The reason. A consequence leaves it to its cause's own page; a corrected fact says both values."""
    if event.kind != KIND:
        return "" if event.cause else event.reason
    facts = json.loads(event.payload)["facts"]
    changes = [f"{label}: {values}" for label, values in changed_facts(subject, facts["before"], facts["after"])]
    return "\n".join([*changes, event.reason])


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
