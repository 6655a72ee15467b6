"""Who must be in the room (2/3 of the members with chair and secretary: TT 45/2016/TT-BTTTT)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .shares import Share, at_least

CHAIR, VICE_CHAIR, SECRETARY, REVIEWER, MEMBER = "chair", "vice_chair", "secretary", "reviewer", "member"

# The words of the rule book, and the positions that answer them.
ANSWERED_BY = {
    "chair": frozenset({CHAIR}),
    "vice_chair": frozenset({VICE_CHAIR}),
    "chair_or_vice_chair": frozenset({CHAIR, VICE_CHAIR}),
    "scientific_secretary": frozenset({SECRETARY}),
    "reviewer": frozenset({REVIEWER}),
}


@dataclass(frozen=True, slots=True)
class Quorum:
    """What attendance gives: who is there, of how many, and which required parts nobody plays."""

    appointed: int
    present: int
    is_share_reached: bool
    missing: tuple[str, ...]

    @property
    def is_reached(self) -> bool:
        return self.is_share_reached and not self.missing


def quorum(appointed: Sequence[str], present: Sequence[str], *, share: Share, roles: Iterable[str]) -> Quorum:
    """The quorum of a sitting from the positions appointed and those of them present. An empty council has none."""
    reached = bool(appointed) and at_least(len(present), len(appointed), share)
    return Quorum(len(appointed), len(present), reached, unanswered(roles, present))


def unanswered(roles: Iterable[str], positions: Iterable[str]) -> tuple[str, ...]:
    """The parts of the rule book that none of the positions plays."""
    held = frozenset(positions)
    return tuple(role for role in roles if not ANSWERED_BY[role] & held)
