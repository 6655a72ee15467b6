"""Rows become django-fsm transitions: the mechanics, without a rule of any room."""

from collections.abc import Callable
from typing import Any

from django.db import models
from django_fsm import GET_STATE, FSMField, transition

from core.codes import ADDRESSABLE

from .table import Lifecycle

FIELD = "state"
ADOPT, CORRECT, VOID = "adopt", "correct_step", "void_adoption"


def state_field(lifecycle: Lifecycle) -> Any:
    """The state column of a concrete subject. Typed ``Any`` here; the model declares it as unwritable."""
    return FSMField(
        default=lifecycle.initial, choices=lifecycle.states.choices, max_length=40, editable=False, db_index=True
    )


def state_check(lifecycle: Lifecycle) -> models.CheckConstraint:
    """The database itself knows the states."""
    known = models.Q(state__in=list(lifecycle.states.values))
    return models.CheckConstraint(condition=known, name=f"{lifecycle.name}_state_known")


def code_check(lifecycle: Lifecycle) -> models.CheckConstraint:
    """The database itself refuses a code that has no address: one such record would take every list down with it."""
    fits = models.Q(code__regex=ADDRESSABLE)
    return models.CheckConstraint(condition=fits, name=f"{lifecycle.name}_code_fits_address")


def add_transitions(model: type[models.Model], lifecycle: Lifecycle) -> None:
    """Give ``model`` one method with an empty body for each row name, plus the three of adoption and correction.

    Rows of one name may lead from one state to several, by regime: then the row taken says where to.
    Raises TypeError when a row's name hides something of the model.
    """
    for (name, source), targets in _arrows(lifecycle).items():
        method = model.__dict__.get(name)
        if method is None:
            if hasattr(model, name):
                message = f"step {name} hides {model.__name__}.{name}"
                raise TypeError(message)
            method = _empty(name, model)
        target = targets[0] if len(targets) == 1 else _chosen(targets)
        setattr(model, name, transition(FIELD, source=source, target=target)(method))
    states = list(lifecycle.states.values)
    dynamic = {ADOPT: states, CORRECT: states, VOID: [lifecycle.void] if lifecycle.void else []}
    for name, targets in dynamic.items():
        if targets:
            setattr(model, name, transition(FIELD, source="*", target=_chosen(targets))(_empty(name, model)))


def _arrows(lifecycle: Lifecycle) -> dict[tuple[str, str], list[str]]:
    """Where the rows of a name lead from each of their states."""
    arrows: dict[tuple[str, str], dict[str, None]] = {}
    for row in lifecycle.rows:
        for source in row.sources:
            arrows.setdefault((row.name, source), {})[row.target] = None
    return {arrow: list(targets) for arrow, targets in arrows.items()}


def _chosen(targets: list[str]) -> GET_STATE:
    """The target that the caller of the transition names."""
    return GET_STATE(lambda _subject, target: target, states=targets)


def flip(subject: models.Model, name: str, target: str) -> None:
    """Run one transition on the instance in memory. Only the doors of this package may call this."""
    getattr(subject, name)(target)


def _empty(name: str, model: type[models.Model]) -> Callable[..., None]:
    def body(_self: Any, *_arguments: str) -> None:
        """django-fsm runs the body before the state flips, so nothing may happen here."""

    body.__name__ = name
    body.__qualname__ = f"{model.__qualname__}.{name}"
    return body
