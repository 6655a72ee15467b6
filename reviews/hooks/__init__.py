"""What this room registers with the ground floor and the rooms below; loaded once when the site starts."""

from reviews import policy

from . import effects, face, guards, panels, papers, people, resting, sitting_guards, waits

__all__ = ["effects", "face", "guards", "panels", "papers", "people", "policy", "resting", "sitting_guards", "waits"]
