"""What guards and effects are given, and what they answer."""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from core.regulations import Parameter, parameter

if TYPE_CHECKING:
    from core.audit.service import PendingEvent
    from core.people.models import User

    from .models import Stepped
    from .table import Channel, Row


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a step is refused, in words, and where that is written.

    ``blocking`` is False when the rule rests on a number that still has to be confirmed: then a reason is asked for.
    """

    text: StrOrPromise
    source: str = ""
    blocking: bool = True
    # The guard that refuses, from which the page finds the form that is missing.
    guard: Enum | None = None
    # What is asked for is done already: no button offers it again.
    is_done: bool = False

    def __str__(self) -> str:
        return str(self.text)


Answer = Refusal | Iterable[Refusal] | None
"""What a guard says: nothing, one refusal, or each of several with its own source and weight."""


def resting_on(rule: Parameter, text: StrOrPromise) -> Refusal:
    """A refusal that rests on a rule: an unconfirmed one only warns."""
    return Refusal(text, rule.source, blocking=rule.is_confirmed)


def ruled(text: StrOrPromise, by: str, regulation: str, on: date | None = None) -> Refusal:
    """A refusal that rests on the parameter ``by`` of a version of the rules, as it stood on a day (today)."""
    return resting_on(parameter(by, regulation, on), text)


def used_refusal() -> Refusal:
    """A form acts once, and for one thing."""
    return Refusal(_("This form was already used for something else. Open the page again."))


class StepRefused(Exception):
    """A step was not taken. ``refusals`` holds every reason, each translated."""

    def __init__(self, refusals: Iterable[Refusal]) -> None:
        self.refusals = tuple(refusals)
        super().__init__("; ".join(str(refusal) for refusal in self.refusals))

    def for_a_form(self) -> ValidationError:
        """The same reasons as a form shows them, on top."""
        return ValidationError([str(refusal) for refusal in self.refusals])


@dataclass(slots=True, kw_only=True)
class StepFacts:
    """One question to the guards: may this person take this row on this subject, effective on that date?"""

    subject: Any
    row: "Row"
    actor: "User | None"
    decided_by: "User | None"
    effective_on: date
    channel: "Channel | None" = None
    # Guards of one question share what they loaded.
    cache: dict[str, Any] = field(default_factory=dict)

    def parameter(self, key: str) -> Parameter:
        """A number of the rule book in the version that the subject is pinned to, as it stood on its anchor's day."""
        found: Parameter = self.subject.rule(key, self.effective_on)
        return found

    def value(self, key: str) -> Any:
        """The parameter's value alone."""
        return self.parameter(key).value

    def refuse(self, text: StrOrPromise, *, by: str | None = None, source: str = "") -> Refusal:
        """A refusal. ``by`` names the parameter it rests on: an unconfirmed one only warns."""
        return Refusal(text, source) if by is None else resting_on(self.parameter(by), text)

    def block(self, text: StrOrPromise, key: str) -> Refusal:
        """A refusal that stands whether or not the rule ``key`` is confirmed: a fact is missing, money would not do."""
        return Refusal(text, self.parameter(key).source)


@dataclass(slots=True, kw_only=True)
class Taking:
    """A step on its way: what an effect is given. Other subjects move through ``take`` and no other way."""

    subject: Any
    row: "Row"
    event: "PendingEvent"
    actor: "User | None"
    decided_by: "User | None"
    effective_on: date
    channel: "Channel"
    evidence: tuple[uuid.UUID, ...]
    reason: str
    document: Any
    take: Callable[["Stepped", str], "PendingEvent"]
    # Says that a subject made by this effect belongs to this transaction and may take steps in it.
    created: Callable[["Stepped"], None]
