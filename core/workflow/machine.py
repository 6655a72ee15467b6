"""Rows become django-fsm transitions: the mechanics, without a rule of any room."""

from collections.abc import Callable
from typing import Any

from django.db import models
from django_fsm import GET_STATE, FSMField, transition

from .table import Lifecycle

FIELD = "state"
ADOPT, CORRECT = "adopt", "correct_step"


def state_field(lifecycle: Lifecycle) -> Any:
    """The state column of a concrete subject. Typed ``Any`` here; the model declares it as unwritable."""
    return FSMField(
        default=lifecycle.initial, choices=lifecycle.states.choices, max_length=40, editable=False, db_index=True
    )


def state_check(lifecycle: Lifecycle) -> models.CheckConstraint:
    """The database itself knows the states."""
    known = models.Q(state__in=list(lifecycle.states.values))
    return models.CheckConstraint(condition=known, name=f"{lifecycle.name}_state_known")


def add_transitions(model: type[models.Model], lifecycle: Lifecycle) -> None:
    """Give ``model`` one method with an empty body for each row name, plus the two dynamic ones.

    Raises TypeError when a row's name hides something of the model.
    """
    for row in lifecycle.rows:
        method = model.__dict__.get(row.name)
        if method is None:
            if hasattr(model, row.name):
                message = f"step {row.name} hides {model.__name__}.{row.name}"
                raise TypeError(message)
            method = _empty(row.name, model)
        setattr(model, row.name, transition(FIELD, source=list(row.sources), target=row.target)(method))
    states = list(lifecycle.states.values)
    for name in (ADOPT, CORRECT):
        anywhere = GET_STATE(lambda _subject, target: target, states=states)
        setattr(model, name, transition(FIELD, source="*", target=anywhere)(_empty(name, model)))


def flip(subject: models.Model, name: str, *arguments: str) -> None:
    """Run one transition on the instance in memory. Only ``service`` and ``adoption`` may call this."""
    getattr(subject, name)(*arguments)


def _empty(name: str, model: type[models.Model]) -> Callable[..., None]:
    def body(_self: Any, *_arguments: str) -> None:
        """django-fsm runs the body before the state flips, so nothing may happen here."""

    body.__name__ = name
    body.__qualname__ = f"{model.__qualname__}.{name}"
    return body
