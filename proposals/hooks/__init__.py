"""What this room registers with the ground floor; loaded once when the site starts."""

from proposals import policy

from . import decisions, effects, entries, face, guards, locks, obstacles, papers, recipients, resting, waits

__all__ = [
    "decisions",
    "effects",
    "entries",
    "face",
    "guards",
    "locks",
    "obstacles",
    "papers",
    "policy",
    "recipients",
    "resting",
    "waits",
]
