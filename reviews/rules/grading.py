"""The grades of an acceptance council: a matrix of products and criteria, never a point score (TT 11/2014/TT-BKHCN)."""

from collections.abc import Sequence
from dataclasses import dataclass

from .shares import Share, at_least, more_than

EXCELLENT, PASS, BELOW, FAIL = "excellent", "pass", "below", "fail"
"""Levels of a criterion. ``BELOW``: below the order, but at least the tolerated part of it; only quantities have it."""
GRADES = (EXCELLENT, PASS, FAIL)

QUANTITY, QUALITY, KIND = "quantity", "quality", "kind"
CRITERIA = (QUANTITY, QUALITY, KIND)

REACHED = frozenset({EXCELLENT, PASS})


@dataclass(frozen=True, slots=True)
class Mark:
    """The level that a member gave to one criterion of one product."""

    criterion: str
    level: str


@dataclass(frozen=True, slots=True)
class Rule:
    """What the rule book says about the grade of a council."""

    excellent_share: Share
    excellent_fails_max: int
    fail_share: Share


def is_late(days_after_end: int, *, allowed: int) -> bool:
    """Whether the acceptance dossier came more than ``allowed`` days after the end of the contract."""
    return days_after_end > allowed


def member_grade(marks: Sequence[Mark], report: str, *, quantity_share: Share, late: bool) -> str:
    """One member's grade, computed from the matrix and the level of the final report.

    Excellent: every criterion Excellent and the report at least Pass. Pass: every quality and kind criterion at least
    Pass, at least ``quantity_share`` of the quantity criteria at least Pass and the others not far below the order, the
    report at least Pass. Otherwise, or when the dossier is late: Fail.
    """
    if late or report not in REACHED:
        return FAIL
    if marks and all(mark.level == EXCELLENT for mark in marks):
        return EXCELLENT
    return PASS if _meets_order(marks, quantity_share) else FAIL


def _meets_order(marks: Sequence[Mark], quantity_share: Share) -> bool:
    quantities = [mark.level for mark in marks if mark.criterion == QUANTITY]
    others = [mark.level for mark in marks if mark.criterion != QUANTITY]
    reached = sum(level in REACHED for level in quantities)
    return (
        all(level in REACHED for level in others)
        and at_least(reached, len(quantities), quantity_share)
        and FAIL not in quantities
    )


def council_grade(grades: Sequence[str], *, present: int, rule: Rule) -> str:
    """The council's grade from those of its valid ballots.

    Excellent: at least 3/4 of the members present say so and no more than ``excellent_fails_max`` say Fail. Fail: more
    than 1/3 of the members present say Fail. The rest: Pass. Without any ballot nothing was accepted: Fail.
    """
    excellent, fails = grades.count(EXCELLENT), grades.count(FAIL)
    if not grades or more_than(fails, present, rule.fail_share):
        return FAIL
    if at_least(excellent, present, rule.excellent_share) and fails <= rule.excellent_fails_max:
        return EXCELLENT
    return PASS
