"""What a ballot says, as labels and values."""

from typing import Any

from django.utils.translation import gettext as _

from core.regulations.wording import criterion_label
from core.ui.parts import Fact
from reviews.forms.ballots import CRITERIA
from reviews.models import GradeBallot, ScoreBallot, VoteBallot


def facts_of(ballot: Any) -> list[Fact]:
    """Every line of the ballot."""
    if not ballot.is_valid:
        return [Fact(_("Ballot"), _("spoiled (not valid)")), Fact(_("Comments"), ballot.comment, "long")]
    return [*_LINES[type(ballot)](ballot), Fact(_("Comments"), ballot.comment, "long")]


def _vote(ballot: VoteBallot) -> list[Fact]:
    answer = _("agrees") if ballot.agrees else _("disagrees")
    return [Fact(_("Vote"), answer), Fact(_("Suggested title"), ballot.suggested_title)]


def _scores(ballot: ScoreBallot) -> list[Fact]:
    lines = [
        Fact(
            criterion_label(line.criterion),
            _("%(points)s of %(maximum)s") % {"points": line.points, "maximum": line.maximum},
        )
        for line in ballot.lines.all()
    ]
    advice = [Fact(_("Advice on the lump sum"), ballot.get_lump_sum_display())] if ballot.lump_sum else []
    return [*lines, Fact(_("Total"), str(ballot.total)), *advice]


def _grades(ballot: GradeBallot) -> list[Fact]:
    lines = [
        Fact(f"{line.product.sequence}. {line.product.name} – {CRITERIA[line.criterion]}", line.get_level_display())
        for line in ballot.lines.select_related("product")
    ]
    report = Fact(_("Final report"), ballot.get_report_level_display())
    return [*lines, report, Fact(_("Grade"), ballot.get_grade_display())]


_LINES: dict[type, Any] = {VoteBallot: _vote, ScoreBallot: _scores, GradeBallot: _grades}


def own_note(ballot: Any) -> list[dict[str, Any]]:
    """What was computed from one's own ballot, once it is in."""
    if ballot is None:
        return []
    if isinstance(ballot, ScoreBallot):
        text = _("Total: %(total)s of 100 points.") % {"total": ballot.total}
    elif isinstance(ballot, GradeBallot):
        text = _("Grade computed from your sheet: %(grade)s.") % {"grade": ballot.get_grade_display()}
    else:
        text = _("Your vote: %(answer)s.") % {"answer": _("agrees") if ballot.agrees else _("disagrees")}
    return [{"tone": "success", "title": _("Your ballot is in"), "text": text}]
