"""What exactly the seal of a closed ballot covers."""

from typing import Any

from reviews.models import Council, GradeBallot, ScoreBallot, VoteBallot
from reviews.rules.sealing import digest_of, seal_of
from reviews.selectors.ballots import ballots_of


def digest_of_ballot(ballot: Any) -> str:
    """The hash of one ballot with its lines."""
    return digest_of({**_common(ballot), **_own(ballot)})


def typed_digest(ballot: Any) -> str:
    """The hash of what the second person compares: what was typed, from which scan, by whom and when."""
    typing = {"scan": ballot.scan_id, "typed_by": ballot.typed_by_id, "cast_at": str(ballot.cast_at)}
    return digest_of({**_common(ballot), **_own(ballot), **typing})


def seal_of_council(council: Council) -> str:
    """The hash over every ballot of the council as it is now. Three queries at most."""
    rows = ballots_of(council).select_related("item", "seat")
    return seal_of(digest_of_ballot(ballot) for ballot in _with_lines(rows))


def is_intact(council: Council) -> bool:
    """Whether the ballots are still those that were sealed."""
    return bool(council.seal) and council.seal == seal_of_council(council)


def _with_lines(rows: Any) -> Any:
    if rows.model is GradeBallot:
        return rows.prefetch_related("lines__product")
    return rows.prefetch_related("lines") if rows.model is ScoreBallot else rows


def _common(ballot: Any) -> dict[str, Any]:
    return {
        "ballot": ballot.code,
        "item": ballot.item.code,
        "seat": ballot.seat.code,
        "channel": str(ballot.channel),
        "valid": ballot.is_valid,
        "comment": ballot.comment,
        "nonce": ballot.nonce,
    }


def _own(ballot: Any) -> dict[str, Any]:
    if isinstance(ballot, VoteBallot):
        return {"agrees": ballot.agrees, "title": ballot.suggested_title}
    if isinstance(ballot, ScoreBallot):
        lines = [[line.criterion, line.maximum, line.points] for line in ballot.lines.all()]
        return {"total": ballot.total, "lump_sum": str(ballot.lump_sum), "lines": sorted(lines)}
    lines = [[line.product.sequence, line.criterion, str(line.level)] for line in ballot.lines.all()]
    return {"report": str(ballot.report_level), "grade": str(ballot.grade), "lines": sorted(lines)}
