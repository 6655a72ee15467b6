"""The vote of an identification council."""

from collections.abc import Iterable
from dataclasses import dataclass

from .shares import Share, at_least, more_than


@dataclass(frozen=True, slots=True)
class Vote:
    """The count of one item. Whoever is present gets a ballot; a spoiled one is returned but not valid."""

    present: int
    returned: int
    valid: int
    agree: int
    disagree: int


def count(answers: Iterable[bool | None], *, present: int) -> Vote:
    """Count the ballots returned by ``present`` members: True agrees, False does not, None is a spoiled ballot."""
    given = list(answers)
    agree, disagree = given.count(True), given.count(False)
    return Vote(present=present, returned=len(given), valid=agree + disagree, agree=agree, disagree=disagree)


def is_recommended(vote: Vote, *, share: Share, strictly: bool) -> bool:
    """More than 3/4 of the members *present* agree (TT 45/2016/TT-BTTTT): a spoiled or missing ballot does not help.

    ``strictly`` False takes exactly the share as enough.
    """
    if not vote.present:
        return False
    return more_than(vote.agree, vote.present, share) if strictly else at_least(vote.agree, vote.present, share)
