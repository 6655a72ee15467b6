"""Which tasks there are: 131 that run, about 60 that are closed, a dozen on their way to the end."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from random import Random

from core.people.roles import Level, Payer
from tasks.lifecycle import TaskState as S

from .plan_proposals import share
from .titles import Title, TitleBook

SEED = 92


class Life(Enum):
    """What became of a task since it was adopted; ``state`` is the state now."""

    STEADY = S.RUNNING
    LATE = (S.RUNNING, "the contract has ended, nothing is filed")
    NEAR_END = (S.RUNNING, "ends within two months")
    EXTENDED = (S.RUNNING, "extended")
    RESUMED = (S.RUNNING, "suspended for a while")
    SIGNED_HERE = (S.RUNNING, "its contract was signed in this system")
    CONTRACTED = S.CONTRACTED
    SUSPENDED = S.SUSPENDED
    FILED = S.ACCEPTANCE_FILED
    RETURNED = S.ACCEPTANCE_RETURNED
    GRASSROOTS = S.GRASSROOTS_ACCEPTED
    AT_COUNCIL = S.AT_COUNCIL
    FOLLOWED = (S.RUNNING, "managed by somebody else")
    APPROVED = S.APPROVED
    ACCEPTED = S.ACCEPTED
    FAILED = S.FAILED
    REGISTERED = S.REGISTERED
    RECOGNISED = S.RECOGNISED
    TERMINATED = S.TERMINATED
    RECOVERING = S.RECOVERING
    RECOVERED = S.RECOVERED
    WHOLE = (S.ARCHIVED, "from the acceptance to the archive in this system")
    OLD_RECOVERED = (S.RECOVERED, "before this system")
    LIQUIDATED = S.LIQUIDATED
    ARCHIVED = S.ARCHIVED
    ENDED = S.ENDED

    @property
    def state(self) -> S:
        state: S = self.value[0] if isinstance(self.value, tuple) else self.value
        return state


L = Life
# The first of the contracted ones comes from an order of this year: it is not planned here.
AWARDED_THIS_YEAR = 1
PROVINCIAL = {
    L.STEADY: 47, L.EXTENDED: 6, L.RESUMED: 1, L.LATE: 5, L.NEAR_END: 6, L.SIGNED_HERE: 7, L.CONTRACTED: 4,
    L.SUSPENDED: 3, L.FILED: 4, L.RETURNED: 2, L.GRASSROOTS: 2, L.AT_COUNCIL: 4,
}  # fmt: skip
GRASSROOTS = {L.STEADY: 17, L.LATE: 2, L.NEAR_END: 2, L.SUSPENDED: 1, L.CONTRACTED: 1, L.FILED: 1, L.RETURNED: 1}
NATIONAL, MINISTRY = {L.FOLLOWED: 9}, {L.FOLLOWED: 5}
ENDING = {
    L.APPROVED: 1, L.ACCEPTED: 2, L.FAILED: 1, L.REGISTERED: 2, L.RECOGNISED: 2, L.TERMINATED: 1, L.RECOVERING: 1,
}  # fmt: skip
CLOSED = {L.ARCHIVED: 41, L.LIQUIDATED: 12, L.WHOLE: 1, L.RECOVERED: 1, L.OLD_RECOVERED: 1}
CLOSED_FOLLOWED = {L.ENDED: 4}
# Signed in this system: how many days before the demo's day the first is signed, and how many between two of them.
SIGNED = {L.SIGNED_HERE: (150, 16), L.CONTRACTED: (6, 1), L.APPROVED: (2, 1)}
OLD = {L.ARCHIVED, L.LIQUIDATED, L.OLD_RECOVERED, L.ENDED}
# The first batch of older tasks came in so many days ago, with a contract that was approved before.
ADOPTED, APPROVED_BEFORE = 205, 30
DURATIONS, OLD_DURATIONS = (24, 24, 24, 30, 36), (12, 18, 24)
UNLUCKY = {L.FAILED, L.TERMINATED, L.RECOVERING, L.RECOVERED, L.OLD_RECOVERED, L.SUSPENDED, L.RESUMED}
# Days from the demo's day to the end of the contract, first and last of each life.
ENDS = {
    L.STEADY: (75, 690), L.EXTENDED: (120, 400), L.RESUMED: (200, 200), L.LATE: (-12, -75), L.NEAR_END: (6, 52),
    L.SUSPENDED: (90, 260), L.FILED: (-6, 12),
    L.RETURNED: (-14, 4), L.GRASSROOTS: (-40, -25), L.AT_COUNCIL: (-48, -30), L.FOLLOWED: (40, 620),
    L.ACCEPTED: (-110, -90), L.FAILED: (-120, -120), L.REGISTERED: (-150, -140),
    L.RECOGNISED: (-190, -170), L.TERMINATED: (160, 160), L.RECOVERING: (120, 120), L.RECOVERED: (60, 60),
    L.WHOLE: (-165, -165),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TaskPlan:
    """One task.

    ``ends``: days from the demo's day to the end of its contract; ``year``: of approval, for old ones;
    ``signed``: days before the demo's day, when the contract is signed here.
    """

    title: Title
    life: Life
    level: Level
    payer: Payer
    months: int
    ends: int = 0
    year: int = 0
    place: int = 0
    signed: int | None = None

    @property
    def is_followed(self) -> bool:
        return self.life in {Life.FOLLOWED, Life.ENDED}


def task_plans(book: TitleBook, scale: int = 1) -> list[TaskPlan]:
    """Every task that is adopted; ``scale`` divides the numbers, for tests."""
    chance = Random(SEED)
    groups = (
        (CLOSED, Level.PROVINCIAL),
        (PROVINCIAL, Level.PROVINCIAL),
        (GRASSROOTS, Level.GRASSROOTS),
        (NATIONAL, Level.NATIONAL),
        (MINISTRY, Level.MINISTRY),
        (ENDING, Level.PROVINCIAL),
        (CLOSED_FOLLOWED, Level.NATIONAL),
    )
    return [plan for lives, level in groups for plan in _of_level(lives, level, book, chance, scale)]


def _of_level(lives: dict[Life, int], level: Level, book: TitleBook, chance: Random, scale: int) -> Iterator[TaskPlan]:
    for life, wanted in lives.items():
        number = share(wanted, scale)
        for place in range(number):
            first, last = ENDS.get(life, (0, 0))
            ends = first + (last - first) * place // max(number - 1, 1)
            yield TaskPlan(
                title=_title(life, book, place),
                life=life,
                level=level,
                payer=_payer(life, level, place),
                months=chance.choice(OLD_DURATIONS) if life in OLD else _months(chance, ends),
                ends=ends,
                year=2019 + place * 5 // number if life in OLD else 0,
                place=place,
                signed=SIGNED[life][0] - SIGNED[life][1] * place if life in SIGNED else None,
            )


def _months(chance: Random, ends: int) -> int:
    """How long a task takes: never so short that it would have been approved after it came in."""
    drawn = chance.choice(DURATIONS)
    least = (ends + ADOPTED + APPROVED_BEFORE) * 12 / 365
    return next((months for months in (drawn, *DURATIONS) if months >= least), DURATIONS[-1])


def _title(life: Life, book: TitleBook, place: int) -> Title:
    """Real titles go to quiet lives only: never beside an invented failure."""
    if life in UNLUCKY:
        return book.invented()
    if life in OLD or life is Life.WHOLE:
        return book.real("accepted", "approved_list")
    if life is Life.STEADY and place % 4 == 3:  # noqa: PLR2004
        return book.invented()
    return book.real("in_progress", "approved_list")


def _payer(life: Life, level: Level, place: int) -> Payer:
    if level in {Level.NATIONAL, Level.MINISTRY}:
        return Payer.OTHER
    if level == Level.GRASSROOTS:
        return Payer.HOST
    return Payer.DEPARTMENT_BUDGET if place % 4 == 1 else Payer.FUND
