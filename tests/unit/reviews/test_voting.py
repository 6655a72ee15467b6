"""Worked examples: recommended by more than 3/4 of the members present (TT 45/2016/TT-BTTTT)."""

import pytest

from reviews.rules.voting import Vote, count, is_recommended


def test_spoiled_ballots_are_returned_but_not_valid():
    vote = count([True, True, False, None, True], present=6)
    assert vote == Vote(present=6, returned=5, valid=4, agree=3, disagree=1)


@pytest.mark.parametrize(
    ("agree", "present", "recommended"),
    [
        (7, 7, True),
        (6, 7, True),
        (5, 7, False),
        (6, 8, False),
        (7, 8, True),
        (4, 5, True),
        (3, 4, False),
        (0, 0, False),
    ],
)
def test_more_than_three_quarters_of_the_present_must_agree(agree, present, recommended):
    vote = Vote(present=present, returned=present, valid=present, agree=agree, disagree=present - agree)
    assert is_recommended(vote, share=(3, 4), strictly=True) is recommended


def test_a_spoiled_ballot_counts_against():
    """6 of 7 valid ballots agree, but 8 members are present: 6/8 is not more than 3/4."""
    vote = count([True] * 6 + [False, None], present=8)
    assert not is_recommended(vote, share=(3, 4), strictly=True)


def test_exactly_the_share_is_enough_where_the_rule_is_not_strict():
    vote = count([True, True, True, False], present=4)
    assert is_recommended(vote, share=(3, 4), strictly=False)
