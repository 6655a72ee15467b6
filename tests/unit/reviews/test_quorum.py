"""Worked examples: 2/3 of the members, chair and secretary among them (TT 45/2016/TT-BTTTT)."""

import pytest

from reviews.rules.quorum import quorum
from reviews.rules.shares import at_least, more_than

SEVEN = ["chair", "vice_chair", "secretary", "reviewer", "reviewer", "member", "member"]


@pytest.mark.parametrize(
    ("part", "whole", "share", "reached", "exceeded"),
    [
        (6, 9, (2, 3), True, False),
        (5, 7, (2, 3), True, True),
        (4, 7, (2, 3), False, False),
        (3, 9, (1, 3), True, False),
        (4, 9, (1, 3), True, True),
        (0, 0, (2, 3), True, False),
    ],
)
def test_shares_are_compared_by_whole_numbers(part, whole, share, reached, exceeded):
    assert (at_least(part, whole, share), more_than(part, whole, share)) == (reached, exceeded)


@pytest.mark.parametrize(
    ("present", "reached", "missing"),
    [
        (SEVEN, True, ()),
        (SEVEN[:5], True, ()),
        (SEVEN[:4], False, ()),
        (["vice_chair", "secretary", "reviewer", "reviewer", "member"], True, ("chair",)),
        (["chair", "vice_chair", "reviewer", "reviewer", "member"], True, ("scientific_secretary",)),
    ],
)
def test_identification_needs_two_thirds_with_chair_and_secretary(present, reached, missing):
    found = quorum(SEVEN, present, share=(2, 3), roles=("chair", "scientific_secretary"))
    assert (found.is_share_reached, found.missing, found.is_reached) == (reached, missing, reached and not missing)


def test_the_vice_chair_may_preside_where_the_rule_book_says_so():
    present = ["vice_chair", "secretary", "reviewer", "reviewer", "member"]
    found = quorum(SEVEN, present, share=(2, 3), roles=("chair_or_vice_chair", "reviewer"))
    assert found.is_reached


def test_an_empty_council_has_no_quorum():
    assert not quorum([], [], share=(2, 3), roles=()).is_reached
