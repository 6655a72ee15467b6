"""Where upward needs are met: the room that knows registers its functions, the room that needs names them.

Each room fills these in its ``hooks.py``; a system check fails the start when a name has no function.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.db.models import Q, QuerySet
from django_stubs_ext import StrOrPromise

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest

    from core.people.models import User
    from core.people.roles import Role
    from core.ui.parts import Panel

    from .models import Stepped
    from .ruling import Answer, Refusal, StepFacts, Taking
    from .table import Row

Name = TypeVar("Name")
Function = TypeVar("Function", bound=Callable[..., Any])


class Registry(Generic[Name, Function]):
    """One function for each name; a second one is an error at start."""

    def __init__(self, what: str) -> None:
        self.what = what
        self.functions: dict[Name, Function] = {}

    def __call__(self, name: Name) -> Callable[[Function], Function]:
        def register(function: Function) -> Function:
            if self.functions.get(name, function) is not function:
                message = f"two functions for the {self.what} {name}"
                raise ValueError(message)
            self.functions[name] = function
            return function

        return register

    def __getitem__(self, name: Name) -> Function:
        return self.functions[name]

    def __contains__(self, name: object) -> bool:
        return name in self.functions


subjects: dict[str, "type[Stepped]"] = {}
"""Subject type ("proposal") -> model."""

guard: Registry[Enum, "Callable[[StepFacts], Answer]"] = Registry("guard")
effect: Registry[Enum, "Callable[[Taking], None]"] = Registry("effect")
relation: Registry["tuple[str, Role]", "Callable[[User], Q]"] = Registry("relation")
"""(subject type, role) -> which subjects a holder of the role stands in that relation to."""
stakes: Registry[str, "Callable[[Any], Iterable[str]]"] = Registry("stakes")
"""Subject type -> what every step of it is about, in words: whoever presses reads it once more."""


ripe: "Registry[tuple[str, str], Callable[[date], Q]]" = Registry("ripeness")
"""(subject type, step) -> by when a step is waited for: before that it may be taken, but nobody need act.

The function is given the last day to look ahead to and answers with the records on which the step is waited for.
"""
resting: "dict[tuple[str, str], StrOrPromise]" = {}
"""(subject type, state) -> who carries the record on while no step of it is waited for, in words."""


@dataclass(frozen=True, slots=True)
class Need:
    """What must be there before a step can be taken, or follows: where it is missing, who sees to it, on which page.

    ``words`` go on with the record: "waits for a council". ``url`` leads to the page by the record's code,
    ``action`` says what is done there: with it, the record's own page leads there too.
    """

    writers: "tuple[Role, ...]"
    words: StrOrPromise
    rows: "Callable[[], Q]"
    url: "Callable[[str], str] | None" = None
    action: StrOrPromise = ""


needs: "dict[tuple[str, str], Need]" = {}
"""(subject type, step) -> what the step waits for besides its decider."""


@dataclass(frozen=True, slots=True)
class Place:
    """The form on which the facts of a guard are written: its address, and the right that opens it."""

    action: str
    url_name: str


places: dict[Enum, Place] = {}


def written_on(guard: Enum, action: str, url_name: str) -> None:
    """Say on which form the facts of a guard are written: a refusal leads there whoever may open it."""
    places[guard] = Place(action, url_name)


def needed(
    subject_type: str,
    step: str,
    *writers: "Role",
    words: StrOrPromise,
    url: "Callable[[str], str] | None" = None,
    action: StrOrPromise = "",
) -> "Callable[[Function], Function]":
    """Register what a step waits for; the function answers with the records on which it is missing."""

    def register(function: Function) -> Function:
        if (subject_type, step) in needs:
            message = f"two needs of {subject_type}.{step}"
            raise ValueError(message)
        needs[subject_type, step] = Need(writers, words, function, url, action)
        return function

    return register


@dataclass(frozen=True, slots=True)
class Telling:
    """Who hears of a step, and the words. ``text`` has the placeholders {code} and {title}."""

    text: StrOrPromise
    recipients: "Callable[[Any], QuerySet[User]]"


tellings: dict[Enum, Telling] = {}


def recipients(tell: Enum, text: StrOrPromise) -> "Callable[[Function], Function]":
    """Register who is told and in what words."""

    def register(function: Function) -> Function:
        if tell in tellings:
            message = f"two functions for the notice {tell}"
            raise ValueError(message)
        tellings[tell] = Telling(text, function)
        return function

    return register


_locks: dict[str, "list[Callable[[Any, Row], Iterable[Stepped]]]"] = {}


def locks(subject_type: str) -> Callable[[Function], Function]:
    """Register which other subjects the steps of a subject type and their effects may touch."""

    def register(function: Function) -> Function:
        _locks.setdefault(subject_type, []).append(function)
        return function

    return register


def touched_by(subject: "Stepped", row: "Row") -> "Iterable[Stepped]":
    """Every other subject that the row and its effects may touch."""
    for function in _locks.get(subject.lifecycle.name, []):
        yield from function(subject, row)


_panels: dict[str, "list[tuple[int, Callable[[HttpRequest, Any], Panel | None]]]"] = {}


def panel(subject_type: str, order: int = 50) -> Callable[[Function], Function]:
    """Register a panel for the page of a subject type. The function returns None to show nothing."""

    def register(function: Function) -> Function:
        _panels.setdefault(subject_type, []).append((order, function))
        return function

    return register


def panels_of(request: "HttpRequest", subject: "Stepped") -> "list[Panel]":
    """Every registered panel that has something to show to this user, in order."""
    registered = sorted(_panels.get(subject.lifecycle.name, []), key=lambda item: item[0])
    made = (function(request, subject) for _order, function in registered)
    return [one for one in made if one is not None]


_obstacles: dict[str, "list[Callable[[Any], Refusal | None]]"] = {}


def obstacle(subject_type: str) -> Callable[[Function], Function]:
    """Register what forbids undoing a subject's last step: money posted, a ballot closed, a paper issued."""

    def register(function: Function) -> Function:
        _obstacles.setdefault(subject_type, []).append(function)
        return function

    return register


def obstacles_to_undo(subject: "Stepped") -> "list[Refusal]":
    """What the rooms say against undoing the subject's last step."""
    found = (function(subject) for function in _obstacles.get(subject.lifecycle.name, []))
    return [refusal for refusal in found if refusal is not None]
