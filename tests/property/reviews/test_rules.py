"""What holds of every council, whoever votes how."""

from hypothesis import given
from hypothesis import strategies as st

from reviews.rules import grading, scoring, voting
from reviews.rules.quorum import quorum

POSITIONS = ["chair", "vice_chair", "secretary", "reviewer", "member"]
MAXIMA = (12, 24, 16, 16, 16, 16)
RULE = scoring.Rule(pass_points=70, zero_share=(1, 3), outlier_points=20)
GRADING = grading.Rule(excellent_share=(3, 4), excellent_fails_max=0, fail_share=(1, 3))

points = st.tuples(*(st.integers(0, maximum) for maximum in MAXIMA))
levels = st.sampled_from(["excellent", "pass", "fail"])


def sheets(drawn):
    return [scoring.Sheet(f"b{place}", one, is_presiding=place == 0) for place, one in enumerate(drawn)]


@given(st.lists(st.sampled_from(POSITIONS), min_size=1, max_size=11), st.data())
def test_more_people_never_lose_the_quorum(appointed, data):
    present = data.draw(st.lists(st.sampled_from(appointed), max_size=len(appointed)))
    before = quorum(appointed, present, share=(2, 3), roles=("chair",))
    after = quorum(appointed, [*present, "chair"], share=(2, 3), roles=("chair",))
    assert after.is_reached or not before.is_reached


@given(st.lists(st.sampled_from([True, False, None]), max_size=11), st.integers(0, 5))
def test_votes_add_up_and_one_more_agreement_never_harms(answers, absent):
    present = len(answers) + absent
    vote = voting.count(answers, present=present)
    assert vote.agree + vote.disagree == vote.valid <= vote.returned <= vote.present
    better = voting.count([True if answer is not True else answer for answer in answers], present=present)
    was = voting.is_recommended(vote, share=(3, 4), strictly=True)
    assert voting.is_recommended(better, share=(3, 4), strictly=True) or not was


@given(st.lists(points, min_size=1, max_size=11))
def test_the_mean_lies_between_the_extremes_and_shows_what_it_is(drawn):
    result = scoring.judge(sheets(drawn), present=len(drawn), rule=RULE)
    totals = [sum(one) for one in drawn]
    assert min(totals) <= result.mean <= max(totals)
    assert abs(result.mean_hundredths - result.mean * 100) * 2 <= 1
    assert set(result.outliers) <= {f"b{place}" for place in range(len(drawn))}


@given(st.lists(points, min_size=1, max_size=7), st.permutations(range(7)))
def test_the_order_of_the_ballots_does_not_matter(drawn, order):
    given_sheets = sheets(drawn)
    shuffled = [given_sheets[place] for place in order if place < len(given_sheets)]
    first = scoring.judge(given_sheets, present=len(drawn), rule=RULE)
    second = scoring.judge(shuffled, present=len(drawn), rule=RULE)
    assert (first.mean, first.passed, first.zeroes) == (second.mean, second.passed, second.zeroes)


@given(st.dictionaries(st.sampled_from("abcdef"), st.lists(points, min_size=1, max_size=5), min_size=1))
def test_winners_passed_and_nobody_who_passed_has_a_higher_mean(drawn):
    results = {code: scoring.judge(sheets(one), present=len(one), rule=RULE) for code, one in drawn.items()}
    ranking = scoring.rank(results, rule=RULE)
    passed = {code for code, result in results.items() if result.passed}
    assert set(ranking.winners) <= passed
    assert bool(ranking.winners) == bool(passed)
    best = max((results[code].mean for code in passed), default=None)
    assert all(results[code].mean == best for code in ranking.winners)
    assert min(ranking.ranks.values()) == 1


@given(
    st.lists(st.tuples(levels, st.sampled_from(["quantity", "quality", "kind"])), max_size=12),
    st.sampled_from(["excellent", "pass", "fail"]),
    st.booleans(),
)
def test_a_better_level_never_lowers_the_grade(drawn, report, late):
    marks = [grading.Mark(criterion, level) for level, criterion in drawn]
    better = [grading.Mark(mark.criterion, "excellent") for mark in marks]
    worth = {"fail": 0, "pass": 1, "excellent": 2}
    before = grading.member_grade(marks, report, quantity_share=(3, 4), late=late)
    after = grading.member_grade(better, report, quantity_share=(3, 4), late=late)
    assert worth[before] <= worth[after]
    assert not late or after == "fail"


@given(st.lists(levels, max_size=11), st.integers(0, 4))
def test_a_council_is_excellent_only_without_a_single_fail(grades, absent):
    grade = grading.council_grade(grades, present=len(grades) + absent, rule=GRADING)
    assert grade in grading.GRADES
    assert grade != "excellent" or "fail" not in grades
