"""Worked examples of the acceptance matrix (TT 11/2014/TT-BKHCN)."""

import pytest

from reviews.rules.grading import Mark, Rule, council_grade, is_late, member_grade

RULE = Rule(excellent_share=(3, 4), excellent_fails_max=0, fail_share=(1, 3))


def marks(quantity=(), quality=(), kind=()):
    named = {"quantity": quantity, "quality": quality, "kind": kind}
    return [Mark(criterion, level) for criterion, levels in named.items() for level in levels]


def grade(report="pass", *, late=False, **levels):
    return member_grade(marks(**levels), report, quantity_share=(3, 4), late=late)


def test_excellent_needs_every_criterion_and_a_report_that_can_be_completed():
    assert grade(quantity=["excellent"], quality=["excellent"], kind=["excellent"]) == "excellent"
    assert grade("excellent", quantity=["excellent"], quality=["excellent"], kind=["pass"]) == "pass"


def test_three_of_four_quantities_are_enough_when_the_fourth_is_not_far_below():
    levels = {"quality": ["pass"] * 4, "kind": ["excellent"] * 4}
    assert grade(quantity=["pass", "pass", "excellent", "below"], **levels) == "pass"
    assert grade(quantity=["pass", "pass", "below", "below"], **levels) == "fail"
    assert grade(quantity=["pass", "pass", "pass", "fail"], **levels) == "fail"


def test_one_quality_or_kind_below_the_order_fails():
    assert grade(quantity=["excellent"], quality=["fail"], kind=["pass"]) == "fail"
    assert grade(quantity=["excellent"], quality=["pass"], kind=["fail"]) == "fail"


def test_a_report_that_cannot_be_completed_fails():
    assert grade("fail", quantity=["excellent"], quality=["excellent"], kind=["excellent"]) == "fail"


def test_lateness_alone_fails():
    """TT 11/2014/TT-BKHCN: more than 30 days after the end of the contract."""
    assert (is_late(30, allowed=30), is_late(31, allowed=30)) == (False, True)
    assert grade(quantity=["excellent"], quality=["excellent"], kind=["excellent"], late=True) == "fail"


def test_without_products_nothing_can_be_excellent():
    assert grade("excellent") == "pass"


@pytest.mark.parametrize(
    ("excellent", "passed", "failed", "expected"),
    [
        (9, 0, 0, "excellent"),
        (7, 2, 0, "excellent"),  # 7/9 is more than 3/4
        (6, 3, 0, "pass"),  # 6/9 is less
        (8, 0, 1, "pass"),  # one Fail is too many
        (0, 6, 3, "pass"),  # 3/9 is not more than 1/3
        (0, 5, 4, "fail"),
        (0, 0, 9, "fail"),
    ],
)
def test_the_council_of_nine(excellent, passed, failed, expected):
    grades = ["excellent"] * excellent + ["pass"] * passed + ["fail"] * failed
    assert council_grade(grades, present=9, rule=RULE) == expected


def test_shares_are_of_the_members_present_not_of_the_valid_ballots():
    """6 Excellent of 6 valid ballots, 9 members present: 6/9 is less than 3/4."""
    assert council_grade(["excellent"] * 6, present=9, rule=RULE) == "pass"


def test_without_a_ballot_nothing_is_accepted():
    assert council_grade([], present=9, rule=RULE) == "fail"
