"""Everything that can refuse a step, each reason collected: policy, separation, dates, paper, guards."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core import clock
from core.audit.models import Event
from core.people.models import User
from core.people.roles import Role
from core.people.selectors import roles_of
from core.ui.formatting import listed

from .chronicle import events_of, last_day
from .registry import guard
from .rights import deciders, granted, may_record
from .ruling import Refusal, StepFacts
from .table import Channel, Reason, Row

if TYPE_CHECKING:
    from .models import Stepped

BACKDATING = "workflow.backdating_days"


def policy_refusals(facts: StepFacts, *, signed_paper: bool) -> Iterator[Refusal]:
    """Is the decider the one whom the row names, and may the actor enter it for him?"""
    decider = facts.decided_by or facts.actor
    if facts.actor is None or decider is None or not granted(decider, facts.subject, facts.row.by, facts.effective_on):
        yield Refusal(_("This step belongs to another role or authority."))
        return
    outside = facts.channel not in {None, Channel.IN_SYSTEM}
    if facts.actor == decider and not granted(decider, facts.subject, facts.row.by, clock.today()):
        yield Refusal(_("This step belongs to another role or authority."))
    if (facts.actor != decider or outside) and not may_record(facts.actor, facts.subject.lifecycle, clock.today()):
        yield _stranger_refusal(facts)
    if facts.actor == decider:
        return
    if facts.channel == Channel.IN_SYSTEM and not signed_paper:
        yield Refusal(_("What somebody else decided enters on paper or from another system, with its evidence."))


def _stranger_refusal(facts: StepFacts) -> Refusal:
    """Who types for others differs by the kind of record: the refusal says who."""
    roles = listed([str(role.label) for role in facts.subject.lifecycle.recorders])
    return Refusal(_("What was decided outside the system is entered here by: %(roles)s.") % {"roles": roles})


def separation_refusals(facts: StepFacts, events: Iterable[Event], *, agreed: bool = False) -> Iterator[Refusal]:
    """The decider counts. The typist counts too where he took or typed the other step: then nobody else saw it.

    ``agreed``: the decider has agreed to the paper in the system; the clerk who numbers it types nothing.
    """
    decider, typist = facts.decided_by or facts.actor, facts.actor
    others = list(_opposed(facts.row, events))
    if decider is None or not others:
        return
    took = {event.decided_by_id or event.actor_id for event in others}
    hands = {event.actor_id for event in others} | took
    if decider.pk in took:
        text = _("The same person may not take both of these steps (separation of duties).")
        yield _another_refusal(text, facts, took)
    said_already = typist == decider and decider.pk in took
    if typist is not None and typist.pk in hands and not said_already and not agreed:
        text = _("A second person must enter this step: you took or entered another one (separation of duties).")
        yield _another_refusal(text, facts, hands)


def _opposed(row: Row, events: Iterable[Event]) -> Iterator[Event]:
    """The events whose people do not take the row: steps, and the last writing of each kind of facts."""
    writings: dict[str, Event] = {}
    for event in events:
        if event.step in row.apart_from:
            yield event
        if event.kind in row.apart_from_writing:
            writings[event.kind] = event
    yield from writings.values()


# More names than that say less than the position alone.
NAMED = 3


def _another_refusal(text: str, facts: StepFacts, barred: "set[int | None]") -> Refusal:
    """Who takes the step instead: by name where there are few, else nobody but the table says."""
    others = [one.full_name for one in deciders(facts.subject, facts.row, facts.effective_on) if one.pk not in barred]
    if not 1 <= len(others) <= NAMED:
        return Refusal(text)
    return Refusal(_("%(text)s It can be taken by: %(names)s.") % {"text": text, "names": listed(others)})


def form_refusals(facts: StepFacts, *, reason: str, has_evidence: bool) -> Iterator[Refusal]:
    """What the step itself must bring: a reason, the scan of a paper."""
    if facts.row.reason is Reason.REQUIRED and not reason.strip():
        yield Refusal(_("This step needs a reason."))
    if facts.channel in {Channel.PAPER, Channel.OTHER_SYSTEM} and not has_evidence:
        yield Refusal(_("Attach the scan or the signed file of what was decided outside the system."))


def date_refusals(
    facts: StepFacts, events: Iterable[Event], *, has_evidence: bool, signed_paper: bool
) -> Iterator[Refusal]:
    """Not in the future; in the past only on paper, not before the step before, within the rule book's days."""
    today, chosen = clock.today(), facts.effective_on
    if chosen > today:
        yield Refusal(_("The effective date may not lie in the future."))
    if chosen >= today:
        return
    if facts.channel == Channel.IN_SYSTEM and not signed_paper:
        yield Refusal(_("What is decided in the system counts from today."))
    if not has_evidence:
        yield Refusal(_("A date in the past needs evidence."))
    previous = last_day(events)
    if previous and chosen < previous:
        text = _("The date lies before the step before it (%(date)s).") % {"date": previous.strftime("%d/%m/%Y")}
        yield Refusal(text)
    if chosen < _oldest(facts, today) and not _is_head(facts.actor):
        text = _("A date this far in the past may be entered only by the head of division.")
        yield facts.refuse(text, by=BACKDATING)


def consequence_refusals(other: "Stepped", chosen: date) -> Iterator[Refusal]:
    """A consequence does not come before the last step of the record it moves, however the step itself is dated."""
    previous = last_day(events_of(other)) if chosen < clock.today() else None
    if previous and chosen < previous:
        text = _("%(kind)s %(code)s took its last step on %(date)s: what follows may not be earlier.")
        parts = {"kind": other.lifecycle.title, "code": other.code, "date": previous.strftime("%d/%m/%Y")}
        yield Refusal(text % parts)


def adoption_refusals(subject: "Stepped") -> Iterator[Refusal]:
    """A record from before waits until a second person has confirmed it."""
    if subject.unconfirmed:
        yield Refusal(_("The head of division has not confirmed yet that this record from before is right."))


def guard_refusals(facts: StepFacts) -> Iterator[Refusal]:
    """Every guard of the row is asked, and every refusal kept."""
    for name in facts.row.guards:
        yield from (replace(refusal, guard=name) for refusal in answer_of(name, facts))


def answer_of(name: Enum, facts: StepFacts) -> list[Refusal]:
    """What one guard says; nothing when it has nothing against the step."""
    answer = guard[name](facts)
    if answer is None:
        return []
    return [answer] if isinstance(answer, Refusal) else list(answer)


def state_refusal() -> Refusal:
    """The refusal of a step that the present state does not know."""
    return Refusal(_("This step is not possible in the present state."))


def _oldest(facts: StepFacts, today: date) -> date:
    allowed = facts.parameter(BACKDATING)
    return clock.add_days(today, -int(allowed.value), clock.Unit(allowed.unit))


def _is_head(user: User | None) -> bool:
    return user is not None and Role.HEAD_OF_DIVISION in roles_of(user)
