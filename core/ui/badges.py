"""Which colour a state has. Rooms register their states in hooks.py; a state nobody registered is neutral."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.ui.parts import Badge, Tone

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import Model

_tones: dict[tuple[type[Model], str, object], Tone] = {}


def register(model: type[Model], tones: Mapping[str, Tone], field: str = "state") -> None:
    """Give the values of a choices field of `model` their tone."""
    _tones.update({(model, field, str(value)): tone for value, tone in tones.items()})


def of(subject: Model, field: str = "state") -> Badge:
    """The badge of a row: the label of its choice, in the registered tone."""
    value = getattr(subject, field)
    label = getattr(subject, f"get_{field}_display")()
    return Badge(label, _tones.get((type(subject), field, str(value)), Tone.NEUTRAL))
