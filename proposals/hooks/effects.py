"""The consequences of this room's steps. Other records move through ``step.take`` only."""

from django.utils.translation import gettext as _

from core import clock
from core.jobs.service import enqueue
from core.workflow.registry import effect
from core.workflow.ruling import Refusal, StepRefused, Taking
from proposals.lifecycle import Effect, OrderState
from proposals.models import Order
from proposals.selectors import dossiers
from proposals.selectors.similar import text_of
from proposals.services import texts
from proposals.services.changes import apply_change
from proposals.services.common import ready_at_once
from proposals.services.openings import leave_out_withdrawn

CLOSE_CALLS = "proposals.close_calls"


@effect(Effect.SCHEDULE_CLOSING)
def schedule_closing(step: Taking) -> None:
    """The clock closes the call at its closing; until then it is due."""
    call = step.subject
    call.due_on = clock.local(call.closes_at).date()
    call.save(update_fields=["due_on"])
    enqueue(CLOSE_CALLS, {"call": call.code}, key=f"{CLOSE_CALLS}:{call.code}", run_after=call.closes_at)


@effect(Effect.OPEN_ORDERS)
def open_orders(step: Taking) -> None:
    """The orders of an announced selection call receive dossiers, which are opened within days of the closing."""
    closing = clock.local(step.subject.closes_at).date()
    for order in step.subject.orders.filter(state=OrderState.LISTED).order_by("pk"):
        step.take(order, "open_call")
        allowed = order.rule("dossier.opening_days")
        order.due_on = clock.deadline(closing, allowed.value, allowed.unit)
        order.save(update_fields=["due_on"])


@effect(Effect.RETURN_ORDERS)
def return_orders(step: Taking) -> None:
    """The orders of a cancelled call wait for another one."""
    for order in step.subject.orders.filter(state=OrderState.CALL_OPEN).order_by("pk"):
        step.take(order, "close_call")
    step.subject.orders.filter(state=OrderState.LISTED).update(selection_call=None)


@effect(Effect.MARK_READY)
def mark_ready(step: Taking) -> None:
    """From now on the draft waits for the signer."""
    step.subject.ready_at = clock.now()
    step.subject.save(update_fields=["ready_at"])


@effect(Effect.RECORD_RECEIPT)
def record_receipt(step: Taking) -> None:
    """The day that counts: today, or the postmark of a paper; and between whom it passed, for the receipt."""
    step.subject.received_on = step.effective_on
    step.subject.submitter = step.decided_by or step.actor
    step.subject.taken_in_by = step.actor if step.actor != step.subject.submitter else None
    step.subject.save(update_fields=["received_on"])


@effect(Effect.RECORD_COMPLETION)
def record_completion(step: Taking) -> None:
    """The day on which the completed file came; for the closing that of the first receipt goes on counting."""
    step.subject.completed_on = step.effective_on
    step.subject.save(update_fields=["completed_on"])


@effect(Effect.REMEMBER_TEXT)
def remember_text(step: Taking) -> None:
    """What was handed in is found by later searches for duplicates."""
    texts.remember(text_of(step.subject))


@effect(Effect.GIVE_BACK)
def give_back(step: Taking) -> None:
    """The author writes it again; what a signer wrote himself stays his."""
    step.subject.ready_at = ready_at_once(step.subject.author, step.subject.proposer_organisation)
    step.subject.save(update_fields=["ready_at"])


@effect(Effect.NOTE_WHAT_IS_MISSING)
def note_what_is_missing(step: Taking) -> None:
    """The reason of a return, and who decided it: the request to complete the file is made of them."""
    step.subject.missing_note, step.subject.returned_by = step.reason.strip(), step.decided_by or step.actor
    step.subject.save(update_fields=["missing_note", "returned_by"])


@effect(Effect.LIST_ORDERS)
def list_orders(step: Taking) -> None:
    """Every planned order of the list is listed, and the proposals behind it, each once."""
    listed = set()
    for order in step.subject.orders.filter(state=OrderState.PLANNED).order_by("pk"):
        step.take(order, "list")
        for proposal in order.proposals.order_by("pk"):
            if proposal.pk not in listed:
                step.take(proposal, "list")
                listed.add(proposal.pk)


@effect(Effect.ALLOW_UNTIL_ANSWER)
def allow_until_answer(step: Taking) -> None:
    """The invited host has the days that the letter names."""
    step.subject.due_on = step.subject.answer_by
    step.subject.save(update_fields=["due_on"])


@effect(Effect.OPEN_DOSSIERS)
def open_dossiers(step: Taking) -> None:
    """Each dossier becomes valid or invalid as the record of the opening says; its minutes bear this step's event."""
    opening = dossiers.prepared_opening(step.subject)
    assert opening is not None  # noqa: S101  # the guard asked for it
    leave_out_withdrawn(opening)
    for dossier in dossiers.submitted_dossiers(step.subject):
        step.take(dossier, "find_valid" if dossier.opening_valid else "find_invalid")
    opening.is_held, opening.event_uuid = True, step.event.uuid
    opening.save(update_fields=["is_held", "event_uuid"])


@effect(Effect.APPROVE_DOSSIER)
def approve_dossier(step: Taking) -> None:
    """The recommended dossier is approved with its order."""
    dossier = dossiers.recommended_dossier(step.subject)
    assert dossier is not None  # noqa: S101  # the guard asked for it
    step.take(dossier, "approve")


@effect(Effect.RELEASE_DOSSIERS)
def release_dossiers(step: Taking) -> None:
    """The recommended dossier is passed over; the reserve stays, so that the authority may take it."""
    dossier = dossiers.recommended_dossier(step.subject)
    if dossier is not None:
        step.take(dossier, "pass_over")


@effect(Effect.RELEASE_RESERVE)
def release_reserve(step: Taking) -> None:
    """Nobody waits any more."""
    for dossier in dossiers.reserves_of(step.subject):
        step.take(dossier, "pass_over")


@effect(Effect.SELECT_RESERVE)
def select_reserve(step: Taking) -> None:
    """The best dossier in reserve takes the place of the winner."""
    dossier = dossiers.reserves_of(step.subject).first()
    if dossier is None:
        raise StepRefused([Refusal(_("No dossier is in reserve."))])
    step.take(dossier, "select")


@effect(Effect.AWAIT_APPRAISAL)
@effect(Effect.AWAIT_DECISION)
def follow_the_dossier(step: Taking) -> None:
    """The order waits as long as its recommended dossier may take."""
    waiting = Order.objects.filter(pk=step.subject.order_id, state=OrderState.HOST_RECOMMENDED)
    waiting.update(due_on=step.subject.due_on)


@effect(Effect.CHANGE_ORDER)
def change_order(step: Taking) -> None:
    """The prepared change is written into the order."""
    change = step.subject.changes.filter(applied_on=None).first()
    assert change is not None  # noqa: S101  # the guard asked for it
    step.subject.save(update_fields=apply_change(step.subject, change))
    texts.remember(text_of(step.subject))
    change.applied_on = step.effective_on
    change.save(update_fields=["applied_on"])
