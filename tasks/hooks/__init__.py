"""What this room registers elsewhere: guards, effects, notices, papers, panels. Loaded once at start."""

from tasks import policy

from . import (
    answers,
    badges,
    effects,
    entries,
    figures,
    guards,
    locks,
    navigation,
    papers,
    resting,
    result_papers,
    running_guards,
    tellings,
    waits,
)

__all__ = [
    "answers",
    "badges",
    "effects",
    "entries",
    "figures",
    "guards",
    "locks",
    "navigation",
    "papers",
    "policy",
    "resting",
    "result_papers",
    "running_guards",
    "tellings",
    "waits",
]
