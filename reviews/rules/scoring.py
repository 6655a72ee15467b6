"""The points of a selection council (TT 08/2017/TT-BKHCN, Article 12): means, pass line, ranks, ties, outliers.

The mean is taken over the valid ballots of members present and rounded only for showing. No ballot is ever dropped.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from .shares import Share, more_than


@dataclass(frozen=True, slots=True)
class Sheet:
    """One valid ballot: its code, the points of each criterion in order, whether the presiding member gave it."""

    ballot: str
    points: tuple[int, ...]
    is_presiding: bool = False

    @property
    def total(self) -> int:
        return sum(self.points)


@dataclass(frozen=True, slots=True)
class Rule:
    """What the rule book says about selection."""

    pass_points: int
    zero_share: Share
    outlier_points: int
    chair_breaks_ties: bool = True


@dataclass(frozen=True, slots=True)
class Result:
    """What the ballots on one dossier give. ``mean`` is exact; ``zeroes`` are places of refused criteria."""

    valid: int
    mean: Fraction | None
    presiding_total: int | None
    zeroes: tuple[int, ...]
    outliers: tuple[str, ...]
    passed: bool

    @property
    def mean_hundredths(self) -> int | None:
        """The mean in hundredths of a point, rounded half up: 8257 is 82,57."""
        return None if self.mean is None else rounded(self.mean * 100)


@dataclass(frozen=True, slots=True)
class Ranking:
    """The order of the dossiers of one order. Equal in mean and in the presiding member's points: the same rank.

    ``winners``: whom the ballots put first among those that passed; several only when nothing tells them apart.
    """

    ranks: Mapping[str, int] = field(default_factory=dict)
    winners: tuple[str, ...] = ()


def rounded(value: Fraction) -> int:
    """Half up, by whole numbers."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def judge(sheets: Sequence[Sheet], *, present: int, rule: Rule) -> Result:
    """The result of one dossier from its valid ballots, ``present`` members being there."""
    totals = [sheet.total for sheet in sheets]
    zeroes = refused_criteria(sheets, present=present, share=rule.zero_share)
    mean = Fraction(sum(totals), len(totals)) if totals else None
    return Result(
        valid=len(sheets),
        mean=mean,
        presiding_total=next((sheet.total for sheet in sheets if sheet.is_presiding), None),
        zeroes=zeroes,
        outliers=outliers(sheets, distance=rule.outlier_points),
        passed=mean is not None and mean >= rule.pass_points and not zeroes,
    )


def refused_criteria(sheets: Iterable[Sheet], *, present: int, share: Share) -> tuple[int, ...]:
    """The places of criteria to which more than ``share`` of the members present gave no point."""
    columns = zip(*(sheet.points for sheet in sheets), strict=True)
    return tuple(place for place, column in enumerate(columns) if more_than(column.count(0), present, share))


def outliers(sheets: Sequence[Sheet], *, distance: int) -> tuple[str, ...]:
    """The ballots that lie ``distance`` points or more off the mean of all: to be explained, never dropped."""
    if not sheets:
        return ()
    total, number = sum(sheet.total for sheet in sheets), len(sheets)
    return tuple(sheet.ballot for sheet in sheets if abs(sheet.total * number - total) >= distance * number)


def rank(results: Mapping[str, Result], *, rule: Rule) -> Ranking:
    """Rank the dossiers of one order by exact mean, then by the presiding member's points."""
    keys = {code: _key(result, rule) for code, result in results.items() if result.mean is not None}
    ranks = {code: 1 + sum(other > key for other in keys.values()) for code, key in keys.items()}
    passed = {code: keys[code] for code in keys if results[code].passed}
    best = max(passed.values(), default=None)
    return Ranking(ranks, tuple(code for code, key in passed.items() if key == best))


def _key(result: Result, rule: Rule) -> tuple[Fraction, int]:
    """What tells two dossiers apart, greater first."""
    presiding = result.presiding_total if rule.chair_breaks_ties else None
    return (result.mean or Fraction(0), -1 if presiding is None else presiding)
