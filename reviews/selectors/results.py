"""The count sheet: numbers by criterion and level, from the sealed ballots."""

from collections import Counter, defaultdict
from fractions import Fraction
from typing import Any

from core.regulations.wording import criterion_label
from reviews.models import Council, GradeLine, ScoreLine
from reviews.rules.grading import BELOW, CRITERIA, EXCELLENT, FAIL, PASS
from reviews.rules.scoring import rounded

Rows = dict[int, list[dict[str, Any]]]


def criterion_rows(council: Council) -> Rows:
    """Item → for each criterion mean (in hundredths), lowest and highest points. One query."""
    lines = ScoreLine.objects.filter(ballot__item__council=council, ballot__is_valid=True).order_by("sequence")
    found: dict[int, dict[tuple[str, int], list[int]]] = defaultdict(lambda: defaultdict(list))
    for item, criterion, maximum, points in lines.values_list("ballot__item", "criterion", "maximum", "points"):
        found[item][criterion, maximum].append(points)
    return {
        item: [_criterion(criterion, maximum, points) for (criterion, maximum), points in by_criterion.items()]
        for item, by_criterion in found.items()
    }


def _criterion(criterion: str, maximum: int, points: list[int]) -> dict[str, Any]:
    return {
        "label": criterion_label(criterion),
        "maximum": maximum,
        "mean": rounded(Fraction(sum(points) * 100, len(points))),
        "lowest": min(points),
        "highest": max(points),
    }


def level_rows(council: Council) -> Rows:
    """Item → for each criterion of each product how many ballots put it on each level. One query."""
    lines = GradeLine.objects.filter(ballot__item__council=council, ballot__is_valid=True)
    named = lines.values_list("ballot__item", "product__sequence", "product__name", "criterion", "level")
    found: dict[int, dict[tuple[int, int, str], Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for item, sequence, name, criterion, level in named:
        found[item][sequence, CRITERIA.index(criterion), name][level] += 1
    return {
        item: [
            _levels(sequence, CRITERIA[place], name, count) for (sequence, place, name), count in sorted(rows.items())
        ]
        for item, rows in found.items()
    }


def _levels(sequence: int, criterion: str, name: str, count: Counter[str]) -> dict[str, Any]:
    return {
        "label": name,
        "sequence": sequence,
        "criterion": criterion,
        "excellent": count[EXCELLENT],
        "passed": count[PASS],
        "failed": count[FAIL] + count[BELOW],
    }
