"""Until when a council is set up and until when it sits."""

from datetime import date

from core import clock
from core.workflow.ruling import Taking
from reviews.lifecycle import CouncilKind, CouncilState
from reviews.models import Council

AWAITING = (CouncilState.ESTABLISHED, CouncilState.CONVENED)


def setup_deadline(council: Council, on: date) -> date:
    """The last day to establish a council that was drafted on ``on``."""
    rule = council.rule(f"council.{council.kind}.setup_days")
    return clock.deadline(on, rule.value, clock.Unit(rule.unit))


def sitting_deadline(council: Council, on: date) -> date | None:
    """The day of the sitting; until it is fixed, for an acceptance, the days that the rule book gives from ``on``."""
    if council.sitting_day is not None or council.kind != CouncilKind.ACCEPTANCE:
        return council.sitting_day
    rule = council.rule("council.acceptance.sitting_days")
    return clock.deadline(on, rule.value, clock.Unit(rule.unit))


def await_sitting(step: Taking) -> None:
    """An established council waits for its sitting."""
    step.subject.due_on = sitting_deadline(step.subject, step.effective_on)
    step.subject.save(update_fields=["due_on"])
