"""What every detail page shows of a subject's life: step bar, who holds it, buttons, history."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from core import clock
from core.audit.models import Event
from core.files.models import StoredFile
from core.people.models import User
from core.people.policy import can, is_declared, visible_to
from core.people.roles import Role
from core.people.selectors import roles_of
from core.ui import badges
from core.ui.parts import Action, Crumb, Entry, Panel, RefusalLine, Tone, panels_by_slot

from .corrections import open_request, undo_refusals
from .data_corrections import KIND, changed_facts, may_ask
from .entries import lacking
from .holding import held_by
from .models import CorrectionRequest, Stepped
from .ports import signed_paper
from .registry import needs, panels_of, places
from .requests import request_notes
from .returns import return_note, second_word_note
from .rights import granted, may_record
from .ruling import Refusal
from .selectors import StepOffer, available_steps, history
from .stations import step_bar
from .telling import SHOWN_EVENTS, decider_name, event_label, reason_for, second_person, typist_name
from .waiting import DRAFT, FACTS, Way, ways_now

STEP_URL = "workflow:step-take"


def detail(
    request: HttpRequest,
    subject: Stepped,
    *,
    title: str,
    panels: Sequence[Panel] = (),
    actions: Sequence[Action] = (),
    asides: Sequence[Action] = (),
    crumbs: Sequence[Crumb] = (),
    loaded: Mapping[str, Any] | None = None,
    **context: Any,
) -> HttpResponse:
    """The page of one subject: the room gives title, panels and its own actions; the rest comes from the table.

    ``asides``: its forms for what leads off the usual way, folded. ``loaded``: what the room has read already and the
    guards of its steps would read again.
    """
    events = history(subject)
    user: Any = request.user
    waiting = request_at(subject, user, events)
    # Before the second person's word no step is possible: what is still to be written comes first.
    offers = [] if subject.unconfirmed else available_steps(subject, user, events, loaded)
    ways = [] if subject.unconfirmed else ways_now(subject)
    holding = held_by(subject, ways, events)
    actions = [*awaited_actions(subject, user, ways), *actions]
    if subject.unconfirmed:
        actions = [*word_actions(subject, user), *actions]
        context["notes"] = [*entry_notes(subject, user, events), *context.get("notes", ())]
    else:
        context["notes"] = [*request_notes(subject, waiting, user, events), *context.get("notes", ())]
    all_panels = [*panels, *panels_of(request, subject), history_panel(subject, events, user)]
    return render(
        request,
        "generic/detail.html",
        {
            "title": title,
            "code": subject.code,
            "badge": badges.of(subject),
            "due": holding,
            "returned": return_note(subject, events, user),
            "steps": step_bar(subject, events),
            **heading_actions(
                subject,
                in_order(offers),
                actions,
                [*asides, *correction_actions(subject, user, events, waiting)],
                drafted_by(user, subject, ways),
            ),
            "crumbs": crumbs,
            "slots": panels_by_slot(all_panels),
            **context,
        },
    )


# More buttons than that beside each other nobody reads.
SHOWN_BUTTONS = 4


def heading_actions(
    subject: Stepped,
    offers: Sequence[StepOffer],
    forms: Sequence[Action],
    folded: Sequence[Action],
    drafted: Collection[str] = (),
) -> dict[str, list[Action]]:
    """One main action first, then what it needs and the other own duties; everything else folded under ``more``.

    The main one is the step of the usual path that is possible now, or whose paper (``drafted``) the reader drafts
    now; else the form that the room put first.
    """
    offers = [offer for offer in offers if not offer.is_done]
    leading = (offer for offer in offers if offer.is_usual(subject) or offer.row.name in drafted)
    main = next((offer for offer in leading if offer.is_open), None)
    duties = [offer for offer in offers if offer.row.duty and not offer.to_record and offer is not main]
    rest = [step_action(subject, offer) for offer in offers if offer is not main and offer not in duties]
    buttons = [
        *([step_action(subject, main)] if main else []),
        *(form for form in forms if form.primary),
        *(step_action(subject, offer) for offer in duties),
        *(form for form in forms if not form.primary),
    ]
    leads = main is not None or any(form.primary for form in forms)
    shown = [replace(one, primary=leads and place == 0) for place, one in enumerate(buttons)]
    return {"actions": shown[:SHOWN_BUTTONS], "more": [*shown[SHOWN_BUTTONS:], *rest, *folded]}


def drafted_by(user: User, subject: Stepped, ways: Iterable[Way]) -> set[str]:
    """The steps that wait for nothing but the draft of their paper, for whoever drafts it."""
    today = clock.today()
    waiting = [way for way in ways if way.missing == DRAFT]
    return {way.row.name for way in waiting if granted(user, subject, set(way.who), today)}


def awaited_actions(subject: Stepped, user: User, ways: Iterable[Way]) -> list[Action]:
    """What the record waits for besides its decider, for whoever makes it: a council, a call."""
    found = []
    for way in ways:
        need = needs.get((subject.lifecycle.name, way.row.name))
        if need is None or not need.url or not need.action or way.missing != FACTS:
            continue
        if granted(user, subject, set(way.who), clock.today()):
            found.append(Action(need.action, need.url(subject.code), primary=True))
    return found


def entry_notes(subject: Stepped, user: User, events: Sequence[Event]) -> list[dict[str, Any]]:
    """On top of a record from before: what it waits for; for a head of division what an edit of his would mean."""
    warning = second_word_note(subject, user, events)
    return [entry_note(subject), *([warning] if warning else [])]


def entry_note(subject: Stepped) -> dict[str, Any]:
    """On top of a record from before that nobody has confirmed: what is still missing."""
    missing = [str(one) for function in lacking.of(subject) for one in function(subject)]
    text = " ".join(missing) or str(_("Nothing is missing: the head of division confirms or refuses it."))
    title = _("Entered from before, not confirmed: nothing else happens to it meanwhile")
    return {"tone": Tone.WARNING if missing else Tone.INFO, "title": title, "text": text}


def word_actions(subject: Stepped, user: User) -> list[Action]:
    """The second person's word on a record from before: the head of division confirms or refuses it."""
    if Role.HEAD_OF_DIVISION not in roles_of(user):
        return []
    arguments = [subject.lifecycle.name, subject.code]
    confirm, refuse = (reverse(f"workflow:adoption-{name}", args=arguments) for name in ("confirm", "refuse"))
    return [
        Action(_("Confirm the record from before"), confirm, primary=True),
        Action(_("Refuse the entry"), refuse, danger=True, dialog=True),
    ]


def request_at(subject: Stepped, user: User, events: Sequence[Event]) -> CorrectionRequest | None:
    """What waits at the record for a second person, as far as it concerns this reader. One query at most."""
    concerned = not subject.unconfirmed and (
        answers_requests(subject, user) or _is_mine(user, events) or may_ask(subject, user)
    )
    return open_request(subject) if concerned else None


def _is_mine(user: User, events: Sequence[Event]) -> bool:
    """Whether this person took or entered the last step."""
    moved = [event for event in events if event.to_state]
    return bool(moved) and user.pk in {moved[-1].actor_id, moved[-1].decided_by_id}


def correction_actions(
    subject: Stepped, user: User, events: Sequence[Event], waiting: CorrectionRequest | None
) -> list[Action]:
    """To ask the last step back, or a wrong fact to be mended, while nothing ``waiting`` has to be answered first."""
    if subject.unconfirmed:
        return []
    if waiting is not None:
        return []
    found = []
    moved = [event for event in events if event.to_state]
    if _is_mine(user, events) and not undo_refusals(subject, moved[-1], events):
        found.append(_correction(subject, "ask", _("Ask to undo the last step")))
    if may_ask(subject, user):
        found.append(_correction(subject, "data", _("Ask to correct data")))
    return found


def _correction(subject: Stepped, name: str, label: StrOrPromise) -> Action:
    url = reverse(f"workflow:correction-{name}", args=[subject.lifecycle.name, subject.code])
    return Action(label, url, dialog=True)


def answers_requests(subject: Stepped, user: User) -> bool:
    """Whether this person may answer some request about the record, as the head of division or as a second typist."""
    return Role.HEAD_OF_DIVISION in roles_of(user) or may_record(user, subject.lifecycle, clock.today())


def in_order(offers: Sequence[StepOffer]) -> list[StepOffer]:
    """Own duties first, then what one may do besides, then what one may enter for others."""
    return sorted(offers, key=lambda offer: (offer.to_record, not offer.row.duty, not offer.is_open))


def step_action(subject: Stepped, offer: StepOffer) -> Action:
    """The button of one step. A refused one still opens its dialog, which says why."""
    return Action(
        label=step_label(offer),
        url=reverse(STEP_URL, args=[subject.lifecycle.name, subject.code, offer.row.name]),
        primary=offer.row.duty and not offer.to_record and offer.is_open,
        danger=offer.row.leads_off and not offer.to_record,
        dialog=signed_paper(offer.row) is None,
    )


def step_label(offer: StepOffer) -> StrOrPromise:
    """Who decides reads the name of the step; who works for him reads that he prepares its paper or enters it."""
    if not offer.to_record:
        return offer.row.label
    paper = signed_paper(offer.row) is not None
    return (_("Prepare the paper: %(step)s") if paper else _("Enter: %(step)s")) % {"step": offer.row.label}


def refusal_lines(refusals: Iterable[Refusal], subject: Stepped, user: Any = None) -> list[RefusalLine]:
    """Each refusal with the law it rests on, and the way to the form that is missing when the user may open it."""
    return [RefusalLine(one.text, one.source, url=_place(one, subject, user)) for one in refusals]


def _place(refusal: Refusal, subject: Stepped, user: Any) -> str:
    if user is None or refusal.guard is None or refusal.guard not in places:
        return ""
    place = places[refusal.guard]
    known = is_declared(place.action, type(subject)) and can(user, place.action, subject)
    return reverse(place.url_name, args=[subject.code]) if known else ""


def history_panel(subject: Stepped, events: Sequence[Event], user: User) -> Panel:
    """The timeline, newest first, with the scans that its reader may open."""
    shown = [event for event in reversed(events) if event.kind in SHOWN_EVENTS]
    files = _evidence(shown, user)
    return Panel(
        title=_("History"),
        template="components/timeline.html",
        context={"entries": [entry(subject, event, user, files) for event in shown]},
        slot="history",
        icon="clock",
    )


def _evidence(events: Iterable[Event], user: User) -> dict[str, StoredFile]:
    """The files behind the events, by code, as far as the reader may see them. One query, where there are any."""
    codes = {code for event in events for code in _evidence_codes(event)}
    return {file.code: file for file in visible_to(user, StoredFile).filter(code__in=codes)} if codes else {}


def _evidence_codes(event: Event) -> list[str]:
    """A consequence leaves its evidence to the page of its cause."""
    return [] if event.cause else list(json.loads(event.payload)["facts"].get("evidence", []))


def entry(subject: Stepped, event: Event, user: User, files: Mapping[str, StoredFile] | None = None) -> Entry:
    """One event in words: who decided, who entered it, both instants, on which papers. ``files``: by code."""
    known = files or {}
    links = [
        Action(file.name, reverse("documents:file-download", args=[file.code]))
        for code in (_evidence_codes(event) if known else ())
        if (file := known.get(code)) is not None
    ]
    return Entry(
        title=event_label(subject, event),
        when=event.effective_on or clock.local(event.recorded_at).date(),
        who=decider_name(event),
        recorded_by=typist_name(event),
        recorded_at=event.recorded_at,
        text=_text(subject, event, user),
        tone=Tone.INFO,
        links=links,
    )


def _text(subject: Stepped, event: Event, user: User) -> str:
    """The reason as far as the reader may know it; a corrected fact says both values."""
    reason = reason_for(event, user)
    if event.kind != KIND:
        return "\n".join(line for line in (reason, second_person(event)) if line)
    facts = json.loads(event.payload)["facts"]
    changes = [f"{label}: {values}" for label, values in changed_facts(subject, facts["before"], facts["after"])]
    return "\n".join([*changes, *([reason] if reason else [])])
