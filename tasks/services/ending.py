"""Facts of suspension, resumption, termination and recovery: written before the decision that needs them."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max, Model
from django.utils.translation import gettext as _

from core import clock
from core.audit import service as audit
from core.documents.kinds import DocumentKind
from core.people.models import User
from core.workflow.chronicle import entered_on
from tasks.models import RecoveryOrder, Suspension, Task, Termination
from tasks.selectors.recovery import computed_recovery

from . import common

ONE_DAY = timedelta(days=1)
SUSPENSION_FACTS = ("ground", "from_on", "until", "conditions")
RESUMPTION_FACTS = ("resume_from", "new_ends_on", "resume_note")
TERMINATION_FACTS = (
    "ground",
    "cause",
    "terminated_from",
    "explanation",
    "spent_vnd",
    "accepted_vnd",
    "procedure_followed",
    "compliance_note",
    "returned_percent",
    "percent_reason",
    "handover",
)
RECOVERY_FACTS = ("amount_vnd", "difference_reason", "basis", "cited_number", "cited_on", "due_on", "account", "bank")


def _next(model: type[Model], task: Task) -> int:
    rows: Any = model._default_manager.filter(task=task)
    return int(rows.aggregate(last=Max("sequence"))["last"] or 0) + 1


def open_suspension(task: Task) -> Suspension | None:
    """The suspension that is prepared or in force."""
    return next((one for one in task.suspensions.all() if one.resumed_on is None), None)


def open_recovery(task: Task) -> RecoveryOrder | None:
    """The recovery that is prepared and not ordered yet."""
    return next((one for one in task.recovery_orders.all() if one.ordered_on is None), None)


def save_suspension(task: Task, *, actor: User, facts: common.Facts) -> Suspension:
    """Until when, and under which conditions it may go on. Raises PermissionDenied, ValidationError."""
    with audit.transaction():
        held = common.hold(task, actor=actor, action="edit_suspension")
        suspension = open_suspension(held) or Suspension(task=held, sequence=_next(Suspension, held))
        common.write(suspension, facts, SUSPENSION_FACTS)
        common.note("suspension", held, actor, until=suspension.until.isoformat())
    return suspension


def _suspended_before(task: Task) -> Suspension:
    """What stands for the suspension of a task that was adopted while it was suspended."""
    paper = task.earlier_papers.filter(kind=DocumentKind.SUSPENSION_DECISION).first()
    since = paper.signed_on if paper else entered_on(task) or clock.local(task.state_since).date()
    words = _("Suspended before this system")
    return Suspension(
        task=task,
        sequence=_next(Suspension, task),
        ground=words,
        conditions=words,
        from_on=since,
        suspended_on=since,
        until=since + ONE_DAY,
    )


def is_later_end(task: Task, new_ends_on: date | None) -> bool:
    """Whether a resumption that moves the end moves it later; one that does not move it is always right."""
    return new_ends_on is None or task.ends_on is None or new_ends_on > task.ends_on


def latest_end(task: Task, suspension: Suspension, on: date, percent: int) -> date | None:
    """The last end to which a resumption decided ``on`` a day moves the task: by that part of the days it stood still.

    None for a task without an end.
    """
    if task.ends_on is None:
        return None
    stood_still = ((suspension.resume_from or on) - suspension.from_on).days
    return task.ends_on + ONE_DAY * (stood_still * percent // 100)


def save_resumption(task: Task, *, actor: User, facts: common.Facts) -> Suspension:
    """Why the task may go on, and whether its end moves. Raises PermissionDenied, ValidationError."""
    with audit.transaction():
        held = common.hold(task, actor=actor, action="edit_resumption")
        suspension = open_suspension(held) or _suspended_before(held)
        if not is_later_end(held, facts.get("new_ends_on")):
            raise ValidationError({"new_ends_on": _("The new end lies after the present one.")})
        common.write(suspension, facts, RESUMPTION_FACTS)
        common.note("resumption", held, actor, new_ends_on=str(suspension.new_ends_on or ""))
    return suspension


def save_termination(task: Task, *, actor: User, facts: common.Facts) -> Termination:
    """Ground, cause, spending, the assessment of compliance, and which share goes back and why.

    Raises PermissionDenied, ValidationError.
    """
    with audit.transaction():
        held = common.hold(task, actor=actor, action="edit_termination")
        termination = Termination.objects.filter(task=held).first() or Termination(task=held)
        common.write(termination, facts, TERMINATION_FACTS)
        decided = {"ground": termination.ground, "cause": termination.cause}
        common.note("termination", held, actor, **decided, returned_percent=termination.returned_percent)
    return termination


def save_recovery(task: Task, *, actor: User, facts: common.Facts) -> RecoveryOrder:
    """What is to be given back; another amount than the computed one needs a reason.

    Raises PermissionDenied, ValidationError.
    """
    with audit.transaction():
        held = common.hold(task, actor=actor, action="edit_recovery")
        order = open_recovery(held) or RecoveryOrder(task=held, sequence=_next(RecoveryOrder, held))
        order.computed_vnd = computed_recovery(held)
        if facts["amount_vnd"] != order.computed_vnd and not str(facts.get("difference_reason", "")).strip():
            raise ValidationError({"difference_reason": _("Say why the amount differs from the computed one.")})
        common.write(order, facts, RECOVERY_FACTS)
        common.note("recovery", held, actor, computed_vnd=order.computed_vnd, amount_vnd=order.amount_vnd)
    return order
