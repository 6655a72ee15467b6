"""Which 214 proposals there are, what became of each, and how many days before the demo's day it came in."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import islice
from random import Random

from proposals.lifecycle import ProposalState as S

from .titles import Title, TitleBook

SEED = 214
COUNCILS = 4


class Story(Enum):
    """What became of a proposal, and the state it is in now."""

    SUBMITTED = S.SUBMITTED
    RETURNED = S.RETURNED
    SCREENED = S.SCREENED
    AT_COUNCIL = S.AT_COUNCIL
    RECOMMENDED = S.RECOMMENDED
    LISTED = S.LISTED
    WITHDRAWN = S.WITHDRAWN
    FORWARDED = S.FORWARDED
    DEFERRED = S.DEFERRED
    REFUSED = (S.REJECTED, "by the head of division")
    REJECTED = (S.REJECTED, "by the council")
    PUT_OFF = (S.DEFERRED, "after the council recommended it")

    @property
    def state(self) -> S:
        """The state at the end."""
        state: S = self.value[0] if isinstance(self.value, tuple) else self.value
        return state


@dataclass(frozen=True, slots=True)
class Round:
    """The stories of one call, and between which days before the demo's day its proposals came in."""

    number: int
    stories: dict[Story, int]
    first: int
    last: int


# The first call closed long ago and its councils have sat; the second is still open.
FIRST = Round(
    1,
    {
        Story.RECOMMENDED: 38,
        Story.LISTED: 31,
        Story.AT_COUNCIL: 34,
        Story.REJECTED: 22,
        Story.SCREENED: 8,
        Story.REFUSED: 5,
        Story.DEFERRED: 4,
        Story.PUT_OFF: 3,
        Story.FORWARDED: 3,
        Story.WITHDRAWN: 2,
    },
    first=236,
    last=158,
)
SECOND = Round(
    2,
    {
        Story.SUBMITTED: 27,
        Story.SCREENED: 18,
        Story.RETURNED: 9,
        Story.WITHDRAWN: 4,
        Story.REFUSED: 3,
        Story.FORWARDED: 3,
    },
    first=58,
    last=32,
)
# Those that wait for the department came in lately; the first of them are overdue.
RECENT = {Story.SUBMITTED: (27, 1), Story.RETURNED: (33, 9)}
JUDGED = (Story.RECOMMENDED, Story.LISTED, Story.REJECTED, Story.PUT_OFF)
HOPEFUL = (Story.LISTED, Story.RECOMMENDED, Story.AT_COUNCIL, Story.SCREENED, Story.SUBMITTED)


@dataclass(frozen=True, slots=True)
class ProposalPlan:
    """One proposal. ``received``: how many days ago. ``council``: which of the concluded ones judged it, from 0."""

    title: Title
    round: int
    story: Story
    received: int
    detour: bool
    council: int | None = None


def proposal_plans(book: TitleBook, scale: int = 1) -> list[ProposalPlan]:
    """All proposals in the order in which they came in. ``scale`` divides the numbers, for tests."""
    chance = Random(SEED)
    made = [plan for call in (FIRST, SECOND) for plan in _of_round(call, book, chance, scale)]
    return _before_councils(sorted(made, key=lambda plan: -plan.received), scale)


def _of_round(call: Round, book: TitleBook, chance: Random, scale: int) -> Iterator[ProposalPlan]:
    for story, wanted in call.stories.items():
        first, last = RECENT.get(story, (call.first, call.last))
        number = share(wanted, scale)
        for place in range(number):
            # Evenly spread: every day has its due part, whatever the day of loading.
            received = first - (first - last) * place // max(number - 1, 1)
            # A real title never meets an invented refusal.
            is_real = story in HOPEFUL and place % 6 == 0
            title = book.real("proposed", "unknown") if is_real else book.invented()
            passed = story in JUDGED or story in {Story.SCREENED, Story.AT_COUNCIL}
            yield ProposalPlan(title, call.number, story, received, detour=passed and chance.random() < 0.12)  # noqa: PLR2004


def share(number: int, scale: int) -> int:
    """The number divided by the scale, rounded: in a small province what is rare does not happen."""
    return (2 * number + scale) // (2 * scale)


def _before_councils(plans: list[ProposalPlan], scale: int) -> list[ProposalPlan]:
    """Give each judged proposal its council: neighbours in science sit together."""
    judged = sorted((plan for plan in plans if plan.story in JUDGED), key=lambda plan: plan.title.field)
    councils = COUNCILS if scale == 1 else 1
    size = -(-len(judged) // councils)
    rows = iter(judged)
    where = {id(plan): number for number in range(councils) for plan in islice(rows, size)}
    return [_at(plan, where.get(id(plan))) for plan in plans]


def _at(plan: ProposalPlan, council: int | None) -> ProposalPlan:
    return ProposalPlan(plan.title, plan.round, plan.story, plan.received, plan.detour, council)
