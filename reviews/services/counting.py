"""Closing the ballot: seal every ballot, count every item, keep the result. Runs inside the step, nowhere else."""

from collections.abc import Mapping, Sequence
from typing import Any

from core import clock
from core.regulations import Anchor, fraction, number
from core.workflow.ruling import Taking
from reviews.lifecycle import CouncilKind
from reviews.models import AgendaItem, Council, GradeBallot, GradeLine, ScoreBallot, ScoreLine, VoteBallot
from reviews.rules import grading, scoring, voting
from reviews.selectors.agenda import items_of
from reviews.selectors.seats import presiding_seat, seats_of

from .sealing import seal_of_council


def count_ballots(step: Taking) -> None:
    """The effect of ``close_ballot``."""
    council: Council = step.subject
    seats = seats_of(council)
    present = sum(bool(seat.attended) for seat in seats)
    presiding = presiding_seat(seats)
    _COUNT[CouncilKind(council.kind)](council, present, presiding.pk if presiding else None)
    council.seal = seal_of_council(council)
    council.save(update_fields=["seal"])
    _seal(council)


def _seal(council: Council) -> None:
    here = {"item__council": council}
    for lines in (ScoreLine, GradeLine):
        lines.objects.filter(ballot__item__council=council).update(sealed=True)
    for model in (VoteBallot, ScoreBallot, GradeBallot):
        model.objects.filter(**here).update(sealed=True)


def _keep(item: AgendaItem, present: int, ballots: Sequence[Any], **result: Any) -> None:
    """Write the result once; from then on the database refuses to change it."""
    facts = {
        "counted_at": clock.now(),
        "present": present,
        "issued": present,
        "returned": len(ballots),
        "valid": sum(ballot.is_valid for ballot in ballots),
        **result,
    }
    for name, fact in facts.items():
        setattr(item, name, fact)
    item.save(update_fields=list(facts))


def _by_item(council: Council, model: Any, *prefetched: str) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    # Of the members in office and present: a ballot of somebody whose seat was passed on counts nowhere.
    mine = model.objects.filter(item__council=council, seat__removed_at=None, seat__attended=True)
    for ballot in mine.prefetch_related(*prefetched).order_by("nonce"):
        found.setdefault(ballot.item_id, []).append(ballot)
    return found


def _count_votes(council: Council, present: int, _presiding: int | None) -> None:
    """Identification: so many of the members present agree."""
    share = fraction("council.identification.pass_share", council.regulation, council.sitting_day)
    strictly = council.rule("council.identification.pass_strictly").value
    ballots = _by_item(council, VoteBallot)
    for item in items_of(council):
        mine = ballots.get(item.pk, [])
        vote = voting.count([ballot.agrees for ballot in mine], present=present)
        passed = voting.is_recommended(vote, share=share, strictly=strictly)
        _keep(item, present, mine, agree=vote.agree, disagree=vote.disagree, passed=passed)


def selection_rule(council: Council) -> scoring.Rule:
    """The rule book's numbers on selection, as they stood on the day of the sitting."""
    version = council.regulation, council.sitting_day
    return scoring.Rule(
        pass_points=number("council.selection.pass_points", *version),
        zero_share=fraction("council.selection.zero_share", *version),
        outlier_points=number("council.selection.outlier_points", *version),
        chair_breaks_ties=council.rule("council.selection.tie_rule").value == "chair",
    )


def _count_scores(council: Council, present: int, presiding: int | None) -> None:
    """Selection: means, pass line, zero points, ranks; the order's item takes whom the ballots put first."""
    rule = selection_rule(council)
    ballots = _by_item(council, ScoreBallot, "lines")
    items = items_of(council)
    dossiers = [item for item in items if item.dossier_id]
    sheets = {item.code: [_sheet(one, presiding) for one in ballots.get(item.pk, []) if one.is_valid] for item in items}
    results = {item.code: scoring.judge(sheets[item.code], present=present, rule=rule) for item in dossiers}
    ranking = scoring.rank(results, rule=rule)
    for item in dossiers:
        result, mine = results[item.code], ballots.get(item.pk, [])
        tied = len(ranking.winners) > 1 and item.code in ranking.winners
        _keep(
            item,
            present,
            mine,
            mean_hundredths=result.mean_hundredths,
            rank=ranking.ranks.get(item.code),
            passed=result.passed,
            flags=_flags(result, mine, tied=tied),
        )
    _recommend_winner(items, ranking)


def _sheet(ballot: ScoreBallot, presiding: int | None) -> scoring.Sheet:
    points = tuple(line.points for line in ballot.lines.all())
    return scoring.Sheet(ballot.code, points, is_presiding=ballot.seat_id == presiding)


def _flags(result: scoring.Result, ballots: Sequence[ScoreBallot], *, tied: bool) -> list[str]:
    lines = list(ballots[0].lines.all()) if ballots else []
    zeroes = [f"zero:{lines[place].criterion}" for place in result.zeroes]
    return [*zeroes, *(f"outlier:{code}" for code in result.outliers), *(["tie"] if tied else [])]


def _recommend_winner(items: Sequence[AgendaItem], ranking: scoring.Ranking) -> None:
    """Where the ballots leave one, he is recommended; among equals the council chooses in its conclusion."""
    winners = [item for item in items if item.code in ranking.winners]
    for head in items:
        if head.order_id:
            head.recommended = winners[0].dossier if len(winners) == 1 else None
            head.passed = bool(winners)
            head.save(update_fields=["recommended", "passed"])


def _count_grades(council: Council, present: int, _presiding: int | None) -> None:
    """Acceptance: the grade of the council from the computed grades of its members."""
    version = council.regulation, council.anchor_day(Anchor.APPROVAL_DATE)
    rule = grading.Rule(
        excellent_share=fraction("acceptance.excellent_share", *version),
        excellent_fails_max=number("acceptance.excellent_fails_max", *version),
        fail_share=fraction("acceptance.fail_share", *version),
    )
    ballots = _by_item(council, GradeBallot)
    for item in items_of(council):
        mine = ballots.get(item.pk, [])
        grade = grading.council_grade([one.grade for one in mine if one.is_valid], present=present, rule=rule)
        _keep(item, present, mine, grade=grade, passed=grade != grading.FAIL)


_COUNT: Mapping[CouncilKind, Any] = {
    CouncilKind.IDENTIFICATION: _count_votes,
    CouncilKind.SELECTION: _count_scores,
    CouncilKind.ACCEPTANCE: _count_grades,
}
