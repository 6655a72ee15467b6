"""What was entered from paper in somebody's name: he hears of it, his organisation's signers, the heads of division.

A typist with a scan moves the record; whoever is said to have decided is the one who knows whether he did.
"""

from collections.abc import Iterable, Mapping
from enum import Enum, auto
from typing import Any

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from core.audit.service import PendingEvent
from core.people.models import User
from core.people.policy import can
from core.people.roles import Role
from core.people.selectors import users_with_role
from core.workflow.chronicle import ENTERED_BY
from core.workflow.models import Stepped
from core.workflow.registry import subjects
from core.workflow.table import OUTSIDE, Channel


class Recorded(Enum):
    """The notices about an entry from paper."""

    IN_YOUR_NAME = auto()
    IN_ANOTHERS_NAME = auto()


TEXTS: Mapping[Recorded, StrOrPromise] = {
    Recorded.IN_YOUR_NAME: _(
        "%(code)s: “%(step)s” was recorded in your name from paper by %(typist)s. "
        "If this is wrong, tell the head of division."
    ),
    Recorded.IN_ANOTHERS_NAME: _(
        "%(code)s: “%(step)s” was recorded in the name of %(decider)s from paper by %(typist)s. "
        "If this is wrong, the head of division must know."
    ),
}


def is_recorded(event: PendingEvent) -> bool:
    """Whether somebody else than the decider entered this step; a consequence is told of with its cause."""
    outside = event.channel in {Channel.PAPER, Channel.OTHER_SYSTEM}
    return outside and event.cause is None and event.decided_by_id not in {None, event.actor_id}


def recorded_recipients(subject: Stepped, event: PendingEvent) -> dict[int, Recorded]:
    """Person → notice. Whoever typed it needs none; besides the decider only who may open the record is told."""
    if not is_recorded(event):
        return {}
    others = [one for one in _witnesses(subject, event) if can(one, "view", subject)]
    told = {one.pk: Recorded.IN_ANOTHERS_NAME for one in others}
    if event.decided_by_id is not None and User.objects.filter(pk=event.decided_by_id, is_active=True).exists():
        told[event.decided_by_id] = Recorded.IN_YOUR_NAME
    for typist in typists_of(event):
        told.pop(typist, None)
    return told


def _witnesses(subject: Stepped, event: PendingEvent) -> Iterable[User]:
    """The heads of division, and for what a host does its signers."""
    yield from users_with_role(Role.HEAD_OF_DIVISION)
    rows = [row for row in subject.lifecycle.rows if row.name == event.step and event.from_state in row.sources]
    if any(by in OUTSIDE for row in rows for by in row.by) and Role.ORGANISATION_SIGNER in subject.organisation_columns:
        host = subject.organisation_of(Role.ORGANISATION_SIGNER)
        yield from users_with_role(Role.ORGANISATION_SIGNER, organisation=host)


def typists_of(event: PendingEvent) -> set[int]:
    """Who sat at the keyboard: whoever typed it, and whoever confirmed it as the second person."""
    return {pk for pk in (event.actor_id, event.facts.get(ENTERED_BY)) if pk is not None}


def facts_of(event: PendingEvent) -> dict[str, str]:
    """What the words name besides the record: the step, and both people as they were called then."""
    typist = event.facts.get(ENTERED_BY, event.actor_id)
    pks = [pk for pk in (typist, event.decided_by_id) if pk is not None]
    names = {one.pk: one.full_name for one in User.objects.filter(pk__in=pks)}
    return {
        "step": event.step,
        "from": event.from_state,
        "decider": names.get(event.decided_by_id or 0, ""),
        "typist": names.get(typist or 0, ""),
    }


def recorded_words(name: Recorded, kind: str, code: str, facts: Mapping[str, Any]) -> str:
    """The notice in the language in force."""
    known = {"decider": facts.get("decider", ""), "typist": facts.get("typist", "")}
    return str(TEXTS[name]) % {"code": code, "step": _label(kind, facts), **known}


def _label(kind: str, facts: Mapping[str, Any]) -> str:
    step, state = facts.get("step", ""), facts.get("from", "")
    rows = [row for row in subjects[kind].lifecycle.rows if row.name == step] if kind in subjects else []
    exact = [row for row in rows if state in row.sources]
    return str((exact or rows)[0].label) if rows else step
