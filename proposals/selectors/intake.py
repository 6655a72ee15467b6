"""Until when something is received, and whether that moment has passed."""

from datetime import date, datetime, time

from core import clock
from proposals.lifecycle import CallState, OrderState
from proposals.models import Call, Order

from .dossiers import submitted_dossiers

Moment = datetime | date


def is_in_time(call: Call, moment: Moment) -> bool:
    """Whether something received at that instant, or postmarked on that day, came while the call was open.

    A postmark counts by its day, whatever the hour of the closing (rule book: call.postmark_counts).
    """
    assert call.opens_at is not None  # noqa: S101  # the database asks it of an announced call
    assert call.closes_at is not None  # noqa: S101
    if isinstance(moment, datetime):
        return call.opens_at <= moment <= call.closes_at
    return clock.local(call.opens_at).date() <= moment <= clock.local(call.closes_at).date()


def moment_of(effective_on: date, *, on_paper: bool, postmark_counts: bool = True) -> Moment:
    """What the closing is compared with: the day of a paper, otherwise now.

    Where the postmark does not count, a paper counts, as everything else, from the moment it is entered.
    """
    if not postmark_counts:
        return clock.now()
    return effective_on if on_paper or effective_on < clock.today() else clock.now()


def receives(order: Order, moment: Moment) -> bool:
    """Whether a dossier for the order may come in at that moment: never after the recorded opening, which unseals.

    A record of an earlier round that was never used does not count.
    """
    if order.openings.filter(is_held=False, recorded_at__gte=order.state_since).exists():
        return False
    if order.state == OrderState.CALL_OPEN and order.selection_call is not None:
        # A closed call still receives what was posted in time.
        return order.selection_call.state != CallState.CANCELLED and is_in_time(order.selection_call, moment)
    return order.state == OrderState.INVITED and _answers_in_time(order, moment)


def answer_closes_at(order: Order, day: date) -> datetime:
    """The instant on ``day`` until which an invited host may hand in its dossier: the usual closing hour."""
    return clock.instant(day, time(order.rule("call.closing_hour").value))


def _answers_in_time(order: Order, moment: Moment) -> bool:
    if order.due_on is None:
        return True
    if isinstance(moment, datetime):
        return moment <= answer_closes_at(order, order.due_on)
    return moment <= order.due_on


def intake_is_over(order: Order) -> bool:
    """Whether the dossiers of an order may be opened: its call has closed, or its one host was invited and answered."""
    call = order.selection_call
    if order.state == OrderState.CALL_OPEN and call is not None:
        return call.state != CallState.OPEN or call.closes_at is None or call.closes_at < clock.now()
    if order.state == OrderState.INVITED:
        answered = submitted_dossiers(order).exists()
        return answered or not _answers_in_time(order, clock.now())
    return order.state == OrderState.DOSSIERS_OPENED
