"""What became of the 28 orders of the approved list: every state there is."""

from enum import Enum, auto


class Fate(Enum):
    """One way that an order goes. The first letters of the alphabet lead to a task."""

    AWARDED_AND_SIGNED = auto()
    AWARDED = auto()
    REVOKED = auto()
    APPRAISED_AFTER_CALL = auto()
    AT_COUNCIL = auto()
    OPENED_AFTER_CALL = auto()
    OPENED = auto()
    NO_WINNER = auto()
    CALL_OPEN = auto()
    INVITED = auto()
    INVITATION_DRAFTED = auto()
    AMENDED = auto()
    CANCELLED = auto()
    LISTED = auto()


F = Fate
# Hosts are invited directly; the others come through one of the two selection calls.
DIRECT = frozenset({F.AWARDED_AND_SIGNED, F.AWARDED, F.REVOKED, F.OPENED, F.INVITED, F.INVITATION_DRAFTED})
FIRST_CALL = frozenset({F.APPRAISED_AFTER_CALL, F.AT_COUNCIL, F.OPENED_AFTER_CALL, F.NO_WINNER})
SECOND_CALL = frozenset({F.CALL_OPEN})
NUMBERS = {
    F.AWARDED_AND_SIGNED: 1,
    F.APPRAISED_AFTER_CALL: 1,
    F.AWARDED: 1,
    F.REVOKED: 1,
    F.AT_COUNCIL: 2,
    F.OPENED_AFTER_CALL: 2,
    F.OPENED: 1,
    F.NO_WINNER: 1,
    F.CALL_OPEN: 6,
    F.INVITED: 4,
    F.INVITATION_DRAFTED: 1,
    F.AMENDED: 1,
    F.CANCELLED: 1,
    F.LISTED: 5,
}
FATES: tuple[Fate, ...] = tuple(fate for fate, number in NUMBERS.items() for _ in range(number))
