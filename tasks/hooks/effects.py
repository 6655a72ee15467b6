"""Consequences of the room's steps, and what the approval of an order makes here."""

from core import clock
from core.jobs.service import enqueue
from core.workflow.registry import effect
from core.workflow.ruling import Taking
from proposals.hooks.paper_parts import department
from proposals.lifecycle import Effect as Proposals
from proposals.models import Order
from proposals.selectors.dossiers import approved_dossier, reserves_of
from tasks.lifecycle import Effect, TaskState
from tasks.models import Suspension, Task, Termination
from tasks.selectors.acceptance import current_file
from tasks.selectors.reports import WAITED_FOR
from tasks.services import open_task, schedule_reports
from tasks.services.amendments import apply_amendment
from tasks.services.contracts import bind_contract, move_end
from tasks.services.ending import open_recovery, open_suspension
from tasks.services.opening import second_deadline

START = "tasks.start"


@effect(Proposals.OPEN_TASK)
def open_the_task(step: Taking) -> None:
    """The approved dossier becomes a task; its regulation is that of the approval day, for life."""
    order: Order = step.subject
    dossier = approved_dossier(order)
    assert dossier is not None  # noqa: S101  # APPROVE_DOSSIER went before
    # A fund pays and signs; it neither selects nor manages (DOMAIN 2.8).
    step.created(open_task(order, dossier, managing_body=department(), on=step.effective_on, actor=step.actor))


@effect(Proposals.REVOKE_TASK)
def revoke_the_task(step: Taking) -> None:
    """The approval is gone: the task that waited for its contract is revoked."""
    for task in Task.objects.filter(order=step.subject, state=TaskState.APPROVED):
        step.take(task, "revoke")


@effect(Effect.BIND_CONTRACT)
def bind_the_contract(step: Taking) -> None:
    """The contract's dates become the task's; the dossiers in reserve are not needed any more."""
    bind_contract(step.subject, step.effective_on)
    start_by_the_clock(step.subject)
    order = step.subject.order
    if order is not None:
        for dossier in reserves_of(order):
            step.take(dossier, "pass_over")


def start_by_the_clock(task: Task) -> None:
    """The work starts by itself on the contract's first day, unless an officer starts it."""
    assert task.starts_on is not None  # noqa: S101  # the contract has just set it
    enqueue(START, {"task": task.code}, key=f"{START}:{task.code}", run_after=clock.instant(task.starts_on))


@effect(Effect.SCHEDULE_REPORTS)
def schedule_the_reports(step: Taking) -> None:
    """One row for each reporting day of the contract time."""
    schedule_reports(step.subject, after=step.subject.starts_on)


@effect(Effect.DROP_REPORTS)
def drop_the_reports(step: Taking) -> None:
    """Nobody waits any more for what was still due."""
    for report in step.subject.reports.filter(state__in=WAITED_FOR):
        step.take(report, "drop")


@effect(Effect.NOTE_SUSPENSION)
def note_suspension(step: Taking) -> None:
    """Suspended since the day of the decision; to be resumed by the day that it names."""
    suspension = open_suspension(step.subject)
    assert suspension is not None  # noqa: S101  # the guard looked
    suspension.suspended_on = step.effective_on
    suspension.save(update_fields=["suspended_on"])
    step.subject.due_on = suspension.until
    step.subject.save(update_fields=["due_on"])


@effect(Effect.END_SUSPENSION)
def end_suspension(step: Taking) -> None:
    """The end moves only when the decision says so; reports of the added time are new rows."""
    task: Task = step.subject
    suspension = open_suspension(task)
    assert suspension is not None  # noqa: S101  # the guard looked
    suspension.resumed_on = step.effective_on
    suspension.suspended_on = suspension.suspended_on or step.effective_on
    suspension.save(update_fields=["resumed_on", "suspended_on"])
    _move_end(task, suspension)


def _move_end(task: Task, suspension: Suspension) -> None:
    before = task.ends_on
    if suspension.new_ends_on and before:
        move_end(task, suspension.new_ends_on)
        schedule_reports(task, after=before)


@effect(Effect.NOTE_FILING)
def note_filing(step: Taking) -> None:
    """The first filing counts: a return for completion neither sets the clock back nor makes a dossier late."""
    task: Task = step.subject
    dossier = current_file(task)
    assert dossier is not None  # noqa: S101  # the guard looked
    if dossier.filed_on is None:
        dossier.filed_on, dossier.due_on = step.effective_on, task.acceptance_due_on
        dossier.save(update_fields=["filed_on", "due_on"])


@effect(Effect.OPEN_SECOND_ATTEMPT)
def open_second_attempt(step: Taking) -> None:
    """A new dossier, due within the months that the rule book allows."""
    task: Task = step.subject
    task.acceptance_attempt += 1
    task.acceptance_due_on = second_deadline(task, step.effective_on)
    task.acceptance_file = None
    task.save(update_fields=["acceptance_attempt", "acceptance_due_on", "acceptance_file"])


@effect(Effect.NOTE_TERMINATION)
def note_termination(step: Taking) -> None:
    """Terminated on the day of the decision, from which bans are counted."""
    Termination.objects.filter(task=step.subject).update(terminated_on=step.effective_on)


@effect(Effect.NOTE_RECOVERY)
def note_recovery(step: Taking) -> None:
    """The day of the decision: from now on the amount is owed."""
    order = open_recovery(step.subject)
    assert order is not None  # noqa: S101  # the guard looked
    order.ordered_on = step.effective_on
    order.save(update_fields=["ordered_on"])


@effect(Effect.NOTE_REQUEST)
def note_request(step: Taking) -> None:
    """An extension counts by the day it was asked for."""
    step.subject.requested_on = step.effective_on
    step.subject.save(update_fields=["requested_on"])


@effect(Effect.APPLY_AMENDMENT)
def apply_the_amendment(step: Taking) -> None:
    """The decided change becomes true."""
    apply_amendment(step.subject, step)
