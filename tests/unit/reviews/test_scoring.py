"""Worked examples of a selection council: 100 points, pass line 70 (TT 08/2017/TT-BKHCN, Article 12)."""

from fractions import Fraction

import pytest

from reviews.rules.scoring import Ranking, Rule, Sheet, judge, rank, rounded

RULE = Rule(pass_points=70, zero_share=(1, 3), outlier_points=20)
MAXIMA = (12, 24, 16, 16, 16, 16)


def sheet(ballot, total, **more):
    """A sheet with the total spread over the criteria, none of them zero while there are points."""
    points, left = [], total - len(MAXIMA)
    for maximum in MAXIMA:
        given = min(maximum - 1, left)
        points.append(1 + given)
        left -= given
    return Sheet(ballot, tuple(points), **more)


def sheets(*totals):
    return [sheet(f"b{place}", total) for place, total in enumerate(totals)]


def test_the_mean_is_rounded_once_at_the_end():
    """82 + 85 + 81 + 82 + 83 + 84 + 81 = 578; 578 / 7 = 82,571…"""
    result = judge(sheets(82, 85, 81, 82, 83, 84, 81), present=7, rule=RULE)
    assert (result.mean, result.mean_hundredths, result.passed) == (Fraction(578, 7), 8257, True)


@pytest.mark.parametrize(("value", "whole"), [(Fraction(1, 2), 1), (Fraction(49, 100), 0), (Fraction(5, 2), 3)])
def test_halves_are_rounded_up(value, whole):
    assert rounded(value) == whole


@pytest.mark.parametrize(("totals", "passed"), [((70, 70, 70), True), ((70, 70, 69), False), ((71, 70, 69), True)])
def test_the_pass_line_is_seventy_exactly(totals, passed):
    """69,67 shows as 69,67 and does not pass although it is close."""
    assert judge(sheets(*totals), present=3, rule=RULE).passed is passed


def test_without_valid_ballots_there_is_no_mean():
    result = judge([], present=5, rule=RULE)
    assert (result.mean, result.mean_hundredths, result.passed, result.zeroes) == (None, None, False, ())


def with_zeroes(number):
    """Seven sheets of 12+24+16+16+16 = 84 points, ``number`` of them with nothing for the last criterion."""
    full, empty = (12, 24, 16, 16, 16, 16), (12, 24, 16, 16, 16, 0)
    return [Sheet(f"b{place}", empty if place < number else full) for place in range(7)]


@pytest.mark.parametrize(("zeroes", "refused"), [(0, ()), (2, ()), (3, (5,)), (7, (5,))])
def test_more_than_a_third_of_zeroes_on_a_criterion_refuses(zeroes, refused):
    """2 of 7 is less than 1/3, 3 of 7 is more."""
    result = judge(with_zeroes(zeroes), present=7, rule=RULE)
    assert (result.zeroes, result.passed) == (refused, not refused)


def test_zeroes_are_counted_against_the_members_present_not_the_valid_ballots():
    """3 zeroes of 9 present are exactly 1/3: not more."""
    assert judge(with_zeroes(3), present=9, rule=RULE).zeroes == ()


def test_an_outlier_is_flagged_and_stays_in_the_mean():
    """Mean of 90, 90, 90, 62 is 83; 62 lies 21 off."""
    result = judge(sheets(90, 90, 90, 62), present=4, rule=RULE)
    assert (result.mean, result.outliers) == (Fraction(83), ("b3",))


def test_twenty_points_off_the_mean_already_count():
    """Mean of 80, 80, 80, 56, 74 is 74: 56 lies 18 off; with 54 the mean is 73,6 and it lies 19,6 off."""
    assert judge(sheets(100, 60), present=2, rule=RULE).outliers == ("b0", "b1")
    assert judge(sheets(98, 60), present=2, rule=RULE).outliers == ()


def results(**totals):
    """Per dossier: the chair's total first."""
    return {
        code: judge(
            [sheet("chair", first, is_presiding=True), *(sheet(f"b{at}", total) for at, total in enumerate(rest))],
            present=len(rest) + 1,
            rule=RULE,
        )
        for code, (first, *rest) in totals.items()
    }


def test_the_highest_mean_wins():
    assert rank(results(a=(80, 82), b=(90, 80), c=(60, 60)), rule=RULE) == Ranking({"a": 2, "b": 1, "c": 3}, ("b",))


def test_equal_means_are_told_apart_by_the_chair():
    """Both 80; the chair gave a 82 and b 78."""
    assert rank(results(a=(82, 78), b=(78, 82)), rule=RULE) == Ranking({"a": 1, "b": 2}, ("a",))


def test_what_the_chair_cannot_tell_apart_stays_equal():
    assert rank(results(a=(80, 80), b=(80, 80)), rule=RULE) == Ranking({"a": 1, "b": 1}, ("a", "b"))


def test_a_province_may_leave_ties_open():
    rule = Rule(pass_points=70, zero_share=(1, 3), outlier_points=20, chair_breaks_ties=False)
    assert rank(results(a=(82, 78), b=(78, 82)), rule=rule).winners == ("a", "b")


def test_nobody_wins_below_the_pass_line():
    assert rank(results(a=(60, 60), b=(50, 60)), rule=RULE) == Ranking({"a": 1, "b": 2}, ())


def test_a_refused_dossier_keeps_its_rank_and_does_not_win():
    refused = judge(with_zeroes(7), present=7, rule=RULE)
    others = results(b=(75, 75))
    assert rank({"a": refused, **others}, rule=RULE) == Ranking({"a": 1, "b": 2}, ("b",))


def test_a_dossier_without_ballots_has_no_rank():
    assert rank({"a": judge([], present=0, rule=RULE)}, rule=RULE) == Ranking({}, ())
