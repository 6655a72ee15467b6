"""What this room registers elsewhere: guards, effects, notices, papers, panels. Loaded once at start."""

from tasks import policy

from . import (
    answers,
    badges,
    effects,
    entries,
    guards,
    locks,
    navigation,
    papers,
    result_papers,
    running_guards,
    tellings,
)

__all__ = [
    "answers",
    "badges",
    "effects",
    "entries",
    "guards",
    "locks",
    "navigation",
    "papers",
    "policy",
    "result_papers",
    "running_guards",
    "tellings",
]
