"""Who leaves the open sitting: the secretary enters it, a second person confirms it.

Alone the secretary sends nobody out of the vote.
"""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core import clock
from core.audit import service as audit
from core.notifications.service import tell_of_act
from core.people.models import User
from reviews.lifecycle import ActTell
from reviews.models import Council, Departure, Seat
from reviews.selectors.seats import departures_waiting

from . import common


def enter_departures(council: Council, left: Mapping[Seat, str], *, actor: User) -> None:
    """Let exactly these members, with their reasons, wait for a second person; the council is locked by the caller.

    An entry whose reason changed is entered anew. Raises ValidationError for somebody who left without a reason.
    """
    wanted = {seat.pk: common.clean(reason, 200) for seat, reason in left.items()}
    waiting = {row.seat_id: row for row in departures_waiting(council)}
    for row in waiting.values():
        if wanted.get(row.seat_id) != row.reason:
            _strike(row, council, actor)
    for seat in left:
        if seat.pk not in waiting or waiting[seat.pk].reason != wanted[seat.pk]:
            _enter(seat, council, wanted[seat.pk], actor)


def _enter(seat: Seat, council: Council, reason: str, actor: User) -> None:
    if not reason:
        raise ValidationError(_("Say why %(name)s left the sitting.") % {"name": seat.user})
    row = Departure.objects.create(seat=seat, reason=reason, entered_by=actor)
    event = common.note("sitting.departure_entered", council, actor, reason=reason, seat=seat.code, entry=row.code)
    tell_of_act(ActTell.LEAVING_ENTERED, [seat.user], subject=council, event=event)


def confirm_departure(row: Departure, *, actor: User) -> Seat:
    """The second person agrees that the member left: he is absent from now on and does not vote.

    Raises PermissionDenied for who entered it, and once the ballot is open.
    """
    with audit.transaction():
        held = common.hold_council_of(row, actor=actor, action="confirm")
        row.confirmed_by, row.confirmed_at = actor, clock.now()
        row.save(update_fields=["confirmed_by", "confirmed_at"])
        seat = row.seat
        seat.attended, seat.counts_votes, seat.absence_reason = False, False, row.reason
        seat.save(update_fields=["attended", "counts_votes", "absence_reason"])
        names = {"entered_by": row.entered_by.code, "confirmed_by": actor.code}
        event = common.note("sitting.left", held, actor, reason=row.reason, seat=seat.code, **names)
        tell_of_act(ActTell.NOTED_ABSENT, [seat.user], subject=held, event=event)
    return seat


def drop_departure(row: Departure, *, actor: User) -> None:
    """Strike an entry that nobody has confirmed: the member is still there. Raises PermissionDenied."""
    with audit.transaction():
        _strike(row, common.hold_council_of(row, actor=actor, action="drop"), actor)


def _strike(row: Departure, council: Council, actor: User) -> None:
    seat, entered_by = row.seat.code, row.entered_by.code
    Departure.objects.filter(pk=row.pk, confirmed_at=None).delete()
    common.note("sitting.departure_dropped", council, actor, reason=row.reason, seat=seat, entered_by=entered_by)
