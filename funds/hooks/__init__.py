"""What this room registers elsewhere: guards, effects, notices, papers, panels, the money source. Loaded once."""

from funds import policy

from . import (
    answers,
    badges,
    effects,
    entries,
    face,
    guards,
    locks,
    obstacles,
    panels,
    papers,
    resting,
    stakes,
    task_guards,
    tellings,
    waits,
)

__all__ = [
    "answers",
    "badges",
    "effects",
    "entries",
    "face",
    "guards",
    "locks",
    "obstacles",
    "panels",
    "papers",
    "policy",
    "resting",
    "stakes",
    "task_guards",
    "tellings",
    "waits",
]
