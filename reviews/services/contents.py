"""What a ballot says, checked against the rule book and the subject."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import singledispatch
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.regulations import Criterion, fraction, scoring_template
from core.regulations.wording import criterion_label
from proposals.choices import LumpSum, ResearchType
from reviews.models import AgendaItem, GradeBallot, GradeLine, Level, ScoreBallot, ScoreLine, VoteBallot
from reviews.rules import grading
from reviews.selectors.ballots import days_late, days_late_allowed
from tasks.models import Grade, TaskProduct

from . import common

TEMPLATES = {
    ResearchType.BASIC: "basic_research",
    ResearchType.APPLIED: "applied_research",
    ResearchType.DEVELOPMENT: "technology_development",
    ResearchType.SOCIAL_SOLUTION: "social_solution",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """An identification ballot: agree or not, perhaps another title."""

    agrees: bool
    suggested_title: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """A score sheet: whole points by criterion code."""

    points: Mapping[str, int]
    lump_sum: LumpSum | None = None
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grades:
    """A grading sheet: a level for every criterion of every product, by (product's sequence, criterion)."""

    levels: Mapping[tuple[int, str], Level]
    report: Grade
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoiled:
    """A paper ballot that is not valid: returned, counted nowhere else."""

    comment: str = field(default="")


Content = Vote | Scores | Grades | Spoiled


def criteria_of(item: AgendaItem) -> tuple[Criterion, ...]:
    """The score sheet for a dossier: criteria and their maxima, by the type of research."""
    if item.dossier is None:
        message = f"{item} is not scored"
        raise ValueError(message)
    kind = TEMPLATES.get(ResearchType(item.dossier.order.research_type), "default")
    return scoring_template(kind, item.council.regulation, item.council.sitting_day)


def products_of(item: AgendaItem) -> list[TaskProduct]:
    """The products that an acceptance council grades."""
    return list(TaskProduct.objects.filter(task=item.task_id).order_by("sequence"))


@singledispatch
def fill(ballot: Any, content: Content) -> None:
    """Put the content into the ballot's columns. Raises ValidationError when it does not fit."""
    raise TypeError(type(ballot).__name__)


@singledispatch
def write_lines(ballot: Any, content: Content) -> None:
    """Write the lines of a saved ballot, in place of the former ones."""


@fill.register
def _fill_vote(ballot: VoteBallot, content: Content) -> None:
    ballot.is_valid = not isinstance(content, Spoiled)
    if isinstance(content, Vote):
        ballot.agrees = content.agrees
        ballot.suggested_title = common.clean(content.suggested_title, 500)
    elif isinstance(content, Spoiled):
        ballot.agrees, ballot.suggested_title = None, ""
    else:
        raise ValidationError(_wrong())


@fill.register
def _fill_scores(ballot: ScoreBallot, content: Content) -> None:
    ballot.is_valid = not isinstance(content, Spoiled)
    if isinstance(content, Scores):
        _check_points(criteria_of(ballot.item), content.points)
        ballot.total, ballot.lump_sum = sum(content.points.values()), content.lump_sum or ""
    elif isinstance(content, Spoiled):
        ballot.total, ballot.lump_sum = None, ""
    else:
        raise ValidationError(_wrong())


@fill.register
def _fill_grades(ballot: GradeBallot, content: Content) -> None:
    ballot.is_valid = not isinstance(content, Spoiled)
    if isinstance(content, Grades):
        _check_levels(products_of(ballot.item), content.levels)
        ballot.report_level, ballot.grade = Grade(content.report), grade_of(ballot.item, content)
    elif isinstance(content, Spoiled):
        ballot.report_level, ballot.grade = "", ""
    else:
        raise ValidationError(_wrong())


@write_lines.register
def _write_scores(ballot: ScoreBallot, content: Content) -> None:
    ballot.lines.all().delete()
    if isinstance(content, Scores):
        ScoreLine.objects.bulk_create(
            ScoreLine(
                ballot=ballot,
                sequence=place,
                criterion=criterion.code,
                maximum=criterion.maximum,
                points=content.points[criterion.code],
            )
            for place, criterion in enumerate(criteria_of(ballot.item), start=1)
        )


@write_lines.register
def _write_grades(ballot: GradeBallot, content: Content) -> None:
    ballot.lines.all().delete()
    if isinstance(content, Grades):
        GradeLine.objects.bulk_create(
            GradeLine(
                ballot=ballot, product=product, criterion=criterion, level=content.levels[product.sequence, criterion]
            )
            for product in products_of(ballot.item)
            for criterion in grading.CRITERIA
        )


def grade_of(item: AgendaItem, content: Grades) -> str:
    """The member's grade: computed from the matrix, the report and the lateness of the dossier."""
    assert item.task is not None  # noqa: S101  # only acceptance items are graded
    regulation, approved_on = item.council.regulation, item.task.approved_on
    return grading.member_grade(
        [grading.Mark(criterion, level) for (_product, criterion), level in content.levels.items()],
        content.report,
        quantity_share=fraction("acceptance.quantity_share", regulation, approved_on),
        late=grading.is_late(days_late(item.task), allowed=days_late_allowed(item.task, regulation)),
    )


def _check_points(criteria: tuple[Criterion, ...], points: Mapping[str, int]) -> None:
    if set(points) != {criterion.code for criterion in criteria}:
        raise ValidationError(_("Give points for every criterion."))
    wrong = [criterion for criterion in criteria if not 0 <= points[criterion.code] <= criterion.maximum]
    if wrong:
        text = _("%(criterion)s: whole points from 0 to %(maximum)s.")
        raise ValidationError(
            [text % {"criterion": criterion_label(one.code), "maximum": one.maximum} for one in wrong]
        )


def _check_levels(products: list[TaskProduct], levels: Mapping[tuple[int, str], Level]) -> None:
    wanted = {(product.sequence, criterion) for product in products for criterion in grading.CRITERIA}
    if set(levels) != wanted:
        raise ValidationError(_("Grade every criterion of every product."))
    if any(level == Level.BELOW and criterion != grading.QUANTITY for (_at, criterion), level in levels.items()):
        raise ValidationError(_("Only a quantity can lie below the order within the tolerated part."))


def _wrong() -> str:
    return _("This is the ballot of another kind of council.")
